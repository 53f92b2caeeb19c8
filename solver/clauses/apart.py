"""Builds `Apart`: two people not on duty on one date."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ortools.sat.python.cp_model import IntVar

from roster.rules.clauses import Apart
from solver.board import Board
from solver.terms import AllOf


def apart(clause: Apart, board: Board) -> Iterator[AllOf]:
    """One for each pair and date on which both could be on duty."""
    for pair in sorted({tuple(sorted(pair)) for pair in clause.pairs}):
        one, other = (_dates(clause, board, staff) for staff in pair)

        for when in sorted(one.keys() & other.keys()):
            both = (one[when], other[when])
            yield AllOf(
                tuple(board.any_of(cells) for _, cells in both),
                waived=all(fixed for fixed, _ in both),
            )


def _dates(
    clause: Apart, board: Board, staff: str
) -> dict[date, tuple[bool, list[IntVar]]]:
    """By date: whether a pin puts them on duty, and their cells."""
    person = board.problem.person[staff]
    dates: defaultdict[date, list[IntVar]] = defaultdict(list)
    fixed = set()

    for shift in board.selected_row(clause.select, person):
        dates[shift.date].append(board.cells[staff, shift.id])
        if board.pinned(staff, shift.id):
            fixed.add(shift.date)

    return {when: (when in fixed, cells) for when, cells in dates.items()}
