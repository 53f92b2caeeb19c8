"""A hundred things that upset a term, each repaired as little as can be."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from random import Random

import pytest

from roster.audit import audit
from roster.people import Leave, Period, Relation, Standing
from roster.problem import Assignment, Shift, Status
from roster.rules.case import Case
from roster.rules.drafting import draft_problem
from roster.rules.mending import InForce, Mended, Read, mend
from roster.rules.rulebook import Override
from solver import solve
from tests.effort import examples
from tests.offices import (
    AUTUMN_2026,
    BUREAU,
    SCHOOL,
    SHORT,
    bureau_staff,
    make_case,
    member,
    school_staff,
)
from tests.solver.plain_repair import least_changes

DISRUPTIONS = examples(100)

LONG = replace(AUTUMN_2026, last=date(2026, 11, 30), vacations=())


def setting(book, param, value, first=None, last=None) -> Override:
    """A parameter set differently for everybody."""
    period = Period(first, last)
    return Override(book, "", param, value, period, "试验", "1号")


def firm(book, **params) -> tuple[Override, ...]:
    return tuple(setting(book, p, value) for p, value in params.items())


def couples(staff):
    return (
        Relation(staff[-1].id, staff[-2].id),
        Relation(staff[1].id, staff[2].id),
    )


def school(size, term=SHORT, **params) -> Case:
    """A school where teachers are on duty every day off."""
    params = {"teacher_mode": "每个值班日都排", "day_staff": 1, **params}
    staff = school_staff(size)
    return make_case(
        SCHOOL,
        term,
        staff=staff,
        overrides=firm("schools", **params),
        relations=couples(staff),
    )


def bureau(size, term=SHORT, **params) -> Case:
    staff = bureau_staff(size)
    return make_case(
        BUREAU,
        term,
        staff=staff,
        overrides=firm("bureau", **params),
        relations=couples(staff),
    )


UNITS = {
    "village": school(12),
    "tight school": school(13, leader_gap_days=6, min_gap_days=5),
    "long": school(20, LONG, leader_gap_days=4),
    "bureau": bureau(30),
    "tight bureau": bureau(30, min_gap_days=7, leader_gap_days=6),
}


@cache
def in_force(name: str) -> InForce:
    """A unit's roster as published: without the blocks of its shifts."""
    case = UNITS[name]
    outcome = solve(draft_problem(case))
    assert outcome.status is Status.OPTIMAL
    shifts = tuple(replace(shift, block="") for shift in case.shifts)
    return InForce(case, shifts, outcome.assignments)


def leave(unit: InForce, luck: Random, since: date) -> Case:
    """Some people are away, from before that date or after."""
    away = []
    for staff in luck.sample(on_duty(unit, since), luck.randint(1, 3)):
        first = since + timedelta(luck.randint(-5, 5))
        last = first + timedelta(luck.randint(5, 20))
        away.append(Leave(staff, first, last))

    return replace(unit.case, leave=tuple(away))


def on_duty(unit: InForce, since: date) -> list[str]:
    """Whoever has duties to come, and three others."""
    coming = {shift.id for shift in unit.shifts if shift.date >= since}
    held = {cell.staff for cell in unit.roster if cell.shift in coming}
    others = [p.id for p in unit.case.staff if p.id not in held]
    return sorted(held) + others[:3]


def departure(unit: InForce, luck: Random, since: date) -> Case:
    """One person is gone from the lists, another leaves that day."""
    case = unit.case
    gone, leaving = luck.sample(case.staff, 2)
    last = Period(None, since - timedelta(1))
    left = replace(leaving, employed=last)
    others = [p for p in case.staff if p not in (gone, leaving)]
    relations = [
        r for r in case.relations if gone.id not in (r.first, r.second)
    ]
    return replace(case, staff=(*others, left), relations=tuple(relations))


def arrival(unit: InForce, luck: Random, since: date) -> Case:
    """Somebody joins, and somebody must be replaced."""
    standing = luck.choice([Standing.DEPUTY, Standing.STAFF])
    employed = Period(since + timedelta(luck.randint(-2, 4)), None)
    new = member(unit.case.unit, 90, standing, employed=employed)
    case = leave(unit, luck, since)
    return replace(case, staff=(*case.staff, new))


