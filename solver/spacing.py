"""
The widest spacing, found by asking for it.

Counting people gives the widest that can be hoped for; one question at
that bound usually ends the search. Minimising pairs that are too close
instead is where proofs die.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from roster.auditors import Reading
from roster.auditors.duties import days_between
from roster.problem import Person, Shift
from roster.rules.clauses import Spacing
from solver.board import Board
from solver.clauses.duties import both_fixed, candidates, literals, pairs
from solver.clauses.windows import after_earlier, is_plain, windows


def counting_bound(clause: Spacing, board: Board) -> int:
    """
    The largest spacing that counting people allows, at most the cap.

    In as many days as the spacing nobody has two duties; a block's shifts
    may be one duty, so only its largest need is counted.
    """
    reading = Reading(board.problem, clause, ())
    dates = sorted({shift.date for shift in reading.shifts})
    if any(board.pinned(p.id, s.id) for p, s in _cells(clause, board)):
        # Two pinned duties may lie as close as they like.
        return clause.cap

    widest = clause.cap
    for first in dates:
        while widest > 1 and not _enough(clause, board, first, widest):
            widest -= 1

    return widest


def _cells(clause: Spacing, board: Board) -> Iterator[tuple[Person, Shift]]:
    for person, shift, _ in board.selected(clause.select):
        yield person, shift


def _enough(clause: Spacing, board: Board, first: date, days: int) -> bool:
    last = first + timedelta(days=days - 1)
    places: dict[str, int] = {}
    people = set()

    for person, shift in _cells(clause, board):
        if first <= shift.date <= last:
            people.add(person.id)
            duty = shift.block or shift.id
            places[duty] = max(places.get(duty, 0), shift.needs)

    return sum(places.values()) <= len(people)


def keep_apart(clause: Spacing, board: Board, days: int) -> None:
    """Asks that no two neighbouring duties lie less than so far apart."""
    for person in board.problem.staff:
        row = board.selected_row(clause.select, person)
        if is_plain(board, person, row):
            for near in after_earlier(clause, board, person, row, days):
                board.model.add(near.literals[0] == 0)
            for window in windows(board, person, row, days):
                board.model.add_at_most_one(window.literals)
        else:
            _pairs(clause, board, person, days)


def _pairs(clause: Spacing, board: Board, person: Person, days: int) -> None:
    for one, other in pairs(candidates(board, clause, person), days):
        if both_fixed(one, other):
            continue

        if days_between(one.duty, other.duty) < days:
            both = [~literal for literal in literals(one, other)]
            board.model.add_bool_or(both)
