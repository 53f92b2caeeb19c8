"""
Units of a district solved together, so that leaders may help out.

In the joint problem posts are named ``unit/post`` and shifts
``unit:shift``; leaders may fill the leading posts of every unit in it. A
rule about people goes with them wherever they serve; a rule about shifts
stays with its unit. Duty is shared evenly, and spread out, over the whole
pool.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from roster.posts import LEADERS, POSTS
from roster.problem import (
    Assignment,
    Dated,
    Person,
    Problem,
    Shift,
    Status,
)
from roster.rules.articles import WISHES
from roster.rules.case import Case
from roster.rules.clauses import (
    Balance,
    Bar,
    Clause,
    Reserve,
    Same,
    Selection,
    Spacing,
)
from roster.rules.drafting import draft_problem
from roster.rules.ladder import (
    POOLED,
    Climb,
    Solve,
    Step,
    may_ease,
    step_article,
)


@dataclass(frozen=True)
class Pooled:
    """What became of a failed unit and those who were asked to help."""

    climbs: tuple[Climb, ...]  # the failed unit's first
    problem: Problem
    step: Step
    assignments: Mapping[str, tuple[Assignment, ...]]  # by unit


def pool(
    failed: Climb, others: Sequence[Climb], solve: Solve
) -> tuple[Pooled | None, tuple[Step, ...]]:
    """
    A roster with the help of as few other units as need be.

    Units with more leaders are asked first. The steps tell who was asked;
    the first part of the answer is empty when nobody could help.
    """
    steps = []
    for helpers in _willing(failed, others):
        climbs = (failed, *helpers)
        problem = joint_problem([climb.case for climb in climbs])
        outcome = solve(problem)
        step = Step(
            POOLED,
            step_article(failed.case, POOLED),
            outcome.status,
            failed.case.gap_cut,
            tuple(climb.case.unit.id for climb in climbs),
            tuple(climb.case.gap_cut for climb in climbs),
        )
        steps.append(step)
        if outcome.status in (Status.OPTIMAL, Status.FEASIBLE):
            climbs = tuple(replace(c, outcome=outcome) for c in climbs)
            parts = parts_by_unit(outcome.assignments)
            return Pooled(climbs, problem, step, parts), tuple(steps)

    return None, tuple(steps)


def _willing(
    failed: Climb, others: Sequence[Climb]
) -> Iterator[tuple[Climb, ...]]:
    """
    One helper, two helpers …; then the same with shorter gaps at theirs.

    To ask one more unit is milder than to shorten the gaps of people
    whose own unit is in no need.
    """
    ordered = sorted(others, key=lambda c: (-_leaders(c), c.case.unit.id))
    eased = [_eased(climb, failed.case.gap_cut) for climb in ordered]
    for helpers in [ordered, eased] if eased != ordered else [ordered]:
        for count in range(1, len(helpers) + 1):
            yield tuple(helpers[:count])


def _eased(climb: Climb, days: int) -> Climb:
    """A helper whose gaps are shortened as much as the failed unit's."""
    case = climb.case
    if days <= case.gap_cut or not may_ease(case, "may_relax_gap"):
        return climb

    return replace(climb, case=replace(case, gap_cut=days))


def may_pool(case: Case) -> bool:
    """Whether a unit shares its leaders with its district."""
    begin = case.term.first
    wanted = case.params.get("pool_leaders", begin, False)
    allowed = case.params.get("may_pool", begin, False)
    return bool(wanted and allowed)


def _leaders(climb: Climb) -> int:
    return sum(
        any(post.name in LEADERS for post in person.posts)
        for person in climb.problem.staff
    )


def joint_problem(cases: Sequence[Case]) -> Problem:
    """The units' terms as one problem."""
    units = tuple(case.unit.id for case in cases)
    drafts = [(case.unit.id, draft_problem(case)) for case in cases]
    return Problem(
        id=f"{cases[0].term.id}/{'+'.join(units)}",
        staff=tuple(
            _person(person, unit, units)
            for unit, draft in drafts
            for person in draft.staff
        ),
        shifts=tuple(
            pooled_shift(shift, unit)
            for unit, draft in drafts
            for shift in draft.shifts
        ),
        clauses=tuple(_clauses(drafts, units)),
        pins=tuple(
            replace(pin, shift=f"{unit}:{pin.shift}")
            for unit, draft in drafts
            for pin in draft.pins
        ),
        previous=tuple(
            pooled_cell(cell, unit)
            for unit, draft in drafts
            for cell in draft.previous
        ),
        seed=cases[0].seed,
    )


