"""Mistakes in rule documents and overrides, all at once with their lines."""

from datetime import date

import pytest

from roster.errors import Unusable
from roster.people import Period
from roster.rules.reader import read_overrides, read_rulebook
from roster.rules.rulebook import Force, Override
from tests.offices import BOOKS
from web.words import all_sentences

BOOK = """\
id = "bureau"
title = "值班制度"
version = "1"
status = "拟稿"

[[article]]
number = 1
chapter = "总则"
text = "都要值班。[[article]] 不是表头，params = { 也不是。"
force = "information"

[[article]]  # the second
number = 2
chapter = "人员"
text = '隔开几天。'
force = "mandatory"
params = [
    { name = "gap", label = "间隔", value = 2, least = 0, most = 9 },
    { name = "mode", label = "班制", value = "白班", one_of = ["白班"] },
    { name = "hours", label = "时段", value = "08:00-18:00", form = "hours" },
    { name = "whole", label = "全天", value = true },
]

[[article]]
number = 3
chapter = "人员"
text = "力求均衡。"
force = "goal"
tier = 1
"""

OVERRIDES = """\
# set differently
[[override]]
book = "schools"
unit = "U010"
param = "min_gap_days"
value = 3
from = 2026-10-01
until = 2026-12-31
reason = "人手够"
document = "教发〔2026〕8号"

[[override]]
book = "schools"
param = "day_hours"
value = "08:30-17:30"
from = 2026-11-01
reason = "冬季"
document = "教发〔2026〕9号"
"""


def mistakes(read, text: str) -> list[tuple[int, str]]:
    """The lines and codes of what is wrong; nothing is given back."""
    with pytest.raises(Unusable) as refused:
        read(text)

    # Whatever is refused can be said in both languages.
    assert all_sentences(refused.value, "zh")
    assert all_sentences(refused.value, "en")
    return [(int(m.where[1]), m.code) for m in refused.value.mistakes]


def book(text: str):
    return read_rulebook(text, "制度.toml")


def overrides(text: str):
    return read_overrides(text, "调整.toml", BOOKS, {"U001", "U010"})


