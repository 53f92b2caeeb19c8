"""The log of what editors did to a draft."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class EditRow(Base):
    """
    One edit; the log of a draft only grows, and goes with the draft.

    ``revision`` is what the edit made of the roster's; ``delta`` is what
    `roster.edits.Delta.said` says. ``solution`` proves what the edit came
    to, where it was solved for.
    """

    __tablename__ = "edit"
    __table_args__ = (UniqueConstraint("roster", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roster: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    revision: Mapped[int]
    verb: Mapped[str] = mapped_column(String(12))
    delta: Mapped[dict[str, Any]] = mapped_column(JSON)
    solution: Mapped[int | None] = mapped_column(ForeignKey("solution.id"))
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)
