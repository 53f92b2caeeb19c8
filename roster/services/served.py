"""Published duties as the past (and future) of the people who hold them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, not_, select
from sqlalchemy.orm import Session, aliased, lazyload

from roster.ledger import Served
from roster.posts import SHANGHAI
from roster.problem import EarlierDuty
from roster.records import AssignmentRow, RosterRow, ShiftRow, StaffRow


@dataclass(frozen=True, slots=True)
class ServedDuty:
    """One person on one shift of a roster in force."""

    unit: str
    shift: str
    staff: str
    date: date
    start: datetime
    end: datetime
    post: str
    tags: tuple[str, ...]
    burden: Mapping[str, int]

    def as_earlier(self) -> EarlierDuty:
        """As a problem beside it sees it."""
        return EarlierDuty(
            self.date, self.start, self.end, self.post, self.tags
        )

    def as_served(self) -> Served:
        """As the ledger counts it."""
        return Served(self.staff, self.date, self.burden)


def in_force() -> Any:
    """
    The condition that a roster is in force now.

    It is its unit's newest published one that nobody has withdrawn.
    """
    newer = aliased(RosterRow)
    newest = (
        select(func.max(newer.number))
        .where(
            newer.unit == RosterRow.unit,
            newer.term == RosterRow.term,
            newer.state == "published",
        )
        .correlate(RosterRow)
        .scalar_subquery()
    )
    return and_(RosterRow.state == "published", RosterRow.number == newest)


def number_in_force(session: Session, unit: str, term: str) -> int:
    """The number of the version in force, 0 where there is none."""
    found = select(RosterRow.number).where(
        in_force(), RosterRow.unit == unit, RosterRow.term == term
    )
    return session.scalar(found) or 0


def held_shifts() -> Select[ShiftRow, str, str]:
    """Shifts with those who hold them, in the rosters in force."""
    return (
        select(ShiftRow, AssignmentRow.staff, RosterRow.unit)
        .join(AssignmentRow, AssignmentRow.shift == ShiftRow.id)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .where(in_force())
        # Who holds it comes with the row.
        .options(lazyload(ShiftRow.held))
        .order_by(ShiftRow.start, ShiftRow.shift, AssignmentRow.staff)
    )


def served_duties(
    session: Session, *, of_units: Collection[str], but_term: str
) -> tuple[ServedDuty, ...]:
    """
    The duties in force of units' people, wherever they serve.

    The units' own rosters for a term are left out: they are made anew.
    """
    people = select(StaffRow.id).where(StaffRow.unit.in_(of_units))
    drafted_anew = and_(
        RosterRow.term == but_term, RosterRow.unit.in_(of_units)
    )
    rows = session.execute(
        held_shifts().where(
            AssignmentRow.staff.in_(people), not_(drafted_anew)
        )
    )
    return tuple(served_duty(row, staff, unit) for row, staff, unit in rows)


def served_duty(row: ShiftRow, staff: str, unit: str) -> ServedDuty:
    """A shift's row and its holder as a value."""
    return ServedDuty(
        unit,
        row.shift,
        staff,
        row.on,
        row.start.astimezone(SHANGHAI),
        row.end.astimezone(SHANGHAI),
        row.post,
        tuple(row.tags),
        row.burden,
    )
