"""Reads `Apart`: two people not on duty on one date."""

from collections.abc import Iterator
from datetime import date

from roster.auditors.reading import Reading, Violation
from roster.rules.clauses import Apart


def apart(clause: Apart, reading: Reading) -> Iterator[Violation]:
    """One for each pair and date on which both are on duty."""
    for pair in sorted({tuple(sorted(pair)) for pair in clause.pairs}):
        for when in sorted(_both(reading, pair)):
            yield Violation(
                cost=1,
                waived=int(when in _both(reading.only_pinned, pair)),
                staff=pair,
                shifts=tuple(
                    shift.id
                    for staff in pair
                    for shift in reading.holds(staff)
                    if shift.date == when
                ),
                dates=(when,),
            )


def _both(reading: Reading, pair: tuple[str, ...]) -> set[date]:
    one, other = ({s.date for s in reading.holds(p)} for p in pair)
    return one & other
