"""Runs of days off, holidays and terms are whole or are not at all."""

from datetime import date, timedelta

import pytest

from roster.days import DayKind, Holiday, Run, Term, days_between

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 7)


def test_a_day_is_off_unless_it_is_worked():
    assert {kind for kind in DayKind if not kind.off} == {
        DayKind.MAKE_UP,
        DayKind.WORKDAY,
    }


def test_a_run_holds_its_first_and_last_day():
    run = Run(FIRST, LAST, "国庆节")

    assert run.days == 7
    assert FIRST in run
    assert LAST in run
    assert LAST + timedelta(days=1) not in run


def test_a_run_without_a_name_is_a_plain_weekend():
    assert Run(FIRST, LAST, "国庆节").holiday
    assert not Run(FIRST, FIRST).holiday


@pytest.mark.parametrize(
    "make",
    [
        lambda: Run(LAST, FIRST),
        lambda: Holiday("国庆节", LAST, FIRST),
        lambda: Term("t", "学期", LAST, FIRST),
    ],
)
def test_nothing_ends_before_it_begins(make):
    with pytest.raises(ValueError, match="must not end before it begins"):
        make()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (FIRST - timedelta(days=1), LAST),
        (FIRST, LAST + timedelta(days=1)),
        (LAST, FIRST),
    ],
)
def test_a_vacation_lies_inside_its_term(first, last):
    with pytest.raises(ValueError, match="inside its term"):
        Term("t", "学期", FIRST, LAST, ((first, last),))


def test_a_term_has_every_date_and_knows_its_vacations():
    vacation = (date(2026, 10, 3), date(2026, 10, 5))
    term = Term("t", "学期", FIRST, LAST, (vacation,))

    assert list(term) == list(days_between(FIRST, LAST))
    assert [d.day for d in term if term.in_vacation(d)] == [3, 4, 5]


def test_no_days_lie_between_dates_turned_around():
    assert list(days_between(LAST, FIRST)) == []
