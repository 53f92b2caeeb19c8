"""Builds `Keep`: stay close to the previous roster."""

from collections.abc import Iterator

from roster.auditors import Reading
from roster.auditors.keep import kept
from roster.rules.clauses import Keep
from solver.board import Board
from solver.terms import AllOf, Constant, Term


def keep(clause: Keep, board: Board) -> Iterator[Term]:
    """One for each selected assignment of before."""
    for before in kept(Reading(board.problem, clause, ())):
        cell = board.cell(before.staff, before.shift)
        yield Constant(1) if cell is None else AllOf((~cell,))
