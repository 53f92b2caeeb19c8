"""People as the solver sees them: posts, tags, and when they are away."""

from dataclasses import replace
from datetime import date

import pytest

from roster.comp import Half, HalfDay
from roster.people import (
    Gender,
    Leave,
    Limit,
    LimitKind,
    Period,
    Presence,
    StaffMember,
    Standing,
)
from roster.problem import Dated, Person
from roster.rules.case import Case
from roster.rules.rulebook import Override
from roster.rules.staffing import (
    in_comp_leave,
    late_before_leave,
    person_of,
)
from tests.offices import BUREAU, SCHOOL, SHORT, make_case, member

OCTOBER = date(2026, 10, 1)


def somebody(standing=Standing.STAFF, unit=SCHOOL, **more) -> StaffMember:
    return member(unit, 1, standing, **more)


def case_of(someone: StaffMember, unit=SCHOOL, **more) -> Case:
    """A short term of a unit with this one person in it."""
    return make_case(unit, SHORT, staff=(someone,), **more)


def seen(someone: StaffMember, unit=SCHOOL, **more) -> Person:
    return person_of(case_of(someone, unit, **more), someone)


def posts(person: Person) -> list[str]:
    return [post.name for post in person.posts]


def away(someone: StaffMember, first: date, last: date, **more) -> Case:
    leave = (Leave(someone.id, first, last),)
    return case_of(someone, leave=leave, **more)


def setting(param, value, first=None, last=None) -> Override:
    period = Period(first, last)
    return Override("schools", "", param, value, period, "试验", "8号")


@pytest.mark.parametrize(
    ("standing", "unit", "expected"),
    [
        (Standing.PRINCIPAL, SCHOOL, ["lead", "lead+duty"]),
        (Standing.DEPUTY, SCHOOL, ["lead", "lead+duty"]),
        (Standing.MIDDLE, SCHOOL, ["lead", "lead+duty", "middle"]),
        (Standing.STAFF, SCHOOL, ["duty"]),
        (Standing.GUARD, SCHOOL, ["guard"]),
        (Standing.DORM, SCHOOL, ["dorm"]),
        (Standing.PRINCIPAL, BUREAU, ["lead", "lead+duty"]),
        (Standing.DEPUTY, BUREAU, ["lead", "lead+duty"]),
        (Standing.MIDDLE, BUREAU, ["middle", "duty"]),
        (Standing.STAFF, BUREAU, ["duty"]),
    ],
)
def test_a_standing_fills_its_posts(standing, unit, expected):
    assert posts(seen(somebody(standing, unit), unit)) == expected


def test_leaders_stand_on_duty_as_well_where_the_unit_says_so():
    both = setting("leaders_also_duty", value=True)

    found = seen(somebody(Standing.PRINCIPAL), overrides=(both,))

    assert posts(found) == ["lead", "lead+duty", "duty"]


def test_who_leads_may_change_in_the_midst_of_a_term():
    heads = ("主要负责人", "班子成员")
    narrower = setting("leader_standings", heads, date(2026, 10, 10))

    found = seen(somebody(Standing.MIDDLE), overrides=(narrower,))

    assert found.has_post("lead", date(2026, 10, 9))
    assert not found.has_post("lead", date(2026, 10, 10))
    assert not found.has_post("duty", date(2026, 10, 9))
    assert found.has_post("duty", date(2026, 10, 10))
    assert Dated("middle") in found.posts


def test_who_leads_at_new_year_may_change_in_the_midst_of_a_term():
    wider = ("主要负责人", "班子成员", "中层")
    later = setting("principal_standings", wider, date(2026, 10, 10))

    found = seen(somebody(Standing.MIDDLE), overrides=(later,))

    assert not found.has_tag("负责人", date(2026, 10, 9))
    assert found.has_tag("负责人", date(2026, 10, 10))


def test_tags_tell_what_clauses_ask_of_people():
    head = somebody(Standing.PRINCIPAL, hometown_away=True)
    woman = replace(head, gender=Gender.FEMALE)
    man = somebody(Standing.MIDDLE, gender=Gender.MALE)

    assert {t.name for t in seen(woman).tags} == {"女", "外地", "负责人"}
    assert {t.name for t in seen(man).tags} == set()


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        (LimitKind.NO_NIGHT, "无夜班"),
        (LimitKind.NO_HOLIDAY, "不排节假日"),
    ],
)
def test_a_limit_is_a_tag_with_its_dates(kind, tag):
    someone = somebody()
    period = Period(OCTOBER, date(2026, 10, 20))

    found = seen(someone, limits=(Limit(someone.id, kind, period),))

    assert found.has_tag(tag, OCTOBER)
    assert not found.has_tag(tag, date(2026, 10, 21))
    assert found.unavailable == ()


@pytest.mark.parametrize(
    ("period", "found"),
    [
        (Period(OCTOBER, date(2026, 10, 20)), (OCTOBER, date(2026, 10, 20))),
        (Period(OCTOBER), (OCTOBER, SHORT.last)),
        (Period(last=OCTOBER), (SHORT.first, OCTOBER)),
        (Period(), (SHORT.first, SHORT.last)),
    ],
)
def test_who_is_excused_from_duty_is_away_and_both_ends_are_named(
    period, found
):
    someone = somebody()
    excused = Limit(someone.id, LimitKind.NO_DUTY, period)

    person = seen(someone, limits=(excused,))

    assert person.unavailable == (Period(*found),)
    assert person.tags == (Dated("女"),)


