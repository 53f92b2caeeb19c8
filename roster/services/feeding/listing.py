"""Who reads which feed, and what stands in it next, as pages show it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from roster.posts import SHANGHAI
from roster.records import FeedRow, StaffRow, SubscriptionRow
from roster.services.feeding.marking import PERSON
from roster.services.feeding.reading import (
    FeedOf,
    event_of,
    name_of,
    rows_of,
)
from roster.services.subscribing import ALARMS, find_row

NEXT = 5


@dataclass(frozen=True, slots=True)
class Device:
    """
    One address, without its secret.

    ``state`` is live, wiped (it reads an empty calendar until
    ``wiped_until``) or revoked.
    """

    number: int
    feed: FeedOf
    name: str
    label: str
    who: str
    account: int | None
    made_at: datetime
    used_on: date | None
    client: str
    state: str
    wiped_until: datetime | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A duty as it stands in the feed."""

    summary: str
    start: datetime
    end: datetime
    all_day: bool


def devices(
    session: Session, feed: FeedOf, *, account: int | None = None
) -> tuple[Device, ...]:
    """A feed's addresses in use, those of one account if it is named."""
    wanted = (
        FeedRow.kind == feed.kind,
        FeedRow.subject == feed.subject,
        SubscriptionRow.revoked_at.is_(None),
    )
    found = _devices(session, and_(*wanted))
    return tuple(d for d in found if account in (None, d.account))


def subscribers(
    session: Session, *, unit_ids: Collection[str], now: datetime
) -> tuple[Device, ...]:
    """
    Every address of units' people and of their own feeds.

    Those taken back are shown as long as they are wiped.
    """
    people = select(StaffRow.id).where(StaffRow.unit.in_(unit_ids))
    theirs = or_(
        and_(FeedRow.kind == PERSON, FeedRow.subject.in_(people)),
        and_(FeedRow.kind != PERSON, FeedRow.subject.in_(unit_ids)),
    )
    alive = or_(
        SubscriptionRow.revoked_at.is_(None),
        SubscriptionRow.wiped_until > now,
    )
    return _devices(session, and_(theirs, alive))


def _devices(session: Session, which: Any) -> tuple[Device, ...]:
    rows = session.execute(
        select(SubscriptionRow, FeedRow)
        .join(FeedRow, FeedRow.id == SubscriptionRow.feed)
        .where(which)
        .order_by(FeedRow.kind, FeedRow.subject, SubscriptionRow.id)
    )
    return tuple(_device(session, row, feed) for row, feed in rows)


def _device(session: Session, row: SubscriptionRow, feed: FeedRow) -> Device:
    what = FeedOf(feed.kind, feed.subject, tuple(feed.alarms))
    ended = "wiped" if row.wiped_until else "revoked"
    return Device(
        row.id,
        what,
        name_of(session, what),
        row.label,
        row.who,
        row.account,
        row.made_at,
        row.used_on,
        row.client,
        ended if row.revoked_at else "live",
        row.wiped_until,
    )


def device(
    session: Session, *, number: int, feeds: Iterable[FeedOf]
) -> Device | None:
    """One address in use, if it is one of these feeds'."""
    known = {(feed.kind, feed.subject) for feed in feeds}
    found = session.execute(
        select(SubscriptionRow, FeedRow)
        .join(FeedRow, FeedRow.id == SubscriptionRow.feed)
        .where(
            SubscriptionRow.id == number, SubscriptionRow.revoked_at.is_(None)
        )
    ).first()
    if found is None or (found[1].kind, found[1].subject) not in known:
        return None

    return _device(session, *found)


def alarms_of(session: Session, feed: FeedOf) -> tuple[int, ...]:
    """Minutes before a duty at which a person's calendar rings."""
    row = find_row(session, feed)
    return tuple(row.alarms) if row else ALARMS


def coming(
    session: Session, feed: FeedOf, now: datetime
) -> tuple[Coming, ...]:
    """The next five events of a feed, as its reader's calendar has them."""
    rows = rows_of(session, feed, now.astimezone(SHANGHAI).date())
    events = [
        event_of(row, (), "")
        for row in rows
        if row.end > now and not row.cancelled
    ]
    return tuple(
        Coming(
            e.summary,
            e.start.astimezone(SHANGHAI),
            e.end.astimezone(SHANGHAI),
            e.all_day,
        )
        for e in events[:NEXT]
    )
