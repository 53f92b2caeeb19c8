"""Approved exemptions with their dates, and never a reason."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from roster.demo.terms import TERMS
from roster.demo.units import Plan, may_lead
from roster.people import (
    Leave,
    Limit,
    LimitKind,
    Period,
    StaffMember,
    Unit,
    UnitKind,
)

# From the seventh month on, and until the child is one year old.
BEFORE = timedelta(days=75)
AFTER = timedelta(days=365)
LARGE = 12  # people; smaller units excuse nobody


def unit_limits(
    unit: Unit,
    plan: Plan,
    staff: Sequence[StaffMember],
    leave: Sequence[Leave],
    seed: int,
) -> tuple[Limit, ...]:
    """One unit's exemptions over all terms."""
    luck = Random(f"{seed}:{unit.id}:limits")
    theirs = {member.id for member in staff}
    found = [
        limit
        for absence in leave
        if absence.staff in theirs and absence.kind == "产假"
        for limit in _mother(absence)
    ]
    if len(staff) > LARGE:
        found += _by_lot(plan, staff, luck)

    return tuple(sorted(found, key=lambda x: (x.staff, _begin(x))))


def _begin(limit: Limit) -> date:
    return limit.period.first or date.min


def _mother(absence: Leave) -> Iterator[Limit]:
    day = timedelta(days=1)
    before = Period(absence.first - BEFORE, absence.first - day)
    after = Period(absence.last + day, absence.first + AFTER)
    for period in (before, after):
        yield Limit(absence.staff, LimitKind.NO_NIGHT, period)


def _by_lot(
    plan: Plan, staff: Sequence[StaffMember], luck: Random
) -> Iterator[Limit]:
    """One in thirty of those who do not lead, mostly for some months."""
    nights = plan.boarding or plan.kind is UnitKind.BUREAU
    kinds = [LimitKind.NO_DUTY, LimitKind.NO_HOLIDAY]
    for member in staff:
        if may_lead(member, plan) or luck.randrange(30):
            continue

        kind = luck.choice([*kinds, LimitKind.NO_NIGHT] if nights else kinds)
        days = (TERMS[-1].last - TERMS[0].first).days
        first = TERMS[0].first + timedelta(days=luck.randrange(days))
        last = first + timedelta(days=luck.randint(20, 180))
        yield Limit(member.id, kind, Period(first, last))
