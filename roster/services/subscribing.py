"""
Addresses of feeds: made, handed on by a one-time code, taken back.

A token is shown once; the records keep its hash.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import (
    FeedCodeRow,
    FeedRow,
    StaffRow,
    SubscriptionRow,
    UnitRow,
)
from roster.records.journal import record
from roster.services.feeding.marking import PERSON, mark_one
from roster.services.feeding.reading import FeedOf
from roster.services.feeding.writing import choose_alarms, feed_of
from roster.services.logins import hashed

LABEL_LONGEST = 40
CODE_LASTS = timedelta(minutes=10)
WIPED_FOR = timedelta(days=30)
ALARMS = (720, 30)  # minutes before, unless somebody chose others
ALARM_CHOICES = (1440, 720, 120, 60, 30, 15)
ALARMS_MOST = 2


@dataclass(frozen=True, slots=True)
class Owner:
    """Who subscribes: by which account, and how they sign."""

    who: str
    account: int | None = None


def subscribe(
    session: Session,
    *,
    feed: FeedOf,
    label: str,
    owner: Owner,
    now: datetime,
) -> str:
    """
    A new token for a feed; one a device label and account, shown once.

    Raises
    ------
    Refused
        For nobody's feed, or a label that is too long.
    """
    row = feed_row(session, feed, now)
    label = _label(label)
    _replace(session, row, label, owner, now)
    return _add(session, row, label, owner, now)


def _label(label: str) -> str:
    label = " ".join(label.split()) or "手机"
    if len(label) > LABEL_LONGEST:
        raise Refused("too-long", value=label, most=LABEL_LONGEST)

    return label


def feed_row(session: Session, feed: FeedOf, now: datetime) -> FeedRow:
    """A feed's row; made when somebody first wants it."""
    kept = StaffRow if feed.kind == PERSON else UnitRow
    if session.get(kept, feed.subject) is None:
        code = "unknown-staff" if feed.kind == PERSON else "unknown-unit"
        raise Refused(code, value=feed.subject)

    row = find_row(session, feed)
    if row is None:
        row = FeedRow(
            kind=feed.kind,
            subject=feed.subject,
            alarms=list(ALARMS) if feed.kind == PERSON else [],
            stale=True,
            etag="",
            changed_at=now.replace(microsecond=0),
        )
        session.add(row)
        mark_one(session, row)

    return row


def find_row(session: Session, feed: FeedOf) -> FeedRow | None:
    """A feed's row, if anybody ever wanted it."""
    wanted = select(FeedRow).where(
        FeedRow.kind == feed.kind, FeedRow.subject == feed.subject
    )
    return session.scalars(wanted).first()


def _replace(
    session: Session,
    feed: FeedRow,
    label: str,
    owner: Owner,
    now: datetime,
) -> None:
    """A device has one address; an older one of that name ends."""
    before = select(SubscriptionRow).where(
        SubscriptionRow.feed == feed.id,
        SubscriptionRow.label == label,
        SubscriptionRow.revoked_at.is_(None),
    )
    if feed.kind != PERSON:
        before = before.where(SubscriptionRow.account == owner.account)

    for row in session.scalars(before):
        row.revoked_at = now


def _add(
    session: Session,
    feed: FeedRow,
    label: str,
    owner: Owner,
    now: datetime,
) -> str:
    token = secrets.token_urlsafe(24)
    session.add(
        SubscriptionRow(
            feed=feed.id,
            token=hashed(token),
            label=label,
            account=owner.account,
            who=owner.who,
            made_at=now,
            client="",
        )
    )
    session.flush()
    _record(session, "subscribe", feed, hashed(token), owner.who, now)
    return token


def _record(
    session: Session,
    verb: str,
    feed: FeedRow,
    token: str,
    who: str,
    now: datetime,
) -> None:
    record(
        session,
        who=who,
        verb=verb,
        noun="feed",
        thing=feed.subject,
        now=now,
        facts={"feed": token[:6]},
    )


def rotate(
    session: Session, *, number: int, owner: Owner, now: datetime
) -> str:
    """A device's new address; the old one ends in the same breath."""
    row, feed = _live(session, number)
    row.revoked_at = now
    same = Owner(owner.who, row.account)
    return _add(session, feed, row.label, same, now)


def revoke(
    session: Session, *, number: int, leaked: bool, who: str, now: datetime
) -> None:
    """
    Takes an address back.

    A device empties its calendar when it reads an empty one, so it gets
    that for thirty days; a leaked address answers no more from now on.
    """
    row, feed = _live(session, number)
    end(row, now, leaked=leaked)
    _record(session, "revoke", feed, row.token, who, now)


def end(row: SubscriptionRow, now: datetime, *, leaked: bool) -> None:
    """The address ends, at once or after it was wiped."""
    row.revoked_at = now
    row.wiped_until = None if leaked else now + WIPED_FOR


def _live(session: Session, number: int) -> tuple[SubscriptionRow, FeedRow]:
    row = session.get(SubscriptionRow, number)
    if row is None or row.revoked_at is not None:
        raise Refused("unknown-feed", value=number)

    return row, session.get_one(FeedRow, row.feed)


def offer_code(
    session: Session,
    *,
    feed: FeedOf,
    label: str,
    owner: Owner,
    now: datetime,
) -> str:
    """
    A one-time code by which another device gets an address of its own.

    Whoever looks at a code does not use it up: chat programs fetch what
    is sent through them.
    """
    session.execute(delete(FeedCodeRow).where(FeedCodeRow.until < now))
    code = secrets.token_urlsafe(24)
    session.add(
        FeedCodeRow(
            feed=feed_row(session, feed, now).id,
            code=hashed(code),
            label=_label(label),
            account=owner.account,
            who=owner.who,
            until=now + CODE_LASTS,
        )
    )
    session.flush()
    return code


def offered(session: Session, *, code: str, now: datetime) -> FeedOf | None:
    """The feed of a code that can still be used."""
    row = _code(session, code, now)
    return feed_of(session.get_one(FeedRow, row.feed)) if row else None


def _code(session: Session, code: str, now: datetime) -> FeedCodeRow | None:
    wanted = select(FeedCodeRow).where(
        FeedCodeRow.code == hashed(code), FeedCodeRow.until >= now
    )
    return session.scalars(wanted).first()


def use_code(
    session: Session, *, code: str, now: datetime
) -> tuple[FeedOf, str]:
    """The feed of a code and a new token for it; the code is used up."""
    row = _code(session, code, now)
    if row is None:
        raise Refused("feed-code-gone")

    what = feed_of(session.get_one(FeedRow, row.feed))
    owner = Owner(row.who, row.account)
    token = subscribe(
        session, feed=what, label=row.label, owner=owner, now=now
    )
    session.delete(row)
    return what, token


def set_alarms(
    session: Session,
    *,
    feed: FeedOf,
    alarms: tuple[int, ...],
    who: str,
    now: datetime,
) -> None:
    """
    When a person's calendar rings before a duty: at most twice.

    Raises
    ------
    Refused
        For other minutes than can be chosen, or more than two.
    """
    chosen = sorted(set(alarms), reverse=True)
    if len(chosen) > ALARMS_MOST or not set(chosen) <= set(ALARM_CHOICES):
        raise Refused("feed-alarms", most=ALARMS_MOST)

    row = feed_row(session, feed, now)
    if row.alarms != chosen:
        choose_alarms(session, row, chosen, now)
        record(
            session,
            who=who,
            verb="change",
            noun="feed",
            thing=feed.subject,
            now=now,
            facts={"minutes": chosen},
        )
