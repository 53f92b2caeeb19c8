"""Units, their people, and what limits them, as rows."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.people import Gender, LimitKind, Standing, UnitKind
from roster.records.base import Base


def words(kind: type) -> Enum:
    """An enum kept as its value, with a check, on every database."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        create_constraint=True,
        values_callable=lambda enum: [member.value for member in enum],
        name=kind.__name__.lower(),
    )


class UnitRow(Base):
    """A unit of the tree 局–学区–校."""

    __tablename__ = "unit"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[UnitKind] = mapped_column(words(UnitKind))
    parent: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    boarding: Mapped[bool]
    public: Mapped[bool]
    phone: Mapped[str] = mapped_column(String(40))


class StaffRow(Base):
    """Somebody a unit can put on duty."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("share BETWEEN 1 AND 1000", "share"),)

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    gender: Mapped[Gender] = mapped_column(words(Gender))
    standing: Mapped[Standing] = mapped_column(words(Standing))
    position: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(40))
    share: Mapped[int]
    hometown_away: Mapped[bool]
    employed_from: Mapped[date | None]
    employed_until: Mapped[date | None]


class LeaveRow(Base):
    """Dates when somebody cannot be on duty."""

    __tablename__ = "leave"
    __table_args__ = (CheckConstraint('"first" <= "last"', "order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))


class LimitRow(Base):
    """An approved exemption, without its reason."""

    __tablename__ = "duty_limit"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[LimitKind] = mapped_column(words(LimitKind))
    first: Mapped[date | None]
    last: Mapped[date | None]


class RelationRow(Base):
    """Two people who must not be on duty on one date."""

    __tablename__ = "relation"

    id: Mapped[int] = mapped_column(primary_key=True)
    one: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    other: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))


class WishRow(Base):
    """To be on duty or free on a date."""

    __tablename__ = "wish"
    __table_args__ = (CheckConstraint("weight BETWEEN 1 AND 3", "weight"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    on: Mapped[date]
    want: Mapped[bool]
    weight: Mapped[int]


class InspectorRow(Base):
    """Who may be drawn for checks, and where they may not go."""

    __tablename__ = "inspector"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    first: Mapped[date | None]
    last: Mapped[date | None]
    recused: Mapped[list[str]] = mapped_column(JSON)


class PastDutyRow(Base):
    """A duty served before the product knew the unit."""

    __tablename__ = "past_duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    on: Mapped[date]
    post: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
