"""Duties served in the summer of 2025, before the product knew the county."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle

from roster import posts
from roster.demo.terms import days_off
from roster.demo.units import Plan, may_lead
from roster.people import PastDuty, StaffMember, Unit, UnitKind

FIRST, LAST = date(2025, 5, 1), date(2025, 8, 31)

# Who kept lists of what was served: the bureau, the county seat, and some.
KEPT = {
    "U001",
    *(f"U{number:03}" for number in range(2, 17)),
    "U017",
    "U018",
    "U026",
    "U035",
    "U044",
    "U053",
    "U060",
}
A_DAY = 2  # officers on duty at the bureau: one by day, one by night


def unit_past(
    unit: Unit, plan: Plan, staff: Sequence[StaffMember]
) -> Iterator[PastDuty]:
    """One unit's past duties: turn by turn, as such lists are kept."""
    if unit.id not in KEPT:
        return

    here = [m for m in staff if FIRST in m.employed and LAST in m.employed]
    leaders = cycle([m.id for m in here if may_lead(m, plan)])
    officers = cycle([m.id for m in here if not may_lead(m, plan)])
    for day in days_off(FIRST, LAST):
        yield PastDuty(next(leaders), day, posts.LEAD)

        if unit.kind is UnitKind.BUREAU:
            for _ in range(A_DAY):
                yield PastDuty(next(officers), day, posts.DUTY)
