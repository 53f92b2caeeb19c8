"""The calendar over years, announced or not."""

from datetime import date

import pytest

from calendars import China, provisional_year
from roster.days import DayKind

CHINA = China()


@pytest.mark.parametrize("number", [2014, 2019, 2027, 2031, 2050, 2099])
def test_a_year_without_a_notice_never_fails(number):
    year = provisional_year(number)

    assert year.provisional
    assert all(day.provisional for day in year.days.values())
    statutory = [d for d in year.days.values() if d.kind is DayKind.STATUTORY]
    lawful = 13 if number >= 2025 else 11
    # 中秋节 falls on 国庆节 in some years.
    assert len(statutory) in (lawful, lawful - 1)


def test_the_law_before_2025_knows_no_new_years_eve():
    before, after = provisional_year(2024), provisional_year(2025)

    assert before.days[date(2024, 2, 9)].kind is DayKind.WORKDAY
    assert before.days[date(2024, 5, 2)].kind is DayKind.WORKDAY
    assert after.days[date(2025, 1, 28)].festival == "除夕"
    assert after.days[date(2025, 5, 2)].kind is DayKind.STATUTORY


def test_a_year_not_announced_has_no_exchanged_days():
    kinds = {day.kind for day in CHINA.year(2027).days.values()}

    assert kinds == {DayKind.STATUTORY, DayKind.WEEKEND, DayKind.WORKDAY}


def test_new_years_eve_of_2027_lies_in_the_autumn_term():
    days = {d.date: d for d in CHINA.days(date(2027, 2, 1), date(2027, 2, 28))}

    assert days[date(2027, 2, 5)].festival == "除夕"
    assert days[date(2027, 2, 6)].lunar == "正月初一"
    assert days[date(2027, 2, 6)].provisional


def test_case_1_a_saturday_worked_needs_no_duty_and_its_holiday_does():
    assert not CHINA.day(date(2026, 2, 14)).off
    assert not CHINA.day(date(2026, 2, 28)).off
    sunday = CHINA.day(date(2026, 2, 15))
    assert sunday.kind is DayKind.WEEKEND
    assert sunday.run.name == "春节"


def test_case_2_qingming_on_a_sunday_is_made_good_on_monday():
    assert CHINA.day(date(2026, 4, 5)).kind is DayKind.STATUTORY
    assert CHINA.day(date(2026, 4, 6)).kind is DayKind.SUBSTITUTE


def test_case_3_mid_autumn_inside_the_national_holiday():
    day = CHINA.day(date(2025, 10, 6))

    assert day.kind is DayKind.STATUTORY
    assert day.festival == "中秋节"
    assert day.run.name == "国庆节、中秋节"
    for n in (7, 8):
        assert CHINA.day(date(2025, 10, n)).kind is DayKind.EXCHANGED


def test_a_weekend_worked_needs_no_duty():
    assert not CHINA.day(date(2026, 10, 10)).off
    assert CHINA.day(date(2026, 10, 10)).kind is DayKind.MAKE_UP


def test_the_digest_changes_when_a_year_does():
    first, last = date(2026, 8, 31), date(2027, 2, 28)
    other = China({2026: provisional_year(2026)})

    assert CHINA.version(first, last) == China().version(first, last)
    assert CHINA.version(first, last) != other.version(first, last)
