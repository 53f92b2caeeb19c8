"""What a rule document says differently, line by line."""

from collections.abc import Iterable, Iterator

from roster.rules.changes import BookChanges
from roster.rules.rulebook import Article, Param, RuleBook, Value
from web.cli.terminal import say
from web.words.office import FORCES


def told(
    before: RuleBook, after: RuleBook, changed: BookChanges
) -> Iterator[str]:
    """Every difference; the title and the version of both come first."""
    yield f"{_head(before)} → {_head(after)}"
    for old, new in changed.changed:
        yield from _article(old, new)
    for article in changed.added:
        yield say("新增 ", "Added: ") + f"{article.name} {article.text}"
    for article in changed.removed:
        yield say("删去 ", "Removed: ") + f"{article.name} {article.text}"
    if changed.renumbered:
        yield say("条号变动：", "Renumbered: ") + _listed(
            f"{old.name} → {new.name}" for old, new in changed.renumbered
        )
    for old, new in changed.params:
        yield from _param(old, new)
    for param, old, new in changed.moved:
        yield f"{param.label}{say('：', ': ')}{old.name} → {new.name}"
    if not changed:
        yield say(
            "条款和参数都没有变，只是写法不同。",
            "No article and no parameter differs, only how it is written.",
        )


def _head(book: RuleBook) -> str:
    return f"{book.title} {book.version}（{book.status}）"


def _article(old: Article, new: Article) -> Iterator[str]:
    yield new.name + say("有改动：", " differs:")
    if old.text != new.text:
        yield f"  - {old.text}"
        yield f"  + {new.text}"
    if old.chapter != new.chapter:
        yield f"  {old.chapter} → {new.chapter}"
    if _force(old) != _force(new):
        yield f"  {_force(old)} → {_force(new)}"


def _force(article: Article) -> str:
    """What an article asks for, and who sees to it."""
    words = [say(*FORCES[article.force.value])]
    if article.tier:
        words.append(say(f"第 {article.tier} 层", f"tier {article.tier}"))
    if article.workflow:
        words.append(say("由工作流程保证", "kept by work steps"))

    return _listed(words)


def _param(old: Param | None, new: Param | None) -> Iterator[str]:
    if old is None and new is not None:
        told = f"{_named(new)} = {value_words(new.value)}"
        note = say("（排班不用它）", " (not used for rosters)")
        yield say("新增参数 ", "Added parameter: ") + told + note
    elif new is None and old is not None:
        yield say("删去参数 ", "Removed parameter: ") + _named(old)
    elif old is not None and new is not None:
        name = old.label
        if old.label != new.label:
            yield f"{_named(old)} → {_named(new)}"
            name = new.label
        if old.value != new.value:
            yield f"{name}{say('：', ': ')}" + (
                f"{value_words(old.value)} → {value_words(new.value)}"
            )
        if _allowed(old) != _allowed(new):
            yield f"{name}{say('，允许：', ', allowed: ')}" + (
                f"{_allowed(old)} → {_allowed(new)}"
            )


def _named(param: Param) -> str:
    return f"{param.label}（{param.name}）"


def value_words(value: Value) -> str:
    """A parameter's value in words."""
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")

    if isinstance(value, tuple):
        return _listed(value) or "–"

    return str(value) or "–"


def _allowed(param: Param) -> str:
    if param.one_of:
        return _listed(param.one_of)

    bounds = (param.least, param.most)
    return "–".join("" if n is None else str(n) for n in bounds)


def _listed(words: Iterable[str]) -> str:
    return say("、", ", ").join(words)
