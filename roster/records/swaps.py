"""Swaps and covers: who gives which duty to whom, and how far it is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class SwapRow(Base):
    """
    One exchange of two duties, or one duty stood in for.

    ``staff`` gives ``shift`` to ``partner``, who gives ``back`` in return,
    nothing for a cover; ``owed`` says whether a cover is to be returned.
    ``behalf`` is why an editor acted for somebody. ``version`` is the
    roster that came about by it.
    """

    __tablename__ = "swap"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'agreed', 'emergency', 'done',"
            " 'taken back', 'refused', 'expired', 'ended')",
            "state",
        ),
        CheckConstraint("staff <> partner", "two_people"),
        CheckConstraint(
            "state NOT IN ('emergency', 'done') OR version IS NOT NULL",
            "made",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    term: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    shift: Mapped[str] = mapped_column(String(60))
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    partner: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    back: Mapped[str] = mapped_column(String(60))
    owed: Mapped[bool]
    emergency: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12), index=True)
    word: Mapped[str] = mapped_column(String(500))
    answer: Mapped[str] = mapped_column(String(500))
    behalf: Mapped[str] = mapped_column(String(500))
    proposed_by: Mapped[str] = mapped_column(String(60))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    agreed_by: Mapped[str] = mapped_column(String(60))
    agreed_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[str] = mapped_column(String(60))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int | None] = mapped_column(
        ForeignKey("roster.id"), index=True
    )