def pooled_shift(shift: Shift, unit: str) -> Shift:
    """A unit's shift as it stands in the joint problem."""
    return replace(
        shift,
        id=f"{unit}:{shift.id}",
        post=f"{unit}/{shift.post}",
        block=f"{unit}:{shift.block}" if shift.block else "",
    )


def pooled_cell(cell: Assignment, unit: str) -> Assignment:
    """An assignment of a unit as it stands in the joint problem."""
    return replace(cell, shift=f"{unit}:{cell.shift}")


def shifts_by_unit(shifts: Sequence[Shift]) -> dict[str, tuple[Shift, ...]]:
    """The joint problem's shifts as each unit knows them, by unit."""
    parts: dict[str, list[Shift]] = {}
    for shift in shifts:
        unit, _, name = shift.id.partition(":")
        post = shift.post.removeprefix(f"{unit}/")
        own = replace(shift, id=name, post=post, block="")
        parts.setdefault(unit, []).append(own)

    return {unit: tuple(own) for unit, own in parts.items()}


def _person(person: Person, home: str, units: Sequence[str]) -> Person:
    posts = [
        Dated(f"{unit}/{post.name}", post.period)
        for post in person.posts
        for unit in (units if post.name in LEADERS else (home,))
    ]
    earlier = [replace(e, post=f"{home}/{e.post}") for e in person.earlier]
    return replace(person, posts=tuple(posts), earlier=tuple(earlier))


def _clauses(
    drafts: Sequence[tuple[str, Problem]], units: Sequence[str]
) -> Iterator[Clause]:
    shared = set()
    known = {f"{unit}:{s.id}" for unit, draft in drafts for s in draft.shifts}
    for unit, draft in drafts:
        for clause in draft.clauses:
            if not isinstance(clause, Balance | Spacing):
                yield _moved(clause, unit, draft, units, known)
            elif clause.id not in shared:
                shared.add(clause.id)
                yield _shared(clause, units)
        yield _at_home(unit, draft, units)


def _shared(clause: Balance | Spacing, units: Sequence[str]) -> Clause:
    """A goal that looks at everybody of the pool alike."""
    posts = _posts(clause.select, units) if clause.select.posts else ()
    return replace(clause, select=replace(clause.select, posts=posts))


def _at_home(unit: str, draft: Problem, units: Sequence[str]) -> Bar:
    """Nobody travels to another unit without need; ranks with the wishes."""
    away = tuple(f"{u}/{p}" for u in units if u != unit for p in LEADERS)
    staff = tuple(person.id for person in draft.staff)
    select = Selection(posts=away, staff=staff)
    return Bar(id=f"{unit}:at-home", tier=WISHES, select=select)


def _moved(
    clause: Clause,
    unit: str,
    draft: Problem,
    units: Sequence[str],
    known: Set[str],
) -> Clause:
    """
    A clause of one unit as it stands in the joint problem.

    Where it names shifts, another unit has them only if it is in ``known``.
    """
    new: dict[str, Any] = {"id": f"{unit}:{clause.id}"}
    if isinstance(clause, Same):
        new["groups"] = tuple(
            tuple(f"{unit}:{shift}" for shift in group)
            for group in clause.groups
        )

    select = clause.select
    of_shifts = isinstance(clause, Reserve | Same)
    homes = (unit,) if of_shifts else units
    named = {f"{u}:{s}" for u in homes for s in select.shifts}
    new["select"] = replace(
        select,
        posts=_posts(select, homes),
        shifts=tuple(sorted(named & known)),
        staff=select.staff if of_shifts else _staff(select, draft),
    )
    return replace(clause, **new)


def _posts(select: Selection, homes: Sequence[str]) -> tuple[str, ...]:
    """The posts meant, at every unit meant."""
    return tuple(f"{u}/{p}" for u in homes for p in select.posts or POSTS)


def _staff(select: Selection, draft: Problem) -> tuple[str, ...]:
    return select.staff or tuple(person.id for person in draft.staff)


def parts_by_unit(
    assignments: Sequence[Assignment],
) -> dict[str, tuple[Assignment, ...]]:
    """The joint roster's assignments, by unit and with its own shift ids."""
    parts: dict[str, list[Assignment]] = {}
    for cell in assignments:
        unit, _, shift = cell.shift.partition(":")
        parts.setdefault(unit, []).append(Assignment(shift, cell.staff))

    return {unit: tuple(cells) for unit, cells in parts.items()}
