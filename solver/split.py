"""
A problem split into parts that cannot influence each other.

Leaders and staff usually share no shift. Where every goal adds up over
people, the parts' best rosters together are the whole's best, tier by
tier; whatever does not add up ties its people together first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from roster.auditors import Reading
from roster.problem import Assignment, Problem
from roster.rules.clauses import (
    Apart,
    Balance,
    Clause,
    Different,
    Keep,
    Limit,
    Mix,
    Same,
    Spacing,
    Wish,
)
from solver.union import Union


def split(
    problem: Problem, cells: Iterable[Assignment] | None = None
) -> list[Problem]:
    """
    The parts, each a problem of its own, in the problem's order.

    Parameters
    ----------
    cells
        The assignments that may be thought of; those possible by default.
    """
    ties = Union()
    for cell in problem.possible if cells is None else cells:
        ties.tie(f"s{cell.shift}", f"p{cell.staff}")

    for clause in problem.clauses:
        for names in _tied(problem, clause):
            ties.tie(*names)

    parts: dict[str, list[str]] = {}
    for shift in problem.shifts:
        parts.setdefault(ties.root(f"s{shift.id}"), []).append(shift.id)

    if len(parts) < 2:
        return [problem]

    # People who may hold nothing still have wishes; the first part's.
    roots = {person.id: ties.root(f"p{person.id}") for person in problem.staff}
    first = next(iter(parts))
    homes = {p: r if r in parts else first for p, r in roots.items()}
    return [_part(problem, homes, root, ids) for root, ids in parts.items()]


def _tied(problem: Problem, clause: Clause) -> Iterator[list[str]]:
    """Names that a clause does not let be looked at apart."""
    if _whole(clause):
        reading = Reading(problem, clause, ())
        yield [f"s{shift.id}" for shift in reading.shifts]
        yield [f"p{person.id}" for person in reading.people]

    if isinstance(clause, Apart):
        yield from ([f"p{name}" for name in pair] for pair in clause.pairs)

    if isinstance(clause, Different):
        yield from ([f"s{name}" for name in pair] for pair in clause.pairs)

    if isinstance(clause, Same):
        yield from ([f"s{name}" for name in group] for group in clause.groups)

    if isinstance(clause, Wish):
        wished = [w for w in clause.wishes if w.shift]
        yield from ([f"s{w.shift}", f"p{w.staff}"] for w in wished)

    if isinstance(clause, Keep):
        before = problem.previous
        yield from ([f"s{b.shift}", f"p{b.staff}"] for b in before)

    if isinstance(clause, Mix) and clause.per == "date":
        dates: dict[object, list[str]] = {}
        for shift in Reading(problem, clause, ()).shifts:
            dates.setdefault(shift.date, []).append(f"s{shift.id}")
        yield from dates.values()


def _whole(clause: Clause) -> bool:
    """Whether a clause's cost is not a sum over people or shifts."""
    if clause.mandatory and clause.allow:
        return True

    if isinstance(clause, Balance):
        return clause.measure == "spread"

    if isinstance(clause, Limit):
        # A window begins on the date of any selected shift.
        return clause.window_days is not None

    return isinstance(clause, Spacing)


def _part(
    problem: Problem, homes: dict[str, str], root: str, shifts: list[str]
) -> Problem:
    inside = set(shifts)
    staff = tuple(
        person for person in problem.staff if homes[person.id] == root
    )
    people = {person.id for person in staff}
    return replace(
        problem,
        staff=staff,
        shifts=tuple(s for s in problem.shifts if s.id in inside),
        clauses=tuple(
            _narrowed(clause, people, inside) for clause in problem.clauses
        ),
        pins=tuple(pin for pin in problem.pins if pin.shift in inside),
        previous=tuple(b for b in problem.previous if b.shift in inside),
    )


def _narrowed(clause: Clause, people: set[str], shifts: set[str]) -> Clause:
    """The clause without what it says of other parts."""
    if isinstance(clause, Apart):
        pairs = tuple(p for p in clause.pairs if people.issuperset(p))
        return replace(clause, pairs=pairs)

    if isinstance(clause, Different):
        pairs = tuple(p for p in clause.pairs if shifts.issuperset(p))
        return replace(clause, pairs=pairs)

    if isinstance(clause, Same):
        groups = tuple(g for g in clause.groups if shifts.issuperset(g))
        return replace(clause, groups=groups)

    if isinstance(clause, Wish):
        wishes = tuple(
            wished
            for wished in clause.wishes
            if wished.staff in people
            and (not wished.shift or wished.shift in shifts)
        )
        return replace(clause, wishes=wishes)

    return clause
