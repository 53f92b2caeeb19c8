"""Reads `AtLeast`: everybody who can does at least so much."""

from collections.abc import Iterator

from roster.auditors.reading import Reading, Violation, points
from roster.rules.clauses import AtLeast


def at_least(clause: AtLeast, reading: Reading) -> Iterator[Violation]:
    """One for each person below the minimum, by what is missing."""
    for person in reading.people:
        done = points(reading.holds(person.id), clause.ledger)
        if done < clause.min:
            yield Violation(cost=clause.min - done, staff=(person.id,))
