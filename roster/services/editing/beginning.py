"""A draft that begins as the version in force, to be changed by hand."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.edits import Delta, EditVerb, desk_of, together
from roster.errors import Refused
from roster.records import RosterRow, UnitRow
from roster.review import OPEN, State
from roster.services.drafts import copied, next_number
from roster.services.editing.keeping import keep
from roster.services.editing.opening import log_of
from roster.services.turning import roster_in_force


class DraftThere(Refused):
    """The unit has a draft already, under review or not."""

    def __init__(self, unit: str, row: RosterRow) -> None:
        self.roster_id = row.id
        super().__init__("draft-there", unit=unit, number=row.number)


def begin(
    session: Session, *, unit_id: str, term_id: str, who: str, now: datetime
) -> RosterRow:
    """
    A draft of the same assignments and pins as the version in force.

    It rests on the same solution; what was changed by hand in the version
    goes on being known as such.

    Raises
    ------
    DraftThere
        Where a draft is there; nothing takes its place.
    Refused
        Where no version is in force.
    """
    name = session.get_one(UnitRow, unit_id).name
    there = draft_of(session, unit_id, term_id)
    if there is not None:
        raise DraftThere(name, there)

    standing = roster_in_force(session, unit_id, term_id)
    if standing is None:
        raise Refused("no-published-roster", unit=name)

    row = _row(session, standing, who, now)
    log = log_of(session, standing)
    desk = desk_of(log)
    moved = together(edit.delta for edit in log)
    edited = desk.moved.gone or desk.moved.come
    keep(
        session,
        row,
        EditVerb.BEGIN,
        Delta(
            moved.gone,
            moved.come,
            pinned=desk.pins,
            base=(standing.number, standing.number),
        ),
        who=who,
        now=now,
        solution=None if edited else desk.solution,
        there=True,
    )
    return row


def draft_of(session: Session, unit_id: str, term_id: str) -> RosterRow | None:
    """The unit's draft for a term, under review or not."""
    wanted = select(RosterRow).where(
        RosterRow.unit == unit_id,
        RosterRow.term == term_id,
        RosterRow.state.in_(OPEN),
    )
    return session.scalars(wanted).first()


def _row(
    session: Session, standing: RosterRow, who: str, now: datetime
) -> RosterRow:
    row = RosterRow(
        unit=standing.unit,
        term=standing.term,
        number=next_number(session, standing.unit, standing.term),
        state=State.DRAFT.value,
        solution=standing.solution,
        author=who,
        editor=who,
        approver="",
        base=standing.number,
        revision=0,
        drafted_at=now,
        digest=standing.digest,
    )
    session.add(row)
    session.flush()
    row.shifts.extend(
        copied(shift, (held.staff for held in shift.held))
        for shift in standing.shifts
    )
    session.flush()
    return row
