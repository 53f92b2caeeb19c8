"""Reads `Keep`: stay close to the previous roster."""

from collections.abc import Iterator

from roster.auditors.reading import (
    Reading,
    Violation,
    selects_person,
    selects_shift,
)
from roster.problem import Assignment
from roster.rules.clauses import Keep


def keep(_clause: Keep, reading: Reading) -> Iterator[Violation]:
    """One for each selected assignment of before that is gone."""
    for before in kept(reading):
        if before not in reading.all:
            yield Violation(
                cost=1, staff=(before.staff,), shifts=(before.shift,)
            )


def kept(reading: Reading) -> list[Assignment]:
    """The assignments of before that the clause looks at."""
    return sorted(
        before
        for before in set(reading.problem.previous)
        if _is_seen(reading, before)
    )


def _is_seen(reading: Reading, before: Assignment) -> bool:
    if not reading.sees(before.staff):
        return False

    shift = reading.problem.shift.get(before.shift)
    if shift is None or not selects_shift(reading.select, shift):
        return False

    person = reading.problem.person.get(before.staff)
    if person is None:
        # Somebody who has left counts, unless people were narrowed down.
        return not (reading.select.staff or reading.select.staff_tags)

    return selects_person(reading.select, person, shift.date)
