"""Builds `Wish`: people's wishes to be on duty or free."""

from collections.abc import Iterator

from ortools.sat.python.cp_model import IntVar

from roster.auditors import Reading
from roster.auditors.wish import is_seen
from roster.problem import Shift
from roster.rules.clauses import Wish, Wished
from solver.board import Board
from solver.terms import AllOf, Constant, Term


def wish(clause: Wish, board: Board) -> Iterator[Term]:
    """One for each wish that the clause's selectors leave in."""
    reading = Reading(board.problem, clause, ())

    for wished in clause.wishes:
        if is_seen(reading, wished):
            yield _term(clause, board, wished)


def _term(clause: Wish, board: Board, wished: Wished) -> Term:
    person = board.problem.person[wished.staff]
    shifts = [
        shift
        for shift in board.selected_row(clause.select, person)
        if (
            shift.id == wished.shift
            if wished.shift
            else shift.date == wished.on
        )
    ]
    if not shifts:
        return Constant(wished.weight if wished.want else 0)

    duty = board.any_of(_cells(board, wished, shifts))
    if wished.want:
        return AllOf((~duty,), wished.weight)

    return AllOf(
        (duty,),
        wished.weight,
        waived=any(board.pinned(person.id, shift.id) for shift in shifts),
    )


def _cells(board: Board, wished: Wished, shifts: list[Shift]) -> list[IntVar]:
    return [board.cells[wished.staff, shift.id] for shift in shifts]
