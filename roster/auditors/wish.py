"""Reads `Wish`: people's wishes to be on duty or free."""

from collections.abc import Iterator

from roster.auditors.reading import (
    Reading,
    Violation,
    selects_person,
    selects_shift,
)
from roster.rules.clauses import Wish, Wished


def wish(clause: Wish, reading: Reading) -> Iterator[Violation]:
    """One for each wish that is not met, by its weight."""
    for wished in clause.wishes:
        if not is_seen(reading, wished) or _on_duty(reading, wished) is (
            wished.want
        ):
            continue

        pinned = not wished.want and _on_duty(reading.only_pinned, wished)
        yield Violation(
            cost=wished.weight,
            waived=wished.weight if pinned else 0,
            staff=(wished.staff,),
            shifts=(wished.shift,) if wished.shift else (),
            dates=(wished.on,) if wished.on else (),
        )


def is_seen(reading: Reading, wished: Wished) -> bool:
    """Whether the clause's selectors leave the wish in."""
    if not reading.sees(wished.staff):
        return False

    shift = reading.problem.shift.get(wished.shift)
    if shift is not None and not selects_shift(reading.select, shift):
        return False

    when = shift.date if shift is not None else wished.on
    assert when is not None
    person = reading.problem.person[wished.staff]
    return selects_person(reading.select, person, when)


def _on_duty(reading: Reading, wished: Wished) -> bool:
    return any(
        shift.id == wished.shift if wished.shift else shift.date == wished.on
        for shift in reading.holds(wished.staff)
    )
