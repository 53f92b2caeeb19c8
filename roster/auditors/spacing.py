"""Reads `Spacing`: the smallest distance between neighbouring duties."""

from collections.abc import Iterator
from itertools import pairwise

from roster.auditors.duties import days_between, duties
from roster.auditors.reading import Reading, Violation
from roster.rules.clauses import Spacing


def spacing(clause: Spacing, reading: Reading) -> Iterator[Violation]:
    """One for the whole roster: the cap minus the smallest distance."""
    smallest = min(
        (
            (days_between(one, other), person.id, one.shifts + other.shifts)
            for person in reading.problem.staff
            for one, other in pairwise(duties(reading, person))
            if not (one.fixed and other.fixed)
        ),
        default=(clause.cap, "", ()),
    )
    days, staff, shifts = smallest
    if days < clause.cap:
        yield Violation(cost=clause.cap - days, staff=(staff,), shifts=shifts)
