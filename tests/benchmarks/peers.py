"""What others would do with the same unit, judged by the same reading."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from ortools.sat.python.cp_model import FEASIBLE, OPTIMAL, CpSolver

from roster.audit import breaches, costs, places
from roster.problem import Assignment, Person, Problem, Shift
from roster.rules.clauses import Balance, Gap, Spacing, Wish
from solver.model import Model

SWING = 500  # the most by which sensible rosters differ in a balance


@dataclass(frozen=True, slots=True)
class Attempt:
    """
    A peer's roster: its tiers' costs, and mandatory rules it breaks.

    No costs: it found no roster in time.
    """

    problem: str
    costs: tuple[int, ...]
    broken: int
    seconds: float
    proven: bool = False


def clerk(problem: Problem) -> Attempt:
    """
    A round robin as a clerk keeps it: one list of names for each post.

    Whoever had a duty goes to the end of its list. A person who is away,
    has a duty that day, or had one too lately is passed over; where that
    leaves nobody, lateness is overlooked.
    """
    began = perf_counter()
    roster = _round_robin(problem)
    return _judged(problem, roster, perf_counter() - began)


def _round_robin(problem: Problem) -> list[Assignment]:
    lists = {
        shift.post: deque(
            p for p in problem.staff if p.has_post(shift.post, shift.date)
        )
        for shift in problem.shifts
    }
    roster: list[Assignment] = []
    last: dict[str, date] = {}

    for shift in problem.shifts:
        names = lists[shift.post]
        pinned = [a for a in problem.pinned if a.shift == shift.id]
        chosen = [problem.person[a.staff] for a in pinned]
        while len(chosen) < places(problem, shift):
            chosen.append(_next(problem, shift, names, last, chosen))

        for person in chosen:
            names.remove(person)
            names.append(person)
            last[person.id] = shift.date
            roster.append(Assignment(shift.id, person.id))

    return roster


def _next(
    problem: Problem,
    shift: Shift,
    names: Iterable[Person],
    last: dict[str, date],
    chosen: Sequence[Person],
) -> Person:
    free = [
        person
        for person in names
        if problem.may_hold(person, shift)
        and person not in chosen
        and last.get(person.id) != shift.date
    ]
    gap = max(
        clause.days
        for clause in problem.clauses
        if isinstance(clause, Gap)
        and (not clause.select.posts or shift.post in clause.select.posts)
    )
    rested = (
        person
        for person in free
        if person.id not in last or (shift.date - last[person.id]).days >= gap
    )
    return next(rested, free[0])


def weighted_sum(problem: Problem, limit: float = 10.0) -> Attempt:
    """
    One CP-SAT model with one weighted sum, as OR-Tools' shift_scheduling.

    The rules are built as ours are, so that only the way to the optimum
    differs; one worker, everything else as OR-Tools has it.

    Parameters
    ----------
    limit
        Wall seconds.
    """
    began = perf_counter()
    model = Model(problem)
    goals = [clause for clause in problem.clauses if not clause.mandatory]
    weights = _weights(problem)
    model.cp.minimize(
        sum(weights[goal.tier] * model.cost([goal]) for goal in goals)
    )
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(model.cp)
    found = model.board.read(solver) if status in (OPTIMAL, FEASIBLE) else ()
    return _judged(
        problem, found, perf_counter() - began, proven=status == OPTIMAL
    )


def _weights(problem: Problem) -> dict[int, int]:
    """What each tier's cost weighs: more than sensible ones below it."""
    weights: dict[int, int] = {}
    weight = 1
    goals = [clause for clause in problem.clauses if not clause.mandatory]
    for tier in sorted({goal.tier for goal in goals}, reverse=True):
        weights[tier] = weight
        swing = 0
        for goal in (g for g in goals if g.tier == tier):
            if isinstance(goal, Spacing):
                swing += goal.cap
            if isinstance(goal, Wish):
                swing += sum(wished.weight for wished in goal.wishes)
            if isinstance(goal, Balance):
                swing += SWING

        weight *= 1 + swing

    return weights


def _judged(
    problem: Problem,
    roster: Iterable[Assignment],
    seconds: float,
    *,
    proven: bool = False,
) -> Attempt:
    roster = tuple(roster)
    if not roster:
        return Attempt(problem.id, (), 0, seconds)

    broken = len(breaches(problem, roster))
    found = tuple(costs(problem, roster).values())
    return Attempt(problem.id, found, broken, seconds, proven)
