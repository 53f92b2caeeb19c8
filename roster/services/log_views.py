"""Duty logs as they are read: one shift's, a unit's month, open matters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from roster.posts import SHANGHAI
from roster.records import (
    DutyEntryRow,
    DutyLogRow,
    HandoverRow,
    RosterRow,
    ShiftRow,
    StaffRow,
    UnitRow,
)
from roster.services.log_desk import log_known
from roster.services.own_shifts import UnitShift, shift_at
from roster.services.served import in_force


@dataclass(frozen=True, slots=True)
class EntryView:
    """
    A line of a log.

    ``after`` is what settled it: "correction", "closed", or nothing.
    """

    id: int
    kind: str
    at: datetime
    source: str
    words: str
    done: str
    open: bool
    items: Mapping[str, bool]
    cameras: int | None
    about: str
    who: str
    written_at: datetime
    reason: str
    after: str

    @property
    def waits(self) -> bool:
        """Whether the matter is still open."""
        return self.open and not self.after


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What was handed over, and who signed."""

    items: Mapping[str, bool]
    words: str
    handed_by: str
    handed_at: datetime
    taken_by: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class LogView:
    """The log of one shift; without entries while nobody wrote."""

    unit_id: str
    unit_name: str
    shift_id: str
    on: date
    post: str
    start: datetime
    end: datetime
    names: tuple[str, ...]
    entries: tuple[EntryView, ...]
    handover: HandoverView | None

    @property
    def waiting(self) -> int:
        """How many of its matters are still open."""
        return sum(entry.waits for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Matter:
    """An open matter of a unit, with the day it began."""

    entry: EntryView
    on: date
    post: str


def log_of(
    session: Session, *, unit_id: str, shift_id: str, now: datetime
) -> LogView | None:
    """A shift's log; one of a shift no longer published stays readable."""
    row = log_known(session, unit_id, shift_id)
    shift = shift_at(session, unit_id=unit_id, shift_id=shift_id, now=now)
    if shift is None and row is None:
        return None

    if shift is None and row is not None:
        shift = UnitShift(
            unit_id, shift_id, row.on, row.post, row.start, row.end, ()
        )
    assert shift is not None
    return _view(session, shift, row)


def logs_between(
    session: Session, *, unit_id: str, first: date, last: date, now: datetime
) -> tuple[LogView, ...]:
    """The begun shifts of a unit with their logs, the newest first."""
    wanted = (
        select(ShiftRow)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .where(
            in_force(),
            RosterRow.unit == unit_id,
            ShiftRow.on >= first,
            ShiftRow.on <= last,
            ShiftRow.start <= now,
        )
        .order_by(ShiftRow.start.desc(), ShiftRow.shift)
    )
    rows = {
        row.shift: row
        for row in session.scalars(
            select(DutyLogRow).where(
                DutyLogRow.unit == unit_id,
                DutyLogRow.on >= first,
                DutyLogRow.on <= last,
            )
        )
    }
    shifts = [
        UnitShift(
            unit_id,
            row.shift,
            row.on,
            row.post,
            row.start,
            row.end,
            tuple(held.staff for held in row.held),
        )
        for row in session.scalars(wanted)
    ]
    return tuple(_view(session, s, rows.get(s.shift_id)) for s in shifts)


def open_matters(session: Session, *, unit_id: str) -> tuple[Matter, ...]:
    """What no shift of the unit has closed yet, the oldest first."""
    after = aliased(DutyEntryRow)
    settled = select(after.id).where(after.about == DutyEntryRow.id)
    rows = session.execute(
        select(DutyEntryRow, DutyLogRow)
        .join(DutyLogRow, DutyLogRow.id == DutyEntryRow.log)
        .where(
            DutyLogRow.unit == unit_id, DutyEntryRow.open, ~settled.exists()
        )
        .order_by(DutyEntryRow.id)
    )
    return tuple(
        Matter(_entry(entry, "", ""), log.on, log.post) for entry, log in rows
    )


def _view(
    session: Session, shift: UnitShift, row: DutyLogRow | None
) -> LogView:
    names = session.execute(
        select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(shift.staff))
    )
    return LogView(
        shift.unit_id,
        session.get_one(UnitRow, shift.unit_id).name,
        shift.shift_id,
        shift.on,
        shift.post,
        shift.start.astimezone(SHANGHAI),
        shift.end.astimezone(SHANGHAI),
        tuple(name for _, name in sorted(tuple(pair) for pair in names)),
        tuple(_entries(session, row.entries)) if row else (),
        _handover(row.handover) if row and row.handover else None,
    )


def _entries(
    session: Session, rows: Iterable[DutyEntryRow]
) -> Iterable[EntryView]:
    """Entries by time, with what became of them, wherever it is written."""
    every = {row.id: row for row in rows}
    later = session.execute(
        select(DutyEntryRow.about, DutyEntryRow.kind).where(
            DutyEntryRow.about.in_(every)
        )
    )
    after: dict[int | None, str] = {about: kind for about, kind in later}
    for row in sorted(every.values(), key=lambda r: (r.at, r.id)):
        subject = session.get(DutyEntryRow, row.about) if row.about else None
        about = subject.words if subject else ""
        yield _entry(row, about, after.get(row.id, ""))


def _entry(row: DutyEntryRow, about: str, after: str) -> EntryView:
    facts: Mapping[str, Any] = row.facts
    return EntryView(
        row.id,
        row.kind,
        row.at.astimezone(SHANGHAI),
        row.source,
        row.words,
        row.done,
        row.open,
        facts.get("items", {}),
        facts.get("cameras"),
        about,
        row.who,
        row.written_at.astimezone(SHANGHAI),
        row.reason,
        after,
    )


def _handover(row: HandoverRow) -> HandoverView:
    return HandoverView(
        row.items,
        row.words,
        row.handed_by,
        row.handed_at.astimezone(SHANGHAI),
        row.taken_by,
        row.taken_at.astimezone(SHANGHAI) if row.taken_at else None,
    )


def any_log(session: Session) -> bool:
    """Whether anybody has ever written a log."""
    return session.scalars(select(DutyLogRow.id).limit(1)).first() is not None
