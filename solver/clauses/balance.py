"""Builds `Balance`: how unevenly a ledger is carried."""

from collections.abc import Iterator

from ortools.sat.python.cp_model import LinearExpr

from roster.auditors.balance import marginal, squares
from roster.auditors.reading import points
from roster.problem import Person
from roster.rules.clauses import Balance
from solver.board import Board
from solver.clauses.limit import load
from solver.clauses.people import people
from solver.terms import Constant, Cost, Term


def balance(clause: Balance, board: Board) -> Iterator[Term]:
    """The squares of everybody's load, or the widest spread."""
    loads = [
        (person, *_new_load(clause, board, person))
        for person in people(clause, board)
    ]
    if clause.measure == "spread":
        yield from _spread(clause, board, loads)
        return

    for person, new, most in loads:
        yield from _squares(clause, board, person, new, most)


def _new_load(
    clause: Balance, board: Board, person: Person
) -> tuple[LinearExpr, int]:
    row = board.selected_row(clause.select, person)
    return (
        load(board, person, row, clause.ledger),
        points(row, clause.ledger),
    )


def _squares(
    clause: Balance, board: Board, person: Person, new: LinearExpr, most: int
) -> Iterator[Term]:
    """Each further duty costs its marginal; they never fall."""
    carried = person.carried.get(clause.ledger, 0)
    yield Constant(squares([(person.share, carried)]))
    if not most:
        return

    steps = [board.model.new_bool_var("") for _ in range(most)]
    board.model.add(LinearExpr.sum(steps) == new)
    prices = [marginal(person.share, carried + k) for k in range(1, most + 1)]
    yield Cost(LinearExpr.weighted_sum(steps, prices), sum(prices))


def _spread(
    clause: Balance,
    board: Board,
    loads: list[tuple[Person, LinearExpr, int]],
) -> Iterator[Term]:
    if len(loads) < 2:
        return

    most = 1 + max(
        person.share * (other.carried.get(clause.ledger, 0) + top) // 100
        for person, _, _ in loads
        for other, _, top in loads
    )
    width = board.model.new_int_var(0, most, "")

    for person, new, _ in loads:
        mine = person.carried.get(clause.ledger, 0) + new
        for other, theirs, _ in loads:
            if other is not person:
                their = other.carried.get(clause.ledger, 0) + theirs
                board.model.add(
                    person.share * their - other.share * mine <= 100 * width
                )

    yield Cost(1 * width, most)
