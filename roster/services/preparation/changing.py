"""
Adds, changes and removes one record of a unit or of the county.

What a form says is read as a row of the workbook is. Whoever changes a
row shows which state of it they saw; if it is another by now, nothing is
overwritten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from roster.county import County
from roster.days import Term
from roster.errors import Mistake, Refused, Unusable
from roster.papers.directory import Directory
from roster.papers.forms import read_form
from roster.people import Period, Relation, StaffMember, Unit, Wish
from roster.records import (
    RelationRow,
    StaffRow,
    TermRow,
    UnitRow,
    WishAnswerRow,
)
from roster.records.base import Base
from roster.records.journal import record
from roster.records.values import member_of, term_of, unit_of
from roster.services.preparation.history import points_to
from roster.services.preparation.kinds import (
    KINDS,
    Kind,
    lies_in,
    plain_facts,
    read_rows,
    row_of,
)
from roster.services.preparation.listing import found_row, seal

# Told in the journal as changed, never what they are.
SECRET = ("phone",)


def add(
    session: Session,
    kind_name: str,
    fields: Mapping[str, str],
    *,
    unit_id: str = "",
    who: str,
    now: datetime,
) -> tuple[str, ...]:
    """
    Adds what a form says; gives the ids of the new rows.

    Raises
    ------
    Unusable
        With every mistake of the form.
    """
    kind = KINDS[kind_name]
    new = _read(session, kind, _given(kind, fields, unit_id), unit_id)
    _check_new(session, kind, new, fields, unit_id)
    rows = [row_of(kind, value) for value in new]
    session.add_all(rows)
    session.flush()
    for row, value in zip(rows, new, strict=True):
        facts = {} if kind.private else _told(plain_facts(value))
        _record(session, kind, row, "add", facts, who, now)
    return tuple(_id_of(row) for row in rows)


def change(
    session: Session,
    kind_name: str,
    row_id: str,
    fields: Mapping[str, str],
    *,
    seen: str,
    unit_id: str = "",
    who: str,
    now: datetime,
) -> bool:
    """
    Makes a row what a form says; False when it says the same.

    Raises
    ------
    Refused
        When the row is not as it was seen (``seen`` is its seal then).
    Unusable
        With every mistake of the form.
    """
    kind = KINDS[kind_name]
    row = _as_seen(session, kind, row_id, unit_id, seen)
    before = kind.value_of(row)
    sent = _given(kind, fields, unit_id)
    if kind.named:
        sent["id"] = row_id
    if kind.of_anybody:
        sent |= {"unit": "", "name": "", "id": row.staff}
    after = _one(_read(session, kind, sent, unit_id, row))
    if after == before:
        return False

    _check_changed(session, kind, after, row, unit_id)
    _write(row, row_of(kind, after))
    session.flush()
    facts = {} if kind.private else _differing(before, after)
    _record(session, kind, row, "change", facts, who, now)
    return True


def remove(
    session: Session,
    kind_name: str,
    row_id: str,
    *,
    seen: str,
    unit_id: str = "",
    who: str,
    now: datetime,
) -> None:
    """
    Takes a row out; refused where rosters or other records point to it.

    Somebody with a history is given a last day instead (`depart`).
    """
    kind = KINDS[kind_name]
    row = _as_seen(session, kind, row_id, unit_id, seen)
    if kind.named and (there := points_to(session, kind, row_id)):
        raise Refused(f"{kind.name}-in-use", there=there)

    facts = {} if kind.private else _told(plain_facts(kind.value_of(row)))
    _record(session, kind, row, "remove", facts, who, now)
    if kind.name == "staff":
        _forget_lists(session, row_id)
    session.delete(row)
    session.flush()


def depart(
    session: Session,
    staff_id: str,
    last: date,
    *,
    seen: str,
    unit_id: str,
    who: str,
    now: datetime,
) -> None:
    """Gives somebody their last day; what they served stays."""
    kind = KINDS["staff"]
    row = _as_seen(session, kind, staff_id, unit_id, seen)
    before = member_of(row)
    if before.employed.first and last < before.employed.first:
        raise Refused("leaves-before-coming", first=before.employed.first)

    after = replace(before, employed=Period(before.employed.first, last))
    _write(row, row_of(kind, after))
    session.flush()
    facts = _differing(before, after)
    _record(session, kind, row, "change", facts, who, now)


def _given(
    kind: Kind, fields: Mapping[str, str], unit_id: str
) -> dict[str, str]:
    """The fields of the form; whose they are is not for it to say."""
    keys = {column.key for column in kind.sheet.columns} | {"until"}
    sent = {key: word for key, word in fields.items() if key in keys}
    sent.pop("no", None)
    if unit_id:
        sent["unit"] = unit_id
        sent["other_unit"] = ""
    return sent


def _read(
    session: Session,
    kind: Kind,
    fields: Mapping[str, str],
    unit_id: str,
    row: Base | None = None,
) -> list[Any]:
    """What a form says, in the words of the sheet."""
    but = _id_of(row) if row is not None else ""
    known = County(
        units=tuple(
            u for u in _units(session) if kind.name != "unit" or u.id != but
        ),
        terms=tuple(
            t for t in _terms(session) if kind.name != "term" or t.id != but
        ),
    )
    directory = Directory(known.units)
    directory.add_staff(_people(session, kind, unit_id, row))
    return read_form(
        kind.sheet, fields, read_rows(kind, directory, known), known.terms
    )


def _units(session: Session) -> list[Unit]:
    return [unit_of(row) for row in session.scalars(select(UnitRow))]


def _terms(session: Session) -> list[Term]:
    return [term_of(row) for row in session.scalars(select(TermRow))]


def _people(
    session: Session, kind: Kind, unit_id: str, row: Base | None
) -> list[StaffMember]:
    """Who may be named: the unit's people, and those of a relation."""
    every = select(StaffRow)
    wanted = StaffRow.unit == unit_id
    if isinstance(row, RelationRow):
        wanted |= StaffRow.id.in_((row.one, row.other))
    people = session.scalars(every if kind.of_anybody else every.where(wanted))
    return [member_of(person) for person in people]


