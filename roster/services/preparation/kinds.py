"""What can be changed one at a time: a sheet of the workbook each."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from roster.county import County
from roster.papers import lists, sheets
from roster.papers.columns import Sheet
from roster.papers.directory import Directory
from roster.papers.members import read_staff, read_terms, read_units
from roster.papers.tables import Row, Table
from roster.records import (
    InspectorRow,
    LeaveRow,
    LimitRow,
    PastDutyRow,
    PresenceRow,
    RelationRow,
    StaffRow,
    TermRow,
    UnitRow,
    WishRow,
    values,
)
from roster.records.base import Base


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One kind of record.

    Parameters
    ----------
    name
        What addresses and the journal call it.
    part
        The field of `County` that holds its values.
    private
        Whether the journal tells only that something changed.
    """

    name: str
    part: str
    sheet: Sheet
    row: type[Base]
    value_of: Callable[[Any], Any]
    private: bool = True

    @property
    def named(self) -> bool:
        """Whether each bears an id of its own that people give it."""
        return self.name in ("unit", "staff", "term")

    @property
    def of_anybody(self) -> bool:
        """Whether it is about people of the county, named with their unit."""
        return self.name == "inspector"


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "unit",
            "units",
            sheets.UNITS,
            UnitRow,
            values.unit_of,
            private=False,
        ),
        Kind(
            "staff",
            "staff",
            sheets.STAFF,
            StaffRow,
            values.member_of,
            private=False,
        ),
        Kind("leave", "leave", sheets.LEAVE, LeaveRow, values.leave_of),
        Kind("limit", "limits", sheets.LIMITED, LimitRow, values.limit_of),
        Kind(
            "relation",
            "relations",
            sheets.RELATIONS,
            RelationRow,
            values.relation_of,
        ),
        Kind("wish", "wishes", sheets.WISHES, WishRow, values.wish_of),
        Kind(
            "presence",
            "presences",
            sheets.PRESENCES,
            PresenceRow,
            values.presence_of,
            private=False,
        ),
        Kind(
            "past",
            "past",
            sheets.PAST,
            PastDutyRow,
            values.past_of,
            private=False,
        ),
        Kind(
            "inspector",
            "inspectors",
            sheets.INSPECTORS,
            InspectorRow,
            values.inspector_of,
        ),
        Kind(
            "term",
            "terms",
            sheets.TERMS,
            TermRow,
            values.term_of,
            private=False,
        ),
    )
}

# What lies under a unit; the rest is the county's.
OF_A_UNIT = (
    "staff",
    "leave",
    "limit",
    "relation",
    "wish",
    "presence",
    "past",
)
OF_THE_COUNTY = ("unit", "term", "inspector")


def row_of(kind: Kind, value: Any) -> Base:
    """A value as a new row."""
    named: dict[str, Callable[[Any], Base]] = {
        "unit": values.unit_row,
        "staff": values.staff_row,
        "term": values.term_row,
    }
    if kind.named:
        return named[kind.name](value)

    parts: dict[str, Any] = {kind.part: (value,)}
    (row,) = values.list_rows(County(**parts))
    return row


def read_rows(
    kind: Kind, directory: Directory, known: County
) -> Callable[[Table, list[Row]], list[Any]]:
    """What makes values of a sheet's rows, given what is there already."""
    by_sheet: dict[str, Callable[[Table, list[Row], Directory], list[Any]]] = {
        "staff": read_staff,
        "leave": lists.read_leave,
        "limit": lists.read_limits,
        "relation": lists.read_relations,
        "wish": lists.read_wishes,
        "presence": lists.read_presences,
        "past": lists.read_past,
        "inspector": lists.read_inspectors,
    }
    if kind.name == "unit":
        return lambda table, rows: read_units(table, rows, known.units)

    if kind.name == "term":
        return lambda table, rows: read_terms(table, rows, known.terms)

    read = by_sheet[kind.name]
    return lambda table, rows: read(table, rows, directory)


def lies_in(kind: Kind, unit_id: str) -> ColumnElement[bool]:
    """The condition that a row is a unit's own."""
    people = select(StaffRow.id).where(StaffRow.unit == unit_id)
    row: Any = kind.row
    if kind.name in ("staff", "presence"):
        return row.unit == unit_id  # type: ignore[no-any-return]

    if kind.name == "relation":
        return or_(row.one.in_(people), row.other.in_(people))

    return row.staff.in_(people)  # type: ignore[no-any-return]


def plain_facts(value: Any) -> dict[str, str]:
    """A value's fields as the journal writes them."""
    return {
        field.name: str(getattr(value, field.name)) for field in fields(value)
    }
