"""Messages on their way, the channels they go through, and the clock."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class MessageRow(Base):
    """
    One message to one person, or to a unit; the facts, not the words.

    ``key`` stands for the deed and whom it is told to, so that nothing is
    told twice. A row is ``sending`` from the moment before it is handed
    over until the answer is known.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed', 'dropped')",
            "state",
        ),
        CheckConstraint("staff IS NOT NULL OR unit IS NOT NULL", "somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    staff: Mapped[str | None] = mapped_column(
        ForeignKey("staff.id"), index=True
    )
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    queued_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), index=True)
    attempts: Mapped[int]
    # None where it need not wait, whatever the clock says.
    next_try: Mapped[datetime | None] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(String(20))
    error: Mapped[str] = mapped_column(String(60))


class ChannelRow(Base):
    """A way to a unit's group or to one person; the secret never leaves."""

    __tablename__ = "channel"
    __table_args__ = (
        CheckConstraint(
            "(staff IS NULL AND unit IS NOT NULL)"
            " OR (staff IS NOT NULL AND unit IS NULL)",
            "one_owner",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    staff: Mapped[str | None] = mapped_column(
        ForeignKey("staff.id"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(500))
    secret: Mapped[str] = mapped_column(String(200))
    made_by: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime] = mapped_column(Moment)


class QuietRow(Base):
    """The hours in which a unit and those under it are left in peace."""

    __tablename__ = "quiet_hours"

    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    begin: Mapped[time]
    end: Mapped[time]


class JobRunRow(Base):
    """A job has been done for the time it was due."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(40))
    due: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime] = mapped_column(Moment)
    count: Mapped[int]
