"""What a newer document says differently, article by article."""

from dataclasses import replace

import pytest

from roster.rules.changes import changes
from roster.rules.rulebook import Article, Force, Param, RuleBook

GAP, REST = Param("gap", "间隔", 2), Param("rest", "休息", 10)


def article(text: str, *params: Param, **more) -> Article:
    return Article(0, "总则", text, Force.MANDATORY, params=params, **more)


def book(*articles: Article) -> RuleBook:
    """A document of these articles, numbered through."""
    numbered = (replace(a, number=n) for n, a in enumerate(articles, 1))
    return RuleBook("bureau", "制度", "1", "拟稿", tuple(numbered), "")


BEFORE = book(article("甲"), article("乙", GAP), article("丙", REST))


def numbers(pairs) -> list[tuple[int, int]]:
    return [(old.number, new.number) for old, new in pairs]


def test_a_document_does_not_differ_from_itself():
    assert not changes(BEFORE, BEFORE)


def test_an_article_set_between_others_leaves_them_what_they_are():
    after = book(
        article("甲"), article("新"), article("乙", GAP), article("丙", REST)
    )

    found = changes(BEFORE, after)

    assert [a.text for a in found.added] == ["新"]
    assert (found.removed, found.changed) == ((), ())
    assert numbers(found.renumbered) == [(2, 3), (3, 4)]
    assert found.moved == ()


def test_an_article_taken_out_is_told():
    found = changes(BEFORE, book(article("乙", GAP), article("丙", REST)))

    assert [a.text for a in found.removed] == ["甲"]
    assert (found.added, found.changed) == ((), ())


def test_other_words_are_one_article_by_its_parameter():
    after = book(article("丁", GAP), article("甲"), article("丙", REST))

    found = changes(BEFORE, after)

    assert numbers(found.changed) == [(2, 1)]
    assert (found.added, found.removed) == ((), ())


def test_other_words_without_parameters_are_one_article_by_its_number():
    after = book(article("丁"), article("乙", GAP), article("丙", REST))

    assert numbers(changes(BEFORE, after).changed) == [(1, 1)]


@pytest.mark.parametrize(
    "change",
    [
        {"chapter": "附则"},
        {"workflow": True},
        {"force": Force.GOAL, "tier": 5},
    ],
)
def test_the_same_words_with_another_force_are_a_change(change):
    first, *others = BEFORE.articles
    after = book(replace(first, **change), *others)

    found = changes(BEFORE, after)

    assert numbers(found.changed) == [(1, 1)]


@pytest.mark.parametrize(
    "new",
    [
        replace(GAP, value=3),
        replace(GAP, label="隔"),
        replace(GAP, most=9),
    ],
)
def test_a_parameter_that_says_something_else_is_told(new):
    after = book(article("甲"), article("乙", new), article("丙", REST))

    found = changes(BEFORE, after)

    assert found.params == ((GAP, new),)
    assert found.changed == ()


def test_a_parameter_that_is_new_or_gone_is_told():
    own = Param("own", "自己的", "")
    after = book(article("甲", own), article("乙", GAP), article("丙"))

    found = changes(BEFORE, after)

    assert found.params == ((None, own), (REST, None))


def test_a_parameter_in_another_article_has_moved():
    after = book(article("甲", GAP), article("乙"), article("丙", REST))

    ((param, old, new),) = changes(BEFORE, after).moved

    assert (param, old.number, new.number) == (GAP, 2, 1)
