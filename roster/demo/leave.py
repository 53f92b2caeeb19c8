"""
Leave of all kinds, most of it by lot and some of it on purpose.

By lot, nobody who leads goes while too many others are gone. Who goes on
purpose is told in `roster.demo.strains`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from roster.days import Term
from roster.demo.strains import leave_on_purpose
from roster.demo.terms import TERMS
from roster.demo.units import Plan, Strain, may_lead
from roster.people import Gender, Leave, Period, StaffMember, Standing, Unit

# Kind, how often of a hundred leaves, shortest and longest in days.
KINDS = (
    ("事假", 26, 1, 3),
    ("培训", 22, 3, 8),
    ("病假", 18, 2, 21),
    ("年休", 14, 4, 9),
    ("公差", 14, 1, 4),
    ("婚假", 3, 10, 18),
    ("借调", 3, 60, 140),
)
ASKING = 24  # of a hundred, in a term
MOTHERS = 4  # of a hundred women who ask
MATERNITY = 158  # days
FROM_OFFICE = 30  # of a hundred leaves start on Monday, being arranged

# When the only one who may lead on New Year's Eve does not go.
FESTIVE = (
    Period(date(2026, 2, 9), date(2026, 2, 24)),
    Period(date(2027, 1, 30), date(2027, 2, 14)),
)


@dataclass
class Desk:
    """One unit's leave being granted, so that enough leaders remain."""

    leaders: frozenset[str]
    remaining: int
    granted: list[Leave] = field(default_factory=list)

    def grant(self, leave: Leave) -> None:
        """Grants it unless they are gone already or too few would lead."""
        met = {g.staff for g in self.granted if _meet(g, leave)}
        led = len(met & self.leaders)
        few = len(self.leaders) - led <= self.remaining
        if leave.staff not in met and not (
            leave.staff in self.leaders and few
        ):
            self.granted.append(leave)


def _meet(one: Leave, other: Leave) -> bool:
    return one.first <= other.last and other.first <= one.last


def unit_leave(
    unit: Unit, plan: Plan, staff: Sequence[StaffMember], seed: int
) -> tuple[Leave, ...]:
    """One unit's leave over all terms, by person and date."""
    luck = Random(f"{seed}:{unit.id}:leave")
    desk = _desk(plan, staff)
    desk.granted += leave_on_purpose(plan, staff)

    for term in TERMS:
        for member in staff:
            if luck.randrange(100) < ASKING:
                leave = _by_lot(member, term, luck)
                if _may_go(plan, member, leave):
                    desk.grant(leave)

    return tuple(sorted(desk.granted, key=lambda g: (g.staff, g.first)))


def _desk(plan: Plan, staff: Sequence[StaffMember]) -> Desk:
    """Where four lead in turn three remain, else six of ten; never one."""
    four = plan.strain is Strain.FOUR
    leaders = [m for m in staff if may_lead(m, plan)]
    passing = sum(m.employed != Period() for m in leaders)
    least = 3 if four else 2
    share = -(-len(leaders) * 6 // 10)
    return Desk(frozenset(m.id for m in leaders), max(least, share) + passing)


def _may_go(plan: Plan, member: StaffMember, leave: Leave) -> bool:
    """Whether they are employed then, and the unit can spare them."""
    if leave.first not in member.employed or leave.last not in member.employed:
        return False

    if plan.strain is Strain.BARE and member.standing is Standing.STAFF:
        return False

    head = member.standing is Standing.PRINCIPAL and plan.deputies < 2
    return not head or not any(
        leave.first in period or leave.last in period for period in FESTIVE
    )


def _by_lot(member: StaffMember, term: Term, luck: Random) -> Leave:
    kinds = [kind for kind in KINDS for _ in range(kind[1])]
    name, _, shortest, longest = luck.choice(kinds)
    if member.gender is Gender.FEMALE and luck.randrange(100) < MOTHERS:
        name, shortest, longest = "产假", MATERNITY, MATERNITY

    days = luck.randint(shortest, longest)
    span = (term.last - term.first).days - days
    first = term.first + timedelta(days=luck.randrange(span))
    if luck.randrange(100) < FROM_OFFICE:
        first -= timedelta(
            days=min(first.weekday(), (first - term.first).days)
        )

    return Leave(member.id, first, first + timedelta(days=days - 1), name)
