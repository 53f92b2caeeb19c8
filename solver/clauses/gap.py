"""Builds `Gap`: dates between two duties of one person."""

from collections.abc import Iterator

from roster.auditors.duties import days_between
from roster.rules.clauses import Gap
from solver.board import Board
from solver.clauses.duties import candidates, pairs, too_close
from solver.terms import AllOf


def gap(clause: Gap, board: Board) -> Iterator[AllOf]:
    """One for each pair of duties that may come too close."""
    for person in board.problem.staff:
        for one, other in pairs(candidates(board, clause, person)):
            if days_between(one.duty, other.duty) < clause.days:
                yield too_close(board, clause, one, other)
