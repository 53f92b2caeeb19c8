"""What somebody drawn does: look, say no, tell when they cannot go."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.draw.published import DRAWN
from roster.errors import Refused
from roster.records import (
    DrawPlaceRow,
    DrawRecusalRow,
    DrawRow,
    InspectorAwayRow,
    SeriesRow,
)
from roster.records.journal import record
from roster.services.drawing.desk import COMMITTED, DRAFT, note
from roster.services.drawing.dispatching import tell
from roster.services.drawing.drawn import end_of, people_of, result_of
from roster.services.drawing.frames import frames_of
from roster.services.drawing.gathering import inspectors
from roster.services.drawing.secrets import Secret, Vault

REASONS = ("own", "relative", "served", "other")


def place_of(
    session: Session, place_id: int, staff_id: str
) -> tuple[DrawPlaceRow, DrawRow, SeriesRow]:
    """A check that was dispatched to somebody; `Refused` to all others."""
    place = session.get(DrawPlaceRow, place_id)
    if place is None or not staff_id or staff_id not in place.inspectors:
        raise Refused("no-such-place")

    draw = session.get_one(DrawRow, place.draw)
    return place, draw, session.get_one(SeriesRow, draw.series)


def open_place(
    session: Session, place_id: int, *, staff_id: str, who: str, now: datetime
) -> DrawPlaceRow:
    """Opens the list as the check begins; each look is in the journal."""
    place, draw, row = place_of(session, place_id, staff_id)
    must_stand(draw)
    place.opened_at = place.opened_at or now
    note(session, row, "open", who, now, draw.number, f"list-{place.id}")
    return place


def refuse_open(
    session: Session, place_id: int, *, who: str, now: datetime
) -> None:
    """An attempt to look at what is not theirs, or not there yet."""
    record(
        session,
        who=who,
        verb="refuse",
        noun="draw",
        thing=f"list-{place_id}",
        now=now,
    )


def recuse(
    session: Session,
    place_id: int,
    *,
    staff_id: str,
    reason: str,
    vault: Vault,
    who: str,
    now: datetime,
) -> None:
    """
    Somebody drawn may not go; whoever is next by lot goes instead.

    Raises
    ------
    Refused
        When the check was made, the draw is over, or no reason is given.
    """
    place, draw, row = place_of(session, place_id, staff_id)
    must_stand(draw)
    if place.check is not None or now >= end_of(draw.on):
        raise Refused("draw-over")
    if reason not in REASONS:
        raise Refused("no-draw-reason")

    session.add(
        DrawRecusalRow(place=place.id, staff=staff_id, reason=reason, at=now)
    )
    session.flush()
    before = set(place.inspectors)
    _replace(session, place, draw, row, vault)
    note(session, row, "recuse", who, now, draw.number, f"list-{place.id}")
    tell(session, place, sorted(set(place.inspectors) - before), now)


def _replace(
    session: Session,
    place: DrawPlaceRow,
    draw: DrawRow,
    row: SeriesRow,
    vault: Vault,
) -> None:
    """Computes again who makes the check."""
    secret = Secret.of(row, vault)
    frame = frames_of(session, row)[draw.frame - 1]
    result = result_of(session, draw, secret, frame)
    drawn = next(one for one in result.places if one.unit == place.unit)
    people = people_of(session, secret)
    place.inspectors = [people[label] for label in result.inspectors(drawn)]
    place.missing = drawn.need - len(place.inspectors)
    session.flush()


def must_stand(draw: DrawRow) -> None:
    """Raises `Refused` once a draw was cancelled."""
    if draw.state != DRAWN:
        raise Refused("draw-cancelled")


def days_to_declare(
    session: Session, staff_id: str, today: date
) -> tuple[tuple[date, bool], ...]:
    """The days to come of an inspector, each with whether they are away."""
    if staff_id not in inspectors(session):
        return ()

    rows = session.scalars(
        select(SeriesRow).where(SeriesRow.state == COMMITTED)
    )
    days = {
        day
        for row in rows
        for day in frames_of(session, row)[-1].days
        if day > today
    }
    away = set(
        session.scalars(
            select(InspectorAwayRow.on).where(
                InspectorAwayRow.staff == staff_id
            )
        )
    )
    return tuple((day, day in away) for day in sorted(days))


def labels_of(
    session: Session, staff_id: str, vault: Vault
) -> tuple[tuple[str, str], ...]:
    """What somebody is called in each series that was committed to."""
    rows = session.scalars(
        select(SeriesRow)
        .where(SeriesRow.state != DRAFT)
        .order_by(SeriesRow.id)
    )
    return tuple(
        (row.name, Secret.of(row, vault).label(staff_id)) for row in rows
    )


def declare_away(
    session: Session,
    *,
    staff_id: str,
    asked: Collection[date],
    away: Collection[date],
    who: str,
    now: datetime,
) -> None:
    """Of the days asked about, those on which somebody cannot go."""
    if staff_id not in inspectors(session):
        raise Refused("no-inspector")

    known = {
        row.on: row
        for row in session.scalars(
            select(InspectorAwayRow).where(InspectorAwayRow.staff == staff_id)
        )
    }
    changed = 0
    for day in asked:
        if day in away and day not in known:
            session.add(InspectorAwayRow(staff=staff_id, on=day))
            changed += 1
        elif day not in away and day in known:
            session.delete(known[day])
            changed += 1

    if changed:
        record(
            session,
            who=who,
            verb="set",
            noun="inspector days",
            thing=staff_id,
            now=now,
        )
