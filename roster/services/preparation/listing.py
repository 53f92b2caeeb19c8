"""What there is of a kind, with the seal that a form carries back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from roster.county import County
from roster.papers.forms import form_fields
from roster.people import PastDuty, StaffMember, Standing
from roster.records import StaffRow, UnitRow
from roster.records.base import Base
from roster.records.values import member_of, unit_of
from roster.services.preparation.kinds import KINDS, Kind, lies_in

SHOWN_ID = 18  # digits a database takes for a row's number


@dataclass(frozen=True, slots=True)
class Line:
    """
    One record as lists and forms show it.

    Parameters
    ----------
    fields
        By a column's key, what the workbook would say.
    seal
        Changes whenever the record does.
    over
        Whether its dates are all past.
    depth
        How many units stand above a unit.
    """

    id: str
    fields: dict[str, str]
    seal: str
    over: bool = False
    depth: int = 0

    def says(self, words: str) -> bool:
        """Whether what is searched for stands in it."""
        return any(
            words.casefold() in field.casefold()
            for field in (*self.fields.values(), self.id)
        )


def lines(
    session: Session,
    kind_name: str,
    *,
    today: date,
    unit_id: str = "",
    search: str = "",
) -> tuple[Line, ...]:
    """Everything of a kind, of a unit or of the county, in a good order."""
    kind = KINDS[kind_name]
    wanted: Any = select(kind.row)
    if unit_id:
        wanted = wanted.where(lies_in(kind, unit_id))
    rows = list(session.scalars(wanted))
    names = _names(session, kind, rows)
    found = sorted(rows, key=lambda row: _order(kind, row, names))
    every = _lines(kind, found, names, today)
    return tuple(line for line in every if line.says(search.strip()))


def line(
    session: Session,
    kind_name: str,
    row_id: str,
    *,
    today: date,
    unit_id: str = "",
) -> Line | None:
    """One record; None when there is none, or not in this unit."""
    kind = KINDS[kind_name]
    row = found_row(session, kind, row_id, unit_id)
    if row is None:
        return None

    return _lines(kind, [row], _names(session, kind, [row]), today)[0]


def found_row(session: Session, kind: Kind, row_id: str, unit_id: str) -> Any:
    """The row of that id, if it is the unit's own."""
    key: Any = kind.row.id  # type: ignore[attr-defined]
    if not kind.named and not (
        row_id.isascii() and row_id.isdigit() and len(row_id) <= SHOWN_ID
    ):
        return None

    wanted: Any = select(kind.row).where(
        key == (row_id if kind.named else int(row_id))
    )
    if unit_id:
        wanted = wanted.where(lies_in(kind, unit_id))
    return session.scalars(wanted).first()


def seal(row: Base) -> str:
    """A digest of all that a row says."""
    words = [
        str(getattr(row, column.key)) for column in inspect(type(row)).columns
    ]
    return sha256(json.dumps(words).encode()).hexdigest()[:20]


def people_of(session: Session, unit_id: str) -> tuple[StaffMember, ...]:
    """A unit's people, for choosing one of them: by rank, then by id."""
    rows = session.scalars(select(StaffRow).where(StaffRow.unit == unit_id))
    return tuple(sorted(map(member_of, rows), key=_rank))


def _rank(member: StaffMember) -> tuple[int, str]:
    return list(Standing).index(member.standing), member.id


def _names(session: Session, kind: Kind, rows: Iterable[Any]) -> County:
    """The units and the people that rows of a kind name."""
    units = tuple(unit_of(row) for row in session.scalars(select(UnitRow)))
    ids = {
        getattr(row, key)
        for row in rows
        for key in ("staff", "one", "other")
        if hasattr(row, key)
    }
    people = (
        tuple(
            member_of(row)
            for row in session.scalars(select(StaffRow))
            if row.id in ids
        )
        if ids
        else ()
    )
    return County(units=units, staff=people)


def _lines(
    kind: Kind, rows: list[Any], names: County, today: date
) -> list[Line]:
    values = [kind.value_of(row) for row in rows]
    ids = {getattr(value, "id", "") for value in values}
    # A unit's form also tells the name of the one above it.
    others = [
        u for u in names.units if kind.name == "unit" and u.id not in ids
    ]
    parts: dict[str, Any] = {
        "units": names.units,
        "staff": names.staff,
        kind.part: (*values, *others),
    }
    fields = form_fields(kind.sheet, County(**parts))
    return [
        Line(
            str(row.id),
            some,
            seal(row),
            _is_over(value, today),
            len(_path(row, names)) - 1 if kind.name == "unit" else 0,
        )
        for row, value, some in zip(rows, values, fields, strict=False)
    ]


def _is_over(value: Any, today: date) -> bool:
    if isinstance(value, PastDuty):
        return False  # past by its nature, and counted still

    period = getattr(value, "period", None) or getattr(value, "employed", None)
    last = period.last if period else getattr(value, "last", None)
    last = last or getattr(value, "date", None)
    return last is not None and last < today


def _order(kind: Kind, row: Any, names: County) -> tuple[Any, ...]:
    if kind.name == "staff":
        return _rank(member_of(row))

    if kind.name == "unit":
        return _path(row, names)

    if kind.named:
        return (row.first, row.id)

    first = getattr(row, "first", None) or getattr(row, "on", None)
    return (first or date.min, row.id)


def _path(row: Any, names: County) -> tuple[str, ...]:
    """The ids from the top of the tree down to a unit."""
    above = {unit.id: unit.parent for unit in names.units}
    path, here = [row.id], above.get(row.id, "")
    while here and here not in path:
        path.append(here)
        here = above.get(here, "")

    return tuple(reversed(path))
