"""Zero reports: on a statutory day a unit says that nothing happened."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment


class ZeroReportRow(Base):
    """A unit's report of a day; there is one at most."""

    __tablename__ = "zero_report"
    __table_args__ = (UniqueConstraint("unit", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    on: Mapped[date] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)
