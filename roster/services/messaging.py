"""
The outbox: what is to be told, queued together with the deed itself.

Whoever changes something queues its messages in the same writing session;
so there is no deed without them and none of them without its deed.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.messages.kinds import KINDS
from roster.records import MessageRow, StaffRow
from roster.records.journal import record


def queue(
    session: Session,
    *,
    kind: str,
    staff: Collection[str] = (),
    unit: str = "",
    facts: Mapping[str, Any],
    key: str,
    now: datetime,
    due: datetime | None = None,
) -> int:
    """
    Queues a message to each of some people, or else to a unit's group.

    Call it in the writing session of the deed it tells about.

    Parameters
    ----------
    kind
        One of ``roster.messages.kinds.KINDS``.
    staff, unit
        Ids of the people, and of the unit it is about; with no people it
        goes to the unit's group.
    facts
        Ids, dates and posts the words are made of, as JSON. People and
        units stand under the names of ``kinds.PEOPLE`` and
        ``kinds.UNITS`` and are told by their names. Never telephone
        numbers, reasons, health.
    key
        Stands for the deed, e.g. ``"publish/12"``: what was queued under
        a key for somebody is not queued again.
    due
        Not to be sent before; at once by default.

    Returns
    -------
    int
        How many were queued now.
    """
    if kind not in KINDS:
        raise ValueError(f"There is no kind of message {kind!r}.")

    if not staff and not unit:
        raise ValueError("A message must be to somebody.")

    rows = [
        MessageRow(
            kind=kind,
            facts=dict(facts),
            staff=person or None,
            unit=unit or None,
            key=f"{kind}/{key}/{person}" if person else f"{kind}/{key}",
            queued_at=now,
            due_at=due or now,
            state="queued",
            attempts=0,
            next_try=due,
            channel="",
            error="",
        )
        for person in sorted(set(staff) or {""})
    ]
    new = _unknown(session, rows)
    session.add_all(new)
    session.flush()
    return len(new)


def _unknown(session: Session, rows: list[MessageRow]) -> list[MessageRow]:
    """Those not queued before, each with the unit it is about."""
    keys = [row.key for row in rows]
    known = set(
        session.scalars(select(MessageRow.key).where(MessageRow.key.in_(keys)))
    )
    new = [row for row in rows if row.key not in known]
    for row in new:
        if row.staff and not row.unit:
            row.unit = session.get_one(StaffRow, row.staff).unit

    return new


def mark_read(
    session: Session, *, staff_id: str, up_to: int, now: datetime
) -> None:
    """A person has read their messages up to the one they saw on top."""
    session.execute(
        update(MessageRow)
        .where(
            MessageRow.staff == staff_id,
            MessageRow.id <= up_to,
            MessageRow.read_at.is_(None),
        )
        .values(read_at=now)
    )


def try_again(
    session: Session, *, message_id: int, who: str, now: datetime
) -> str:
    """Queues a message that was not sent once more; gives its unit."""
    row = session.get(MessageRow, message_id)
    if row is None or row.state not in ("failed", "dropped"):
        raise Refused("not-failed")

    row.state, row.error = "queued", ""
    row.attempts, row.next_try, row.due_at = 0, None, now
    record(
        session,
        who=who,
        verb="try again",
        noun="message",
        thing=str(row.id),
        now=now,
        facts={"kind": row.kind},
    )
    return row.unit or ""
