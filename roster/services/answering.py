"""
What questions about a roster are asked of: its problem, its assignments.

Units that were solved together share one problem, in which shifts bear
their unit before their id; whoever asks need not know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.answers import Alternative
from roster.audit import Breach
from roster.documents import read_outcome, read_problem
from roster.errors import Refused
from roster.problem import Assignment, ConflictMember, Problem
from roster.records import (
    AssignmentRow,
    RosterRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
    UnitRow,
)
from roster.services.conflicts import clause_facts, conflict_lines
from roster.services.editing.proof import status_of
from roster.services.viewing import shown_roster
from roster.services.views import ConflictLine


@dataclass(frozen=True)
class Asked:
    """
    A unit's roster with the problem it rests on.

    ``status`` tells whether it is proven; ``prefix`` stands before the
    unit's shifts in the problem; ``units`` are the names, by id, of units
    that were solved with it.
    """

    unit: str
    unit_name: str
    term: str
    number: int
    state: str
    status: str
    problem: Problem
    roster: tuple[Assignment, ...]
    prefix: str
    units: Mapping[str, str]

    def cell(self, shift: str, staff: str) -> Assignment:
        """An assignment as the problem names it."""
        return Assignment(f"{self.prefix}{shift}", staff)

    def own(self, shift: str) -> str:
        """A shift's id as its unit knows it."""
        return shift.rpartition(":")[2] if self.prefix else shift

    @cached_property
    def held(self) -> frozenset[Assignment]:
        """The assignments, to look one up."""
        return frozenset(self.roster)


def roster_asked(
    session: Session, *, unit_id: str, term_id: str, number: int | None = None
) -> Asked:
    """
    The version asked for, else the one in force, else the draft.

    Raises
    ------
    Refused
        Where there is none.
    """
    row = shown_roster(session, unit_id, term_id, number)
    if row is None:
        raise Refused("no-rosters", value=term_id)

    solution = session.get_one(SolutionRow, row.solution)
    problem = bound(session, row, read_problem(solution.problem))
    joint = any(name.startswith(f"{unit_id}:") for name in problem.shift)
    roster = (
        _together(session, row, solution, problem) if joint else _cells(row)
    )
    return Asked(
        unit_id,
        session.get_one(UnitRow, unit_id).name,
        term_id,
        row.number,
        row.state,
        status_of(session, row),
        problem,
        tuple(sorted(roster)),
        f"{unit_id}:" if joint else "",
        _names(session, problem) if joint else {},
    )


def bound(session: Session, row: RosterRow, problem: Problem) -> Problem:
    """
    The problem with those pins that still bind a version.

    A draft that took over what came into force since it was solved is
    not held by what that undid.
    """
    if not problem.pins or not row.base:
        return problem

    base = shown_roster(session, row.unit, row.term, row.base)
    return bound_by(problem, row.unit, base) if base else problem


def bound_by(problem: Problem, unit: str, base: RosterRow) -> Problem:
    """With the unit's pins that hold in the version it is based on."""
    prefix = f"{unit}:"
    joint = any(name.startswith(prefix) for name in problem.shift)
    held = _cells(base, prefix if joint else "")
    shifts = {cell.shift for cell in held}
    pins = tuple(
        pin
        for pin in problem.pins
        if pin.shift not in shifts or pin.assignment in held
    )
    return replace(problem, pins=pins)


def _names(session: Session, problem: Problem) -> dict[str, str]:
    """The names of the units whose shifts a joint problem has."""
    ids = {name.partition(":")[0] for name in problem.shift}
    rows = select(UnitRow.id, UnitRow.name).where(UnitRow.id.in_(ids))
    return {unit: name for unit, name in session.execute(rows)}


def _cells(row: RosterRow, prefix: str = "") -> set[Assignment]:
    return {
        Assignment(f"{prefix}{shift.shift}", held.staff)
        for shift in row.shifts
        for held in shift.held
    }


def _together(
    session: Session, row: RosterRow, solution: SolutionRow, problem: Problem
) -> set[Assignment]:
    """The rosters of all units that were solved as one."""
    outcome = read_outcome(solution.outcome)
    cells = set(outcome.assignments)
    units = {cell.shift.partition(":")[0] for cell in cells}
    for unit in units:
        shown = shown_roster(session, unit, row.term)
        if unit == row.unit:
            shown = row

        prefix = f"{unit}:"
        if shown is not None and (
            shown.solution == solution.id
            or _follows(session, shown, solution, problem)
        ):
            cells = {c for c in cells if not c.shift.startswith(prefix)}
            cells |= _cells(shown, prefix)

    return cells


def _follows(
    session: Session, row: RosterRow, solution: SolutionRow, problem: Problem
) -> bool:
    """Whether it is a later version, a swap's, about the same shifts."""
    earlier = select(RosterRow.id).where(
        RosterRow.unit == row.unit,
        RosterRow.solution == solution.id,
        RosterRow.number < row.number,
    )
    prefix = f"{row.unit}:"
    mine = {f"{prefix}{shift.shift}" for shift in row.shifts}
    same = mine == {id_ for id_ in problem.shift if id_.startswith(prefix)}
    return same and session.scalars(earlier).first() is not None


def duty_asked(
    session: Session, *, shift: str, staff: str, unit_id: str = ""
) -> tuple[Asked, str]:
    """
    The roster in which somebody (by id or name) holds a shift, and their id.

    Raises
    ------
    Refused
        Where nobody of that name holds it, or it is not clear who.
    """
    rows = session.execute(
        select(RosterRow.unit, RosterRow.term, StaffRow.id, RosterRow.id)
        .join(ShiftRow, ShiftRow.roster == RosterRow.id)
        .join(AssignmentRow, AssignmentRow.shift == ShiftRow.id)
        .join(StaffRow, StaffRow.id == AssignmentRow.staff)
        .where(
            ShiftRow.shift == shift,
            or_(StaffRow.id == staff, StaffRow.name == staff),
        )
    ).all()
    found = {
        (unit, term, person)
        for unit, term, person, roster in rows
        if unit_id in ("", unit)
        and (shown := shown_roster(session, unit, term)) is not None
        and shown.id == roster
    }
    if not found:
        raise Refused("no-such-duty", shift=shift, staff=staff)

    if len(found) > 1:
        units = sorted(f"{unit} {person}" for unit, _, person in found)
        raise Refused("which-duty", shift=shift, staff=staff, allowed=units)

    unit, term, person = found.pop()
    return roster_asked(session, unit_id=unit, term_id=term), person


def against(problem: Problem, found: Alternative) -> Iterator[ConflictLine]:
    """What stands against somebody, ready for a face to put into words."""
    for breach in found.breaches:
        yield breach_line(problem, breach)

    # That the shift itself is to be filled goes without saying.
    yield from (
        line
        for line in conflict_lines(None, problem, found.conflict)
        if line.code != "shift" or len(found.conflict) == 1
    )


def breach_line(problem: Problem, breach: Breach) -> ConflictLine:
    """One thing against an assignment, as a conflict's member."""
    if breach.rule in problem.clause:
        clause = problem.clause[breach.rule]
        facts = clause_facts(problem, clause)
        return ConflictLine("clause", breach.article, facts)

    if breach.rule == "available":
        shift = problem.shift[breach.shifts[0]]
        person = problem.person[breach.staff[0]]
        away = next(p for p in person.unavailable if shift.date in p)
        member = ConflictMember(
            staff=person.id, away=away, article=breach.article
        )
        return next(conflict_lines(None, problem, [member]))

    facts = {"dates": [str(when) for when in breach.dates]}
    return ConflictLine(breach.rule, breach.article, facts)
