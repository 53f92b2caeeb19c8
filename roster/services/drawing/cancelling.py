"""A draw that does not hold: it stays, with its number and its reason."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.draw.published import CANCELLED, DRAWN
from roster.errors import Refused
from roster.records import DrawPlaceRow, DrawRow
from roster.services.drawing.desk import note, running
from roster.services.drawing.dispatching import make
from roster.services.drawing.drawn import end_of
from roster.services.messaging import queue

LONGEST = 200


def cancel(
    session: Session,
    draw_id: int,
    *,
    series_id: int,
    reason: str,
    again: bool,
    who: str,
    now: datetime,
) -> None:
    """
    Cancels a draw, and draws again under a new number if asked to.

    Visits that are lost are dealt over the days left.

    Raises
    ------
    Refused
        Without a reason, once the day is over, and a new draw once
        anything of the old one was dispatched.
    """
    draw = session.get(DrawRow, draw_id)
    if draw is None or draw.series != series_id:
        raise Refused("no-such-draw")

    row = running(session, draw.series)
    if draw.state != DRAWN or now >= end_of(draw.on):
        raise Refused("draw-over")
    if not reason.strip():
        raise Refused("no-draw-reason")
    if len(reason.strip()) > LONGEST:
        raise Refused("too-long", most=LONGEST)

    sent = session.scalars(
        select(DrawPlaceRow).where(DrawPlaceRow.draw == draw.id)
    ).all()
    if sent and again:
        raise Refused("draw-dispatched")

    draw.state, draw.reason = CANCELLED, reason.strip()
    session.flush()
    note(
        session,
        row,
        "cancel",
        who,
        now,
        draw.number,
        day=str(draw.on),
        reason=draw.reason,
    )
    for place in sent:
        if place.check is None and place.inspectors:
            _tell(session, place, now)
    if again:
        make(
            session,
            row,
            day=draw.on,
            frame=draw.frame,
            value=draw.value,
            now=now,
        )


def _tell(session: Session, place: DrawPlaceRow, now: datetime) -> None:
    queue(
        session,
        kind="draw-cancelled",
        staff=place.inspectors,
        facts={"place": place.id},
        key=f"{place.id}",
        now=now,
    )
