"""Builds `Spacing`: the smallest distance between neighbouring duties."""

from collections.abc import Iterator

from roster.auditors.duties import days_between
from roster.rules.clauses import Spacing
from solver.board import Board
from solver.clauses.duties import both_fixed, candidates, literals, pairs
from solver.terms import Cost


def spacing(clause: Spacing, board: Board) -> Iterator[Cost]:
    """
    ``near[d]`` is true once some pair is at most ``d`` days apart.

    Two duties that are not neighbours lie no nearer than two that are, so
    all pairs may be looked at.
    """
    model = board.model
    near = [model.new_bool_var("") for _ in range(clause.cap)]
    for closer, farther in zip(near, near[1:], strict=False):
        model.add_implication(closer, farther)

    for person in board.problem.staff:
        for one, other in pairs(candidates(board, clause, person), clause.cap):
            days = days_between(one.duty, other.duty)
            if days < clause.cap and not both_fixed(one, other):
                both = [~literal for literal in literals(one, other)]
                model.add_bool_or([*both, near[days]])

    yield Cost(sum(near), clause.cap)
