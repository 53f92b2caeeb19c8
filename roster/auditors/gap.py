"""Reads `Gap`: dates between two duties of one person."""

from collections.abc import Iterator

from roster.auditors.duties import days_between, duties, pairs
from roster.auditors.reading import Reading, Violation
from roster.auditors.rest import pair_violation
from roster.rules.clauses import Gap


def gap(clause: Gap, reading: Reading) -> Iterator[Violation]:
    """One for each pair of duties on dates too near each other."""
    for person in reading.staff:
        for one, other in pairs(duties(reading, person)):
            if days_between(one, other) < clause.days:
                yield pair_violation(person.id, one, other)
