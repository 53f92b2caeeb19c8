"""Comp-leave: what was asked for, and the entries of its account."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class CompLeaveRow(Base):
    """
    Half-days off that somebody asked for, and in which unit they were then.

    ``halves`` are pairs of a date and ``am`` or ``pm``; ``first`` and
    ``last`` are the dates of the first and the last of them. ``behalf`` is
    why an editor asked for somebody else.
    """

    __tablename__ = "comp_leave"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked', 'granted', 'refused', 'taken back',"
            " 'expired')",
            "state",
        ),
        CheckConstraint('"first" <= "last"', "order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    halves: Mapped[list[list[str]]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12), index=True)
    word: Mapped[str] = mapped_column(String(500))
    behalf: Mapped[str] = mapped_column(String(500))
    answer: Mapped[str] = mapped_column(String(500))
    asked_by: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    settled_by: Mapped[str] = mapped_column(String(60))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


class CompEntryRow(Base):
    """
    One entry of somebody's account; the account only grows.

    A duty earns or is corrected, with its unit, shift and date, and the
    last date on which that can be taken; or a half-day of a comp-leave is
    taken or given back.
    """

    __tablename__ = "comp_entry"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'earned' AND halves > 0)"
            " OR (kind = 'corrected' AND halves <> 0)"
            " OR (kind = 'taken' AND halves = 1)"
            " OR (kind = 'given back' AND halves = -1)",
            "kind",
        ),
        CheckConstraint(
            "(kind IN ('earned', 'corrected'))"
            " = (unit IS NOT NULL AND expires IS NOT NULL"
            " AND leave IS NULL AND half = '')",
            "duty",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    halves: Mapped[int]
    on: Mapped[date]
    half: Mapped[str] = mapped_column(String(2))
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    shift: Mapped[str] = mapped_column(String(60))
    expires: Mapped[date | None]
    leave: Mapped[int | None] = mapped_column(
        ForeignKey("comp_leave.id"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(60))
