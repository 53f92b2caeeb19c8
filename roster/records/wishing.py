"""Wish rounds: until when a unit's people may say what they wish."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class WishRoundRow(Base):
    """A unit asks its people for wishes and leave of a term."""

    __tablename__ = "wish_round"
    __table_args__ = (UniqueConstraint("unit", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    term: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[str] = mapped_column(String(60))


class WishAnswerRow(Base):
    """Somebody has answered a round, with wishes or without."""

    __tablename__ = "wish_answer"
    __table_args__ = (UniqueConstraint("round", "staff"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("wish_round.id"))
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    answered_at: Mapped[datetime] = mapped_column(Moment)