def _check_new(
    session: Session,
    kind: Kind,
    new: list[Any],
    fields: Mapping[str, str],
    unit_id: str,
) -> None:
    mistakes: list[Mistake] = []
    for value in new:
        if kind.named and session.get(kind.row, value.id) is not None:
            given = bool(fields.get("id", "").strip())
            mistakes.append(_taken(kind, value, given=given))
        mistakes += _clashing(session, kind, value, unit_id, None)
    if mistakes:
        raise Unusable(*mistakes)


def _taken(kind: Kind, value: Any, *, given: bool) -> Mistake:
    key = "id" if given else "name"
    code = "id-known" if given else "name-known"
    where = (kind.sheet.column(key).header,)
    facts = {"value": value.id if given else value.name}
    return Mistake(code, where, facts)


def _check_changed(
    session: Session, kind: Kind, value: Any, row: Base, unit_id: str
) -> None:
    if mistakes := [*_clashing(session, kind, value, unit_id, row)]:
        raise Unusable(*mistakes)


def _clashing(
    session: Session, kind: Kind, value: Any, unit_id: str, row: Base | None
) -> Iterable[Mistake]:
    """What is said already, or the contrary of it."""
    if kind.name == "unit":
        named = select(UnitRow.id).where(
            UnitRow.name == value.name, UnitRow.id != value.id
        )
        if session.scalars(named).first():
            yield Mistake(
                "name-known",
                (kind.sheet.column("name").header,),
                {"value": value.name},
            )
    if kind.named:
        return

    siblings = session.scalars(select(kind.row).where(lies_in(kind, unit_id)))
    for other in siblings:
        if other is not row and _same(value, kind.value_of(other)):
            facts = {"value": str(value.date)} if kind.name == "wish" else {}
            yield Mistake("known-already", (), facts)
            return


def _same(one: Any, other: Any) -> bool:
    """Whether two say the same, or a wish the contrary of another."""
    if isinstance(one, Relation):
        return {one.first, one.second} == {other.first, other.second}

    if isinstance(one, Wish):
        return (one.staff, one.date) == (other.staff, other.date)

    return bool(one == other)


def _one(found: list[Any]) -> Any:
    if len(found) != 1:
        raise Unusable(Mistake("one-at-a-time"))

    return found[0]


def _as_seen(
    session: Session, kind: Kind, row_id: str, unit_id: str, seen: str
) -> Any:
    """The row, if it still is what the form was made from."""
    row = found_row(session, kind, row_id, unit_id)
    if row is None:
        raise Refused("gone-meanwhile")

    if seal(row) != seen:
        raise Refused("changed-meanwhile")

    return row


def _write(row: Base, new: Base) -> None:
    for column in inspect(type(row)).columns:
        if not column.primary_key:
            setattr(row, column.key, getattr(new, column.key))


def _forget_lists(session: Session, staff_id: str) -> None:
    """The lists of somebody who is taken out go with them."""
    for name in ("leave", "limit", "wish", "relation"):
        row: Any = KINDS[name].row
        theirs = (
            (row.one == staff_id) | (row.other == staff_id)
            if name == "relation"
            else row.staff == staff_id
        )
        for one in session.scalars(select(row).where(theirs)):
            session.delete(one)
    answers = delete(WishAnswerRow).where(WishAnswerRow.staff == staff_id)
    session.execute(answers)
    session.flush()


def _id_of(row: Base) -> str:
    return str(row.id)  # type: ignore[attr-defined]


def _told(facts: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in facts.items() if k not in SECRET}


def _differing(before: Any, after: Any) -> dict[str, Any]:
    """Which fields changed, from what to what; of some only that."""
    old, new = plain_facts(before), plain_facts(after)
    return {
        key: "" if key in SECRET else [old[key], new[key]]
        for key in old
        if old[key] != new[key]
    }


def _record(
    session: Session,
    kind: Kind,
    row: Any,
    verb: str,
    facts: Mapping[str, Any],
    who: str,
    now: datetime,
) -> None:
    """An entry under the thing itself, or under whose it is."""
    whose = {"presence": "unit", "relation": "one"}
    thing = (
        row.id if kind.named else getattr(row, whose.get(kind.name, "staff"))
    )
    record(
        session,
        who=who,
        verb=verb,
        noun=kind.name,
        thing=thing,
        now=now,
        facts=facts,
    )
