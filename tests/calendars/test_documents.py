"""A year is kept as JSON and comes back as it was."""

from datetime import date

import pytest

from calendars import China, provisional_year
from calendars.changes import changed_days
from calendars.documents import from_json, to_json
from calendars.years import shipped_years


@pytest.mark.parametrize("number", [2024, 2025, 2026, 2027])
def test_a_year_comes_back_as_it_was(number):
    year = China().year(number)

    assert from_json(to_json(year)) == year


def test_the_notice_of_a_year_changes_its_holidays_only():
    changed = changed_days(provisional_year(2026), shipped_years()[2026])

    assert date(2026, 2, 14) in {day.date for day in changed}  # 补班
    assert date(2026, 2, 23) in {day.date for day in changed}  # 调休
    assert date(2026, 3, 10) not in {day.date for day in changed}


def test_a_year_read_again_changes_nothing():
    year = shipped_years()[2025]

    assert changed_days(year, from_json(to_json(year))) == ()