def test_limits_and_leave_of_others_are_none_of_theirs():
    someone = somebody()
    other = Limit("U010-99", LimitKind.NO_DUTY, Period())

    found = seen(someone, limits=(other,), leave=(
        Leave("U010-99", OCTOBER, OCTOBER),))  # fmt: skip

    assert found.unavailable == ()


def test_nobody_is_on_duty_before_they_come_or_after_they_leave():
    someone = somebody(employed=Period(OCTOBER, date(2026, 10, 20)))

    found = seen(someone)

    assert found.unavailable == (
        Period(SHORT.first, date(2026, 9, 30)),
        Period(date(2026, 10, 21), SHORT.last),
    )


def test_who_is_employed_all_term_is_never_away():
    someone = somebody(employed=Period(SHORT.first, SHORT.last))

    assert seen(someone).unavailable == ()


def test_a_leaders_night_before_leave_is_leave_as_well():
    head = somebody(Standing.PRINCIPAL)

    case = away(head, date(2026, 10, 5), date(2026, 10, 6))

    (period,) = person_of(case, head).unavailable
    assert period == Period(date(2026, 10, 4), date(2026, 10, 6))
    assert list(late_before_leave(case)) == []


def test_only_the_night_before_leave_is_barred_where_there_is_a_day():
    teacher = somebody()
    case = away(
        teacher,
        date(2026, 10, 5),
        date(2026, 10, 6),
        presences=(Presence(SCHOOL.id, SHORT.first, SHORT.last),),
        overrides=(setting("night_staff", 1),),
    )
    case = replace(case, unit=replace(SCHOOL, boarding=True))

    person = person_of(case, teacher)

    assert person.unavailable == (
        Period(date(2026, 10, 5), date(2026, 10, 6)),
    )
    assert list(late_before_leave(case)) == [
        (teacher, ["2026-10-04/duty-night"])
    ]


def test_a_shift_that_ends_by_six_may_be_held_on_the_eve():
    guard = somebody(Standing.GUARD)
    early = (
        setting("guards_per_shift", 1),
        setting("guard_mode", "白班和夜班"),
        setting("guard_night_hours", "20:00-06:00"),
    )
    begin, end = date(2026, 10, 5), date(2026, 10, 6)

    case = away(guard, begin, end, overrides=early)

    assert person_of(case, guard).unavailable == (Period(begin, end),)
    assert list(late_before_leave(case)) == []


@pytest.mark.parametrize(
    ("hour", "first"),
    [(6, date(2026, 10, 4)), (7, date(2026, 10, 4)), (8, date(2026, 10, 5))],
)
def test_the_hour_that_counts_before_leave_is_a_parameter(hour, first):
    head = somebody(Standing.PRINCIPAL)
    hours = (setting("leave_from_hour", hour),)

    case = away(head, date(2026, 10, 5), date(2026, 10, 6), overrides=hours)

    assert person_of(case, head).unavailable[0].first == first


def test_leave_after_a_working_day_bars_nothing_before_it():
    head = somebody(Standing.PRINCIPAL)

    case = away(head, date(2026, 10, 15), date(2026, 10, 18))

    assert person_of(case, head).unavailable == (
        Period(date(2026, 10, 15), date(2026, 10, 18)),
    )


def test_what_people_bring_along_comes_with_them():
    someone = somebody(share=50)

    found = seen(someone, carried={someone.id: {"total": 4}})

    assert found.carried == {"total": 4}
    assert found.share == 50


def test_a_day_with_no_shift_left_beside_comp_leave_is_a_day_away():
    head = somebody(Standing.PRINCIPAL)
    off = (HalfDay(date(2026, 10, 5), Half.AFTERNOON),)

    case = case_of(head, resting={head.id: off})

    assert person_of(case, head).unavailable == (
        Period(date(2026, 10, 5), date(2026, 10, 5)),
    )
    assert list(in_comp_leave(case)) == []


def test_only_the_half_that_is_off_bars_a_shift():
    guard = somebody(Standing.GUARD)
    shifts = (
        setting("guards_per_shift", 1),
        setting("guard_mode", "白班和夜班"),
        setting("guard_day_hours", "07:00-12:00"),
    )
    off = (HalfDay(date(2026, 10, 5), Half.MORNING),)

    case = case_of(guard, resting={guard.id: off}, overrides=shifts)

    assert person_of(case, guard).unavailable == ()
    assert list(in_comp_leave(case)) == [(guard, ["2026-10-05/guard-day"])]


@pytest.mark.parametrize("hour", [7, 8])
def test_the_night_before_comp_leave_may_be_served_until_it_begins(hour):
    head = somebody(Standing.PRINCIPAL)
    off = (HalfDay(date(2026, 10, 5), Half.MORNING),)
    early = setting("comp_from_hour", hour)

    case = case_of(head, resting={head.id: off}, overrides=(early,))

    days = [period.first.day for period in person_of(case, head).unavailable]
    assert days == ([4, 5] if hour == 7 else [5])
