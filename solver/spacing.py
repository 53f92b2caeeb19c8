"""
The widest spacing, found by asking for it.

Counting people gives the widest that can be hoped for; one question at
that bound usually ends the search. Minimising pairs that are too close
instead is where proofs die.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from roster.auditors.duties import days_between
from roster.problem import Person, Status
from roster.rules.clauses import Spacing
from solver.board import Board
from solver.clauses.duties import both_fixed, candidates, literals, pairs
from solver.clauses.windows import is_plain, near_fixed, windows
from solver.model import Roster

Ask = Callable[[int], tuple[Status, Roster]]


@dataclass(slots=True)
class _Day:
    """A date's duties with their needs, and who may hold one of them."""

    needs: dict[str, int] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    pinned: list[str] = field(default_factory=list)


def counting_bound(clause: Spacing, board: Board) -> int:
    """
    The largest spacing that counting people allows, at most the cap.

    In as many days as the spacing nobody has two duties but pinned ones;
    a block's shifts may be one duty, so only its largest need is counted.
    """
    days = _days(clause, board)
    widest = clause.cap
    dates = sorted(days)
    for place, first in enumerate(dates):
        while widest > 1:
            end = bisect_left(dates, first + timedelta(days=widest))
            if _enough([days[when] for when in dates[place:end]]):
                break
            widest -= 1

    return widest


def _days(clause: Spacing, board: Board) -> dict[date, _Day]:
    """What the clause counts, by date."""
    days: defaultdict[date, _Day] = defaultdict(_Day)
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for person, shift, _ in board.selected(clause.select):
        days[shift.date].people.add(person.id)
        if board.pinned(person.id, shift.id):
            days[shift.date].pinned.append(person.id)
        seen[shift.id].add(person.id)

    for shift in board.problem.shifts:
        if shift.id in seen:
            # Others may fill places without being looked at.
            others = len(board.column(shift)) - len(seen[shift.id])
            need = max(0, shift.needs - others)
            needs = days[shift.date].needs
            duty = shift.block or shift.id
            needs[duty] = max(needs.get(duty, 0), need)

    return days


def _enough(days: list[_Day]) -> bool:
    """Whether so many days have a person for each duty."""
    needs: dict[str, int] = {}
    for day in days:
        for duty, need in day.needs.items():
            needs[duty] = max(needs.get(duty, 0), need)

    people = set().union(*(day.people for day in days))
    pinned = [name for day in days for name in day.pinned]
    hands = len(people) + len(pinned) - len(set(pinned))
    return sum(needs.values()) <= hands


def widest(
    low: int, high: int, roster: Roster, ask: Ask
) -> tuple[int, Roster]:
    """
    Bisects for the widest spacing that has a roster, highest first.

    Where one question stays open, those near it would too.
    """
    target = high

    while low < high:
        status, found = ask(target)
        if status is Status.UNKNOWN:
            break

        if status is Status.FEASIBLE:
            low, roster = target, found
        else:
            high = target - 1
        target = (low + high + 1) // 2

    return low, roster


def keep_apart(clause: Spacing, board: Board, days: int) -> None:
    """Asks that no two neighbouring duties lie less than so far apart."""
    for person in board.problem.staff:
        row = board.selected_row(clause.select, person)
        if is_plain(board, person, row):
            for near in near_fixed(clause, board, person, row, days):
                board.model.add_bool_or([~lit for lit in near.literals])
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
