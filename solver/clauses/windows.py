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

    Not where pins excuse each other, nor where a block is so long that a
    person could hold two runs of it.
    """
    blocks: dict[str, list[date]] = {}
    for shift in row:
        if shift.block:
            blocks.setdefault(shift.block, []).append(shift.date)

    short = all(
        (max(dates) - min(dates)).days <= 1 for dates in blocks.values()
    )
    return short and not any(board.pinned(person.id, s.id) for s in row)


def windows(
    board: Board, person: Person, row: Sequence[Shift], days: int
) -> Iterator[AtMostOne]:
    """One for each date that begins a window with several duties in it."""
    row = sorted(row, key=lambda shift: shift.date)
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


def after_earlier(
    clause: Clause,
    board: Board,
    person: Person,
    row: Sequence[Shift],
    days: int,
) -> Iterator[AllOf]:
    """Shifts too near a duty outside the problem."""
    for past in Reading(board.problem, clause, ()).earlier(person):
        for shift in row:
            if abs((shift.date - past.date).days) < days:
                yield AllOf((board.cells[person.id, shift.id],))
