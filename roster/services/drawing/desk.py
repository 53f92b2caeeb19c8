"""What everything about a series shares: its row, its terms, the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from roster.checks.results import Way
from roster.draw.frame import PublicValue, Terms
from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.records import SeriesRow, TermRow
from roster.records.journal import record
from roster.rules.rulebook import RuleBook
from roster.services.preparing import Calendar

DRAFT, COMMITTED, REVEALED = "draft", "committed", "revealed"


def office_clock(moment: datetime) -> datetime:
    """A moment on the office's clock, without zone, as frames have it."""
    return moment.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a series is looked at with."""

    calendar: Calendar
    books: Mapping[str, RuleBook]
    now: datetime

    @property
    def clock(self) -> datetime:
        """The present on the office's clock, without zone."""
        return office_clock(self.now)


def series_row(session: Session, series_id: int) -> SeriesRow:
    """A series; raises `Refused` when there is none."""
    row = session.get(SeriesRow, series_id)
    if row is None:
        raise Refused("no-such-series")

    return row


def draft(session: Session, series_id: int) -> SeriesRow:
    """One that may still be changed."""
    row = series_row(session, series_id)
    if row.state != DRAFT:
        raise Refused("series-committed")

    return row


def running(session: Session, series_id: int) -> SeriesRow:
    """One that is being drawn from."""
    row = series_row(session, series_id)
    if row.state == DRAFT:
        raise Refused("series-not-committed")
    if row.state == REVEALED:
        raise Refused("series-over")

    return row


def value_of(row: SeriesRow) -> PublicValue:
    """The public value as it was named."""
    return PublicValue(row.source, row.value_at, row.value_due)


def terms_of(session: Session, row: SeriesRow) -> Terms:
    """What the bureau decided, as a frame holds it."""
    return Terms(
        row.name,
        row.basis,
        session.get_one(TermRow, row.term).name,
        value_of(row),
        row.places,
        {
            Way.ON_SITE: row.by_visit,
            Way.VIDEO: row.by_video,
            Way.PHONE: row.by_phone,
        },
        row.night,
        row.on_site,
        row.remote,
    )


def note(
    session: Session,
    row: SeriesRow,
    verb: str,
    who: str,
    now: datetime,
    *parts: object,
    **facts: Any,
) -> None:
    """An entry of the journal; never with what is not dispatched."""
    record(
        session,
        who=who,
        verb=verb,
        noun="draw" if parts else "draw series",
        thing="/".join([f"series-{row.id}", *map(str, parts)]),
        now=now,
        facts={"name": row.name, **facts} if not parts else facts,
    )
