"""
A workbook's county comes into the records, as a whole or not at all.

People, units and terms absent from the workbook are reported and left
alone: nobody is deleted because a row was forgotten. The lists of those who
are in it become what it says; a list without a sheet is left alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from roster import people
from roster.county import County
from roster.records import (
    InspectorRow,
    LeaveRow,
    LimitRow,
    PastDutyRow,
    PresenceRow,
    RelationRow,
    WishRow,
)
from roster.records.journal import record
from roster.records.values import (
    county_of,
    list_rows,
    staff_row,
    term_row,
    unit_row,
)


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What a sheet adds, changes, removes, leaves out; ids or words."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import would do, by sheet."""

    sheets: Mapping[str, SheetChanges] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether the records would stay as they are."""
        return not any(
            s.added or s.changed or s.removed for s in self.sheets.values()
        )


def preview(session: Session, county: County) -> Changes:
    """What would be added, changed, removed, left out."""
    return differences(county_of(session), county)


def differences(before: County, county: County) -> Changes:
    """What a workbook says differently from what is there."""
    named = {v.id for v in county.staff} | {v.id for v in county.units}
    return Changes(
        {
            "单位": _named(before.units, county.units),
            "人员": _named(before.staff, county.staff),
            "学期": _named(before.terms, county.terms),
            **{
                sheet: _listed(
                    getattr(before, name), getattr(county, name), named
                )
                for sheet, name in LISTS.items()
                if sheet not in county.absent
            },
        }
    )


LISTS = {
    "请假": "leave",
    "限排": "limits",
    "关系": "relations",
    "意愿": "wishes",
    "在校": "presences",
    "检查人员": "inspectors",
    "历史值班": "past",
}


def _named(before: Iterable[Any], after: Iterable[Any]) -> SheetChanges:
    """Sheets whose rows bear an id."""
    old = {value.id: value for value in before}
    new = {value.id: value for value in after}
    return SheetChanges(
        added=tuple(id_ for id_ in new if id_ not in old),
        changed=tuple(
            id_ for id_ in old if new.get(id_, old[id_]) != old[id_]
        ),
        left_out=tuple(id_ for id_ in old if id_ not in new),
    )


def _listed(
    before: Iterable[Any], after: Iterable[Any], named: Collection[str]
) -> SheetChanges:
    """Sheets whose rows are only themselves; whose they are decides."""
    old, new = set(before), set(after)
    gone = [value for value in before if value not in new]
    return SheetChanges(
        added=tuple(_told(value) for value in after if value not in old),
        removed=tuple(_told(v) for v in gone if _whose(v) in named),
        left_out=tuple(_told(v) for v in gone if _whose(v) not in named),
    )


def _whose(value: Any) -> str:
    """The person or unit by whom a row of a list is replaced."""
    if isinstance(value, people.Relation):
        return value.first

    owner: str = getattr(value, "staff", "") or getattr(value, "unit", "")
    return owner


def _told(value: Any) -> str:
    """A row of a list in words: whose it is, then the rest."""
    words = []
    for part in astuple(value):
        some = part if isinstance(part, tuple) else (part,)
        words += [_word(one) for one in some if one not in (None, "")]
    return " ".join(words)


def _word(part: Any) -> str:
    if isinstance(part, bool):
        return "是" if part else "否"

    return str(part)


def apply(
    session: Session, county: County, *, who: str, now: datetime
) -> Changes:
    """
    Brings the county in; ids stay, lists are replaced as a whole.

    The lists (leave, wishes …) of the people named in the workbook become
    what the workbook says; other people's are left alone.
    """
    changes = preview(session, county)
    if not changes.empty:
        write(session, county)
        thing = "county", "workbook"
        record_import(session, changes, thing, who=who, now=now)
    return changes


def write(session: Session, county: County) -> None:
    """Makes the rows what the county says."""

    for unit in _parents_first(county):
        session.merge(unit_row(unit))
    session.flush()
    for member in county.staff:
        session.merge(staff_row(member))
    for term in county.terms:
        session.merge(term_row(term))
    session.flush()

    _replace_lists(session, county)


def record_import(
    session: Session,
    changes: Changes,
    thing: tuple[str, str],
    *,
    who: str,
    now: datetime,
) -> None:
    """An entry with how much of each sheet changed; never what."""
    noun, name = thing
    facts = {
        sheet: [
            len(s.added),
            len(s.changed),
            len(s.removed),
            len(s.left_out),
        ]
        for sheet, s in changes.sheets.items()
    }
    record(
        session,
        who=who,
        verb="import",
        noun=noun,
        thing=name,
        facts=facts,
        now=now,
    )


def _parents_first(county: County) -> list[people.Unit]:
    """Units with those above them before them."""
    units = {unit.id: unit for unit in county.units}
    order: dict[str, people.Unit] = {}

    def place(unit: people.Unit) -> None:
        if unit.parent in units and unit.parent not in order:
            place(units[unit.parent])
        order.setdefault(unit.id, unit)

    for unit in county.units:
        place(unit)

    return list(order.values())


def _replace_lists(session: Session, county: County) -> None:
    staff = [member.id for member in county.staff]
    units = [unit.id for unit in county.units]

    owners: dict[str, tuple[Any, list[str]]] = {
        "请假": (LeaveRow.staff, staff),
        "限排": (LimitRow.staff, staff),
        "关系": (RelationRow.one, staff),
        "意愿": (WishRow.staff, staff),
        "检查人员": (InspectorRow.staff, staff),
        "历史值班": (PastDutyRow.staff, staff),
        "在校": (PresenceRow.unit, units),
    }
    for sheet, (owner, ids) in owners.items():
        for some in () if sheet in county.absent else _slices(ids):
            session.execute(delete(owner.class_).where(owner.in_(some)))

    session.add_all(list_rows(county))
    session.flush()


def _slices(ids: list[str], size: int = 500) -> Iterable[list[str]]:
    """Lists short enough for any database's limit on variables."""
    return (ids[i : i + size] for i in range(0, len(ids), size))
