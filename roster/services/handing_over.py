"""The hand-over from one shift to the next, signed by both sides."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused, Unusable
from roster.records import HandoverRow
from roster.services.duty_log import too_long
from roster.services.log_desk import (
    Books,
    Place,
    desk_of,
    log_begun,
    log_known,
    record_deed,
)
from roster.services.own_shifts import shift_before


def hand_over(
    session: Session,
    place: Place,
    *,
    fine: Collection[str],
    words: str,
    books: Books,
    who: str,
    now: datetime,
) -> None:
    """Signs what is handed over; the next shift signs after it."""
    desk = desk_of(session, place, books, who, now)
    log = log_begun(session, desk.shift)
    if log.handover is not None:
        raise Refused("handed-over")

    if faults := too_long(words=words):
        raise Unusable(*faults)

    items = desk.value("handover_items", ())
    log.handover = HandoverRow(
        items={item: item in fine for item in items},
        words=words.strip(),
        handed_by=who,
        handed_at=now,
        taken_by="",
    )
    session.flush()
    record_deed(session, desk, "hand over")


def take_over(
    session: Session, place: Place, *, books: Books, who: str, now: datetime
) -> None:
    """Signs that the shift before has handed over."""
    desk = desk_of(session, place, books, who, now)
    before = shift_before(session, desk.shift)
    log = before and log_known(session, before.unit_id, before.shift_id)
    handover = log.handover if log else None
    if handover is None:
        raise Refused("not-handed-over")

    if handover.taken_at is not None:
        raise Refused("taken-over")

    handover.taken_by, handover.taken_at = who, now
    session.flush()
    record_deed(session, desk, "take over")
