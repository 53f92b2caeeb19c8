"""
Keeps the revisions of everybody's duties as calendar clients count them.

A duty is one event for ever: unit, shift and person. What did not change
keeps its revision; what is taken away is cancelled; duties that have
begun are history and stay as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.posts import HOLIDAY, SHANGHAI, WORDS
from roster.records import (
    FeedEventRow,
    RosterRow,
    ShiftRow,
    StaffRow,
    TermRow,
    UnitRow,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says of a duty."""

    staff: str
    shift: ShiftRow
    summary: str
    location: str
    description: str
    category: str

    @property
    def digest(self) -> str:
        """Stands for all of it."""
        words = (
            self.summary,
            self.location,
            self.description,
            self.category,
            self.shift.start.isoformat(),
            self.shift.end.isoformat(),
        )
        return sha256("\n".join(words).encode()).hexdigest()


def renew_feed_events(
    session: Session, roster: RosterRow, now: datetime
) -> int:
    """Brings a unit's events up to a version; how many people it touched."""
    term = session.get_one(TermRow, roster.term)
    begin = datetime.combine(term.first, datetime.min.time(), SHANGHAI)
    known = {
        (row.shift, row.staff): row
        for row in session.scalars(
            select(FeedEventRow).where(
                FeedEventRow.unit == roster.unit,
                FeedEventRow.start >= begin,
                FeedEventRow.start
                < begin + (term.last - term.first) + timedelta(days=1),
            )
        )
    }
    touched = set()
    for said in _said(session, roster):
        row = known.pop((said.shift.shift, said.staff), None)
        if row is None:
            session.add(_new(roster.unit, said, now))
            touched.add(said.staff)
        elif row.start > now and (row.cancelled or row.facts != said.digest):
            _renew(row, said, now)
            touched.add(said.staff)

    for row in known.values():
        if not row.cancelled and row.start > now:
            _revise(row, now)
            row.cancelled = True
            touched.add(row.staff)

    session.flush()
    return len(touched)


def _said(session: Session, roster: RosterRow) -> Iterator[Said]:
    unit = session.get_one(UnitRow, roster.unit)
    names = _names(session, roster)
    days: dict[object, list[tuple[ShiftRow, str]]] = {}
    for shift in roster.shifts:
        for held in shift.held:
            days.setdefault(shift.on, []).append((shift, held.staff))

    for duties in days.values():
        lines = [
            f"{WORDS[shift.post]} {_hours(shift)} {names[staff]}"
            for shift, staff in duties
        ]
        for shift, staff in duties:
            word = WORDS[shift.post]
            yield Said(
                staff,
                shift,
                f"{word} · {unit.name}",
                unit.name,
                "\n".join(["同日值班：", *lines]),
                "节假日" if HOLIDAY in shift.tags else "双休",
            )


def _names(session: Session, roster: RosterRow) -> dict[str, str]:
    ids = {held.staff for shift in roster.shifts for held in shift.held}
    found = session.execute(
        select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(ids))
    )
    return {id_: name for id_, name in found}


def _hours(shift: ShiftRow) -> str:
    start = shift.start.astimezone(SHANGHAI)
    end = shift.end.astimezone(SHANGHAI)
    later = "次日" if end.date() > start.date() else ""
    return f"{start:%H:%M}–{later}{end:%H:%M}"


def _new(unit: str, said: Said, now: datetime) -> FeedEventRow:
    row = FeedEventRow(
        unit=unit,
        shift=said.shift.shift,
        staff=said.staff,
        sequence=0,
        modified=now.replace(microsecond=0),
    )
    _say(row, said)
    return row


def _renew(row: FeedEventRow, said: Said, now: datetime) -> None:
    _revise(row, now)
    _say(row, said)


def _revise(row: FeedEventRow, now: datetime) -> None:
    """A higher revision, later by a second even within one second."""
    row.sequence += 1
    now = now.replace(microsecond=0)
    row.modified = max(now, row.modified + timedelta(seconds=1))


def _say(row: FeedEventRow, said: Said) -> None:
    row.facts = said.digest
    row.start = said.shift.start
    row.end = said.shift.end
    row.summary = said.summary
    row.location = said.location
    row.description = said.description
    row.category = said.category
    row.cancelled = False
