"""The official calendar over a whole term: what is sure and what is not."""

from datetime import date, timedelta

import pytest

from calendars import China
from calendars.years import announced_year, shipped_years
from roster.days import DayKind, Holiday, Notice
from tests.offices import AUTUMN_2026, CHINA

PAPER = (Notice("1号", None, "试验"),)
NEW_YEAR = Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3))


def autumn(calendar: China):
    """The days of the autumn term by date."""
    days = calendar.days(AUTUMN_2026.first, AUTUMN_2026.last)
    return {day.date: day for day in days}


def test_a_term_has_a_day_for_each_of_its_dates():
    assert list(autumn(CHINA)) == list(AUTUMN_2026)


def test_days_beside_a_new_year_nobody_has_announced_are_provisional():
    unsure = [d.date for d in autumn(CHINA).values() if d.provisional]

    assert unsure[0] == date(2026, 12, 29)
    assert unsure[-1] == AUTUMN_2026.last
    assert len(unsure) == (unsure[-1] - unsure[0]).days + 1


def test_nothing_is_provisional_once_both_years_are_announced():
    years = {**shipped_years(), 2027: announced_year(2027, [NEW_YEAR], PAPER)}

    assert not any(d.provisional for d in autumn(China(years)).values())


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_december_of_a_year_before_an_announced_one_is_sure(year):
    days = CHINA.days(date(year, 12, 1), date(year, 12, 31))

    assert not any(day.provisional for day in days)


def test_the_last_year_of_all_has_a_december():
    last = CHINA.day(date(2099, 12, 31))

    assert last.provisional
    assert last.kind is DayKind.WORKDAY


@pytest.mark.parametrize("number", [2024, 2025, 2026])
def test_a_run_holds_days_off_alone_and_ends_at_work(number):
    for when in (date(number, 1, 1) + timedelta(days=n) for n in range(365)):
        run = CHINA.day(when).run
        if run is None:
            assert not CHINA.day(when).off
            continue

        assert when in run
        assert not CHINA.day(run.first - timedelta(days=1)).off
        assert not CHINA.day(run.last + timedelta(days=1)).off


def test_the_autumn_term_of_2026_holds_the_spring_festival_of_2027():
    days = autumn(CHINA)

    assert days[date(2027, 2, 5)].festival == "除夕"
    assert days[date(2027, 2, 6)].lunar == "正月初一"
    assert AUTUMN_2026.in_vacation(date(2027, 2, 6))


def test_days_of_the_autumn_of_2026_that_need_duty():
    due = [day for day in autumn(CHINA).values() if day.off]

    announced = [day for day in due if day.date < date(2026, 12, 29)]
    # 34 weekend days but two that are worked, and six weekdays off.
    assert len(announced) == 34 - 2 + 6
    assert {day.kind for day in announced} == {
        DayKind.STATUTORY,
        DayKind.SUBSTITUTE,
        DayKind.EXCHANGED,
        DayKind.WEEKEND,
    }
