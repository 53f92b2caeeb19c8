"""How many wishes a roster meets, counted from the roster itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.records import (
    AssignmentRow,
    RosterRow,
    ShiftRow,
    StaffRow,
    TermRow,
    WishRow,
)
from roster.review import State
from roster.services.served import in_force


@dataclass(frozen=True, slots=True)
class Met:
    """How many wishes were met, of how many on days with duty."""

    met: int = 0
    all: int = 0

    def plus(self, *, met: bool) -> "Met":
        """One wish more."""
        return Met(self.met + met, self.all + 1)


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A roster's version with what it makes of each person's wishes."""

    number: int
    state: str
    by_staff: Mapping[str, Met]

    @property
    def total(self) -> Met:
        """Of everybody together."""
        return Met(
            sum(one.met for one in self.by_staff.values()),
            sum(one.all for one in self.by_staff.values()),
        )


def fulfilment(
    session: Session, *, unit_id: str, term_id: str, drafts: bool
) -> Fulfilment | None:
    """
    What a unit's roster makes of its people's wishes.

    It is the one in force, or with ``drafts`` the newest version that
    nobody has withdrawn.
    """
    wanted = select(RosterRow).where(
        RosterRow.unit == unit_id,
        RosterRow.term == term_id,
        RosterRow.state != State.WITHDRAWN,
    )
    if not drafts:
        wanted = wanted.where(in_force())
    row = session.scalars(wanted.order_by(RosterRow.number.desc())).first()
    if row is None:
        return None

    held = _held(session, row.id)
    days = set(
        session.scalars(
            select(ShiftRow.on).where(ShiftRow.roster == row.id).distinct()
        )
    )
    found: dict[str, Met] = {}
    for wish in _wishes(session, unit_id, term_id):
        if wish.on in days:
            on_duty = (wish.staff, wish.on) in held
            before = found.get(wish.staff, Met())
            found[wish.staff] = before.plus(met=on_duty == wish.want)

    return Fulfilment(row.number, row.state, found)


def _held(session: Session, roster_id: int) -> set[tuple[str, object]]:
    rows = session.execute(
        select(AssignmentRow.staff, ShiftRow.on)
        .join(ShiftRow, ShiftRow.id == AssignmentRow.shift)
        .where(ShiftRow.roster == roster_id)
    )
    return {(staff, on) for staff, on in rows}


def _wishes(session: Session, unit_id: str, term_id: str) -> list[WishRow]:
    term = session.get_one(TermRow, term_id)
    people = select(StaffRow.id).where(StaffRow.unit == unit_id)
    wanted = select(WishRow).where(
        WishRow.staff.in_(people),
        WishRow.on >= term.first,
        WishRow.on <= term.last,
    )
    return list(session.scalars(wanted))
