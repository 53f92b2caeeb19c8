"""Whom a clause looks at: those who may hold something it selects."""

from roster.auditors import Reading
from roster.problem import Person
from roster.rules.clauses import Clause
from solver.board import Board


def people(clause: Clause, board: Board) -> tuple[Person, ...]:
    """The selected people who may hold at least one selected shift."""
    return Reading(board.problem, clause, ()).people
