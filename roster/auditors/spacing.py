"""Reads `Spacing`: the smallest distance between neighbouring duties."""

from collections.abc import Iterator

from roster.auditors.duties import days_between, duties, pairs
from roster.auditors.reading import Reading, Violation
from roster.rules.clauses import Spacing


def spacing(clause: Spacing, reading: Reading) -> Iterator[Violation]:
    """
    One for the whole roster: the cap minus the smallest distance.

    Two duties that are not neighbours lie no nearer than two that are, so
    all pairs may be looked at. Where a duty lies inside a run, the order
    of first dates does not tell the neighbours.
    """
    smallest = min(
        (
            (days_between(one, other), person.id, one.shifts + other.shifts)
            for person in reading.staff
            for one, other in pairs(duties(reading, person))
            if not (one.fixed and other.fixed)
        ),
        default=(clause.cap, "", ()),
    )
    days, staff, shifts = smallest
    if days < clause.cap:
        yield Violation(cost=clause.cap - days, staff=(staff,), shifts=shifts)
