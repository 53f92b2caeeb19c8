"""Builds `Limit`: at most so many duties a person, ever or in a window."""

from collections.abc import Iterator

from ortools.sat.python.cp_model import LinearExpr

from roster.auditors.limit import windows
from roster.auditors.reading import points, selects_shift
from roster.problem import Person, Shift
from roster.rules.clauses import Limit
from solver.board import Board
from solver.terms import Excess


def limit(clause: Limit, board: Board) -> Iterator[Excess]:
    """One for each person and window that could pass the maximum."""
    shifts = tuple(
        shift
        for shift in board.problem.shifts
        if selects_shift(clause.select, shift)
    )
    spans = windows(clause, shifts)

    for person in board.problem.staff:
        row = board.selected_row(clause.select, person)

        for first, last in spans:
            inside = [s for s in row if first <= s.date <= last]
            most = points(inside, clause.ledger) - clause.max
            if most > 0:
                yield _window(clause, board, person, inside, most)


def _window(
    clause: Limit, board: Board, person: Person, inside: list[Shift], most: int
) -> Excess:
    pinned = [s for s in inside if board.pinned(person.id, s.id)]
    return Excess(
        load(board, person, inside, clause.ledger) - clause.max,
        most,
        waived=max(0, points(pinned, clause.ledger) - clause.max),
    )


def load(
    board: Board, person: Person, shifts: list[Shift], ledger: str
) -> LinearExpr:
    """What somebody would carry of these shifts in a ledger."""
    return LinearExpr.weighted_sum(
        [board.cells[person.id, shift.id] for shift in shifts],
        [points([shift], ledger) for shift in shifts],
    )
