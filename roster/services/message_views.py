"""Messages as they are shown and sent, with everybody's names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from roster.messages.kinds import PEOPLE, UNITS
from roster.posts import SHANGHAI
from roster.records import MessageRow, StaffRow, UnitRow

STATES = ("queued", "sending", "sent", "failed", "dropped")
SHOWN = 200


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message with the names its words need."""

    id: int
    kind: str
    facts: Mapping[str, Any]
    names: Mapping[str, str]
    staff_id: str
    staff_name: str
    unit_id: str
    unit_name: str
    queued_at: datetime
    due_at: datetime
    next_try: datetime | None
    sent_at: datetime | None
    state: str
    attempts: int
    channel: str
    error: str
    unread: bool


def own_messages(
    session: Session, *, staff_id: str, now: datetime
) -> tuple[MessageView, ...]:
    """A person's messages, the newest first; those for later not yet."""
    rows = session.scalars(
        select(MessageRow)
        .where(_theirs(staff_id, now))
        .order_by(MessageRow.id.desc())
        .limit(SHOWN)
    )
    return message_views(session, rows)


def unread(session: Session, *, staff_id: str, now: datetime) -> int:
    """How many of a person's messages they have not marked as read."""
    count = select(func.count()).where(
        _theirs(staff_id, now), MessageRow.read_at.is_(None)
    )
    return session.scalar(count) or 0


def _theirs(staff_id: str, now: datetime) -> ColumnElement[bool]:
    return and_(MessageRow.staff == staff_id, MessageRow.due_at <= now)


def messages_of_units(
    session: Session, *, unit_ids: Collection[str], state: str = ""
) -> tuple[MessageView, ...]:
    """What was to be told about units, the newest first."""
    asked = select(MessageRow).where(MessageRow.unit.in_(unit_ids))
    if state:
        asked = asked.where(MessageRow.state == state)

    newest = asked.order_by(MessageRow.id.desc()).limit(SHOWN)
    return message_views(session, session.scalars(newest))


def counts_of_units(
    session: Session, *, unit_ids: Collection[str]
) -> dict[str, int]:
    """How many messages about units are in each state."""
    found = session.execute(
        select(MessageRow.state, func.count())
        .where(MessageRow.unit.in_(unit_ids))
        .group_by(MessageRow.state)
    )
    known = {state: count for state, count in found}
    return {state: known.get(state, 0) for state in STATES}


def message_views(
    session: Session, rows: Iterable[MessageRow]
) -> tuple[MessageView, ...]:
    """Rows as values, everybody by name."""
    rows = list(rows)
    names = _names(session, rows)
    return tuple(_view(row, names) for row in rows)


def _names(session: Session, rows: Sequence[MessageRow]) -> Mapping[str, str]:
    """The names of all people and units that messages speak of."""
    people, units = set[str](), set[str]()
    for row in rows:
        people |= {row.staff or "", *_ids(row.facts, PEOPLE)}
        units |= {row.unit or "", *_ids(row.facts, UNITS)}

    found = session.execute(
        select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(people))
    ).all()
    places = session.execute(
        select(UnitRow.id, UnitRow.name).where(UnitRow.id.in_(units))
    ).all()
    return {id_: name for id_, name in (*found, *places)}


def _ids(facts: Mapping[str, Any], names: Collection[str]) -> Iterable[str]:
    """The ids that stand under some names, alone or in lists."""
    for name in names:
        said = facts.get(name, [])
        yield from [said] if isinstance(said, str) else said


def _view(row: MessageRow, names: Mapping[str, str]) -> MessageView:
    return MessageView(
        id=row.id,
        kind=row.kind,
        facts=row.facts,
        names=names,
        staff_id=row.staff or "",
        staff_name=names.get(row.staff or "", ""),
        unit_id=row.unit or "",
        unit_name=names.get(row.unit or "", ""),
        queued_at=row.queued_at.astimezone(SHANGHAI),
        due_at=row.due_at.astimezone(SHANGHAI),
        next_try=_here(row.next_try),
        sent_at=_here(row.sent_at),
        state=row.state,
        attempts=row.attempts,
        channel=row.channel,
        error=row.error,
        unread=row.read_at is None,
    )


def _here(moment: datetime | None) -> datetime | None:
    return moment.astimezone(SHANGHAI) if moment else None
