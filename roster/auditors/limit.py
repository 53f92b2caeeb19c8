"""Reads `Limit`: at most so many duties a person, ever or in a window."""

from collections.abc import Iterator
from datetime import date, timedelta

from roster.auditors.reading import Reading, Violation, points
from roster.problem import Shift
from roster.rules.clauses import Limit


def limit(clause: Limit, reading: Reading) -> Iterator[Violation]:
    """One for each person and window with more than the maximum."""
    for staff, held in reading.held.items():
        pinned = reading.only_pinned.holds(staff)

        for first, last in windows(clause, reading.shifts):
            over = _excess(clause, held, first, last)
            if over:
                yield Violation(
                    cost=over,
                    waived=_excess(clause, pinned, first, last),
                    staff=(staff,),
                    shifts=tuple(
                        s.id for s in held if first <= s.date <= last
                    ),
                    dates=(first, last),
                )


def windows(
    clause: Limit, shifts: tuple[Shift, ...]
) -> list[tuple[date, date]]:
    """The windows counted: one from each date that has a shift."""
    dates = sorted({shift.date for shift in shifts})
    if not dates:
        return []

    if clause.window_days is None:
        return [(dates[0], dates[-1])]

    length = timedelta(days=clause.window_days - 1)
    return [(first, first + length) for first in dates]


def _excess(
    clause: Limit, held: tuple[Shift, ...], first: date, last: date
) -> int:
    inside = [shift for shift in held if first <= shift.date <= last]
    return max(0, points(inside, clause.ledger) - clause.max)
