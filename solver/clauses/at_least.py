"""Builds `AtLeast`: everybody who can does at least so much."""

from collections.abc import Iterator

from roster.rules.clauses import AtLeast
from solver.board import Board
from solver.clauses.limit import load
from solver.clauses.people import people
from solver.terms import Excess


def at_least(clause: AtLeast, board: Board) -> Iterator[Excess]:
    """One for each selected person who may hold a selected shift."""
    for person in people(clause, board):
        row = board.selected_row(clause.select, person)
        done = load(board, person, row, clause.ledger)
        yield Excess(clause.min - done, clause.min)
