"""Wishes to be free or on duty, of those who may be put on duty."""

from collections.abc import Iterator, Sequence
from random import Random

from roster.demo.terms import TERMS, days_off, in_holiday
from roster.demo.units import Plan, may_lead
from roster.people import StaffMember, Standing, Unit, UnitKind, Wish

WISHING = 12  # of a hundred, in a term
FREE = 75  # of a hundred wishes
WEIGHTS = (1, 1, 1, 2, 2, 3)
UNHEARD = (Standing.GUARD, Standing.DORM)


def unit_wishes(
    unit: Unit, plan: Plan, staff: Sequence[StaffMember], seed: int
) -> tuple[Wish, ...]:
    """One unit's wishes, each for one date."""
    luck = Random(f"{seed}:{unit.id}:wishes")
    everyone = plan.boarding or plan.kind is UnitKind.BUREAU
    wishes = [
        wish
        for member in staff
        if may_lead(member, plan) or everyone
        if member.standing not in UNHEARD
        for wish in _wishes(member, luck)
    ]
    return tuple(sorted(wishes, key=lambda wish: (wish.staff, wish.date)))


def _wishes(member: StaffMember, luck: Random) -> Iterator[Wish]:
    for term in TERMS:
        if luck.randrange(100) >= WISHING:
            continue

        days = days_off(term.first, term.last)
        festive = [day for day in days if in_holiday(day)]
        want = luck.randrange(100) >= FREE
        day = luck.choice(days if want or luck.random() < 0.5 else festive)
        if day in member.employed:
            yield Wish(member.id, day, want, luck.choice(WEIGHTS))
