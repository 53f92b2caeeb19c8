"""Duty logs: a log a shift, its short entries, and the hand-over."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.records.base import Base, Moment


class DutyLogRow(Base):
    """
    The log of one shift of a unit, whichever version it stood in.

    It begins with its first entry; a shift nobody wrote about has none.
    """

    __tablename__ = "duty_log"
    __table_args__ = (UniqueConstraint("unit", "shift"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    shift: Mapped[str] = mapped_column(String(60))
    on: Mapped[date] = mapped_column(index=True)
    post: Mapped[str] = mapped_column(String(20))
    start: Mapped[datetime] = mapped_column(Moment)
    end: Mapped[datetime] = mapped_column(Moment)

    entries: Mapped[list["DutyEntryRow"]] = relationship(
        order_by="DutyEntryRow.id", back_populates="log_row"
    )
    handover: Mapped["HandoverRow | None"] = relationship(
        back_populates="log_row"
    )


class DutyEntryRow(Base):
    """
    One line of a log; it never changes and is never deleted.

    ``about`` names the entry that a correction corrects or that is closed
    hereby. ``reason`` is filled where the unit's editor wrote afterwards.
    """

    __tablename__ = "duty_entry"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('entry', 'nothing', 'check', 'correction', 'closed')",
            "kind",
        ),
        CheckConstraint(
            "(kind IN ('correction', 'closed')) = (about IS NOT NULL)",
            "about",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    log: Mapped[int] = mapped_column(ForeignKey("duty_log.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)
    source: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(500))
    done: Mapped[str] = mapped_column(String(500))
    open: Mapped[bool]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    about: Mapped[int | None] = mapped_column(
        ForeignKey("duty_entry.id"), index=True
    )
    who: Mapped[str] = mapped_column(String(60))
    written_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(200))

    log_row: Mapped[DutyLogRow] = relationship(back_populates="entries")


class HandoverRow(Base):
    """What one shift hands over to the next, signed by both sides."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint("(taken_by = '') = (taken_at IS NULL)", "taken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    log: Mapped[int] = mapped_column(ForeignKey("duty_log.id"), unique=True)
    # By item of the rule document: whether it was all right.
    items: Mapped[dict[str, bool]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(String(500))
    handed_by: Mapped[str] = mapped_column(String(60))
    handed_at: Mapped[datetime] = mapped_column(Moment)
    taken_by: Mapped[str] = mapped_column(String(60))
    taken_at: Mapped[datetime | None] = mapped_column(Moment)

    log_row: Mapped[DutyLogRow] = relationship(back_populates="handover")
