"""Reads `Same`: a group of shifts in as few hands as possible."""

from collections.abc import Iterator

from roster.auditors.reading import Reading, Violation
from roster.rules.clauses import Same


def same(clause: Same, reading: Reading) -> Iterator[Violation]:
    """One for each group with more people than its largest need."""
    needs = {shift.id: shift.needs for shift in reading.shifts}

    for group in clause.groups:
        shifts = [shift for shift in group if shift in needs]
        people = hands(reading, group)
        largest = max((needs[shift] for shift in shifts), default=0)
        over = len(people) - largest
        if over > 0:
            pinned = len(hands(reading.only_pinned, group)) - largest
            yield Violation(
                cost=over,
                waived=max(0, pinned),
                staff=tuple(sorted(people)),
                shifts=tuple(shifts),
            )


def hands(reading: Reading, group: tuple[str, ...]) -> set[str]:
    """The different people who hold a selected shift of the group."""
    return {
        staff
        for staff, held in reading.held.items()
        if any(shift.id in group for shift in held)
    }
