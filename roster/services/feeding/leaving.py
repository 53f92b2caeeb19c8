"""Feeds end with whoever leaves, and with the right to read them."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.posts import SHANGHAI
from roster.records import FeedRow, StaffRow, SubscriptionRow
from roster.records.journal import record
from roster.rights import Right, Visitor
from roster.services.feeding.marking import PERSON, UNIT, units_below
from roster.services.logins import visitor_with
from roster.services.subscribing import end

CLOCK = "系统"


def ended(session: Session, today: date) -> list[SubscriptionRow]:
    """The addresses in use whose owners may not read them any more."""
    return [*_of_leavers(session, today), *_without_right(session, today)]


def _of_leavers(session: Session, today: date) -> Iterator[SubscriptionRow]:
    """Addresses of people who are not employed any more."""
    wanted = (
        select(SubscriptionRow)
        .join(FeedRow, FeedRow.id == SubscriptionRow.feed)
        .outerjoin(StaffRow, StaffRow.id == FeedRow.subject)
        .where(
            FeedRow.kind == PERSON,
            SubscriptionRow.revoked_at.is_(None),
            StaffRow.id.is_(None) | (StaffRow.employed_until < today),
        )
    )
    yield from session.scalars(wanted)


def _without_right(session: Session, today: date) -> Iterator[SubscriptionRow]:
    """Addresses of units' feeds whose owners have lost the right."""
    wanted = (
        select(SubscriptionRow, FeedRow)
        .join(FeedRow, FeedRow.id == SubscriptionRow.feed)
        .where(FeedRow.kind != PERSON, SubscriptionRow.revoked_at.is_(None))
    )
    known: dict[int | None, Visitor | None] = {}
    for row, feed in session.execute(wanted):
        if row.account not in known:
            known[row.account] = visitor_with(
                session, account=row.account, today=today
            )
        who = known[row.account]
        if who is None or not reads(session, who, feed.kind, feed.subject):
            yield row


def reads(session: Session, who: Visitor, kind: str, unit: str) -> bool:
    """Whether somebody may read everything in a unit's feed."""
    units = {unit} if kind == UNIT else units_below(session, unit)
    return all(who.may(Right.READ, one) for one in units)


def end_of_leavers(session: Session, now: datetime) -> int:
    """Wipes them: devices read an empty calendar, then nothing."""
    gone = ended(session, now.astimezone(SHANGHAI).date())
    for row in gone:
        end(row, now, leaked=False)
        record(
            session,
            who=CLOCK,
            verb="revoke",
            noun="feed",
            thing=session.get_one(FeedRow, row.feed).subject,
            now=now,
            facts={"feed": row.token[:6]},
        )

    return len(gone)
