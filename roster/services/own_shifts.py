"""A unit's shift, who is on it, and until when its log may be written."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from roster.posts import LEADERS, SHANGHAI
from roster.records import RosterRow, ShiftRow
from roster.rules.rulebook import Params
from roster.services.on_duty import version_at
from roster.services.served import in_force

# A log may be completed so long after its shift, unless the next began.
AFTERWARDS = timedelta(hours=12)
# Whoever waits for a relief that is overdue still writes so long.
WAITING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class UnitShift:
    """A shift of a unit with the people who hold it."""

    unit_id: str
    shift_id: str
    on: date
    post: str
    start: datetime
    end: datetime
    staff: tuple[str, ...]


def shift_at(
    session: Session, *, unit_id: str, shift_id: str, now: datetime
) -> UnitShift | None:
    """A shift as the version in force has it; a past one as it had it."""
    every = (
        select(ShiftRow)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .where(
            RosterRow.unit == unit_id,
            RosterRow.published_at.is_not(None),
            ShiftRow.shift == shift_id,
        )
    )
    known = session.scalars(every).first()
    if known is None:
        return None

    moment = min(max(now, known.start), known.end)
    roster = version_at(session, unit_id=unit_id, moment=moment)
    if roster is None:
        return None

    row = session.scalars(every.where(RosterRow.id == roster.id)).first()
    return _shift(row, unit_id) if row else None


def shift_before(session: Session, shift: UnitShift) -> UnitShift | None:
    """The shift of the same post that ended before this one began."""
    wanted = _same_post(shift).where(ShiftRow.end <= shift.start)
    row = session.scalars(wanted.order_by(ShiftRow.end.desc())).first()
    return _shift(row, shift.unit_id) if row else None


def shift_after(session: Session, shift: UnitShift) -> UnitShift | None:
    """The shift of the same post that begins after this one."""
    wanted = _same_post(shift).where(ShiftRow.start >= shift.end)
    row = session.scalars(wanted.order_by(ShiftRow.start)).first()
    return _shift(row, shift.unit_id) if row else None


def writing_time(
    session: Session, shift: UnitShift, params: Params
) -> tuple[datetime, datetime]:
    """
    From when until when those on a shift write its log.

    It begins when they are to be there, and ends when the next shift
    begins; whoever waits for a relief that is overdue still writes.
    """
    early = params.get("arrive_early_minutes", shift.on, 0)
    late = params.get("overdue_minutes", shift.on, 0)
    after = shift_after(session, shift)
    until = shift.end + AFTERWARDS
    if after is not None:
        until = min(until, after.start)

    return (
        shift.start - timedelta(minutes=early),
        max(until, shift.end + timedelta(minutes=late) + WAITING),
    )


def _same_post(shift: UnitShift) -> Select[ShiftRow]:
    posts = LEADERS if shift.post in LEADERS else (shift.post,)
    return (
        select(ShiftRow)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .where(
            in_force(),
            RosterRow.unit == shift.unit_id,
            ShiftRow.post.in_(posts),
        )
        .limit(1)
    )


def _shift(row: ShiftRow, unit_id: str) -> UnitShift:
    return UnitShift(
        unit_id,
        row.shift,
        row.on,
        row.post,
        row.start.astimezone(SHANGHAI),
        row.end.astimezone(SHANGHAI),
        tuple(held.staff for held in row.held),
    )
