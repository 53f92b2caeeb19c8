"""Feeds with their bytes, who reads them, and events' revisions."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column

from roster.records.base import Base, Moment


class FeedRow(Base):
    """
    A feed as it is served: a person's, a unit's, or the holidays'.

    ``stale`` means that an event of it changed since its bytes were made;
    until they are made again the last good ones are served. ``due`` is the
    day on which time alone changes it. Without ``content`` nobody has
    asked for it yet.
    """

    __tablename__ = "feed"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        CheckConstraint(
            "kind IN ('person', 'unit', 'district', 'county', 'holidays',"
            " 'holidays-off', 'holidays-work')",
            "kind",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(60))  # a person's, a unit's id
    alarms: Mapped[list[int]] = mapped_column(JSON)  # minutes before
    stale: Mapped[bool] = mapped_column(index=True)
    due: Mapped[date | None]
    etag: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    zipped: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class SubscriptionRow(Base):
    """
    One device's address of a feed: only the hash of its token is kept.

    ``account`` made it, by ``who``. Revoked with ``wiped_until`` it reads
    an empty calendar until then, so that the device forgets the duties.
    """

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed: Mapped[int] = mapped_column(ForeignKey("feed.id"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(40))
    account: Mapped[int | None] = mapped_column(
        ForeignKey("account.id"), index=True
    )
    who: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    wiped_until: Mapped[datetime | None] = mapped_column(Moment)
    used_on: Mapped[date | None]
    client: Mapped[str] = mapped_column(String(40))


class FeedCodeRow(Base):
    """A one-time code for another device; only its hash is kept."""

    __tablename__ = "feed_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed: Mapped[int] = mapped_column(ForeignKey("feed.id"), index=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(40))
    account: Mapped[int | None] = mapped_column(
        ForeignKey("account.id"), index=True
    )
    who: Mapped[str] = mapped_column(String(60))
    until: Mapped[datetime] = mapped_column(Moment)


class FeedEventRow(Base):
    """
    A duty's revision as calendars count it; the sequence never falls.

    With a person it is theirs, without one it is the unit's, without a
    unit a holiday. ``facts`` is a digest of what the event says, so that
    an untouched event keeps its bytes; ``block`` are these bytes, written
    when somebody first reads them.
    """

    __tablename__ = "feed_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    shift: Mapped[str] = mapped_column(String(60))
    staff: Mapped[str | None] = mapped_column(
        ForeignKey("staff.id"), index=True
    )
    sequence: Mapped[int]
    modified: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[str] = mapped_column(String(64))
    start: Mapped[datetime] = mapped_column(Moment)
    end: Mapped[datetime] = mapped_column(Moment)
    mark: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str] = mapped_column(Text)
    location: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(20))
    busy: Mapped[bool]
    cancelled: Mapped[bool]
    block: Mapped[bytes | None] = mapped_column(LargeBinary)
