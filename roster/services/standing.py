"""The rosters in force, beside what they would rest on today."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.days import Term
from roster.errors import Refused
from roster.people import Unit
from roster.posts import SHANGHAI
from roster.problem import Assignment, Shift, Status
from roster.records import (
    RosterRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
    UnitRow,
)
from roster.records.values import unit_of
from roster.rules.case import Case
from roster.rules.ladder import POOLED, RELAXED, Step
from roster.rules.mending import InForce
from roster.rules.pooling import may_pool
from roster.rules.rulebook import RuleBook
from roster.services.preparing import (
    Calendar,
    cases,
    check_within,
    term,
)
from roster.services.served import in_force
from roster.services.swapping.following import swapped_cells


@dataclass(frozen=True)
class Wanted:
    """Which term, and what its cases are made from."""

    session: Session
    term: Term
    calendar: Calendar
    books: Mapping[str, RuleBook]
    seed: int

    def cases(self, units: Sequence[str]) -> list[Case]:
        """The units' cases as the records are now, in that order."""
        found = cases(
            self.session,
            term_id=self.term.id,
            unit_ids=units,
            calendar=self.calendar,
            books=self.books,
            seed=self.seed,
        )
        return sorted(found, key=lambda case: units.index(case.unit.id))


def rosters_in_force(
    session: Session,
    *,
    term_id: str,
    unit_id: str,
    since: date,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    swapped: Mapping[str, Collection[Assignment]] | None,
    seed: int,
) -> list[InForce]:
    """
    A unit's roster, and those of the units that were solved with it.

    Raises
    ------
    Refused
        Where there is none that could change from that date on.
    """
    period = term(session, term_id)
    check_within(period, since)
    wanted = Wanted(session, period, calendar, books, seed)
    unit = _unit(session, unit_id)
    pool = _pool(session, _row(session, period, unit))
    found = wanted.cases(pool)
    if not all(map(may_pool, found)) and len(pool) > 1:
        found = wanted.cases([unit.id])

    return [
        _in_force(
            session,
            case,
            None if swapped is None else swapped.get(case.unit.id, ()),
        )
        for case in found
    ]


def check_in_force(session: Session, units: Sequence[InForce]) -> None:
    """Refuses where one of them is no longer the newest version."""
    for unit in units:
        row = _row(session, unit.case.term, unit.case.unit)
        if row.number != unit.number:
            raise Refused("roster-renewed", unit=unit.case.unit.name)


def _unit(session: Session, words: str) -> Unit:
    """The unit of that id, else of that name."""
    named = select(UnitRow).where(UnitRow.name == words)
    row = session.get(UnitRow, words) or session.scalars(named).one_or_none()
    if row is None:
        raise Refused("unknown-unit", value=words)

    return unit_of(row)


def _row(session: Session, period: Term, unit: Unit) -> RosterRow:
    row = session.scalars(
        select(RosterRow).where(
            in_force(),
            RosterRow.unit == unit.id,
            RosterRow.term == period.id,
        )
    ).one_or_none()
    if row is None:
        raise Refused("no-published-roster", unit=unit.name)

    return row


def _last_step(session: Session, row: RosterRow) -> Mapping[str, Any]:
    """The step at which a roster was found."""
    solution = session.get_one(SolutionRow, row.solution)
    return solution.steps[-1]


def _pool(session: Session, row: RosterRow) -> tuple[str, ...]:
    """The units whose rosters were solved as one."""
    step = _last_step(session, row)
    return tuple(step["units"]) if step["code"] == POOLED else (row.unit,)


def _in_force(
    session: Session, case: Case, swapped: Collection[Assignment] | None
) -> InForce:
    row = _row(session, case.term, case.unit)
    if swapped is None:
        swapped = swapped_cells(session, row)

    roster = tuple(
        Assignment(shift.shift, held.staff)
        for shift in row.shifts
        for held in shift.held
    )
    return InForce(
        case,
        tuple(map(_shift, row.shifts)),
        roster,
        row.number,
        cut_of(_last_step(session, row), case.unit.id),
        tuple(cell for cell in roster if cell in set(swapped)),
        _names(session, {cell.staff for cell in roster}),
        relaxed_in(_last_step(session, row)),
    )


def relaxed_in(step: Mapping[str, Any]) -> Step | None:
    """The step that eased clauses by choice, if it was the last."""
    if step["code"] != RELAXED:
        return None

    return Step(
        RELAXED,
        step["article"],
        Status(step["status"]),
        step["days"],
        patches=tuple(step["patches"]),
    )


def _shift(row: ShiftRow) -> Shift:
    """A shift as it was published; blocks are not part of that."""
    return Shift(
        row.shift,
        row.on,
        row.start.astimezone(SHANGHAI),
        row.end.astimezone(SHANGHAI),
        row.post,
        row.needs,
        tuple(row.tags),
        row.burden,
        article=row.article,
    )


def cut_of(step: Mapping[str, Any], unit: str) -> int:
    """By how many days a unit's gaps were shortened."""
    cuts = dict(zip(step["units"], step.get("cuts", ()), strict=False))
    return int(cuts.get(unit, step["days"]))


def _names(session: Session, staff: Collection[str]) -> dict[str, str]:
    found = session.execute(
        select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(staff))
    )
    return {id_: name for id_, name in found}
