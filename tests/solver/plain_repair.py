"""
The fewest changes to a roster, told by a plain model of its own.

It shares nothing with `roster.rules.repair` and with `solver`: what is past
is a constant, mandatory clauses are pairs of assignments that exclude each
other, and one CP-SAT model counts what must be given up.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

from ortools.sat.python.cp_model import INFEASIBLE, OPTIMAL, CpModel, CpSolver

from roster.auditors.reading import selects_person, selects_shift
from roster.problem import Assignment, Person, Problem, Shift
from roster.rules.clauses import Apart, Bar, Clause, Gap, Reserve, Rest

Held = tuple[Person, Shift]


def least_changes(
    problem: Problem,
    before_shifts: tuple[Shift, ...],
    before: tuple[Assignment, ...],
    since: date,
) -> int | None:
    """How much must be given up from a date on; None without a roster."""
    model = CpModel()
    was = {shift.id: shift for shift in before_shifts}
    coming = [shift for shift in problem.shifts if shift.date >= since]
    cells: dict[tuple[str, str], object] = {}
    held: list[Held] = []
    for cell in before:
        shift = was[cell.shift]
        person = problem.person.get(cell.staff)
        if shift.date < since and person is not None:
            cells[person.id, shift.id] = 1
            held.append((person, _blocked(problem, shift)))

    for shift in coming:
        row = [p for p in problem.staff if _allowed(problem, p, shift)]
        places = [model.new_bool_var("") for _ in row]
        model.add(sum(places) == shift.needs)
        cells |= {
            (p.id, shift.id): place
            for p, place in zip(row, places, strict=True)
        }
        held += [(person, shift) for person in row]

    for one, other in _excluded(problem, held):
        pair = [cells[person.id, shift.id] for person, shift in (one, other)]
        if max(one[1].date, other[1].date) >= since:
            model.add(sum(pair) <= 1)

    ids = {shift.id for shift in coming}
    due = [cell for cell in before if cell.shift in ids]
    kept = [cells.get((cell.staff, cell.shift), 0) for cell in due]
    model.maximize(sum(kept))
    solver = CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in (OPTIMAL, INFEASIBLE)
    if status == INFEASIBLE:
        return None

    return len(due) - round(solver.objective_value)


def _blocked(problem: Problem, shift: Shift) -> Shift:
    """A past shift in the block it would be in today."""
    drafted = problem.shift.get(shift.id)
    return replace(shift, block=drafted.block if drafted else "")


def _allowed(problem: Problem, person: Person, shift: Shift) -> bool:
    """Whether nothing forbids them that shift by itself."""
    return problem.may_hold(person, shift) and not any(
        _forbids(clause, person, shift)
        for clause in problem.clauses
        if clause.mandatory
    )


def _forbids(clause: Clause, person: Person, shift: Shift) -> bool:
    if not _selects(clause, person, shift):
        return False

    if isinstance(clause, Reserve):
        assert not clause.for_staff
        tags = clause.for_tags
        return not all(person.has_tag(tag, shift.date) for tag in tags)

    return isinstance(clause, Bar)


def _selects(clause: Clause, person: Person, shift: Shift) -> bool:
    select = clause.select
    return selects_shift(select, shift) and selects_person(
        select, person, shift.date
    )


def _excluded(
    problem: Problem, held: list[Held]
) -> Iterator[tuple[Held, Held]]:
    """Pairs of assignments that cannot both be."""
    rows: dict[str, list[Held]] = {person.id: [] for person in problem.staff}
    for person, shift in held:
        rows[person.id].append((person, shift))

    for row in rows.values():
        for one, other in combinations(row, 2):
            if one[1].overlaps(other[1]):
                yield one, other

    for clause in problem.clauses:
        if not clause.mandatory:
            continue

        assert isinstance(clause, Apart | Bar | Gap | Reserve | Rest)
        if isinstance(clause, Gap | Rest):
            for row in rows.values():
                seen = [cell for cell in row if _selects(clause, *cell)]
                for one, other in combinations(seen, 2):
                    if _too_close(clause, one[1], other[1]):
                        yield one, other

        if isinstance(clause, Apart):
            for pair in clause.pairs:
                for one, other in product(*(rows[staff] for staff in pair)):
                    if one[1].date == other[1].date:
                        yield one, other


def _too_close(clause: Gap | Rest, one: Shift, other: Shift) -> bool:
    apart = abs(one.date - other.date)
    if one.block and one.block == other.block and apart <= timedelta(1):
        return False

    if isinstance(clause, Gap):
        return apart < timedelta(clause.days)

    first, second = sorted((one, other), key=lambda shift: shift.start)
    return second.start - first.end < timedelta(hours=clause.hours)
