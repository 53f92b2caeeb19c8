"""Leave and presence on purpose: what makes some units' rosters hard."""

from collections.abc import Iterator, Sequence
from datetime import date

from roster.demo.terms import TERMS
from roster.demo.units import Plan, Strain, may_lead
from roster.people import (
    Leave,
    Presence,
    StaffMember,
    Standing,
    Unit,
    UnitKind,
)

# The long holiday over which one of two leaders is away.
AWAY = {
    UnitKind.SCHOOL: (date(2026, 10, 1), date(2026, 10, 7)),
    UnitKind.KINDERGARTEN: (date(2026, 2, 15), date(2026, 2, 23)),
}
# A Saturday on which pupils come, while most teachers are being trained.
SATURDAYS = (date(2026, 5, 16), date(2026, 11, 14))
TRAINING = (
    (date(2026, 5, 13), date(2026, 5, 17)),
    (date(2026, 11, 11), date(2026, 11, 15)),
)
# When the one who leads a teaching point is trained or ill.
ALONE = (
    (date(2025, 11, 6), date(2025, 11, 11), "培训"),
    (date(2026, 4, 16), date(2026, 4, 29), "病假"),
    (date(2026, 9, 17), date(2026, 9, 23), "培训"),
)


def leave_on_purpose(
    plan: Plan, staff: Sequence[StaffMember]
) -> Iterator[Leave]:
    """The leave that a unit's strain is made of."""
    heads = [m for m in staff if m.standing is Standing.PRINCIPAL]
    # The lowest first: who may lead on New Year's Eve goes last.
    others = [m for m in staff if may_lead(m, plan) and m not in heads]
    others.reverse()

    if plan.strain is Strain.LEAVE:
        yield from _a_fifth(plan, others)

    if plan.strain is Strain.ALONE:
        yield Leave(others[0].id, *AWAY[plan.kind], "病假")

    if plan.strain is Strain.BARE:
        teachers = [m for m in staff if m.standing is Standing.STAFF]
        for first, last in TRAINING:
            yield from (Leave(m.id, first, last, "培训") for m in teachers[:2])

    if plan.strain is Strain.POOL:
        yield from (Leave(heads[0].id, *absence) for absence in ALONE)


def _a_fifth(plan: Plan, others: Sequence[StaffMember]) -> Iterator[Leave]:
    """In each term another fifth of those who lead, for all of it."""
    count = -(-plan.leaders // 5)
    for number, term in enumerate(TERMS):
        for place in range(count):
            one = others[(number * count + place) % len(others)]
            kind = ("借调", "培训", "病假")[(number + place) % 3]
            yield Leave(one.id, term.first, term.last, kind)


def presence_on_purpose(unit: Unit, plan: Plan) -> Iterator[Presence]:
    """The Saturdays on which pupils of a strained school come."""
    if plan.strain is Strain.BARE:
        for day in SATURDAYS:
            yield Presence(unit.id, day, day, "集中活动")
