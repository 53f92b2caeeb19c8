"""Rosters that were asked for, and how far the work on them is."""

from datetime import datetime
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


class RequestRow(Base):
    """
    Something to be solved in the background.

    ``unit`` is what it was asked for: a unit, a district, or the county's
    head for all. Whoever works on it says so in ``worker`` and moves
    ``beat_at`` on; when that stands still, another may take it over.
    """

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            "state",
        ),
        CheckConstraint("kind IN ('generate', 'relax', 'resolve')", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    term: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    seed: Mapped[int]
    # The failed attempt of which a relaxation is tried, and which one.
    solution: Mapped[int | None] = mapped_column(ForeignKey("solution.id"))
    choice: Mapped[int]
    # Of a draft whose rest is to be solved anew: which, how seen, and how.
    wanted: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )
    who: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(12), index=True)
    cancelling: Mapped[bool]
    error: Mapped[str] = mapped_column(String(200))
    worker: Mapped[str] = mapped_column(String(80))
    # Since anything was stored; who takes it in vain too often gives up.
    claims: Mapped[int]
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    beat_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    units: Mapped[list["RequestUnitRow"]] = relationship(
        order_by="RequestUnitRow.place", back_populates="request_row"
    )


class RequestUnitRow(Base):
    """
    One unit of a request; it is finished in the transaction of its draft.

    ``replaces`` is the digest of the draft that was there when it was
    asked for: another one is not replaced.
    """

    __tablename__ = "request_unit"
    __table_args__ = (
        UniqueConstraint("request", "unit"),
        CheckConstraint(
            "state IN ('waiting', 'found', 'failed', 'kept')", "state"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    place: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(12))
    helpers: Mapped[list[str]] = mapped_column(JSON)
    seconds: Mapped[float]
    solution: Mapped[int | None] = mapped_column(ForeignKey("solution.id"))
    replaces: Mapped[str] = mapped_column(String(64))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    request_row: Mapped[RequestRow] = relationship(back_populates="units")
