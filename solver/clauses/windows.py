"""At most one duty of a person in every window of so many days."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ortools.sat.python.cp_model import IntVar

from roster.auditors import Reading
from roster.problem import Person, Shift
from roster.rules.clauses import Clause
from solver.board import Board
from solver.terms import AllOf, AtMostOne


def is_plain(board: Board, person: Person, row: Sequence[Shift]) -> bool:
    """
    Whether windows say the same as pairs of duties.

    Not where a pin lies in a block, nor where a block is so long that a
    person could hold two runs of it.
    """
    blocks: dict[str, list[date]] = {}
    for shift in row:
        if shift.block:
            blocks.setdefault(shift.block, []).append(shift.date)
            if board.pinned(person.id, shift.id):
                return False

    return all(
        (max(dates) - min(dates)).days <= 1 for dates in blocks.values()
    )


def windows(
    board: Board, person: Person, row: Sequence[Shift], days: int
) -> Iterator[AtMostOne]:
    """One for each date that begins a window with several loose duties."""
    row = sorted(
        (s for s in row if not board.pinned(person.id, s.id)),
        key=lambda shift: shift.date,
    )
    dates = [shift.date for shift in row]
    reached = 0

    for place, first in enumerate(dates):
        if place and dates[place - 1] == first:
            continue

        end = bisect_left(dates, first + timedelta(days=days))
        duties: dict[str, list[Shift]] = {}
        for shift in row[place:end]:
            duties.setdefault(shift.block or shift.id, []).append(shift)

        if len(duties) > 1 and end > reached:
            reached = end
            yield AtMostOne(
                tuple(_held(board, person, held) for held in duties.values())
            )


def _held(board: Board, person: Person, shifts: list[Shift]) -> IntVar:
    cells = [board.cells[person.id, shift.id] for shift in shifts]
    return cells[0] if len(cells) == 1 else board.any_of(cells)


def near_fixed(
    clause: Clause,
    board: Board,
    person: Person,
    row: Sequence[Shift],
    days: int,
) -> Iterator[AllOf]:
    """Loose shifts too near a pinned duty, or one outside the problem."""
    cells = {shift.id: board.cells[person.id, shift.id] for shift in row}
    pinned = [s for s in row if board.pinned(person.id, s.id)]
    fixed: list[tuple[date, tuple[IntVar, ...]]] = [
        (past.date, ())
        for past in Reading(board.problem, clause, ()).earlier(person)
    ]
    fixed += [(shift.date, (cells[shift.id],)) for shift in pinned]

    for when, there in fixed:
        for shift in row:
            if abs((shift.date - when).days) < days and shift not in pinned:
                yield AllOf((*there, cells[shift.id]))
