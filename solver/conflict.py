"""
Why no roster exists: a set of demands of which none can be left out.

The first set that is found is mostly small; then members are left out as
long as the rest cannot hold.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from roster.auditors.reading import selects_shift
from roster.problem import ConflictMember, Problem
from roster.rules.clauses import Gap
from solver.demands import Demands
from solver.given import NOTHING, Given
from solver.model import Limits
from solver.split import split

Members = tuple[ConflictMember, ...]

SUSPECTS = 3  # windows with too few people that are looked into
# Kinds that may ask somebody to be on duty; all others are content with
# empty shifts.
DEMANDING = {"at_least", "wish", "keep", "balance"}


def conflict(
    problem: Problem, limits: Limits, given: Given = NOTHING
) -> Members:
    """
    An irreducible conflict of a problem that has no roster.

    Where the wall time is spent before that, it holds more than it must.
    """
    *_, smallest = conflicts(problem, limits, given)
    return smallest


def conflicts(
    problem: Problem, limits: Limits, given: Given = NOTHING
) -> Iterator[Members]:
    """
    The conflict that is found at once, then the same without excess.

    Parameters
    ----------
    given
        What is taken for granted; it is not named in the conflict.
    """
    for demands in _looked_into(problem, given):
        core = demands.core(limits)
        if core is not None:
            yield demands.named(core)
            yield _smallest(problem, given, demands, core, limits)
            return

    # Nothing was proven in time: all of it together.
    demands = Demands(problem, given)
    yield demands.named(range(len(demands.members)))


def shortage(problem: Problem, limits: Limits) -> Members:
    """
    A conflict in a window with too few people; empty if none is seen.

    Counting finds such windows at once where a search takes long.
    """
    for part in _parts(problem, NOTHING):
        for window in _suspects(part):
            demands = Demands(part, only=window)
            core = demands.core(limits)
            if core is not None:
                return demands.named(core)

    return ()


def _looked_into(problem: Problem, given: Given) -> Iterator[Demands]:
    """
    Where a conflict may lie, the quickest first.

    Windows in which people are too few; the parts that only leave and
    clauses keep apart; all of it.
    """
    parts = _parts(problem, given)
    for part in parts:
        inside = given.within(part)
        for window in _suspects(part):
            yield Demands(part, inside, only=window)

    for part in parts:
        yield Demands(part, given.within(part))

    if len(parts) > 1:
        yield Demands(problem, given)


def _parts(problem: Problem, given: Given) -> list[Problem]:
    """What hangs together even if nobody were away; the smallest first."""
    cells = (*problem.eligible, *given.held)
    return sorted(split(problem, cells), key=lambda part: len(part.shifts))


def _suspects(problem: Problem) -> list[set[str]]:
    """Shifts, alone or in windows of a gap, for which people are too few."""
    pinned = {pin.shift for pin in problem.pins}
    hands = _hands(problem)
    alone = [
        {shift.id}
        for shift in problem.shifts
        if len(hands[shift.id]) < shift.needs
    ]
    windows = [
        window
        for clause in problem.clauses
        if isinstance(clause, Gap) and clause.mandatory and not alone
        for window in _short(problem, clause, hands)
    ]
    found = sorted(alone + windows, key=len)
    return [window | pinned for window in found[:SUSPECTS]]


def _hands(problem: Problem) -> dict[str, set[str]]:
    """Who may hold each shift."""
    hands: dict[str, set[str]] = {shift.id: set() for shift in problem.shifts}
    for cell in problem.possible:
        hands[cell.shift].add(cell.staff)

    return hands


def _short(
    problem: Problem, clause: Gap, hands: Mapping[str, set[str]]
) -> Iterator[set[str]]:
    """Windows of a gap with more duties than people for them."""
    shifts = [s for s in problem.shifts if selects_shift(clause.select, s)]
    shifts.sort(key=lambda shift: shift.date)
    dates = [shift.date for shift in shifts]
    for first in dict.fromkeys(dates):
        begin = bisect_left(dates, first)
        end = bisect_left(dates, first + timedelta(days=clause.days))
        window = shifts[begin:end]
        needs: dict[str, int] = {}
        for shift in window:
            duty = shift.block or shift.id
            needs[duty] = max(needs.get(duty, 0), shift.needs)

        everybody = set().union(*(hands[shift.id] for shift in window))
        if sum(needs.values()) > len(everybody):
            yield {shift.id for shift in window}


def _smallest(
    problem: Problem,
    given: Given,
    demands: Demands,
    core: list[int],
    limits: Limits,
) -> Members:
    """
    Leaves members out as long as the rest cannot hold.

    First with all other shifts left empty, which is quick; where a clause
    may ask for people on those, the answer is checked with them.
    """
    part, members = demands.problem, demands.named(core)
    small = Demands(part, demands.given, only=_touched(demands, core))
    start = small.core(limits, small.places_of(members))
    if start is not None:
        members = small.named(_irreducible(small, start, limits))
        if _content_empty(part, members):
            return members

    whole = Demands(problem, given)
    start = whole.core(limits, whole.places_of(members))
    if start is None:
        start = whole.places_of(demands.named(core))

    return whole.named(_irreducible(whole, start, limits))


def _touched(demands: Demands, core: Iterable[int]) -> set[str]:
    """Shifts that are asked to be filled, or in which somebody stands."""
    named = {member.shift for member in demands.named(core)} - {""}
    pinned = {pin.shift for pin in demands.problem.pins}
    return named | pinned | {cell.shift for cell in demands.given.held}


def _content_empty(problem: Problem, members: Members) -> bool:
    """Whether none of these demands is helped by filling more shifts."""
    kinds = {problem.clause[m.clause].kind for m in members if m.clause}
    if kinds & DEMANDING:
        return False

    # A shift between two others of its block can make them one duty.
    dates: dict[str, set[object]] = {}
    for shift in problem.shifts:
        dates.setdefault(shift.block, set()).add(shift.date)

    long = any(len(dates[name]) > 2 for name in dates if name)
    return not (long and kinds & {"gap", "rest", "spacing"})


def _irreducible(
    demands: Demands, core: list[int], limits: Limits
) -> list[int]:
    """
    Leaves out many at once where that works, then fewer, then single ones.
    """
    size = max(1, len(core) // 2)
    while True:
        for chunk in _chunks(core, size):
            rest = [i for i in core if i not in chunk]
            smaller = None
            if len(rest) < len(core) and not limits.over:
                smaller = demands.core(limits, rest)

            core = core if smaller is None else smaller

        if size == 1:
            return core

        size = min(max(1, size // 2), max(1, len(core) // 2))


def _chunks(core: list[int], size: int) -> Iterator[set[int]]:
    for begin in range(0, len(core), size):
        yield set(core[begin : begin + size])
