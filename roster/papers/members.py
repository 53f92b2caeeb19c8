"""The sheets whose rows bear ids: 学期, 单位, 人员."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from roster.days import Term
from roster.papers.directory import Directory, key_of
from roster.papers.tables import Row, Table
from roster.people import Period, StaffMember, Unit

YEARS = range(2014, 2100)  # that the calendar knows
LONGEST = 732  # days of a term


def read_terms(
    table: Table, rows: list[Row], known: Sequence[Term] = ()
) -> list[Term]:
    """
    Terms, none over another; each vacation lies inside its term.

    ``known`` are others that are there already.
    """
    _unique(table, rows, "id")
    found: list[Term] = []
    for row in rows:
        if term := _term(table, row):
            _check_overlap(table, row, term, [*known, *found])
            found.append(term)
    return found


def _check_overlap(
    table: Table, row: Row, term: Term, before: Sequence[Term]
) -> None:
    for other in before:
        if term.first <= other.last and other.first <= term.last:
            facts = {"value": term.name, "other": other.name}
            table.wrong_in(row, "first", "terms-overlap", **facts)


def _term(table: Table, row: Row) -> Term | None:
    spans = row.get("first"), row.get("last")
    if not spans[0] or not row.get("id") or not row.get("name"):
        return None

    first, last = ends(table, row)
    vacations = row.get("vacations") or ()
    if last is None:
        return None

    if code := _unlikely(first, last):
        facts = {"most": LONGEST, "value": f"{first}–{last}"}
        table.wrong_in(row, "first", code, **facts)
        return None

    for begin, end in vacations:
        if not first <= begin <= end <= last:
            facts = {"value": f"{begin}–{end}", "allowed": f"{first}–{last}"}
            table.wrong_in(row, "vacations", "outside-the-term", **facts)
            return None

    return Term(row.get("id"), row.get("name"), first, last, vacations)


def _unlikely(first: date, last: date) -> str:
    """The code of what is wrong with a term's dates; empty when nothing."""
    if first.year not in YEARS or last.year not in YEARS:
        return "not-a-year"

    return "range-too-long" if (last - first).days >= LONGEST else ""


def ends(table: Table, row: Row) -> tuple[Any, Any]:
    """First and last date of a row; the first cell may hold both."""
    first, last = row.get("first") or (None, None)
    if row.get("last") is not None:
        if first is not None and first != last:
            table.wrong_in(row, "last", "end-twice")
            return first, None
        last = row.get("last")
    if first and last and last < first:
        table.wrong_in(row, "last", "range-reversed", value=str(last))
        return first, None

    return first, last


def read_units(
    table: Table, rows: list[Row], known: Sequence[Unit] = ()
) -> list[Unit]:
    """
    Units; the ones above them are named by name or id.

    ``known`` are others that are there already.
    """
    _unique(table, rows, "id")
    _unique(table, rows, "name")
    ids = {}
    for unit in known:
        ids[unit.id] = ids[unit.name] = ids[key_of(unit.name)] = unit.id
    for row in rows:
        if row.get("name"):
            id_ = row.get("id") or row.get("name")[:40]
            ids[id_] = ids[row.get("name")] = ids[key_of(row.get("name"))] = (
                id_
            )
    units = [u for row in rows if (u := _unit(table, row, ids))]
    _check_loops(table, rows, units, known)
    return units


def _unit(table: Table, row: Row, ids: dict[str, str]) -> Unit | None:
    if not row.get("name") or row.get("kind") is None:
        return None

    parent = row.get("parent") or ""
    parent = parent if parent in ids else key_of(parent)
    if parent and parent not in ids:
        table.wrong_in(row, "parent", "unknown-unit", value=parent)

    return Unit(
        id=row.get("id") or row.get("name")[:40],
        name=row.get("name"),
        kind=row.get("kind"),
        parent=ids.get(parent, ""),
        boarding=bool(row.get("boarding", False)),
        public=row.get("public", True) is not False,
        phone=row.get("phone") or "",
    )


def _check_loops(
    table: Table,
    rows: list[Row],
    units: list[Unit],
    known: Sequence[Unit] = (),
) -> None:
    above = {unit.id: unit.parent for unit in (*known, *units)}
    by_name = {row.get("name"): row for row in rows}
    for unit in units:
        seen, here = {unit.id}, unit.parent
        while here and here not in seen:
            seen.add(here)
            here = above.get(here, "")
        if here == unit.id:
            table.wrong_in(by_name[unit.name], "parent", "unit-above-itself")


def read_staff(
    table: Table, rows: list[Row], directory: Directory
) -> list[StaffMember]:
    """People; those without a number get unit and name for one."""
    found = [
        (row, member)
        for row in rows
        if (member := _member(table, row, directory))
    ]
    seen: dict[str, Row] = {}
    for row, member in found:
        if member.id in seen:
            code = "id-taken" if row.get("id") else "same-name-needs-id"
            facts = {"value": member.id, "before": seen[member.id].number}
            key = "id" if row.get("id") else "name"
            table.wrong_in(row, key, code, **facts)
        seen.setdefault(member.id, row)
    return [member for _, member in found]


def _member(
    table: Table, row: Row, directory: Directory
) -> StaffMember | None:
    unit = directory.unit_in(table, row)
    name, gender = row.get("name"), row.get("gender")
    standing = row.get("standing")
    if unit is None or not name or gender is None or standing is None:
        return None

    first, last = row.get("first"), row.get("last")
    if first and last and last < first:
        table.wrong_in(row, "last", "range-reversed", value=str(last))
        return None

    return StaffMember(
        id=row.get("id") or f"{unit.id}-{name}"[:60],
        name=name,
        unit=unit.id,
        gender=gender,
        standing=standing,
        position=row.get("position") or "",
        phone=row.get("phone") or "",
        share=row.get("share") or 100,
        hometown_away=bool(row.get("hometown_away", False)),
        employed=Period(first, last),
    )


def _unique(table: Table, rows: Iterable[Row], key: str) -> None:
    for row, before in _twice(rows, key):
        facts = {"value": row.get(key), "before": before.number}
        table.wrong_in(row, key, "id-taken", **facts)


def _twice(rows: Iterable[Row], key: str) -> Iterator[tuple[Row, Row]]:
    seen: dict[str, Row] = {}
    for row in rows:
        if row.get(key) in seen:
            yield row, seen[row.get(key)]
        elif row.get(key):
            seen[row.get(key)] = row
