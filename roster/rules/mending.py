"""
A unit's roster mended, or those of units that were solved together.

It begins with the articles eased as far as they were for the roster in
force, and goes on easing as far as the units may.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from roster.posts import COMBINED
from roster.problem import Assignment, Problem, Shift, Status
from roster.rules.case import Case
from roster.rules.drafting import draft_problem
from roster.rules.easing import eased_again
from roster.rules.ladder import (
    POOLED,
    Climb,
    Rungs,
    Solve,
    Step,
    climb,
    eased_from,
    step_article,
)
from roster.rules.pooling import (
    joint_problem,
    parts_by_unit,
    pooled_cell,
    pooled_shift,
    shifts_by_unit,
)
from roster.rules.repair import (
    Settled,
    in_force,
    repair_problem,
    settled,
)

Cells = tuple[Assignment, ...]
Read = tuple[Problem, Cells]  # a roster and what it is read by


@dataclass(frozen=True)
class InForce:
    """
    What a unit's roster rests on today, and the one it has.

    Parameters
    ----------
    number
        Which version it is.
    cut
        By how many days its gaps were shortened in it.
    swapped
        Its assignments that are approved swaps.
    names
        Of everybody in it, by id.
    relaxed
        The step that eased clauses by somebody's choice, if one did.
    """

    case: Case
    shifts: tuple[Shift, ...]
    roster: tuple[Assignment, ...]
    number: int = 0
    cut: int = 0
    swapped: tuple[Assignment, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    relaxed: Step | None = None

    @property
    def rungs(self) -> Rungs:
        """What may be eased, from where the roster was found."""
        combined = any(shift.post == COMBINED for shift in self.shifts)
        return eased_from(self.case, self.cut, combined=combined)

    def repair(self, problem: Problem, since: date) -> Problem:
        """Today's problem as one of changing little."""
        if self.relaxed:
            problem = eased_again(problem, self.relaxed)

        return repair_problem(
            problem,
            self.shifts,
            self.roster,
            since,
            self.swapped,
            self.names,
        )


@dataclass(frozen=True)
class Mended:
    """What a repair came to; ``before`` and ``after`` compare."""

    units: tuple[InForce, ...]
    climb: Climb  # with the settled problem and outcome
    settled: Settled
    before: Read

    @property
    def after(self) -> Read:
        """The roster found; it is empty where there is none."""
        return self.settled.problem, self.settled.outcome.assignments

    @cached_property
    def parts(self) -> dict[str, tuple[tuple[Shift, ...], Cells]]:
        """By unit, its shifts and who holds them."""
        problem, cells = self.after
        if len(self.units) == 1:
            return {self.units[0].case.unit.id: (problem.shifts, cells)}

        shifts, held = shifts_by_unit(problem.shifts), parts_by_unit(cells)
        return {unit: (shifts[unit], held.get(unit, ())) for unit in shifts}

    @property
    def unchanged(self) -> bool:
        """Whether every shift is as it was, and who holds it."""
        return all(
            _said(unit.shifts, unit.roster)
            == _said(*self.parts[unit.case.unit.id])
            for unit in self.units
        )


def _said(shifts: Sequence[Shift], cells: Cells) -> tuple[object, ...]:
    """What a roster says; the blocks of its shifts are not part of it."""
    plain = {shift.id: replace(shift, block="") for shift in shifts}
    return plain, frozenset(cells)


def mend(units: Sequence[InForce], since: date, solve: Solve) -> Mended:
    """The fewest changes to the roster of a unit, or of a pool's units."""
    if len(units) == 1:
        (whole,) = units
        found = climb(
            whole.case,
            solve,
            whole.rungs,
            lambda case: whole.repair(draft_problem(case), since),
        )
        found = _still_relaxed(found, whole.relaxed)
    else:
        whole = _joined(units)
        found = _together(units, whole, since, solve)

    answer = settled(found.problem, found.outcome)
    found = replace(found, problem=answer.problem, outcome=answer.outcome)
    before = in_force(answer.problem, whole.shifts), whole.roster
    return Mended(tuple(units), found, answer, before)


def _still_relaxed(found: Climb, relaxed: Step | None) -> Climb:
    """A roster that rests on eased clauses goes on to say so."""
    if relaxed is None:
        return found

    steps = tuple(
        replace(relaxed, status=step.status, days=step.days)
        for step in found.steps
    )
    return replace(found, steps=steps)


def _joined(units: Sequence[InForce]) -> InForce:
    """The units' rosters as the joint problem names them."""
    ids = [(unit.case.unit.id, unit) for unit in units]
    return InForce(
        units[0].case,
        tuple(pooled_shift(s, id_) for id_, u in ids for s in u.shifts),
        tuple(pooled_cell(c, id_) for id_, u in ids for c in u.roster),
        swapped=tuple(
            pooled_cell(c, id_) for id_, u in ids for c in u.swapped
        ),
        names={id_: name for u in units for id_, name in u.names.items()},
    )


def _together(
    units: Sequence[InForce], whole: InForce, since: date, solve: Solve
) -> Climb:
    steps: list[Step] = []
    for cases in _side_by_side(units):
        problem = whole.repair(joint_problem(cases), since)
        outcome = solve(problem)
        steps.append(_step(cases, outcome.status))
        if outcome.status is not Status.INFEASIBLE:
            break

    return Climb(cases[0], problem, outcome, tuple(steps))


def _side_by_side(units: Sequence[InForce]) -> Iterator[tuple[Case, ...]]:
    """The units' rungs together; who has no more stays where they are."""
    ladders = [[case for _, case in unit.rungs] for unit in units]
    for rung in range(max(map(len, ladders))):
        yield tuple(ladder[min(rung, len(ladder) - 1)] for ladder in ladders)


def _step(cases: Sequence[Case], status: Status) -> Step:
    return Step(
        POOLED,
        step_article(cases[0], POOLED),
        status,
        cases[0].gap_cut,
        tuple(case.unit.id for case in cases),
        tuple(case.gap_cut for case in cases),
    )
