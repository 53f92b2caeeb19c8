"""Whether some of a problem's demands can hold together, by counting."""

from itertools import combinations, product

from roster.audit import places
from roster.auditors import cost, read
from roster.problem import Assignment, Problem
from roster.rules.clauses import Mix


def any_roster(problem: Problem, members, such=lambda _: True) -> bool:
    """Whether such a roster keeps these demands; all others are relaxed."""
    members = list(members)
    filled = {m.shift for m in members if m.shift}
    pins = {m.pin.assignment for m in members if m.pin}
    clauses = {m.clause for m in members if m.clause}
    away = {(m.staff, m.away) for m in members if m.staff}

    return any(
        pins <= roster
        and such(roster)
        and _no_overlap(problem, roster)
        and all(
            _keeps(problem, clause, roster, filled)
            for clause in problem.clauses
            if clause.id in clauses
        )
        for roster in _rosters(problem, filled, away)
    )


def _rosters(problem, filled, away):
    choices = []
    for shift in problem.shifts:
        holders = [
            person.id
            for person in problem.staff
            if _may(problem, person, shift, away)
        ]
        due = places(problem, shift)
        sizes = [due] if shift.id in filled else range(due + 1)
        choices.append(
            [
                [Assignment(shift.id, staff) for staff in group]
                for size in sizes
                for group in combinations(holders, size)
            ]
        )
    for picked in product(*choices):
        yield frozenset(a for group in picked for a in group)


def _may(problem, person, shift, away):
    if Assignment(shift.id, person.id) in problem.past:
        return True

    return person.has_post(shift.post, shift.date) and not any(
        staff == person.id and shift.date in period for staff, period in away
    )


def _no_overlap(problem, roster):
    return not any(
        one.staff == other.staff
        and problem.shift[one.shift].overlaps(problem.shift[other.shift])
        and not {one, other} <= problem.past
        for one, other in combinations(sorted(roster), 2)
    )


def _keeps(problem, clause, roster, filled):
    violations = read(clause, problem, roster)
    if isinstance(clause, Mix):
        violations = [v for v in violations if filled.issuperset(v.shifts)]

    return cost(violations, mandatory=True) <= clause.allow
