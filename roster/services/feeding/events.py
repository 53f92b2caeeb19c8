"""
Keeps the revisions of duties as calendar clients count them.

A duty is one event for ever: unit, shift and person; to the unit itself,
unit and shift. What did not change keeps its revision; what is taken away
is cancelled; duties that have begun are history and stay as they are.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.posts import SHANGHAI
from roster.records import FeedEventRow, RosterRow, TermRow
from roster.services import settings
from roster.services.feeding.marking import mark_stale
from roster.services.feeding.saying import BUSY_POSTS, Said, said_of, taker_of
from roster.services.served import in_force

DOMAIN = "duty-roster.invalid"
CANCELLED = "【已取消】"
DAY = timedelta(days=1)

Key = tuple[str, str | None]  # shift and person


def renew_feed_events(
    session: Session, roster: RosterRow, now: datetime
) -> None:
    """Brings a unit's events up to a version, new or in force again."""
    known = _known(session, roster.unit, roster.term)
    touched = []
    for said in said_of(session, roster):
        row = known.pop((said.shift, said.staff), None)
        if row is None:
            row = _new(session, roster.unit, said, now)
        elif not _differs(row, said, now):
            continue
        else:
            revise(row, now)
            _say(row, said)
        touched.append(row)

    touched += _cancel(session, known.values(), now, roster)
    _touch(session, roster.unit, touched)


def cancel_feed_events(
    session: Session, unit: str, term: str, now: datetime
) -> None:
    """Cancels what is still to come of a unit left without a roster."""
    known = _known(session, unit, term)
    _touch(session, unit, _cancel(session, known.values(), now))


def renew_every_event(session: Session, now: datetime) -> None:
    """Brings every unit's events up to its versions in force."""
    for roster in session.scalars(select(RosterRow).where(in_force())).all():
        renew_feed_events(session, roster, now)


def _touch(
    session: Session, unit: str, touched: Iterable[FeedEventRow]
) -> None:
    session.flush()
    staff = {row.staff for row in touched}
    if staff:
        people = {one for one in staff if one is not None}
        mark_stale(session, staff=people, unit=unit if None in staff else "")


def _known(session: Session, unit: str, term: str) -> dict[Key, FeedEventRow]:
    """A unit's events in a term, by shift and person."""
    period = session.get_one(TermRow, term)
    rows = session.scalars(
        select(FeedEventRow).where(
            FeedEventRow.unit == unit,
            FeedEventRow.start >= _midnight(period.first),
            FeedEventRow.start < _midnight(period.last) + DAY,
        )
    )
    return {(row.shift, row.staff): row for row in rows}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), SHANGHAI)


def _differs(row: FeedEventRow, said: Said, now: datetime) -> bool:
    """Whether there is something new to say of what is still to come."""
    changed = row.cancelled or row.facts != said.digest
    return changed and not (_begun(row, now) and _began(said.start, now))


def _begun(row: FeedEventRow, now: datetime) -> bool:
    """Whether the last of an event's duties has begun."""
    return _began(max(row.start, row.end - DAY), now)


def _began(start: datetime, now: datetime) -> bool:
    return start <= now


def _cancel(
    session: Session,
    rows: Iterable[FeedEventRow],
    now: datetime,
    roster: RosterRow | None = None,
) -> list[FeedEventRow]:
    gone = [r for r in rows if not (r.cancelled or _begun(r, now))]
    for row in gone:
        taker = (
            taker_of(session, roster, row.shift, row.staff)
            if roster is not None and row.staff
            else ""
        )
        revise(row, now)
        row.cancelled = True
        row.mark = f"【已换给{taker}】" if taker else CANCELLED

    return gone


def uid_of(*words: str) -> str:
    """An opaque id that stored names alone decide."""
    opaque = sha256(" ".join(words).encode()).hexdigest()[:32]
    return f"{opaque}@{DOMAIN}"


def _new(
    session: Session, unit: str, said: Said, now: datetime
) -> FeedEventRow:
    row = FeedEventRow(
        uid=uid_of(unit, said.shift, *([said.staff] if said.staff else [])),
        unit=unit,
        shift=said.shift,
        staff=said.staff,
        sequence=0,
        modified=now.replace(microsecond=0),
    )
    _say(row, said)
    session.add(row)
    return row


def revise(row: FeedEventRow, now: datetime) -> None:
    """A higher revision, with its stamp."""
    row.sequence += 1
    restamp(row, now)


def restamp(row: FeedEventRow, now: datetime) -> None:
    """Later by a second even within one second; readers look at no less."""
    now = now.replace(microsecond=0)
    row.modified = max(now, row.modified + timedelta(seconds=1))
    row.block = None


def _say(row: FeedEventRow, said: Said) -> None:
    row.facts = said.digest
    row.start = said.start
    row.end = said.end
    row.mark = said.mark
    row.summary = said.summary
    row.location = said.location
    row.description = said.description
    row.category = said.category
    row.busy = said.busy
    row.cancelled = False


def choose_busy(
    session: Session, posts: Sequence[str], *, who: str, now: datetime
) -> None:
    """On which posts people's calendars show them as busy from now on."""
    chosen = " ".join(posts)
    if chosen != settings.get(session, BUSY_POSTS):
        settings.put(session, BUSY_POSTS, chosen, who=who, now=now)
        renew_every_event(session, now)
