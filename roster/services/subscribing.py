"""
Addresses of personal feeds, and what stands behind them.

The token is shown once; the records keep its hash.
"""

import secrets
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.records import FeedEventRow, FeedRow, StaffRow
from roster.records.journal import record
from roster.services.views import FeedLine, FeedView

LABEL_LONGEST = 40
MONTHS_BACK = 3
DOMAIN = "duty-roster.invalid"


def subscribe(
    session: Session, *, staff_id: str, label: str, who: str, now: datetime
) -> str:
    """A new token for a person's feed; one a device label, shown once."""
    if session.get(StaffRow, staff_id) is None:
        raise Refused("unknown-staff", value=staff_id)

    label = label.strip() or "手机"
    if len(label) > LABEL_LONGEST:
        raise Refused("too-long", value=label, most=LABEL_LONGEST)

    _revoke_label(session, staff_id, label, now)
    token = secrets.token_urlsafe(24)
    session.add(
        FeedRow(token=_hash(token), staff=staff_id, label=label, made_at=now)
    )
    record(
        session,
        who=who,
        verb="subscribe",
        noun="feed",
        thing=staff_id,
        now=now,
        facts={"feed": _hash(token)[:6]},
    )
    return token


def _revoke_label(
    session: Session, staff_id: str, label: str, now: datetime
) -> None:
    before = select(FeedRow).where(
        FeedRow.staff == staff_id,
        FeedRow.label == label,
        FeedRow.revoked_at.is_(None),
    )
    for row in session.scalars(before):
        row.revoked_at = now


def revoke(session: Session, *, feed_id: int, who: str, now: datetime) -> None:
    """The address answers no more."""
    row = session.get(FeedRow, feed_id)
    if row is None or row.revoked_at is not None:
        raise Refused("unknown-feed", value=feed_id)

    row.revoked_at = now
    record(
        session,
        who=who,
        verb="revoke",
        noun="feed",
        thing=row.staff,
        now=now,
        facts={"feed": row.token[:6]},
    )


def feed(session: Session, *, token: str, today: date) -> FeedView:
    """
    What is behind a token.

    Raises
    ------
    Refused
        ``unknown-feed`` for no such token, ``feed-revoked`` for one that
        was taken back.
    """
    row = session.scalars(
        select(FeedRow).where(FeedRow.token == _hash(token))
    ).first()
    if row is None:
        raise Refused("unknown-feed")

    if row.revoked_at is not None:
        raise Refused("feed-revoked")

    name = session.get_one(StaffRow, row.staff).name
    since = _window(today)
    events = select(FeedEventRow).where(
        FeedEventRow.staff == row.staff, FeedEventRow.end >= since
    )
    lines = [_line(event) for event in session.scalars(events)]
    return FeedView(
        f"{name} 值班",
        "只读，由值班系统发布；有误请联系本单位排班人员。",
        _hash(f"feed {row.staff}")[:32],
        tuple(lines),
    )


def _window(today: date) -> datetime:
    """The first of the month, three months back."""
    index = today.year * 12 + today.month - 1 - MONTHS_BACK
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=SHANGHAI)


def _line(row: FeedEventRow) -> FeedLine:
    opaque = _hash(f"{row.unit} {row.shift} {row.staff}")[:32]
    return FeedLine(
        uid=f"{opaque}@{DOMAIN}",
        sequence=row.sequence,
        modified=row.modified,
        start=row.start,
        end=row.end,
        summary=("【已取消】" if row.cancelled else "") + row.summary,
        location=row.location,
        description=row.description,
        category=row.category,
        cancelled=row.cancelled,
    )


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
