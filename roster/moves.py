"""
Who can stand in: every cover and every swap for one person's shift.

Nobody else is moved, and nothing mandatory may be broken that was kept.
"""

from collections.abc import Iterable, Iterator

from roster.answers import Costs, StandIn
from roster.judging import Judge
from roster.problem import Assignment, Problem, Shift


def stand_ins(
    problem: Problem,
    roster: Iterable[Assignment],
    shift: str,
    staff: str,
    *,
    without: frozenset[Assignment] = frozenset(),
) -> tuple[StandIn, ...]:
    """
    Whoever can take somebody's shift, the best first.

    Ranked by what each tier changes by, in order; then by the days
    between the two shifts, a cover being nearest; then as the problem
    lists people and shifts.

    Parameters
    ----------
    without
        Other assignments of the same person, regarded as gone: a week's
        leave. Costs and breaches are counted from there, and no shift
        from the first to the last of those dates is given back to them.

    Raises
    ------
    ValueError
        If they do not hold that shift.
    """
    asked = Assignment(shift, staff)
    held = frozenset(roster)
    if asked not in held or shift not in problem.shift:
        raise ValueError(f"{staff} does not hold {shift}.")

    away = {asked}.union(
        a
        for a in without & held
        if a.staff == staff and a.shift in problem.shift
    )
    judge = Judge(problem, (held - away) | {asked})
    found = [
        StandIn(colleague, back, judge.costs(*change))
        for colleague, back in _moves(problem, held, asked, away)
        if judge.allows(*(change := _change(asked, colleague, back)))
    ]
    return tuple(sorted(found, key=lambda found: _rank(problem, shift, found)))


def _moves(
    problem: Problem,
    held: frozenset[Assignment],
    asked: Assignment,
    away: set[Assignment],
) -> Iterator[tuple[str, str]]:
    """Each colleague, with nothing and with each shift to give back."""
    backs = [
        shift
        for shift in _outside(problem, away)
        if Assignment(shift.id, asked.staff) not in held
    ]
    for person in problem.staff:
        if Assignment(asked.shift, person.id) in held:
            continue

        yield person.id, ""
        for shift in backs:
            if Assignment(shift.id, person.id) in held:
                yield person.id, shift.id


def _outside(problem: Problem, away: set[Assignment]) -> list[Shift]:
    """The shifts before the first and after the last of these dates."""
    dates = [problem.shift[assignment.shift].date for assignment in away]
    return [
        shift
        for shift in problem.shifts
        if not min(dates) <= shift.date <= max(dates)
    ]


def _change(
    asked: Assignment, colleague: str, back: str
) -> tuple[set[Assignment], set[Assignment]]:
    """What goes and what comes."""
    gone, come = {asked}, {Assignment(asked.shift, colleague)}
    if back:
        gone.add(Assignment(back, colleague))
        come.add(Assignment(back, asked.staff))

    return gone, come


def _rank(problem: Problem, shift: str, found: StandIn) -> tuple[Costs, int]:
    # All list the same tiers, so that comparing the pairs compares costs.
    back = problem.shift[found.back or shift]
    days = abs((back.date - problem.shift[shift].date).days)
    return found.costs, days
