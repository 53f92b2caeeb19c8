"""Reads `Rest`: hours between two duties of one person."""

from collections.abc import Iterator

from roster.auditors.duties import Duty, duties, pairs, seconds_between
from roster.auditors.reading import Reading, Violation
from roster.rules.clauses import Rest


def rest(clause: Rest, reading: Reading) -> Iterator[Violation]:
    """One for each pair of duties with too few hours between."""
    for person in reading.staff:
        for one, other in pairs(duties(reading, person)):
            if seconds_between(one, other) < clause.hours * 3600:
                yield pair_violation(person.id, one, other)


def pair_violation(staff: str, one: Duty, other: Duty) -> Violation:
    """Two duties too close, waived where both must stand anyway."""
    return Violation(
        cost=1,
        waived=int(one.fixed and other.fixed),
        staff=(staff,),
        shifts=one.shifts + other.shifts,
        dates=(one.first, other.first),
    )
