"""Series and draws as the bureau sees them: only what was dispatched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.checks.results import Way
from roster.posts import SHANGHAI
from roster.records import (
    DrawPlaceRow,
    DrawRow,
    FrameRow,
    SeriesRow,
    StaffRow,
    TermRow,
    UnitRow,
)
from roster.services.drawing.desk import Tools
from roster.services.drawing.drawn import end_of
from roster.services.drawing.frames import draws_of, frames_of
from roster.services.drawing.revealing import is_over
from roster.services.drawing.values import awaited, value_for


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A version of the frame, as it was committed to."""

    version: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A check that was dispatched."""

    id: int
    number: int
    unit_id: str
    unit_name: str
    way: str
    starts: datetime
    inspectors: tuple[str, ...]  # names
    missing: int
    opened_at: datetime | None
    check_id: str
    cancelled: bool
    over: bool


@dataclass(frozen=True, slots=True)
class DrawView:
    """A draw with what of it was dispatched."""

    id: int
    number: int
    day: date
    value: str
    cancelled: bool
    reason: str
    over: bool
    hash: str
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series with its commitments."""

    id: int
    name: str
    term_id: str
    term_name: str
    basis: str
    source: str
    value_at: time
    value_due: time
    places: int
    ways: Mapping[str, int]
    night: int
    on_site: int
    remote: int
    state: str
    key_hash: str
    key: str
    frames: tuple[FrameLine, ...]
    stopped_on: date | None
    committed_at: datetime | None
    revealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The public value that may be entered now; it may have been."""

    day: date
    value: str


def every_series(
    session: Session, *, public: bool = False
) -> tuple[SeriesView, ...]:
    """All series, the newest first; for the public without drafts."""
    wanted = select(SeriesRow).order_by(SeriesRow.id.desc())
    if public:
        wanted = wanted.where(SeriesRow.state != "draft")

    return tuple(_series(session, row) for row in session.scalars(wanted))


def one_series(session: Session, series_id: int) -> SeriesView | None:
    """One series."""
    row = session.get(SeriesRow, series_id)
    return _series(session, row) if row else None


def waiting(session: Session, series_id: int, tools: Tools) -> Waiting | None:
    """The value that may be entered now."""
    row = session.get_one(SeriesRow, series_id)
    day = awaited(session, row, tools) if row.state == "committed" else None
    if day is None:
        return None

    return Waiting(day, value_for(session, row, day))


def may_reveal(session: Session, series_id: int) -> bool:
    """Whether its last draw is over."""
    row = session.get_one(SeriesRow, series_id)
    return row.state == "committed" and is_over(session, row)


def draws(
    session: Session, series_id: int, *, now: datetime
) -> tuple[DrawView, ...]:
    """The draws of a series, the newest first."""
    row = session.get_one(SeriesRow, series_id)
    made = draws_of(session, row)
    places = _places(session, [draw.id for draw in made], now)
    return tuple(
        DrawView(
            draw.id,
            draw.number,
            draw.on,
            draw.value,
            draw.state == "cancelled",
            draw.reason,
            now >= end_of(draw.on),
            draw.hash,
            places.get(draw.id, ()),
        )
        for draw in reversed(made)
    )


def days_left(session: Session, series_id: int, tools: Tools) -> int:
    """How many days of the newest frame are still to be drawn."""
    row = session.get_one(SeriesRow, series_id)
    frames = frames_of(session, row)
    if not frames:
        return 0

    value = frames[-1].terms.value
    return sum(value.at_of(day) > tools.clock for day in frames[-1].days)


def places_of(
    session: Session, staff_id: str, *, since: datetime, now: datetime
) -> tuple[PlaceView, ...]:
    """The checks that were dispatched to somebody, the newest first."""
    rows = session.execute(
        select(DrawPlaceRow, DrawRow)
        .join(DrawRow, DrawRow.id == DrawPlaceRow.draw)
        .where(DrawPlaceRow.starts >= since)
        .order_by(DrawPlaceRow.starts.desc(), DrawPlaceRow.id)
    ).all()
    mine = [(p, d) for p, d in rows if staff_id in p.inspectors]
    return tuple(_place(session, place, draw, now) for place, draw in mine)


def places_on(
    session: Session, series_id: int, day: date, *, now: datetime
) -> tuple[PlaceView, ...]:
    """The checks of a day that were dispatched."""
    made = select(DrawRow.id).where(
        DrawRow.series == series_id, DrawRow.on == day
    )
    found = _places(session, session.scalars(made).all(), now)
    return tuple(place for places in found.values() for place in places)


def inspector_ids(session: Session, place_id: int) -> tuple[str, ...]:
    """Who makes a check that was dispatched."""
    return tuple(session.get_one(DrawPlaceRow, place_id).inspectors)


def place_view(
    session: Session, place_id: int, staff_id: str, now: datetime
) -> PlaceView | None:
    """A check that was dispatched to somebody; None to all others."""
    row = session.get(DrawPlaceRow, place_id)
    if row is None or not staff_id or staff_id not in row.inspectors:
        return None

    return _place(session, row, session.get_one(DrawRow, row.draw), now)


def _series(session: Session, row: SeriesRow) -> SeriesView:
    frames = session.scalars(
        select(FrameRow)
        .where(FrameRow.series == row.id)
        .order_by(FrameRow.version)
    )
    ways = (row.by_visit, row.by_video, row.by_phone)
    return SeriesView(
        row.id,
        row.name,
        row.term,
        session.get_one(TermRow, row.term).name,
        row.basis,
        row.source,
        row.value_at,
        row.value_due,
        row.places,
        {
            way.value: share
            for way, share in zip(
                (Way.ON_SITE, Way.VIDEO, Way.PHONE), ways, strict=True
            )
        },
        row.night,
        row.on_site,
        row.remote,
        row.state,
        row.key_hash,
        row.key,
        tuple(
            FrameLine(f.version, f.hash, f.committed_at.astimezone(SHANGHAI))
            for f in frames
        ),
        row.stopped_on,
        row.committed_at,
        row.revealed_at,
    )


def _places(
    session: Session, draw_ids: Sequence[int], now: datetime
) -> dict[int, tuple[PlaceView, ...]]:
    rows = session.execute(
        select(DrawPlaceRow, DrawRow)
        .join(DrawRow, DrawRow.id == DrawPlaceRow.draw)
        .where(DrawPlaceRow.draw.in_(draw_ids))
        .order_by(DrawPlaceRow.starts, DrawPlaceRow.id)
    ).all()
    found: dict[int, tuple[PlaceView, ...]] = {}
    for place, draw in rows:
        view = _place(session, place, draw, now)
        found[draw.id] = (*found.get(draw.id, ()), view)

    return found


def _place(
    session: Session, row: DrawPlaceRow, draw: DrawRow, now: datetime
) -> PlaceView:
    return PlaceView(
        row.id,
        draw.number,
        row.unit,
        session.get_one(UnitRow, row.unit).name,
        row.way,
        row.starts.astimezone(SHANGHAI),
        tuple(session.get_one(StaffRow, one).name for one in row.inspectors),
        row.missing,
        row.opened_at,
        row.check or "",
        draw.state == "cancelled",
        now >= end_of(draw.on),
    )
