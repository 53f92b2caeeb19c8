"""A series before it is committed to: made, changed, removed."""

from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from roster.draw.frame import check_terms, least_places
from roster.draw.outlook import Outlook, outlook
from roster.records import SeriesRow
from roster.rules.rulebook import Params
from roster.services.drawing.desk import (
    DRAFT,
    Tools,
    draft,
    note,
    terms_of,
)
from roster.services.drawing.gathering import days_of, inspectors, units_of
from roster.services.preparing import term as known_term
from roster.services.ruling import overrides


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A series as it is written in the form; shares are percentages."""

    name: str
    term: str
    basis: str
    source: str
    value_at: time
    value_due: time
    places: int
    by_visit: int
    by_video: int
    by_phone: int
    night: int


def make_series(
    session: Session, new: NewSeries, *, tools: Tools, who: str
) -> int:
    """
    A draft; nothing is drawn before it is committed to.

    Raises
    ------
    Unusable
        With every reason why nothing could be drawn so.
    """
    row = SeriesRow(
        **_columns(session, new, tools),
        state=DRAFT,
        secret="",
        key_hash="",
        key="",
        made_by=who,
        made_at=tools.now,
    )
    check(session, row, tools)
    session.add(row)
    session.flush()
    note(session, row, "make", who, tools.now)
    return row.id


def change_series(
    session: Session,
    series_id: int,
    new: NewSeries,
    *,
    tools: Tools,
    who: str,
) -> None:
    """Changes a draft; what was committed to is refused."""
    row = draft(session, series_id)
    for name, value in _columns(session, new, tools).items():
        setattr(row, name, value)

    with session.no_autoflush:
        check(session, row, tools)
    note(session, row, "change", who, tools.now)


def remove_series(
    session: Session, series_id: int, *, who: str, now: datetime
) -> None:
    """Removes a draft."""
    row = draft(session, series_id)
    note(session, row, "remove", who, now)
    session.delete(row)


def least_for(session: Session, term_id: str, tools: Tools) -> int:
    """The fewest places a day that reach every unit of a term."""
    evening = {"value_at": time(21, 30), "value_due": time(23)}
    row = SeriesRow(term=term_id, source="", stopped_on=None, **evening)
    days = days_of(session, row, tools)
    return least_places(len(units_of(session)), len(days))


def check(session: Session, row: SeriesRow, tools: Tools) -> None:
    """Raises `Unusable` if it cannot be drawn as it stands."""
    check_terms(
        terms_of(session, row),
        units=len(units_of(session)),
        days=len(days_of(session, row, tools)),
    )


def outlook_of(session: Session, row: SeriesRow, tools: Tools) -> Outlook:
    """What it means for units and inspectors, before it is committed to."""
    return outlook(
        terms_of(session, row),
        units=len(units_of(session)),
        days=len(days_of(session, row, tools)),
        pool=len(inspectors(session)),
    )


def _columns(session: Session, new: NewSeries, tools: Tools) -> dict[str, Any]:
    known_term(session, new.term)
    params = Params(tools.books["bureau"], overrides(session), "")
    today = tools.clock.date()
    given = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(new).items()
    }
    return given | {
        "on_site": params.get("inspectors_on_site", today),
        "remote": params.get("inspectors_remote", today),
    }
