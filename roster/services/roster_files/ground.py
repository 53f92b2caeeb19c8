"""What a unit's own roster is read against: today's problem and drafts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.county import County
from roster.documents import write_problem
from roster.errors import Refused
from roster.papers.roster_in import Expected
from roster.people import Unit
from roster.posts import COMBINED
from roster.problem import Assignment, Problem, Status
from roster.records import RosterRow, SolutionRow
from roster.records.values import county_of
from roster.review import OPEN
from roster.rules.case import Case
from roster.rules.drafting import draft_problem
from roster.rules.easing import eased_again
from roster.rules.ladder import (
    GAP,
    PLAIN,
    POOLED,
    Step,
    eased_from,
    step_article,
)
from roster.rules.pooling import joint_problem, may_pool, pooled_cell
from roster.rules.rulebook import RuleBook
from roster.services.editing.opening import cells_of, seen_of
from roster.services.preparing import (
    Calendar,
    cases,
    chosen_units,
    rostered_units,
)
from roster.services.served import in_force
from roster.services.standing import cut_of, relaxed_in

STEP_LISTS = ("units", "cuts", "patches")


@dataclass(frozen=True)
class Standing:
    """A roster that is there already, and how it was found."""

    roster_id: int
    number: int
    state: str
    seen: str
    who: str


@dataclass(frozen=True)
class Ground:
    """
    A unit's term as it is today.

    Parameters
    ----------
    case
        The unit's own; articles are eased in it as far as they were for
        the roster that is there, as a repair has it.
    problem
        Its problem; of units that are pooled, the one they share.
    prefix
        What stands before the unit's shifts in the problem.
    beside
        Who holds the shifts of the other units of the pool.
    names
        Of the units in the problem, by id.
    draft, force
        The open draft, which would be replaced, and the version in force.
    """

    case: Case
    problem: Problem
    steps: tuple[Step, ...]
    county: County
    calendar: str
    prefix: str = ""
    beside: tuple[Assignment, ...] = ()
    names: Mapping[str, str] | None = None
    draft: Standing | None = None
    force: Standing | None = None

    def expected(self, readable: Collection[str] | None = None) -> Expected:
        """
        What a workbook may say.

        Parameters
        ----------
        readable
            The units of which whoever asks may know who belongs to them;
            all of them by default.
        """
        own = self.case.unit
        here = {person.id for person in self.problem.staff}
        return Expected(
            own,
            rostered_units(self.county),
            self.case.term,
            self.case.shifts,
            tuple(
                m
                for m in self.county.staff
                if readable is None
                or m.unit in readable
                or m.unit == own.id
                or m.id in here
            ),
            frozenset(
                m.id
                for m in self.county.staff
                if m.id in here and m.unit != own.id
            ),
        )

    @cached_property
    def state(self) -> str:
        """A digest that changes when anything a preview rests on does."""
        words = (
            write_problem(self.problem),
            self.calendar,
            self.draft.seen if self.draft else "",
            str(self.force.number if self.force else 0),
            *(f"{m.id} {m.name} {m.position}" for m in self.county.staff),
        )
        return sha256("\n".join(words).encode()).hexdigest()


def ground_of(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> Ground:
    """
    A unit's ground, by its id or name.

    Raises
    ------
    Refused
        For a term or unit that is not there, or has no rosters.
    """
    county = county_of(session)
    found = chosen_units(county, [unit_id])
    if len(found) != 1 or unit_id not in (found[0].id, found[0].name):
        raise Refused("one-unit", value=unit_id)

    unit = found[0]
    draft = _row(session, unit.id, term_id, RosterRow.state.in_(OPEN))
    force = _row(session, unit.id, term_id, in_force())
    maker = _Maker(session, term_id, calendar, books)
    case, problem, steps, beside = maker.made(unit, draft or force)
    term = case.term
    joint = len(steps[-1].units) > 1
    return Ground(
        case,
        problem,
        steps,
        county,
        calendar.version(term.first, term.last),
        f"{unit.id}:" if joint else "",
        beside,
        {u.id: u.name for u in county.units if u.id in steps[-1].units}
        if joint
        else {},
        _standing(draft),
        _standing(force),
    )


def _row(
    session: Session, unit: str, term: str, which: Any
) -> RosterRow | None:
    rows = select(RosterRow).where(
        which, RosterRow.unit == unit, RosterRow.term == term
    )
    return session.scalars(rows.order_by(RosterRow.number.desc())).first()


def _standing(row: RosterRow | None) -> Standing | None:
    if row is None:
        return None

    return Standing(row.id, row.number, row.state, seen_of(row), row.editor)


Made = tuple[Case, Problem, tuple[Step, ...], tuple[Assignment, ...]]


@dataclass(frozen=True)
class _Maker:
    """Makes today's problem at the step a roster was found at."""

    session: Session
    term: str
    calendar: Calendar
    books: Mapping[str, RuleBook]

    def made(self, unit: Unit, base: RosterRow | None) -> Made:
        """The case, its problem, the steps, and others' assignments."""
        steps = self._steps(base)
        rows = self._pool(base, steps[-1])
        found = self._cases(rows or (unit.id,))
        if rows and all(map(may_pool, found)):
            eased = [
                _eased(case, rows[case.unit.id], steps[-1]) for case in found
            ]
            own = next(case for case in eased if case.unit.id == unit.id)
            beside = tuple(
                pooled_cell(cell, id_)
                for id_, row in rows.items()
                if id_ != unit.id
                for cell in sorted(cells_of(row))
            )
            return own, joint_problem(eased), steps, beside

        (case,) = self._cases((unit.id,))
        if base is not None:
            case = _eased(case, base, steps[-1])
        if steps[-1].code == POOLED:
            code = GAP if case.gap_cut else PLAIN
            article = step_article(case, code)
            steps = (Step(code, article, Status.FEASIBLE, case.gap_cut),)

        problem = draft_problem(case)
        told = base and self.session.get_one(SolutionRow, base.solution)
        relaxed = relaxed_in(told.steps[-1]) if told else None
        if relaxed:
            problem = eased_again(problem, relaxed)

        return case, problem, steps, ()

    def _steps(self, base: RosterRow | None) -> tuple[Step, ...]:
        """The way to the roster there is; its last step is proven no more."""
        if base is None:
            return (Step(PLAIN, "", Status.FEASIBLE),)

        solution = self.session.get_one(SolutionRow, base.solution)
        *before, last = map(_step, solution.steps)
        return (*before, replace(last, status=Status.FEASIBLE))

    def _pool(
        self, base: RosterRow | None, step: Step
    ) -> dict[str, RosterRow]:
        """By unit, the rosters that are one with this; none if alone."""
        if base is None or step.code != POOLED:
            return {}

        rows = {}
        for unit in step.units:
            same = RosterRow.solution == base.solution
            open_ = RosterRow.state.in_(OPEN)
            row = _row(self.session, unit, self.term, same & open_)
            rows[unit] = row or _row(self.session, unit, self.term, in_force())

        rows[base.unit] = base
        found = {unit: row for unit, row in rows.items() if row is not None}
        return found if len(found) == len(step.units) else {}

    def _cases(self, units: Sequence[str] | Mapping[str, Any]) -> list[Case]:
        wanted = list(units)
        found = cases(
            self.session,
            term_id=self.term,
            unit_ids=wanted,
            calendar=self.calendar,
            books=self.books,
        )
        return sorted(found, key=lambda case: wanted.index(case.unit.id))


def _step(words: Mapping[str, Any]) -> Step:
    """A stored step."""
    found: dict[str, Any] = {**words, "status": Status(words["status"])}
    found.update((name, tuple(words.get(name, ()))) for name in STEP_LISTS)
    return Step(**found)


def _eased(case: Case, row: RosterRow, step: Step) -> Case:
    """The case, eased as far as it was for that roster."""
    told = {"units": step.units, "cuts": step.cuts, "days": step.days}
    days = cut_of(told, case.unit.id)
    combined = any(shift.post == COMBINED for shift in row.shifts)
    _, eased = next(iter(eased_from(case, days, combined=combined)))
    return eased