def damaged(text: str, *changes: tuple[str, str]) -> str:
    """A document with these words changed, each found exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)

    return text


def test_a_rule_document_is_read_as_it_stands():
    found = book(BOOK)

    assert [a.force for a in found.articles] == [
        Force.INFORMATION,
        Force.MANDATORY,
        Force.GOAL,
    ]
    assert [a.tier for a in found.articles] == [None, None, 1]
    assert list(found.params) == ["gap", "mode", "hours", "whole"]
    assert found.article_of["gap"].name == "第二条"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('id = "bureau"', 'id = ""', [(1, "not-a-text")]),
        ('id = "bureau"', "", [(1, "missing-key")]),
        ('title = "值班制度"', "title = 3", [(2, "not-a-text")]),
        ('version = "1"', "version = 1", [(3, "not-a-text")]),
        ('"拟稿"', "[]", [(4, "not-a-text")]),
        ('"拟稿"', '"拟稿"\nissued = 2026', [(5, "unknown-key")]),
        ("number = 1", "", [(6, "missing-key")]),
        ("number = 1", "number = true", [(7, "not-a-number")]),
        ("number = 1", "number = 0", [(7, "not-a-number")]),
        ("number = 2", "number = 7", [(13, "article-order")]),
        ('chapter = "总则"', 'chapter = " "', [(8, "not-a-text")]),
        ('chapter = "总则"', "", [(6, "missing-key")]),
        ('"information"', '"strict"', [(10, "not-allowed")]),
        ('"information"', '["goal"]', [(10, "not-allowed")]),
        ('"information"', '"goal"', [(6, "tier-and-force")]),
        ('"goal"\ntier = 1', '"goal"\ntier = 10', [(29, "tier-and-force")]),
        ('"goal"\ntier', '"mandatory"\ntier', [(29, "tier-and-force")]),
        ('"goal"\ntier = 1', '"information"\ntier = 99', [
            (29, "tier-and-force")]),
        ("tier = 1", 'tier = 1\nworkflow = "是"', [(30, "not-yes-or-no")]),
        ("tier = 1", "tier = 1\nparams = 5", [(30, "not-a-table")]),
        ("tier = 1", "tier = 1\nparams = [5]", [(30, "not-a-table")]),
        ("tier = 1", "tier = 1\nteir = 2", [(30, "unknown-key")]),
        ('name = "mode", ', "", [(19, "missing-key")]),
        ('label = "班制", ', "", [(19, "missing-key")]),
        ('label = "全天", ', 'label = "", ', [(21, "not-a-text")]),
        ("value = true", "valeu = true", [
            (21, "unknown-key"), (21, "missing-key")]),
        ("value = true", "value = 1.5", [(21, "param-type")]),
        ("value = true", "value = { a = 1 }", [(21, "param-type")]),
        ('value = "白班"', 'value = "夜班"', [(19, "param-choice")]),
        ('one_of = ["白班"]', "one_of = 5", [(19, "not-a-list")]),
        ('one_of = ["白班"]', "one_of = [5]", [(19, "not-a-list")]),
        ("value = 2", "value = 10", [(18, "param-range")]),
        ("least = 0", 'least = "零"', [(18, "not-a-number")]),
        ('"08:00-18:00"', '"8点到18点"', [(20, "param-form")]),
        ('form = "hours"', 'form = "clock"', [(20, "not-allowed")]),
        ('name = "whole"', 'name = "gap"', [(21, "param-twice")]),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rule_document_is_named_with_its_line(old, new, found):
    assert mistakes(book, damaged(BOOK, (old, new))) == found


def test_all_mistakes_of_a_rule_document_are_told_at_once_in_order():
    text = damaged(
        BOOK,
        ('version = "1"', "version = 2"),
        ("number = 1", "number = -1"),
        ('"information"', '"strict"'),
        ("text = '隔开几天。'", "text = ''"),
        ("value = 2,", "value = 20,"),
        ('label = "班制", ', ""),
        ('name = "whole"', 'name = "gap"'),
        ("tier = 1", "tier = 0"),
    )

    assert mistakes(book, text) == [
        (3, "not-a-text"),
        (7, "not-a-number"),
        (10, "not-allowed"),
        (15, "not-a-text"),
        (18, "param-range"),
        (19, "missing-key"),
        (21, "param-twice"),
        (29, "tier-and-force"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "missing-key")] * 5),
        (BOOK.replace("[[article]]", "[[artikel]]"), [
            (1, "missing-key"), (6, "unknown-key")]),
        (BOOK + "\n[extra]\nx = 1\n", [(31, "unknown-key")]),
        (BOOK + 'note = "\n', [(30, "toml-syntax")]),
        (BOOK + "text = '再来'\ntext = '一次'\n", [(30, "toml-syntax")]),
        (BOOK + "[[article.params]]\nname = 'x'\nlabel = 'x'\n"
                "[[article.params]]\nname = 'y'\nvalue = 1\n",
         [(30, "missing-key"), (33, "missing-key")]),
        ("id='a'\ntitle='b'\nversion='1'\nstatus='c'\n"
         "article = [{ number = 1, force = 'goal' }]\n",
         [(5, "missing-key"), (5, "missing-key"), (5, "tier-and-force")]),
        ("id='a'\ntitle='b'\nversion='1'\nstatus='c'\narticle = 5\n",
         [(5, "not-a-table")]),
    ],
)  # fmt: skip
def test_a_rule_document_wrong_as_a_whole_is_refused(text, found):
    assert mistakes(book, text) == found


def test_overrides_are_read_as_they_stand():
    assert overrides(OVERRIDES) == (
        Override(
            "schools",
            "U010",
            "min_gap_days",
            3,
            Period(date(2026, 10, 1), date(2026, 12, 31)),
            "人手够",
            "教发〔2026〕8号",
        ),
        Override(
            "schools",
            "",
            "day_hours",
            "08:30-17:30",
            Period(date(2026, 11, 1)),
            "冬季",
            "教发〔2026〕9号",
        ),
    )


def test_no_overrides_are_no_mistake():
    assert overrides("") == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"schools"\nunit', '"school"\nunit', [(3, "unknown-book")]),
        ('"schools"\nunit', "[1]\nunit", [(3, "not-a-text")]),
        ('"U010"', '"U999"', [(4, "unknown-unit")]),
        ('"U010"', "false", [(4, "not-a-text")]),
        ('"U010"', '["U010"]', [(4, "not-a-text")]),
        ('"min_gap_days"', '"min_gap_day"', [(5, "unknown-param")]),
        ('"min_gap_days"', '["x"]', [(5, "not-a-text")]),
        ('"min_gap_days"', '"leaders_also_duty"', [(6, "param-type")]),
        ("value = 3", 'value = "三"', [(6, "param-type")]),
        ("value = 3", "value = true", [(6, "param-type")]),
        ("value = 3", "value = 31", [(6, "param-range")]),
        ("value = 3", "value = -1", [(6, "param-range")]),
        ("value = 3", "", [(2, "missing-key")]),
        ("from = 2026-10-01", "", [(2, "missing-key")]),
        ("from = 2026-10-01", 'from = "10月1日"', [(7, "not-a-date")]),
        ("2026-10-01", "2026-10-01T08:00:00", [(7, "not-a-date")]),
        ("2026-12-31", "2026-09-30", [(8, "range-reversed")]),
        ('reason = "人手够"', 'reason = ""', [(9, "not-a-text")]),
        ('document = "教发〔2026〕8号"', "", [(2, "missing-key")]),
        ('param = "day_hours"', "parm = 1", [
            (12, "missing-key"), (14, "unknown-key")]),
        ('"08:30-17:30"', '"24:00-08:00"', [(15, "param-form")]),
        ('"08:30-17:30"', '"8:30-17:30"', [(15, "param-form")]),
        ("2026-11-01", "2026-11-31", [(16, "toml-syntax")]),
    ],
)  # fmt: skip
def test_a_mistake_in_overrides_is_named_with_its_line(old, new, found):
    assert mistakes(overrides, damaged(OVERRIDES, (old, new))) == found


def test_all_mistakes_of_all_overrides_are_told_at_once():
    text = damaged(
        OVERRIDES,
        ('"U010"', '"U999"'),
        ("value = 3", "value = 99"),
        ("2026-12-31", "2026-09-30"),
        ('reason = "人手够"', 'reason = ""'),
        ('param = "day_hours"', 'param = "day_hour"'),
        ('document = "教发〔2026〕9号"', "document = 9"),
    )

    assert mistakes(overrides, text) == [
        (4, "unknown-unit"),
        (6, "param-range"),
        (8, "range-reversed"),
        (9, "not-a-text"),
        (14, "unknown-param"),
        (18, "not-a-text"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (OVERRIDES.replace("[[override]]", "[[overide]]"), [
            (2, "unknown-key")]),
        ("\n[override]\nbook = 1\n", [(2, "not-a-table")]),
        ("\noverride = [{ book = 'schools', unit = 'U9' }]\n", [
            (2, "missing-key")] * 5 + [(2, "unknown-unit")]),
        ("override = [5]\n", [(1, "not-a-table")]),
        (OVERRIDES + "reason = 'x", [(19, "toml-syntax")]),
    ],
)  # fmt: skip
def test_overrides_wrong_as_a_whole_are_refused(text, found):
    assert mistakes(overrides, text) == found


def test_what_is_allowed_is_told_with_the_mistake():
    text = damaged(OVERRIDES, ("value = 3", "value = 31"))

    with pytest.raises(Unusable) as refused:
        overrides(text)

    assert all_sentences(refused.value) == [
        "调整.toml 6: “值班教师间隔天数”超出范围（读到 “31”；允许：0、30）"
    ]


def test_the_protection_of_mothers_cannot_be_set_aside():
    text = damaged(
        OVERRIDES,
        ('"min_gap_days"', '"protected_nights"'),
        ("value = 3", 'value = "不限"'),
    )

    assert mistakes(overrides, text) == [(6, "param-choice")]
