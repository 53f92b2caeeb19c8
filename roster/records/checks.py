"""Spot checks with what was found of each person."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.records.base import Base, Moment


class CheckRow(Base):
    """A spot check, against the version published at its moment."""

    __tablename__ = "spot_check"
    __table_args__ = (
        CheckConstraint("way IN ('on_site', 'video', 'phone')", "way"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    roster: Mapped[int] = mapped_column(ForeignKey("roster.id"), index=True)
    day: Mapped[date]
    moment: Mapped[datetime] = mapped_column(Moment)
    way: Mapped[str] = mapped_column(String(10))
    inspectors: Mapped[list[str]] = mapped_column(JSON)
    basis: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text)
    drawn: Mapped[bool]  # by the random draw, else an extra check
    reason: Mapped[str] = mapped_column(String(200), default="")  # if extra
    recorded_by: Mapped[str] = mapped_column(String(60))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    digest: Mapped[str] = mapped_column(String(64))

    findings: Mapped[list["FindingRow"]] = relationship(
        order_by="FindingRow.id", lazy="selectin"
    )


class FindingRow(Base):
    """What was found of one person on one shift."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("check", "shift", "staff"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check: Mapped[str] = mapped_column(ForeignKey("spot_check.id"), index=True)
    shift: Mapped[str] = mapped_column(String(60))
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    result: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
