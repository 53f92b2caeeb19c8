"""What everybody may see: commitments, draws after their end, counts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.records import CheckRow, DrawPlaceRow, DrawRow, UnitRow
from roster.services.drawing.desk import series_row
from roster.services.drawing.frames import draws_of


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A check of a draw that is over."""

    unit_name: str
    way: str
    starts: datetime  # on the office's clock
    missing: int
    recused: int


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """A draw that is over, as its record has it."""

    number: int
    day: date
    value: str
    cancelled: bool
    reason: str
    places: tuple[PublicPlace, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How the random checks of a series went so far.

    Checks that were made outside the draw are not in any of them.
    """

    draws: int
    cancelled: int
    no_value: int
    places: int
    dispatched: int
    made: int
    extra: int  # made outside the draw meanwhile, for comparison


def published(session: Session, series_id: int) -> tuple[PublicDraw, ...]:
    """The draws that are over, the newest first."""
    row = series_row(session, series_id)
    names = dict(session.execute(select(UnitRow.id, UnitRow.name)).all())
    records = [
        json.loads(d.record) for d in draws_of(session, row) if d.record
    ]
    return tuple(_draw(record, names) for record in reversed(records))


def counts(
    session: Session, series_id: int, draws: Iterable[PublicDraw]
) -> Counts:
    """The counts of the draws that are over."""
    row, found = series_row(session, series_id), tuple(draws)
    live = [draw for draw in found if not draw.cancelled]
    numbers = [draw.number for draw in found]
    ours = (
        select(func.count(DrawPlaceRow.id), func.count(DrawPlaceRow.check))
        .join(DrawRow, DrawRow.id == DrawPlaceRow.draw)
        .where(DrawRow.series == row.id, DrawRow.number.in_(numbers))
    )
    sent, made = session.execute(ours).one()
    days = [draw.day for draw in found]
    extra = select(func.count(CheckRow.id)).where(
        CheckRow.drawn.is_(False),
        CheckRow.day.between(
            min(days, default=date.max), max(days, default=date.min)
        ),
    )
    return Counts(
        len(found),
        len(found) - len(live),
        sum(not draw.value for draw in live),
        sum(len(draw.places) for draw in live),
        sent,
        made,
        session.scalar(extra) or 0,
    )


def _draw(record: Mapping[str, Any], names: Mapping[str, str]) -> PublicDraw:
    day = date.fromisoformat(record["day"])
    midnight = datetime.combine(day, time())
    return PublicDraw(
        record["number"],
        day,
        record["value"],
        record["state"] == "cancelled",
        record["reason"],
        tuple(
            PublicPlace(
                names.get(place["unit"], place["unit"]),
                place["way"],
                midnight + timedelta(minutes=place["minute"]),
                place["missing"],
                len(place["recused"]),
            )
            for place in record["places"]
        ),
        record["hash"],
    )
