"""Incidents: the first report of something sudden, and its steps."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.records.base import Base, Moment


class IncidentRow(Base):
    """What happened, as it was first reported; it never changes."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    happened_at: Mapped[datetime] = mapped_column(Moment, index=True)
    place: Mapped[str] = mapped_column(String(100))
    people: Mapped[str] = mapped_column(String(200))
    situation: Mapped[str] = mapped_column(String(500))
    measures: Mapped[str] = mapped_column(String(500))
    who: Mapped[str] = mapped_column(String(60))
    reported_at: Mapped[datetime] = mapped_column(Moment)

    steps: Mapped[list["IncidentStepRow"]] = relationship(
        order_by="IncidentStepRow.at, IncidentStepRow.id",
        back_populates="incident_row",
    )


class IncidentStepRow(Base):
    """A call, the written report, what followed, the end."""

    __tablename__ = "incident_step"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('phone', 'written', 'follow', 'closed')", "kind"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident: Mapped[int] = mapped_column(
        ForeignKey("incident.id"), index=True
    )
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)
    words: Mapped[str] = mapped_column(String(500))
    who: Mapped[str] = mapped_column(String(60))
    written_at: Mapped[datetime] = mapped_column(Moment)

    incident_row: Mapped[IncidentRow] = relationship(back_populates="steps")
