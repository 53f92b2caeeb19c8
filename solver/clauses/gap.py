"""Builds `Gap`: dates between two duties of one person."""

from collections.abc import Iterator

from roster.auditors.duties import days_between
from roster.problem import Person
from roster.rules.clauses import Gap
from solver.board import Board
from solver.clauses.duties import candidates, pairs, too_close
from solver.clauses.windows import is_plain, near_fixed, windows
from solver.terms import AllOf, Term


def gap(clause: Gap, board: Board) -> Iterator[Term]:
    """
    One for each pair of duties that may come too close.

    Where nothing may be spent, at most one duty in each window says the
    same as the pairs and far more quickly.
    """
    strict = clause.mandatory and not clause.allow

    for person in board.problem.staff:
        row = board.selected_row(clause.select, person)
        if strict and is_plain(board, person, row):
            yield from near_fixed(clause, board, person, row, clause.days)
            yield from windows(board, person, row, clause.days)
        else:
            yield from _pairs(clause, board, person)


def _pairs(clause: Gap, board: Board, person: Person) -> Iterator[AllOf]:
    found = candidates(board, clause, person)
    for one, other in pairs(found, clause.days):
        if days_between(one.duty, other.duty) < clause.days:
            yield too_close(board, clause, one, other)
