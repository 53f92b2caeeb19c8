"""Builds `Mix`: at least so many people of a kind on a shift or date."""

from collections.abc import Iterator

from ortools.sat.python.cp_model import LinearExpr

from roster.auditors.mix import groups
from roster.auditors.reading import selects_shift
from roster.auditors.reserve import is_named
from roster.problem import Problem, Shift
from roster.rules.clauses import Mix
from solver.board import Board
from solver.terms import Excess


def mix(clause: Mix, board: Board) -> Iterator[Excess]:
    """One for each shift (or date) that could lack people of the kind."""
    shifts = (
        shift
        for shift in board.problem.shifts
        if selects_shift(clause.select, shift)
    )

    for group in groups(clause, shifts):
        yield Excess(
            clause.min - _counted(clause, board, group),
            clause.min,
            waived=clause.min if _all_pinned(board.problem, group) else 0,
            only_if=board.filled(group),
        )


def _counted(clause: Mix, board: Board, group: list[Shift]) -> LinearExpr:
    """How many different people of the kind are on the group."""
    people = []

    for person in board.problem.staff:
        cells = [
            board.cells[person.id, shift.id]
            for shift in group
            if (person.id, shift.id) in board.cells
            and is_named(clause, person, shift)
        ]
        if cells:
            people.append(board.any_of(cells))

    return LinearExpr.sum(people)


def _all_pinned(problem: Problem, group: list[Shift]) -> bool:
    return all(
        sum(pin.shift == shift.id for pin in problem.pinned) >= shift.needs
        for shift in group
    )
