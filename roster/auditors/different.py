"""Reads `Different`: nobody holds both shifts of a pair."""

from collections.abc import Iterator

from roster.auditors.reading import Reading, Violation
from roster.rules.clauses import Different


def different(clause: Different, reading: Reading) -> Iterator[Violation]:
    """One for each person who holds both shifts of a pair."""
    for one, other in sorted({tuple(sorted(pair)) for pair in clause.pairs}):
        for staff, held in sorted(reading.held.items()):
            if {one, other} <= {shift.id for shift in held}:
                yield Violation(
                    cost=1,
                    waived=int(_pinned(reading, staff, one, other)),
                    staff=(staff,),
                    shifts=(one, other),
                )


def _pinned(reading: Reading, staff: str, *shifts: str) -> bool:
    fixed = {shift.id for shift in reading.only_pinned.holds(staff)}
    return fixed.issuperset(shifts)