def holiday(unit: InForce, luck: Random, since: date) -> Case:
    """Working days become days off and the other way round."""
    case = leave(unit, luck, since)
    days = {day.date: day for day in case.days}
    for _ in range(luck.randint(1, 3)):
        off, on = (
            luck.choice([d for d in case.days if d.off is off])
            for off in (True, False)
        )
        days[off.date] = replace(on, date=off.date)
        days[on.date] = replace(off, date=on.date)

    return replace(case, days=tuple(days[day.date] for day in case.days))


RULES = {
    "schools": (
        ("leaders_per_day", 2),
        ("leader_gap_days", 3),
        ("min_gap_days", 4),
        ("day_staff", 2),
        ("shift_mode", "只有白班"),
        ("leader_standings", ("主要负责人", "班子成员")),
    ),
    "bureau": (
        ("min_gap_days", 5),
        ("leader_gap_days", 4),
        ("day_staff", 2),
        ("night_staff", 0),
        ("female_night", "不限"),
        ("rest_hours", 24),
    ),
}


def rule(unit: InForce, luck: Random, since: date) -> Case:
    """A parameter is another one, from the date on or ever since."""
    case = leave(unit, luck, since)
    param, value = luck.choice(RULES[case.book.id])
    first = luck.choice([None, since, since + timedelta(3)])
    new = setting(case.book.id, param, value, first)
    others = [o for o in case.overrides if o.param != param]
    return replace(case, overrides=(*others, new))


def surge(unit: InForce, luck: Random, since: date) -> Case:
    """More people on some days, while others are away."""
    first = since + timedelta(luck.randint(-1, 6))
    last = first + timedelta(luck.randint(0, 6))
    book = unit.case.book.id
    new = [
        setting(book, param, luck.randint(1, most), first, last)
        for param, most in (("surge_staff", 2), ("surge_leaders", 1))
    ]
    case = leave(unit, luck, since)
    return replace(case, overrides=(*case.overrides, *new))


KINDS = (leave, departure, arrival, holiday, rule, surge)


def disruption(number: int) -> tuple[InForce, date]:
    """A unit with what becomes of its term from a date, by chance alone."""
    luck = Random(number)
    unit = in_force(list(UNITS)[number % len(UNITS)])
    upset = KINDS[number // len(UNITS) % len(KINDS)]
    days = sorted({shift.date for shift in unit.shifts})
    since = luck.choice(days[:-1]) + timedelta(luck.randint(0, 1))
    return replace(unit, case=upset(unit, luck, since)), since


@pytest.mark.parametrize("number", range(DISRUPTIONS))
def test_no_roster_changes_less_and_nothing_past_is_changed(number):
    unit, since = disruption(number)

    found = mend([unit], since, solve)

    steps = found.climb.steps
    least = [
        least_changes(draft_problem(case), unit.shifts, unit.roster, since)
        for _, case in islice(unit.rungs, len(steps))
    ]
    assert [count is None for count in least] == [
        step.status is Status.INFEASIBLE for step in steps
    ]
    if not found.climb.found:
        assert len(steps) == len(list(unit.rungs))
        return

    assert (found.settled.changes, found.settled.proven) == (least[-1], True)
    assert given_up(found, since) == least[-1]
    assert audit(found.settled.problem, found.settled.outcome).consistent
    assert past(found.before, since) == past(found.after, since)


def given_up(found: Mended, since: date) -> int:
    """Counted by hand: what is gone from shifts that are still there."""
    (problem, now), (_, before) = found.after, found.before
    return sum(
        problem.shift[cell.shift].date >= since
        for cell in set(before) - set(now)
        if cell.shift in problem.shift
    )


def past(side: Read, since: date) -> list[tuple[Assignment, Shift]]:
    """What a roster says of the time before a date."""
    problem, roster = side
    said = ((cell, problem.shift[cell.shift]) for cell in sorted(roster))
    return [
        (cell, replace(shift, block=""))
        for cell, shift in said
        if shift.date < since
    ]
