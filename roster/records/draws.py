"""Series of drawn checks: frames, values, draws, what was dispatched."""

from datetime import date, datetime, time

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class SeriesRow(Base):
    """
    A term's random checks under one basis number.

    ``secret`` is the key of all its draws and the salt of its labels,
    encrypted by the site; empty before it is committed to.
    """

    __tablename__ = "draw_series"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'committed', 'revealed')", "state"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    term: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    basis: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(80))
    value_at: Mapped[time]
    value_due: Mapped[time]
    places: Mapped[int]
    by_visit: Mapped[int]  # percent
    by_video: Mapped[int]
    by_phone: Mapped[int]
    night: Mapped[int]
    on_site: Mapped[int]  # inspectors a check
    remote: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    secret: Mapped[str] = mapped_column(Text)
    key_hash: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64))  # empty until revealed
    stopped_on: Mapped[date | None]  # the first day no longer drawn
    made_by: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime] = mapped_column(Moment)
    committed_at: Mapped[datetime | None] = mapped_column(Moment)
    revealed_at: Mapped[datetime | None] = mapped_column(Moment)


class FrameRow(Base):
    """A version of what is drawn from; the newest holds from then on."""

    __tablename__ = "draw_frame"
    __table_args__ = (UniqueConstraint("series", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[int] = mapped_column(ForeignKey("draw_series.id"))
    version: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)  # canonical JSON
    committed_at: Mapped[datetime] = mapped_column(Moment)


class DrawValueRow(Base):
    """A public value as it was entered; the last one before it was due."""

    __tablename__ = "draw_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[int] = mapped_column(
        ForeignKey("draw_series.id"), index=True
    )
    on: Mapped[date]
    value: Mapped[str] = mapped_column(String(40))
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)


class DrawRow(Base):
    """
    A draw; what it drew stands nowhere before it is dispatched.

    ``record`` is what is published of it, once its day is over.
    """

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("series", "number"),
        CheckConstraint("state IN ('drawn', 'cancelled')", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[int] = mapped_column(ForeignKey("draw_series.id"))
    number: Mapped[int]
    on: Mapped[date]
    frame: Mapped[int]  # its version
    value: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(200))
    record: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class DrawPlaceRow(Base):
    """A drawn check, from the moment it was dispatched."""

    __tablename__ = "draw_place"
    __table_args__ = (UniqueConstraint("draw", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draw: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    way: Mapped[str] = mapped_column(String(10))
    starts: Mapped[datetime] = mapped_column(Moment, index=True)
    inspectors: Mapped[list[str]] = mapped_column(JSON)
    missing: Mapped[int]
    dispatched_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    check: Mapped[str | None] = mapped_column(
        ForeignKey("spot_check.id"), unique=True
    )


class DrawRecusalRow(Base):
    """Somebody drawn who may not go after all, and why."""

    __tablename__ = "draw_recusal"
    __table_args__ = (UniqueConstraint("place", "staff"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(ForeignKey("draw_place.id"))
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)


class InspectorAwayRow(Base):
    """A day for which an inspector declared that they cannot go."""

    __tablename__ = "inspector_away"
    __table_args__ = (UniqueConstraint("staff", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    on: Mapped[date]
