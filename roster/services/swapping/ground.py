"""What a swap is judged on: the version in force and its problem."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.posts import LEADERS
from roster.problem import Assignment, Problem
from roster.records import (
    AccountRow,
    RosterRow,
    ShiftRow,
    SwapRow,
    UnitRow,
)
from roster.records.values import unit_of
from roster.rights import Actor, Right
from roster.rules.clauses import Keep
from roster.rules.rulebook import RuleBook
from roster.services.account_views import holders
from roster.services.answering import Asked, roster_asked
from roster.services.ruling import params_of
from roster.services.turning import roster_in_force
from roster.swaps import cut_off


@dataclass(frozen=True)
class Standing:
    """A version in force and its shifts by id."""

    row: RosterRow
    shifts: Mapping[str, ShiftRow]

    def holds(self, shift: str, staff: str) -> bool:
        """Whether somebody holds a shift of this unit."""
        row = self.shifts.get(shift)
        return row is not None and any(h.staff == staff for h in row.held)

    def of(self, swap: SwapRow) -> tuple[ShiftRow, ...]:
        """The shifts of a swap that are there, by time."""
        names = filter(None, (swap.shift, swap.back))
        found = [self.shifts[name] for name in names if name in self.shifts]
        return tuple(sorted(found, key=lambda shift: shift.start))


@dataclass(frozen=True)
class Ground(Standing):
    """The same with the problem it rests on."""

    asked: Asked
    problem: Problem

    def cell(self, shift: str, staff: str) -> Assignment:
        """An assignment as the problem names it."""
        return self.asked.cell(shift, staff)


def standing(session: Session, unit_id: str, term_id: str) -> Standing:
    """
    The version in force.

    Raises
    ------
    Refused
        Where there is none.
    """
    row = roster_in_force(session, unit_id, term_id)
    if row is None:
        name = session.get_one(UnitRow, unit_id).name
        raise Refused("no-published-roster", unit=name)

    return Standing(row, {shift.shift: shift for shift in row.shifts})


def ground(session: Session, unit_id: str, term_id: str) -> Ground:
    """The version in force, to be swapped in; see `standing`."""
    here = standing(session, unit_id, term_id)
    asked = roster_asked(
        session, unit_id=unit_id, term_id=term_id, number=here.row.number
    )
    return Ground(here.row, here.shifts, asked, free(asked.problem))


def free(problem: Problem) -> Problem:
    """
    A problem as those see it who agree on a swap.

    Neither what was pinned while drafting binds them, nor that a repair
    was to change as little as possible.
    """
    clauses = tuple(c for c in problem.clauses if not isinstance(c, Keep))
    return replace(problem, pins=(), clauses=clauses)


def changed(
    here: Ground, swap: SwapRow
) -> tuple[set[Assignment], set[Assignment]]:
    """What goes and what comes."""
    gone = {here.cell(swap.shift, swap.staff)}
    come = {here.cell(swap.shift, swap.partner)}
    if swap.back:
        gone.add(here.cell(swap.back, swap.partner))
        come.add(here.cell(swap.back, swap.staff))

    return gone, come


def settled_until(
    session: Session,
    here: Standing,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
) -> datetime:
    """
    Until when it is to be settled, by the rules of the earlier day.

    An emergency cover may be entered until some hours after the shift.
    """
    if swap.emergency:
        hours = afterwards(session, here, swap, books)
        return here.shifts[swap.shift].end + timedelta(hours=hours)

    return cut_off_of(session, here, swap, books)


def cut_off_of(
    session: Session,
    here: Standing,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
) -> datetime:
    """The cut-off on the day before the earlier of the two."""
    first = here.of(swap)[0].on
    hour = _rule(session, here, books, "swap_cutoff_hour", first)
    return cut_off(first, int(hour))


def late_allowed(
    session: Session,
    here: Standing,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
) -> bool:
    """Whether the rules know an emergency cover."""
    first = here.of(swap)[0].on
    return bool(_rule(session, here, books, "emergency_cover", first))


def afterwards(
    session: Session,
    here: Standing,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
) -> int:
    """Hours after a shift's end in which its cover may be entered."""
    first = here.of(swap)[0].on
    return _rule(session, here, books, "emergency_hours", first)


def _rule(
    session: Session,
    here: Standing,
    books: Mapping[str, RuleBook],
    name: str,
    when: object,
) -> int:
    unit = unit_of(session.get_one(UnitRow, here.row.unit))
    found = params_of(session, unit, books).get(name, when)  # type: ignore[arg-type]
    return int(found)


def leaders(session: Session, here: Standing, swap: SwapRow) -> frozenset[str]:
    """Who leads on the earlier day, is no party and can log in."""
    shifts = here.of(swap)
    if not shifts:
        return frozenset()

    first = shifts[0].on
    found = {
        held.staff
        for shift in here.row.shifts
        if shift.on == first and shift.post in LEADERS
        for held in shift.held
    } - {swap.staff, swap.partner}
    able = select(AccountRow.staff).where(
        AccountRow.staff.in_(found), AccountRow.active
    )
    return frozenset(staff for staff in session.scalars(able) if staff)


def approvers(
    session: Session, here: Standing, swap: SwapRow
) -> frozenset[str]:
    """The people who may approve it: the leader, else the unit's."""
    found = leaders(session, here, swap)
    if found:
        return found

    every = frozenset(holders(session, Right.APPROVE, here.row.unit))
    return every - {swap.staff, swap.partner}


def may_approve(
    session: Session, here: Standing, swap: SwapRow, actor: Actor
) -> bool:
    """Whether it is this person who decides."""
    if actor.staff in (swap.staff, swap.partner):
        return False

    found = leaders(session, here, swap)
    return actor.staff in found if found else actor.approves
