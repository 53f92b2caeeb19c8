"""The journal as pages show it: of the county, a unit, a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from roster.posts import SHANGHAI
from roster.records import JournalRow, StaffRow, TermRow, UnitRow
from roster.services.views import StaffLine

SIZE = 50  # entries on a page
TOLD = ("unit", "staff", "partner", "term")  # facts that are ids


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did."""

    id: int
    at: datetime
    who: str
    verb: str
    noun: str
    thing: str
    facts: Mapping[str, Any]

    @property
    def parts(self) -> list[str]:
        """The ids that the thing is named by."""
        return self.thing.split("/")


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Which entries are looked for; what is empty wants all.

    ``who`` is a part of the name, ``term`` means rosters of that term,
    ``before`` an entry's id.
    """

    who: str = ""
    noun: str = ""
    term: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """
    A page of entries, the newest first.

    ``names`` has the names of units, people and terms by their ids;
    ``more`` tells whether there are earlier ones.
    """

    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    more: bool


def history(
    session: Session,
    *,
    wanted: Wanted,
    unit_id: str | None = None,
    staff_id: str | None = None,
) -> History:
    """The entries of the county, of a unit, or of a person."""
    asked = _narrowed(select(JournalRow), wanted)
    if unit_id is not None:
        asked = asked.where(_of_unit(unit_id))
    if staff_id is not None:
        asked = asked.where(_of_person(staff_id))
    if unit_id is not None and wanted.term:
        asked = asked.where(
            JournalRow.noun.in_(("roster", "request")),
            JournalRow.thing.startswith(
                f"{wanted.term}/{unit_id}/", autoescape=True
            ),
        )

    order = asked.order_by(JournalRow.id.desc()).limit(SIZE + 1)
    found = [_entry(row) for row in session.scalars(order)]
    shown = tuple(found[:SIZE])
    return History(shown, _names(session, shown), len(found) > SIZE)


def person(session: Session, staff_id: str) -> StaffLine | None:
    """Whose history it is."""
    row = session.get(StaffRow, staff_id)
    if row is None:
        return None

    return StaffLine(row.id, row.name, row.position, row.standing)


def nouns(session: Session) -> list[str]:
    """What the journal speaks of."""
    asked = select(JournalRow.noun).distinct().order_by(JournalRow.noun)
    return list(session.scalars(asked))


def _narrowed(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.who:
        asked = asked.where(
            JournalRow.who.contains(wanted.who, autoescape=True)
        )
    if wanted.noun:
        asked = asked.where(JournalRow.noun == wanted.noun)
    if wanted.first:
        asked = asked.where(JournalRow.at >= _midnight(wanted.first))
    if wanted.last:
        after = _midnight(wanted.last + timedelta(days=1))
        asked = asked.where(JournalRow.at < after)
    if wanted.before is not None:
        asked = asked.where(JournalRow.id < wanted.before)

    return asked


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _of_unit(unit_id: str) -> ColumnElement[bool]:
    """Under the unit's id, its people's, or with it in the facts."""
    people = select(StaffRow.id).where(StaffRow.unit == unit_id)
    return or_(
        JournalRow.thing == unit_id,
        JournalRow.thing.contains(f"/{unit_id}/", autoescape=True),
        JournalRow.thing.startswith(f"{unit_id}/", autoescape=True),
        JournalRow.thing.in_(people),
        JournalRow.facts["unit"].as_string() == unit_id,
        JournalRow.facts["staff"].as_string().in_(people),
    )


def _of_person(staff_id: str) -> ColumnElement[bool]:
    return or_(
        JournalRow.thing == staff_id,
        JournalRow.facts["staff"].as_string() == staff_id,
        JournalRow.facts["partner"].as_string() == staff_id,
    )


def _entry(row: JournalRow) -> Entry:
    return Entry(
        id=row.id,
        at=row.at.astimezone(SHANGHAI),
        who=row.who,
        verb=row.verb,
        noun=row.noun,
        thing=row.thing,
        facts=row.facts,
    )


def _names(session: Session, entries: Iterable[Entry]) -> dict[str, str]:
    """Of whatever the entries name by an id."""
    ids = set()
    for entry in entries:
        told = (entry.facts.get(key) for key in TOLD)
        ids |= {*entry.parts, *(w for w in told if isinstance(w, str))}

    names: dict[str, str] = {}
    for row in (TermRow, UnitRow, StaffRow):
        asked = select(row.id, row.name).where(row.id.in_(ids))
        names |= {key: name for key, name in session.execute(asked)}

    return names
