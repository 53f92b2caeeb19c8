"""
The fewest changes to a roster in force, where facts are others now.

What lies before a date is history and stands. From that date on the shifts
are those of today's facts, and to keep what was published comes before
every other goal.
"""

from collections.abc import (
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from dataclasses import dataclass, replace
from datetime import date

from roster.auditors import read
from roster.problem import (
    Assignment,
    Outcome,
    Person,
    Pin,
    Problem,
    Shift,
    Status,
    TierResult,
)
from roster.rules.clauses import (
    MANDATORY,
    Bar,
    Clause,
    Keep,
    Reserve,
    Selection,
)
from roster.rules.cleaning import cleaned

KEEP = "repair-keep"
FIRST = 1  # its tier; all other goals come after


@dataclass(frozen=True)
class Settled:
    """
    A repair as a problem and an outcome like any other.

    Parameters
    ----------
    changes
        Published assignments given up from the date on; those to shifts
        that are gone do not count.
    proven
        Whether no roster gives up fewer.
    """

    problem: Problem
    outcome: Outcome
    changes: int = 0
    proven: bool = False


def repair_problem(
    problem: Problem,
    before_shifts: Sequence[Shift],
    before_roster: Collection[Assignment],
    since: date,
    swapped: Collection[Assignment] = (),
    names: Mapping[str, str] | None = None,
) -> Problem:
    """
    The problem of changing as little as can be from a date on.

    Parameters
    ----------
    problem
        The term as it is drafted from today's facts.
    before_shifts, before_roster
        The roster in force: its shifts as published, and who holds them.
    swapped
        Assignments of approved swaps; they stand where they still can.
    names
        By id, of people whom the problem may not know any more.
    """
    past = [s for s in published(problem, before_shifts) if s.date < since]
    coming = [shift for shift in problem.shifts if shift.date >= since]
    ids = {shift.id for shift in past}
    repaired = replace(
        problem,
        staff=(*problem.staff, *_gone(problem, before_roster, names or {})),
        shifts=(*past, *coming),
        clauses=tuple(_repairing(problem, [*past, *coming], since)),
        pins=(
            *(pin for pin in problem.pins if pin.shift not in ids),
            *(history(cell) for cell in before_roster if cell.shift in ids),
        ),
        previous=tuple(before_roster),
    )
    return _with_swaps(repaired, swapped, {shift.id for shift in coming})


def published(
    problem: Problem, before_shifts: Sequence[Shift]
) -> tuple[Shift, ...]:
    """Shifts as published; which blocks they form is drafted anew."""
    return tuple(
        replace(shift, block=problem.shift[shift.id].block)
        if shift.id in problem.shift
        else shift
        for shift in before_shifts
    )


def _gone(
    problem: Problem,
    before: Collection[Assignment],
    names: Mapping[str, str],
) -> Iterator[Person]:
    """People of the roster in force whom today's facts do not know."""
    for staff in sorted({cell.staff for cell in before}):
        if staff not in problem.person:
            yield Person(staff, (), names.get(staff, ""))


def history(cell: Assignment) -> Pin:
    """A pin that nobody argues with."""
    return Pin(cell.shift, cell.staff, past=True)


def _repairing(
    problem: Problem, shifts: Sequence[Shift], since: date
) -> Iterator[Clause]:
    """To keep what was published, then everything else one tier lower."""
    yield Keep(id=KEEP, tier=FIRST, select=Selection(first=since))
    yield from moved(speaking_of(problem.clauses, shifts), 1)


def speaking_of(
    clauses: Sequence[Clause], shifts: Sequence[Shift]
) -> Iterator[Clause]:
    """The clauses that are about some of these shifts, and no others."""
    known = {shift.id for shift in shifts}
    for clause in clauses:
        if (found := cleaned(clause, known)) is not None:
            yield found


def moved(clauses: Iterable[Clause], by: int) -> Iterator[Clause]:
    """The same clauses with every goal so many tiers lower."""
    for clause in clauses:
        if clause.mandatory:
            yield clause
        else:
            yield replace(clause, tier=clause.tier + by)


def _with_swaps(
    problem: Problem, swapped: Collection[Assignment], coming: Set[str]
) -> Problem:
    """With pins on those swaps that can stand beside all else."""
    for cell in swapped:
        if cell.shift in coming and may_stand(problem, cell):
            pins = (*problem.pins, Pin(cell.shift, cell.staff))
            problem = replace(problem, pins=pins)

    return problem


def may_stand(problem: Problem, cell: Assignment) -> bool:
    """Whether somebody may still be pinned to a shift."""
    shift = problem.shift[cell.shift]
    person = problem.person.get(cell.staff)
    if person is None or not problem.may_hold(person, shift):
        return False

    pinned = problem.pinned - {cell}
    theirs = (problem.shift[c.shift] for c in pinned if c.staff == cell.staff)
    return (
        sum(other.shift == cell.shift for other in pinned) < shift.needs
        and not any(shift.overlaps(other) for other in theirs)
        and not _barred(problem, cell)
    )


def _barred(problem: Problem, cell: Assignment) -> bool:
    """Whether a rule forbids it by itself; being pinned would excuse it."""
    return any(
        True
        for clause in problem.clauses
        if clause.mandatory and isinstance(clause, Bar | Reserve)
        for _ in read(clause, problem, frozenset([cell]))
    )


def settled(problem: Problem, outcome: Outcome) -> Settled:
    """
    A repair's answer with its changes as a condition, not as a goal.

    All else reads it like any roster then: tiers bear their own numbers.
    It is optimal only where its changes, too, are proven the fewest.
    """
    others = (clause for clause in problem.clauses if clause.id != KEEP)
    clauses = tuple(moved(others, -1))
    if outcome.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return Settled(replace(problem, clauses=clauses), outcome)

    first, *rest = outcome.tiers
    keep = replace(problem.clause[KEEP], tier=MANDATORY, allow=first.cost)
    tiers = (TierResult(t.tier - 1, t.cost, t.bound) for t in rest)
    return Settled(
        replace(problem, clauses=(keep, *clauses)),
        replace(outcome, tiers=tuple(tiers)),
        first.cost,
        first.cost == first.bound,
    )


def in_force(settled: Problem, before_shifts: Sequence[Shift]) -> Problem:
    """
    The roster in force as a problem, to be read beside a settled one.

    It has the same people and goals, so that their costs compare.
    """
    shifts = published(settled, before_shifts)
    goals = [clause for clause in settled.clauses if not clause.mandatory]
    known = {shift.id for shift in shifts}
    return replace(
        settled,
        shifts=shifts,
        clauses=tuple(speaking_of(goals, shifts)),
        pins=tuple(pin for pin in settled.pins if pin.shift in known),
        previous=(),
    )
