"""
The duty log: short entries of those on duty, and the hand-over.

Nothing in it is changed or deleted: a correction is an entry of its own.
The journal tells that something was written, not what.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Mistake, Refused, Unusable
from roster.records import DutyEntryRow, DutyLogRow
from roster.services.log_desk import (
    Books,
    Desk,
    Place,
    any_desk,
    desk_of,
    log_begun,
    record_deed,
)

ENTRY, NOTHING, CHECK = "entry", "nothing", "check"
CORRECTION, CLOSED = "correction", "closed"
LONGEST = {"source": 60, "words": 500, "done": 500, "reason": 200}
MOST_CAMERAS = 9999
AHEAD = timedelta(minutes=5)  # clocks of phones run a little fast


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A line as it was written; ``at`` is None where it was unreadable."""

    at: datetime | None
    source: str = ""
    words: str = ""
    done: str = ""
    open: bool = False


def write_entry(
    session: Session,
    place: Place,
    entry: NewEntry,
    *,
    books: Books,
    who: str,
    now: datetime,
) -> int:
    """
    An entry of somebody on duty; gives its number.

    Raises
    ------
    Unusable
        With every mistake in it, by field.
    Refused
        For whoever is not on this shift, or not now.
    """
    desk = desk_of(session, place, books, who, now)
    return _write(session, desk, entry)


def write_later(
    session: Session,
    place: Place,
    entry: NewEntry,
    *,
    reason: str,
    books: Books,
    who: str,
    now: datetime,
) -> int:
    """What the unit's editor adds after the shift, marked with a reason."""
    desk = any_desk(session, place, books, who, now)
    if now < desk.shift.end:
        raise Refused("shift-not-over")

    faults = too_long(reason=reason)
    if not reason.strip():
        faults.append(Mistake("no-reason", ("reason",)))
    return _write(session, desk, entry, reason=reason, faults=faults)


def write_nothing(
    session: Session, place: Place, *, books: Books, who: str, now: datetime
) -> int:
    """No event, in one tap."""
    desk = desk_of(session, place, books, who, now)
    if desk.value("allow_no_event", None) is False:
        raise Refused("no-event-not-allowed")

    return _add(session, desk, NOTHING, NewEntry(now))


def write_check(
    session: Session,
    place: Place,
    *,
    fine: Collection[str],
    cameras: str,
    words: str,
    books: Books,
    who: str,
    now: datetime,
) -> int:
    """What was looked at: alarm, cameras and what the rules ask for."""
    desk = desk_of(session, place, books, who, now)
    faults = too_long(words=words)
    number = cameras.strip()
    if number and not (number.isdecimal() and int(number) <= MOST_CAMERAS):
        faults.append(Mistake("not-a-count", ("cameras",)))
    if faults:
        raise Unusable(*faults)

    items = desk.value("check_items", ())
    facts: dict[str, Any] = {"items": {i: i in fine for i in items}}
    if number:
        facts["cameras"] = int(number)
    entry = NewEntry(now, words=words.strip())
    return _add(session, desk, CHECK, entry, facts=facts)


def correct(
    session: Session,
    place: Place,
    entry_id: int,
    entry: NewEntry,
    *,
    books: Books,
    who: str,
    now: datetime,
) -> int:
    """Puts a new entry in place of one of this log; both stay."""
    desk = desk_of(session, place, books, who, now)
    row = _standing(session, entry_id)
    log = session.get_one(DutyLogRow, row.log)
    if (log.unit, log.shift) != (place.unit_id, place.shift_id):
        raise Refused("no-such-entry")

    return _write(session, desk, entry, about=entry_id)


def close_matter(
    session: Session,
    place: Place,
    entry_id: int,
    *,
    done: str,
    books: Books,
    who: str,
    now: datetime,
) -> int:
    """Closes an open matter, of this shift or of an earlier one."""
    desk = desk_of(session, place, books, who, now)
    row = _standing(session, entry_id)
    log = session.get_one(DutyLogRow, row.log)
    if log.unit != place.unit_id or not row.open:
        raise Refused("no-such-entry")

    if faults := too_long(done=done):
        raise Unusable(*faults)

    entry = NewEntry(now, done=done.strip())
    return _add(session, desk, CLOSED, entry, about=entry_id)


def _write(
    session: Session,
    desk: Desk,
    entry: NewEntry,
    *,
    about: int | None = None,
    reason: str = "",
    faults: Collection[Mistake] = (),
) -> int:
    if found := [*faults, *_mistakes(desk, entry)]:
        raise Unusable(*found)

    kind = CORRECTION if about else ENTRY
    return _add(session, desk, kind, entry, about=about, reason=reason)


def _mistakes(desk: Desk, entry: NewEntry) -> Iterator[Mistake]:
    if entry.at is None:
        yield Mistake("no-time", ("at",))
    elif not desk.opens <= entry.at <= min(desk.now + AHEAD, desk.until):
        yield Mistake("not-in-this-shift", ("at",))

    if not entry.words.strip():
        yield Mistake("no-words", ("words",))

    yield from too_long(
        source=entry.source, words=entry.words, done=entry.done
    )


def too_long(**fields: str) -> list[Mistake]:
    """Mistakes of fields that are longer than they may be."""
    return [
        Mistake("too-long", (name,), {"most": LONGEST[name]})
        for name, value in fields.items()
        if len(value.strip()) > LONGEST[name]
    ]


def _standing(session: Session, entry_id: int) -> DutyEntryRow:
    """An entry that was neither corrected nor closed."""
    row = session.get(DutyEntryRow, entry_id)
    after = select(DutyEntryRow.id).where(DutyEntryRow.about == entry_id)
    if row is None or row.kind not in (ENTRY, CORRECTION):
        raise Refused("no-such-entry")

    if session.scalars(after).first() is not None:
        raise Refused("entry-settled")

    return row


def _add(
    session: Session,
    desk: Desk,
    kind: str,
    entry: NewEntry,
    *,
    facts: Mapping[str, Any] | None = None,
    about: int | None = None,
    reason: str = "",
) -> int:
    row = DutyEntryRow(
        log=log_begun(session, desk.shift).id,
        kind=kind,
        at=entry.at,
        source=entry.source.strip(),
        words=entry.words.strip(),
        done=entry.done.strip(),
        open=entry.open,
        facts=dict(facts or {}),
        about=about,
        who=desk.who,
        written_at=desk.now,
        reason=reason.strip(),
    )
    session.add(row)
    session.flush()
    record_deed(session, desk, "write", entry=row.id, kind=kind)
    return row.id
