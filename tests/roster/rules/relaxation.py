"""
Whether some of a real unit's demands can hold together.

A second reading of what `formats.md` says of conflicts, with a solver but
without any of the product's: whatever is not named is relaxed. It knows
the mandatory clauses that the articles make, and no pins.
"""

from collections.abc import Iterable
from itertools import combinations

from ortools.sat.python.cp_model import INFEASIBLE, CpModel, CpSolver

from roster.problem import ConflictMember, Person, Problem, Shift


def can_hold(problem: Problem, members: Iterable[ConflictMember]) -> bool:
    """Whether a roster keeps these demands, all others being gone."""
    members = list(members)
    filled = {m.shift for m in members if m.shift}
    clauses = [problem.clause[m.clause] for m in members if m.clause]
    leave = {(m.staff, m.away) for m in members if m.staff}

    model = CpModel()
    cells = {
        (person.id, shift.id): model.new_bool_var("")
        for person in problem.staff
        for shift in problem.shifts
        if person.has_post(shift.post, shift.date)
        and not any(
            who == person.id and shift.date in period for who, period in leave
        )
    }
    for shift in problem.shifts:
        column = [
            cells[person.id, shift.id]
            for person in problem.staff
            if (person.id, shift.id) in cells
        ]
        model.add(sum(column) <= shift.needs)
        if shift.id in filled:
            model.add(sum(column) >= shift.needs)

    for person in problem.staff:
        row = [s for s in problem.shifts if (person.id, s.id) in cells]
        for one, other in combinations(row, 2):
            if one.start < other.end and other.start < one.end:
                never(model, cells, person, one, other)

    for clause in clauses:
        {
            "gap": gap,
            "rest": rest,
            "bar": bar,
            "reserve": reserve,
            "apart": apart,
        }[clause.kind](problem, clause, model, cells)

    solver = CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(model) != INFEASIBLE


def never(model, cells, person: Person, *shifts: Shift) -> None:
    """Forbids that somebody holds all of these."""
    keys = [(person.id, shift.id) for shift in shifts]
    if all(key in cells for key in keys):
        model.add_bool_or([~cells[key] for key in keys])


def chosen(problem: Problem, clause, person: Person) -> list[Shift]:
    """The shifts that a clause looks at when this person holds them."""
    ask = clause.select
    if ask.staff and person.id not in ask.staff:
        return []

    return [
        shift
        for shift in problem.shifts
        if (not ask.posts or shift.post in ask.posts)
        and set(ask.shift_tags) <= set(shift.tags)
        and (not ask.shifts or shift.id in ask.shifts)
        and all(person.has_tag(t, shift.date) for t in ask.staff_tags)
        and (ask.first is None or ask.first <= shift.date)
        and (ask.last is None or shift.date <= ask.last)
    ]


def gap(problem, clause, model, cells) -> None:
    for person in problem.staff:
        for one, other in combinations(chosen(problem, clause, person), 2):
            near = abs((one.date - other.date).days) < clause.days
            if near and not (one.block and one.block == other.block):
                never(model, cells, person, one, other)


def rest(problem, clause, model, cells) -> None:
    for person in problem.staff:
        for pair in combinations(chosen(problem, clause, person), 2):
            one, other = sorted(pair, key=lambda shift: shift.start)
            between = (other.start - one.end).total_seconds() / 3600
            if between < clause.hours:
                never(model, cells, person, one, other)


def bar(problem, clause, model, cells) -> None:
    for person in problem.staff:
        for shift in chosen(problem, clause, person):
            never(model, cells, person, shift)


def reserve(problem, clause, model, cells) -> None:
    for person in problem.staff:
        for shift in chosen(problem, clause, person):
            if not all(person.has_tag(t, shift.date) for t in clause.for_tags):
                never(model, cells, person, shift)


def apart(problem, clause, model, cells) -> None:
    for first, second in clause.pairs:
        ours, theirs = (
            [
                (shift.date, cells[person.id, shift.id])
                for shift in chosen(problem, clause, person)
                if (person.id, shift.id) in cells
            ]
            for person in (problem.person[first], problem.person[second])
        )
        for when, mine in ours:
            for then, yours in theirs:
                if when == then:
                    model.add_bool_or([~mine, ~yours])
