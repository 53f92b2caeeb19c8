"""Builds `Rest`: hours between two duties of one person."""

from collections.abc import Iterator

from roster.auditors.duties import seconds_between
from roster.rules.clauses import Rest
from solver.board import Board
from solver.clauses.duties import candidates, pairs, too_close
from solver.terms import AllOf


def rest(clause: Rest, board: Board) -> Iterator[AllOf]:
    """One for each pair of duties that may come too close."""
    # A shift may run on for days after its date; two more are plenty.
    days = [(s.end.date() - s.date).days for s in board.problem.shifts]
    reach = clause.hours // 24 + 2 + max(days, default=0)

    for person in board.problem.staff:
        for one, other in pairs(candidates(board, clause, person), reach):
            if seconds_between(one.duty, other.duty) < clause.hours * 3600:
                yield too_close(board, clause, one, other)
