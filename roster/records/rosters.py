"""Solutions, rosters in numbered versions, and who is on which shift."""

from datetime import date, datetime
from typing import Any

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


class SolutionRow(Base):
    """
    One problem and its outcome, as the documents they were.

    Several rosters rest on one where a district's units were solved
    together; a failed attempt has a solution and no roster.
    """

    __tablename__ = "solution"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    term: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    problem: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    tiers: Mapped[list[list[int]]] = mapped_column(JSON)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    conflict: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # None where nobody asked what would have been enough.
    remedies: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSON(none_as_null=True)
    )
    book: Mapped[str] = mapped_column(String(64))
    calendar: Mapped[str] = mapped_column(String(64))
    provisional: Mapped[bool]
    seed: Mapped[int]
    seconds: Mapped[float]
    solver: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(Moment)


class RosterRow(Base):
    """
    A unit's assignments for a term in one numbered version.

    A published roster never changes but for being withdrawn; the database
    refuses it. From the moment a draft is submitted, who holds what stands.

    ``author`` answers for it, ``editor`` changed it last; ``revision``
    rises with every edit; ``base`` is the number of the version that was
    in force when it was drafted, 0 where there was none.
    """

    __tablename__ = "roster"
    __table_args__ = (
        UniqueConstraint("unit", "term", "number"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'published',"
            " 'withdrawn')",
            "state",
        ),
        CheckConstraint(
            "state IN ('draft', 'submitted') OR (approver <> ''"
            " AND approver <> author AND approver <> editor)",
            "two_people",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            "withdrawn",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    term: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    solution: Mapped[int] = mapped_column(ForeignKey("solution.id"))
    author: Mapped[str] = mapped_column(String(60))
    editor: Mapped[str] = mapped_column(String(60), default="")
    approver: Mapped[str] = mapped_column(String(60))
    base: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    digest: Mapped[str] = mapped_column(String(64))

    shifts: Mapped[list["ShiftRow"]] = relationship(
        order_by="ShiftRow.start, ShiftRow.shift", back_populates="roster_row"
    )


class ReviewRow(Base):
    """
    What somebody decided about a version; the history only grows.

    It names the version by its number, for drafts come and go: what was
    said of one that was drafted anew stays with its successor.
    """

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    term: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    number: Mapped[int]
    verb: Mapped[str] = mapped_column(String(12))
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)
    remark: Mapped[str] = mapped_column(String(500))
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class ShiftRow(Base):
    """One shift of a roster; it stays even when nobody holds it."""

    __tablename__ = "shift"
    __table_args__ = (UniqueConstraint("roster", "shift"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roster: Mapped[int] = mapped_column(ForeignKey("roster.id"), index=True)
    shift: Mapped[str] = mapped_column(String(60))
    on: Mapped[date] = mapped_column(index=True)
    start: Mapped[datetime] = mapped_column(Moment)
    end: Mapped[datetime] = mapped_column(Moment)
    post: Mapped[str] = mapped_column(String(20))
    needs: Mapped[int]
    tags: Mapped[list[str]] = mapped_column(JSON)
    burden: Mapped[dict[str, int]] = mapped_column(JSON)
    article: Mapped[str] = mapped_column(String(20))

    roster_row: Mapped[RosterRow] = relationship(back_populates="shifts")
    held: Mapped[list["AssignmentRow"]] = relationship(
        order_by="AssignmentRow.staff",
        back_populates="shift_row",
        # Nobody asks for a shift but to see who holds it.
        lazy="selectin",
    )


class AssignmentRow(Base):
    """One person on one shift of one version."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("shift", "staff"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shift: Mapped[int] = mapped_column(ForeignKey("shift.id"), index=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)

    shift_row: Mapped[ShiftRow] = relationship(back_populates="held")
