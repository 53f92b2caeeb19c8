"""Builds `Rest`: hours between two duties of one person."""

from collections.abc import Iterator
from datetime import timedelta

from roster.auditors.duties import seconds_between
from roster.problem import EarlierDuty, Person, Problem, Shift
from roster.rules.clauses import Rest
from solver.board import Board
from solver.clauses.duties import candidates, pairs, too_close
from solver.terms import AllOf


def rest(clause: Rest, board: Board) -> Iterator[AllOf]:
    """One for each pair of duties that may come too close."""
    reach = clause.hours // 24 + _astray(board.problem)

    for person in board.problem.staff:
        row = board.selected_row(clause.select, person)
        if _is_bare(board, person, row):
            yield from _neighbours(clause, board, person, row)
            continue

        for one, other in pairs(candidates(board, clause, person), reach):
            if seconds_between(one.duty, other.duty) < clause.hours * 3600:
                yield too_close(board, clause, one, other)


def _astray(problem: Problem) -> int:
    """
    How many dates farther apart than their hours two duties can be.

    A duty may begin days before its date and run on for days after it; of
    two more dates the hours of the day and the zones make use.
    """
    duties: list[Shift | EarlierDuty] = [
        *problem.shifts,
        *(duty for person in problem.staff for duty in person.earlier),
    ]
    before = [(duty.date - duty.start.date()).days for duty in duties]
    after = [(duty.end.date() - duty.date).days for duty in duties]
    return 2 + max(before, default=0) + max(after, default=0)


def _is_bare(board: Board, person: Person, row: list[Shift]) -> bool:
    """Whether each duty is one shift and no two of them are fixed."""
    pins = sum(board.pinned(person.id, shift.id) for shift in row)
    return (
        pins < 2
        and not person.earlier
        and not any(shift.block for shift in row)
    )


def _neighbours(
    clause: Rest, board: Board, person: Person, row: list[Shift]
) -> Iterator[AllOf]:
    row = sorted(row, key=lambda shift: (shift.start, shift.end))
    hours = timedelta(hours=clause.hours)
    near: list[Shift] = []

    for shift in row:
        near = [past for past in near if shift.start - past.end < hours]
        here = board.cells[person.id, shift.id]
        for past in near:
            yield AllOf((board.cells[person.id, past.id], here))
        near.append(shift)
