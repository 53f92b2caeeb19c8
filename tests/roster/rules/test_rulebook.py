"""Parameters set differently: for whom, from when, until when."""

from datetime import date

import pytest

from roster.people import Period
from roster.rules.rulebook import Override, Param, Params, chinese
from tests.offices import BOOKS

NAME = "min_gap_days"
USUAL = BOOKS["schools"].params[NAME].value
FIRST, LAST = date(2026, 9, 1), date(2027, 2, 28)


def on(month: int, day: int) -> date:
    """A date of autumn 2026."""
    return date(2026, month, day)


def setting(value, first=None, last=None, unit="", book="schools"):
    """The gap of a unit's teachers, set differently."""
    period = Period(first, last)
    return Override(book, unit, NAME, value, period, "试验", "教发8号")


def params(*overrides: Override, unit="U010") -> Params:
    return Params(BOOKS["schools"], overrides, unit)


def test_without_overrides_the_document_holds():
    assert params().get(NAME, on(9, 1)) == USUAL
    assert params().setter(NAME, on(9, 1)) is None


def test_an_override_holds_from_its_date_on():
    found = params(setting(5, on(10, 1)))

    assert found.get(NAME, on(9, 30)) == USUAL
    assert found.get(NAME, on(10, 1)) == 5
    assert found.get(NAME, date(2099, 1, 1)) == 5


def test_an_override_holds_until_its_date():
    found = params(setting(5, on(10, 1), on(10, 7)))

    assert found.get(NAME, on(10, 7)) == 5
    assert found.get(NAME, on(10, 8)) == USUAL


def test_an_override_of_another_unit_or_document_is_none_of_ours():
    found = params(setting(5, unit="U011"), setting(6, book="bureau"))

    assert found.get(NAME, on(10, 1)) == USUAL


@pytest.mark.parametrize("turned", [False, True])
def test_a_units_own_setting_holds_over_the_countys_newer_one(turned):
    ours, everybodys = setting(5, unit="U010"), setting(4, on(10, 1))
    both = (everybodys, ours) if turned else (ours, everybodys)

    assert params(*both).get(NAME, on(11, 1)) == 5
    assert params(*both, unit="U011").get(NAME, on(11, 1)) == 4


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_settings_the_one_from_the_later_date_holds(turned):
    old, new = setting(5, on(9, 1)), setting(4, on(10, 1))
    both = (new, old) if turned else (old, new)

    assert params(*both).get(NAME, on(9, 30)) == 5
    assert params(*both).get(NAME, on(10, 1)) == 4


def test_of_two_settings_from_one_date_the_one_given_last_holds():
    found = params(setting(5, on(9, 1)), setting(4, on(9, 1)))

    assert found.get(NAME, on(9, 1)) == 4


def test_the_older_setting_holds_again_when_the_newer_ends():
    found = params(setting(5, on(9, 1)), setting(4, on(10, 1), on(10, 7)))

    assert found.get(NAME, on(10, 7)) == 4
    assert found.get(NAME, on(10, 8)) == 5


def test_a_parameter_the_document_does_not_have_is_what_was_asked_for():
    assert params().get("no_such", on(9, 1)) is None
    assert params().get("no_such", on(9, 1), 7) == 7


def test_a_value_that_never_changes_has_one_span():
    assert params().spans(NAME, FIRST, LAST) == [(FIRST, LAST, USUAL)]


def test_spans_tell_where_a_value_changes():
    found = params(setting(5, on(10, 1), on(10, 7)), setting(4, on(12, 1)))

    assert found.spans(NAME, FIRST, LAST) == [
        (FIRST, on(9, 30), USUAL),
        (on(10, 1), on(10, 7), 5),
        (on(10, 8), on(11, 30), USUAL),
        (on(12, 1), LAST, 4),
    ]


def test_a_setting_from_before_and_one_until_after_have_no_border_inside():
    found = params(setting(5, on(8, 1), date(2027, 3, 31)))

    assert found.spans(NAME, FIRST, LAST) == [(FIRST, LAST, 5)]


def test_a_setting_that_changes_nothing_divides_nothing():
    found = params(setting(USUAL, on(10, 1)), setting(USUAL, on(11, 1)))

    assert found.spans(NAME, FIRST, LAST) == [(FIRST, LAST, USUAL)]


def test_the_spans_of_a_term_leave_no_day_out():
    found = params(
        setting(5, on(9, 12), on(10, 20)),
        setting(4, on(9, 30), on(11, 2), unit="U010"),
        setting(3, on(10, 10)),
    )

    spans = found.spans(NAME, FIRST, LAST)

    assert [first for first, _, _ in spans[1:]] == [
        date.fromordinal(last.toordinal() + 1) for _, last, _ in spans[:-1]
    ]
    assert (spans[0][0], spans[-1][1]) == (FIRST, LAST)
    for first, last, value in spans:
        assert found.get(NAME, first) == found.get(NAME, last) == value


@pytest.mark.parametrize(
    ("param", "value", "code"),
    [
        (Param("a", "a", 3, least=0, most=9), 9, ""),
        (Param("a", "a", 3, least=0, most=9), 10, "param-range"),
        (Param("a", "a", 3), 10**6, ""),
        (Param("a", "a", 3), True, "param-type"),  # noqa: FBT003
        (Param("a", "a", value=True), 1, "param-type"),
        (Param("a", "a", "甲", ("甲", "乙")), "乙", ""),
        (Param("a", "a", "甲", ("甲", "乙")), "丙", "param-choice"),
        (Param("a", "a", ("甲",), ("甲", "乙")), ("乙", "甲"), ""),
        (Param("a", "a", ("甲",), ("甲", "乙")), ("丙",), "param-choice"),
        (Param("a", "a", ("甲",)), (3,), "param-choice"),
        (Param("a", "a", "08:00-18:00", form="hours"), "20:00-06:30", ""),
        (Param("a", "a", "08:00-18:00", form="hours"), "20:00", "param-form"),
        (Param("a", "a", "", form="month-day"), "05-01", ""),
        (Param("a", "a", "", form="month-day"), "5月1日", "param-form"),
        (Param("a", "a", "", form="month-day"), "05-32", "param-form"),
        (Param("a", "a", "17:00", form="time"), "09:30", ""),
        (Param("a", "a", "17:00", form="time"), "24:00", "param-form"),
    ],
)
def test_a_parameter_knows_what_it_may_be(param, value, code):
    assert param.problem_with(value) == code


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (29, "二十九"),
        (30, "三十"),
    ],
)
def test_articles_are_numbered_in_chinese(number, words):
    assert chinese(number) == words
