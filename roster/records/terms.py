"""Terms, presence of students, calendar years and rules set differently."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class TermRow(Base):
    """The period a roster covers; vacations as pairs of ISO dates."""

    __tablename__ = "term"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    first: Mapped[date]
    last: Mapped[date]
    vacations: Mapped[list[list[str]]] = mapped_column(JSON)


class PresenceRow(Base):
    """Dates on which students are at a unit on days off."""

    __tablename__ = "presence"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    note: Mapped[str] = mapped_column(String(80))


class CalendarRow(Base):
    """One version of one year; the newest is the one in force."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("year", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)  # JSON of the whole year
    stored_at: Mapped[datetime] = mapped_column(Moment)


class RuleDocumentRow(Base):
    """One version of a bureau's own rule document; the newest holds."""

    __tablename__ = "rule_document"
    __table_args__ = (UniqueConstraint("book", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)  # the TOML as it was handed in
    stored_at: Mapped[datetime] = mapped_column(Moment)


class OverrideRow(Base):
    """A rule's parameter set differently, from a date, with its reason."""

    __tablename__ = "override"

    id: Mapped[int] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    param: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(JSON)
    first: Mapped[date | None]
    last: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(String(80))


class SettingRow(Base):
    """A setting of the whole installation."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
