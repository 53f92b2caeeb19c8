"""What one version of a rule document says differently from another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roster.rules.rulebook import Article, Param, RuleBook

Pair = tuple[Article, Article]


@dataclass(frozen=True, slots=True)
class BookChanges:
    """
    What is new in a document, what is gone, and what is said differently.

    An article is the same one in both where its words are, else where it
    holds a parameter of the other, else where it bears its number.
    """

    added: tuple[Article, ...]
    removed: tuple[Article, ...]
    changed: tuple[Pair, ...]  # in words, chapter or force
    renumbered: tuple[Pair, ...]
    params: tuple[tuple[Param | None, Param | None], ...]
    moved: tuple[tuple[Param, Article, Article], ...]  # to another article

    def __bool__(self) -> bool:
        return any(
            (
                self.added,
                self.removed,
                self.changed,
                self.renumbered,
                self.params,
                self.moved,
            )
        )


def changes(before: RuleBook, after: RuleBook) -> BookChanges:
    """The differences, in the order of the newer document."""
    removed, added = list(before.articles), list(after.articles)
    pairs = sorted(_pairs(removed, added), key=lambda pair: pair[1].number)
    return BookChanges(
        tuple(added),
        tuple(removed),
        tuple(pair for pair in pairs if _said(pair[0]) != _said(pair[1])),
        tuple(pair for pair in pairs if pair[0].number != pair[1].number),
        tuple(_params(before, after)),
        tuple(_moved(before, after, {a.number: b.number for a, b in pairs})),
    )


def _same_words(old: Article, new: Article) -> bool:
    return old.text == new.text


def _same_params(old: Article, new: Article) -> bool:
    names = {param.name for param in old.params}
    return any(param.name in names for param in new.params)


def _same_number(old: Article, new: Article) -> bool:
    return old.number == new.number


ALIKE: tuple[Callable[[Article, Article], bool], ...] = (
    _same_words,
    _same_params,
    _same_number,
)


def _pairs(old: list[Article], new: list[Article]) -> Iterator[Pair]:
    """Articles that are one and the same; takes them off both lists."""
    for alike in ALIKE:
        for one in tuple(old):
            other = next((found for found in new if alike(one, found)), None)
            if other is not None:
                old.remove(one)
                new.remove(other)
                yield one, other


def _said(article: Article) -> tuple[object, ...]:
    return (
        article.chapter,
        article.text,
        article.force,
        article.tier,
        article.workflow,
    )


def _params(
    before: RuleBook, after: RuleBook
) -> Iterator[tuple[Param | None, Param | None]]:
    for name in {**after.params, **before.params}:
        old, new = before.params.get(name), after.params.get(name)
        if old != new:
            yield old, new


def _moved(
    before: RuleBook, after: RuleBook, became: dict[int, int]
) -> Iterator[tuple[Param, Article, Article]]:
    for name, article in after.article_of.items():
        old = before.article_of.get(name)
        if old is not None and became.get(old.number) != article.number:
            yield after.params[name], old, article
