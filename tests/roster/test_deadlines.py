"""Until when a roster must be there, by each document's own counting."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.deadlines import Span, deadlines
from roster.people import Period
from roster.rules.rulebook import Override, Params
from tests.offices import AUTUMN_2026, BOOKS, BUREAU, CHINA, SCHOOL


def due(unit=SCHOOL, *overrides: Override, term=AUTUMN_2026):
    """By month or holiday, the day it is due."""
    book = BOOKS["bureau" if unit is BUREAU else "schools"]
    found = deadlines(term, CHINA.day, Params(book, overrides, unit.id))
    return {d.name or f"{d.first:%Y-%m}": d.due for d in found}


def differently(param, value, since, book="schools") -> Override:
    return Override(book, "", param, value, Period(since), "试行", "1号")


def test_each_month_is_due_in_the_month_before():
    found = due()

    assert found["2026-09"] == date(2026, 8, 25)
    assert found["2026-12"] == date(2026, 11, 25)
    assert found["2027-01"] == date(2026, 12, 25)
    # Nobody is on duty on the term's one day of August.
    assert "2026-08" not in found


def test_schools_count_working_days_before_a_long_holiday():
    found = due()

    # 28, 29 and 30 September are worked; before them is 中秋节.
    assert found["国庆节"] == date(2026, 9, 28)
    # 22, 23, 24 September.
    assert found["中秋节"] == date(2026, 9, 22)


def test_a_make_up_day_is_a_working_day():
    """20 September 2026 is a Sunday that is worked."""
    found = due(SCHOOL, differently("submit_workdays", 5, date(2026, 1, 1)))

    assert found["中秋节"] == date(2026, 9, 20)


def test_the_bureau_counts_days():
    assert due(BUREAU)["国庆节"] == date(2026, 9, 26)


def test_a_weekend_is_no_long_run():
    found = deadlines(
        AUTUMN_2026, CHINA.day, Params(BOOKS["schools"], (), SCHOOL.id)
    )

    runs = [d for d in found if d.span is Span.RUN]
    assert [d.name for d in runs] == ["中秋节", "国庆节", "元旦", "春节"]
    assert [d.provisional for d in runs] == [False, False, True, True]
    assert [d.article for d in runs] == ["第十五条"] * 4


def test_a_parameter_set_differently_counts_from_the_month_after():
    found = due(SCHOOL, differently("publish_day", 20, date(2026, 10, 1)))

    assert found["2026-10"] == date(2026, 9, 25)
    assert found["2026-11"] == date(2026, 10, 20)


@given(days=st.integers(1, 15))
def test_so_many_working_days_lie_between(days):
    found = due(SCHOOL, differently("submit_workdays", days, date(2026, 1, 1)))
    first = date(2026, 10, 1)

    between = [
        date.fromordinal(n)
        for n in range(found["国庆节"].toordinal(), first.toordinal())
    ]
    worked = [when for when in between if not CHINA.day(when).off]
    assert len(worked) == days
    assert not CHINA.day(found["国庆节"]).off


@pytest.mark.parametrize("unit", [BUREAU, SCHOOL])
def test_every_deadline_lies_before_what_it_is_about(unit):
    book = BOOKS["bureau" if unit is BUREAU else "schools"]
    for one in deadlines(AUTUMN_2026, CHINA.day, Params(book, (), unit.id)):
        assert one.due < one.first <= one.last
