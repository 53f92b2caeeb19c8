"""
A unit's and a person's channels, and the hours of quiet.

An address is taken in once and never given out whole; neither it nor the
secret goes into the journal.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.messages.channels import Reach, masked, read_address
from roster.messages.kinds import TEST
from roster.people import UnitKind
from roster.posts import SHANGHAI
from roster.records import ChannelRow, MessageRow, QuietRow, UnitRow
from roster.records.journal import record
from roster.services.ways import Way, Ways, way_of

MOST = 5  # channels of one owner


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as it may be shown."""

    id: int
    kind: str
    shown: str
    signed: bool
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When a unit is left in peace; its own, or those above it."""

    begin: time
    end: time
    own: bool


def add_channel(
    session: Session,
    *,
    kind: str,
    address: str,
    secret: str,
    reach: Reach,
    unit_id: str = "",
    staff_id: str = "",
    who: str,
    now: datetime,
) -> int:
    """Adds a channel of a unit, or of a person; gives its id."""
    kept = read_address(kind, address, secret, reach)
    others = session.scalars(_of(unit_id, staff_id)).all()
    if any((o.kind, o.address) == (kind, kept) for o in others):
        raise Refused("channel-twice")

    if len(others) >= MOST:
        raise Refused("too-many-channels", most=MOST)

    row = ChannelRow(
        unit=unit_id or None,
        staff=staff_id or None,
        kind=kind,
        address=kept,
        secret=secret.strip(),
        made_by=who,
        made_at=now,
    )
    session.add(row)
    session.flush()
    _journal(session, row, "add", who, now)
    return row.id


def remove_channel(
    session: Session, *, channel_id: int, who: str, now: datetime
) -> None:
    """Removes a channel with its address."""
    row = _row(session, channel_id)
    _journal(session, row, "remove", who, now)
    session.delete(row)
    session.flush()


def channels(
    session: Session, *, unit_id: str = "", staff_id: str = ""
) -> tuple[ChannelView, ...]:
    """The channels of a unit, or of a person."""
    return tuple(
        ChannelView(
            row.id,
            row.kind,
            masked(row.kind, row.address),
            bool(row.secret),
            row.made_by,
            row.made_at.astimezone(SHANGHAI),
        )
        for row in session.scalars(_of(unit_id, staff_id))
    )


def without_channel(
    session: Session, *, unit_ids: Collection[str]
) -> tuple[str, ...]:
    """The names of units that have no channel; districts need none."""
    served = select(ChannelRow.unit).where(ChannelRow.unit.is_not(None))
    names = (
        select(UnitRow.name)
        .where(
            UnitRow.id.in_(unit_ids),
            UnitRow.id.not_in(served),
            UnitRow.kind != UnitKind.DISTRICT,
        )
        .order_by(UnitRow.id)
    )
    return tuple(session.scalars(names))


def owner(session: Session, channel_id: int) -> tuple[str, str]:
    """The unit or the person a channel belongs to; refused if neither."""
    row = _row(session, channel_id)
    return row.unit or "", row.staff or ""


def way(session: Session, channel_id: int) -> Way:
    """A channel, to send a test through it."""
    return way_of(_row(session, channel_id))


def record_test(
    session: Session, *, channel_id: int, error: str, now: datetime
) -> None:
    """Writes a test and its result among the messages."""
    row = _row(session, channel_id)
    before = select(func.count()).where(
        MessageRow.key.startswith(f"{TEST}/{row.id}/")
    )
    session.add(
        MessageRow(
            kind=TEST,
            facts={},
            staff=row.staff,
            unit=row.unit,
            key=f"{TEST}/{row.id}/{session.scalar(before)}",
            queued_at=now,
            due_at=now,
            state="failed" if error else "sent",
            attempts=1,
            sent_at=None if error else now,
            read_at=now,
            channel=row.kind,
            error=error,
        )
    )
    session.flush()


def quiet_hours(session: Session, *, unit_id: str) -> QuietHours:
    """The hours of quiet that hold for a unit."""
    own = session.get(QuietRow, unit_id) is not None
    return QuietHours(*Ways(session).hours(unit_id), own)


def set_quiet_hours(
    session: Session,
    *,
    unit_id: str,
    hours: tuple[time, time] | None,
    who: str,
    now: datetime,
) -> None:
    """Sets a unit's hours of quiet; None for those above it."""
    row = session.get(QuietRow, unit_id)
    if row is not None:
        session.delete(row)
        session.flush()

    if hours is not None:
        session.add(QuietRow(unit=unit_id, begin=hours[0], end=hours[1]))

    record(
        session,
        who=who,
        verb="set",
        noun="quiet hours",
        thing=unit_id,
        now=now,
        facts={"hours": [f"{h:%H:%M}" for h in hours or ()]},
    )


def _of(unit_id: str, staff_id: str) -> Select[ChannelRow]:
    condition: ColumnElement[bool] = (
        ChannelRow.staff == staff_id
        if staff_id
        else ChannelRow.unit == unit_id
    )
    return select(ChannelRow).where(condition).order_by(ChannelRow.id)


def _row(session: Session, channel_id: int) -> ChannelRow:
    row = session.get(ChannelRow, channel_id)
    if row is None:
        raise Refused("unknown-channel-id")

    return row


def _journal(
    session: Session, row: ChannelRow, verb: str, who: str, now: datetime
) -> None:
    record(
        session,
        who=who,
        verb=verb,
        noun="channel",
        thing=row.staff or row.unit or "",
        now=now,
        facts={"channel": row.id, "kind": row.kind},
    )
