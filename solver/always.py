"""The rules nobody writes down, in a model: filled, not in two places."""

from collections.abc import Iterator
from itertools import combinations

from ortools.sat.python.cp_model import IntVar, LinearExpr

from roster.audit import places
from roster.problem import Assignment, Person, Shift
from solver.board import Board
from solver.given import Given


def coverage(board: Board) -> None:
    """Every shift is held by exactly as many people as it needs."""
    for shift in board.problem.shifts:
        column = LinearExpr.sum(board.column(shift))
        board.model.add(column == places(board.problem, shift))


def pins(board: Board) -> None:
    """Every pin stands."""
    for assignment in sorted(board.problem.pinned):
        cell = board.cells[assignment.staff, assignment.shift]
        board.model.add(cell == 1)


def given(board: Board, given: Given) -> None:
    """What a question takes for granted holds."""
    for cells, value in ((given.held, 1), (given.left, 0)):
        for assignment in sorted(cells):
            cell = board.cell(assignment.staff, assignment.shift)
            if cell is not None:
                board.model.add(cell == value)
            elif value:
                board.model.add_bool_or([])


def overlaps(board: Board) -> None:
    """Nobody holds two shifts at one time; history is excused."""
    for person in board.problem.staff:
        for group in _cliques(board, person):
            board.model.add_at_most_one(group)


def _cliques(board: Board, person: Person) -> Iterator[list[IntVar]]:
    """Sets of a person's cells of which all overlap each other."""
    past = board.problem.past
    running: list[Shift] = []

    for shift in sorted(
        board.row(person), key=lambda s: (s.start, s.end, s.id)
    ):
        # All that run when a shift starts overlap it and each other.
        running = [other for other in running if shift.start < other.end]
        running.append(shift)
        if len(running) < 2:
            continue

        history = [s for s in running if Assignment(s.id, person.id) in past]
        if len(history) < 2:
            yield [board.cells[person.id, s.id] for s in running]
        else:
            yield from _one_by_one(board, person, running, history)


def _one_by_one(
    board: Board, person: Person, running: list[Shift], history: list[Shift]
) -> Iterator[list[IntVar]]:
    for one, other in combinations(running, 2):
        if one not in history or other not in history:
            yield [
                board.cells[person.id, one.id],
                board.cells[person.id, other.id],
            ]
