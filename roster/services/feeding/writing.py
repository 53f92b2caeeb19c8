"""
Makes a feed's bytes and keeps them.

The bytes follow from stored rows and the day alone. What cannot be made
keeps its last good bytes and stays marked; the clock tries again.
"""

import gzip
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster.feeds import FeedEvent, FeedHead
from roster.posts import SHANGHAI
from roster.records import FeedEventRow, FeedRow
from roster.services.feeding.events import restamp
from roster.services.feeding.marking import TO_WRITE, mark_all, mark_one
from roster.services.feeding.reading import (
    FeedOf,
    due_on,
    event_of,
    head_of,
    month_after,
    rows_of,
)

LARGEST = 1_000_000  # bytes of a feed
ROOM = 2_000  # of these for the head

log = logging.getLogger("duty_roster.feeds")


class Pen(Protocol):
    """Who writes iCalendar: `calendars.feed` does."""

    def write_event(self, event: FeedEvent) -> bytes:
        """One event as a block of lines."""

    def write_feed(self, head: FeedHead, blocks: Sequence[bytes]) -> bytes:
        """A calendar of such blocks."""


@dataclass(frozen=True, slots=True)
class Scribe:
    """A pen, and the address of the site that events lead to."""

    pen: Pen
    site: str = ""


def write_marked(session: Session, scribe: Scribe, now: datetime) -> int:
    """Writes what this session has marked; how many feeds."""
    if not session.info.pop(TO_WRITE, False):
        return 0

    return write_stale(session, scribe, now)


def write_stale(session: Session, scribe: Scribe, now: datetime) -> int:
    """Writes every marked feed that somebody reads; how many."""
    wanted = select(FeedRow).where(FeedRow.stale).order_by(FeedRow.id)
    rows = session.scalars(wanted).all()
    return sum(_tried(session, row, scribe, now) for row in rows)


def _tried(
    session: Session, row: FeedRow, scribe: Scribe, now: datetime
) -> bool:
    number = row.id
    try:
        with session.begin_nested():
            write(session, row, scribe, now)
    except Exception:
        log.exception("feed %d keeps its last bytes", number)
        return False

    return True


def write(
    session: Session, row: FeedRow, scribe: Scribe, now: datetime
) -> None:
    """Makes a feed's bytes; where they are as before, nothing changes."""
    today = now.astimezone(SHANGHAI).date()
    content, row.due = compose(session, feed_of(row), scribe, today, keep=True)
    row.stale = False
    etag = sha256(content).hexdigest()
    if etag != row.etag:
        now = now.replace(microsecond=0)
        later = row.changed_at + timedelta(seconds=1)
        row.changed_at = max(now, later) if row.etag else now
        row.etag = etag
        row.content = content
        row.zipped = gzip.compress(content, 6, mtime=0)

    session.flush()


def feed_of(row: FeedRow) -> FeedOf:
    """Which feed a row is."""
    return FeedOf(row.kind, row.subject, tuple(row.alarms))


def compose(
    session: Session,
    feed: FeedOf,
    scribe: Scribe,
    today: date,
    *,
    keep: bool = False,
) -> tuple[bytes, date | None]:
    """
    A feed's bytes as of a day, and the day time alone changes them.

    Whoever only reads keeps no blocks.
    """
    rows = rows_of(session, feed, today)
    blocks = {}
    for row in rows:
        block = blocks[row.uid] = _block(row, feed.alarms, scribe)
        if keep:
            row.block = block

    kept, months = _fitting(rows, blocks, today)
    head = head_of(session, feed, scribe.site)
    if months:
        more = f"内容太多，只收{months}的值班。"
        head = replace(head, description=head.description + more)

    content = scribe.pen.write_feed(head, [blocks[row.uid] for row in kept])
    due = due_on(kept)
    if months:
        due = month_after(today, 1)

    return content, due


def _block(
    row: FeedEventRow, alarms: tuple[int, ...], scribe: Scribe
) -> bytes:
    """An event's lines, written once for each revision."""
    if row.block is not None:
        return row.block

    return scribe.pen.write_event(event_of(row, alarms, scribe.site))


def _fitting(
    rows: Sequence[FeedEventRow], blocks: dict[str, bytes], today: date
) -> tuple[Sequence[FeedEventRow], str]:
    """
    The events that fit into a feed, and in words which months these are.

    Past months go first, the oldest first of all, then the farthest.
    """
    months: dict[date, list[FeedEventRow]] = {}
    for row in rows:
        month = month_after(row.start.astimezone(SHANGHAI).date(), 0)
        months.setdefault(month, []).append(row)

    size = sum(map(len, blocks.values()))
    if size <= LARGEST - ROOM:
        return rows, ""

    this = month_after(today, 0)
    while len(months) > 1 and size > LARGEST - ROOM:
        past = [month for month in months if month < this]
        gone = months.pop(min(past) if past else max(months))
        size -= sum(len(blocks[row.uid]) for row in gone)

    first, last = min(months), max(months)
    kept = [row for month in months.values() for row in month]
    while size > LARGEST - ROOM:
        size -= len(blocks[kept.pop().uid])

    return kept, f"{first:%Y}年{first.month}月至{last:%Y}年{last.month}月"


def choose_alarms(
    session: Session, feed: FeedRow, alarms: Sequence[int], now: datetime
) -> None:
    """Other alarms before a person's duties; each is revised by that."""
    feed.alarms = list(alarms)
    for row in session.scalars(
        select(FeedEventRow).where(FeedEventRow.staff == feed.subject)
    ):
        if not row.cancelled:
            restamp(row, now)

    mark_one(session, feed)


def mark_due(session: Session, today: date) -> int:
    """Marks what time alone has changed; how many feeds."""
    wanted = (FeedRow.due.is_not(None), FeedRow.due <= today)
    done = session.execute(update(FeedRow).where(*wanted).values(stale=True))
    session.info[TO_WRITE] = True
    return int(done.rowcount)  # type: ignore[attr-defined]


def forget_blocks(session: Session) -> None:
    """Has every event and feed written anew, as by another program."""
    session.execute(update(FeedEventRow).values(block=None))
    mark_all(session)
