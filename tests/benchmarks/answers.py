"""
How long the office waits for an answer, on the county's large units.

First conflict set, repair, stand-ins, covers of a week, one exact
counterfactual; each question is put to every unit of 120 to 250 staff.
Reading and solving the units beforehand is not part of the time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random
from statistics import median
from time import perf_counter

from roster.moves import stand_ins
from roster.people import Period
from roster.problem import Assignment, Outcome, Problem, Shift
from roster.rules.clauses import Gap
from roster.rules.repair import repair_problem
from solver import Alternatives, covers, solve
from solver.conflict import conflicts
from solver.model import Limits
from tests.benchmarks.page import table

LARGE = 120  # staff
GOALS = {
    "first conflict set": 0.3,
    "smallest conflict set": None,
    "repair, one away 14 days": 1.0,
    "stand-ins for a shift": 1.0,
    "covers of three shifts": 1.0,
    "one counterfactual": 1.0,
}
Times = dict[str, list[float]]


def answers(problems: Sequence[Problem]) -> Iterator[str]:
    """The section of the page."""
    large = [p for p in problems if len(p.staff) >= LARGE]
    yield "## Answers"
    yield f"{len(large)} units of {LARGE} to 250 staff, one process."
    times: Times = {name: [] for name in GOALS}
    for problem in large:
        _ask(problem, solve(problem), times)

    yield table(
        ("question", "asked", "median s", "max s", "goal s", "within it"),
        (
            _row(name, goal, times[name])
            for name, goal in GOALS.items()
            if times[name]
        ),
    )


def _row(
    name: str, goal: float | None, seconds: list[float]
) -> tuple[object, ...]:
    met = "" if goal is None else sum(s < goal for s in seconds)
    return (
        name,
        len(seconds),
        f"{median(seconds):.2f}",
        f"{max(seconds):.2f}",
        "" if goal is None else goal,
        "" if goal is None else f"{met}/{len(seconds)}",
    )


def _ask(problem: Problem, outcome: Outcome, times: Times) -> None:
    luck = Random(problem.id)
    roster = outcome.assignments
    for broken in _broken(problem):
        first, smallest = _conflicts(broken)
        if smallest:
            times["first conflict set"].append(first)
            times["smallest conflict set"].append(smallest)

    cell = luck.choice([a for a in roster if a not in problem.pinned])
    away = _away(problem, cell)
    dates = sorted({shift.date for shift in problem.shifts})
    since = dates[len(dates) // 3]
    mended = repair_problem(away, problem.shifts, roster, since)
    _time(times["repair, one away 14 days"], lambda: solve(mended))
    _time(
        times["stand-ins for a shift"],
        lambda: stand_ins(problem, roster, cell.shift, cell.staff),
    )
    week = _week(problem, roster, cell)
    _time(
        times["covers of three shifts"],
        lambda: covers(problem, roster, week),
    )
    for post in sorted({shift.post for shift in problem.shifts}):
        _counterfactual(problem, roster, post, luck, times)


def _time(into: list[float], question: Callable[[], object]) -> None:
    began = perf_counter()
    question()
    into.append(perf_counter() - began)


def _conflicts(problem: Problem) -> tuple[float, float]:
    """Seconds to the first set and to the smallest; 0 without a conflict."""
    began = perf_counter()
    seconds = [perf_counter() - began for _ in conflicts(problem, Limits())]
    return (seconds[0], seconds[1]) if len(seconds) > 1 else (0.0, 0.0)


def _broken(problem: Problem) -> Iterator[Problem]:
    """The unit in ways in which it cannot be manned."""
    plain = replace(problem, pins=())
    dates = sorted({shift.date for shift in problem.shifts})
    for post in sorted({shift.post for shift in problem.shifts}):
        yield _nobody(plain, post, dates[len(dates) // 2])
        yield _gap_too_long(plain, post)


def _nobody(problem: Problem, post: str, when: object) -> Problem:
    """Everybody for a post away on one day."""
    staff = tuple(
        replace(p, unavailable=(*p.unavailable, Period(when, when)))
        if p.has_post(post, when) and not p.away(when)
        else p
        for p in problem.staff
    )
    return replace(problem, staff=staff)


def _gap_too_long(problem: Problem, post: str) -> Problem:
    """A gap of a day more than there are people for it."""
    shifts = sorted(
        (s for s in problem.shifts if s.post == post), key=lambda s: s.date
    )
    hands = sum(
        any(problem.may_hold(person, shift) for shift in shifts)
        for person in problem.staff
    )
    due = 0
    for shift in shifts:
        due += shift.needs
        if due > hands:
            days = (shift.date - shifts[0].date).days + 1
            break
    else:
        days = (shifts[-1].date - shifts[0].date).days + 1

    clauses = tuple(
        replace(clause, days=days)
        if isinstance(clause, Gap) and post in clause.select.posts
        else clause
        for clause in problem.clauses
    )
    return replace(problem, clauses=clauses)


def _away(problem: Problem, cell: Assignment) -> Problem:
    """The problem with somebody away a week before and after a duty."""
    when = problem.shift[cell.shift].date
    week = timedelta(days=7)
    leave = Period(when - week, when + week)
    staff = tuple(
        replace(p, unavailable=(*p.unavailable, leave))
        if p.id == cell.staff
        else p
        for p in problem.staff
    )
    return replace(problem, staff=staff)


def _week(
    problem: Problem, roster: Sequence[Assignment], cell: Assignment
) -> list[Assignment]:
    """A duty and the two nearest of others in the same post."""
    shift = problem.shift[cell.shift]

    def far(other: Assignment) -> int:
        return abs((_shift(problem, other).date - shift.date).days)

    same = [
        a
        for a in roster
        if _shift(problem, a).post == shift.post and a not in problem.pinned
    ]
    return sorted(same, key=far)[:3]


def _shift(problem: Problem, cell: Assignment) -> Shift:
    return problem.shift[cell.shift]


def _counterfactual(
    problem: Problem,
    roster: Sequence[Assignment],
    post: str,
    luck: Random,
    times: Times,
) -> None:
    """Three other people for one duty, each asked from the beginning."""
    held = [a for a in roster if _shift(problem, a).post == post]
    cell = luck.choice(held)
    others = Alternatives(problem, roster, cell).people
    for staff in luck.sample(others, min(3, len(others))):
        alone = Alternatives(problem, roster, cell)
        _time(times["one counterfactual"], partial(alone.of, staff))
