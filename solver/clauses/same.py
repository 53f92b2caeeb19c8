"""Builds `Same`: a group of shifts in as few hands as possible."""

from collections.abc import Iterator

from ortools.sat.python.cp_model import LinearExpr

from roster.auditors import Reading
from roster.auditors.same import hands
from roster.rules.clauses import Same
from solver.board import Board
from solver.terms import Excess


def same(clause: Same, board: Board) -> Iterator[Excess]:
    """One for each group that could pass into too many hands."""
    reading = Reading(board.problem, clause, board.problem.pinned)
    needs = {shift.id: shift.needs for shift in reading.shifts}

    for group in clause.groups:
        largest = max((needs[s] for s in group if s in needs), default=0)
        used = []

        for person in board.problem.staff:
            cells = [
                board.cells[person.id, shift.id]
                for shift in board.selected_row(clause.select, person)
                if shift.id in group
            ]
            if cells:
                used.append(board.any_of(cells))

        yield Excess(
            LinearExpr.sum(used) - largest,
            len(used) - largest,
            waived=max(0, len(hands(reading, group)) - largest),
        )
