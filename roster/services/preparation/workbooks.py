"""
A workbook comes in from the site, and goes out to it.

A unit's workbook may change what is the unit's own; the rest of it must
say what the records say. What was shown before somebody agreed must still
be so when it is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from roster.county import County
from roster.errors import Mistake, Refused, Unusable
from roster.people import Relation, Unit
from roster.records.values import county_of
from roster.services.importing import (
    LISTS,
    Changes,
    differences,
    record_import,
    write,
)

# What only the unit's own editor may read.
PERSONAL = frozenset({"请假", "限排", "关系", "意愿"})


def whole(session: Session, *, personal: bool) -> County:
    """The county for export; without the personal sheets for others."""
    county = county_of(session)
    if personal:
        return county

    hidden: dict[str, Any] = {LISTS[sheet]: () for sheet in PERSONAL}
    return replace(county, **hidden, absent=PERSONAL)


def part(session: Session, unit_id: str) -> tuple[County, County]:
    """A unit's share of the county for export, and the whole of it."""
    known = county_of(session)
    own = own_part(known, unit_id)
    above = _above(known.units, unit_id)
    return replace(own, units=(*above, *own.units)), known


def own_part(county: County, unit_id: str) -> County:
    """What is a unit's own, with the terms."""
    ids = {m.id for m in county.staff if m.unit == unit_id}
    lists = {
        name: tuple(
            value
            for value in getattr(county, name)
            if _is_own(value, unit_id, ids)
        )
        for name in LISTS.values()
    }
    return County(
        units=tuple(u for u in county.units if u.id == unit_id),
        staff=tuple(m for m in county.staff if m.unit == unit_id),
        terms=county.terms,
        absent=county.absent,
        **lists,
    )


def _is_own(value: Any, unit_id: str, ids: set[str]) -> bool:
    if isinstance(value, Relation):
        return value.first in ids

    staff = getattr(value, "staff", "")
    return staff in ids if staff else value.unit == unit_id


def _above(units: Iterable[Unit], unit_id: str) -> list[Unit]:
    """The units above one, the topmost first."""
    by_id = {unit.id: unit for unit in units}
    path: list[Unit] = []
    here = by_id[unit_id].parent
    while here in by_id and by_id[here] not in path:
        path.insert(0, by_id[here])
        here = by_id[here].parent

    return path


def state(session: Session, unit_id: str = "") -> str:
    """A digest of what an import would meet; changes when that does."""
    county = county_of(session)
    met = own_part(county, unit_id) if unit_id else county
    return sha256(repr(met).encode()).hexdigest()


def preview(session: Session, county: County, unit_id: str = "") -> Changes:
    """
    What a workbook would change, of the county or of one unit.

    Raises
    ------
    Unusable
        When a unit's workbook says anything new of others.
    """
    before = county_of(session)
    if not unit_id:
        return differences(before, county)

    if mistakes := list(_strange(before, county, unit_id)):
        raise Unusable(*mistakes)

    return differences(own_part(before, unit_id), own_part(county, unit_id))


def bring(
    session: Session,
    county: County,
    unit_id: str = "",
    *,
    seen: str,
    who: str,
    now: datetime,
) -> Changes:
    """
    Writes what was previewed, as a whole or not at all.

    ``seen`` is the `state` the preview was made against.

    Raises
    ------
    Refused
        When the records have changed since.
    """
    if state(session, unit_id) != seen:
        raise Refused("records-changed")

    changes = preview(session, county, unit_id)
    if changes.empty:
        return changes

    write(session, own_part(county, unit_id) if unit_id else county)
    thing = ("unit", unit_id) if unit_id else ("county", "workbook")
    record_import(session, changes, thing, who=who, now=now)
    return changes


def _strange(
    before: County, county: County, unit_id: str
) -> Iterator[Mistake]:
    """What is not the unit's own and not as it is."""
    own, homes = (
        own_part(county, unit_id),
        {m.id: m.unit for m in before.staff},
    )
    for field in fields(County):
        if field.name == "absent":
            continue

        strict = field.name in ("units", "terms", "inspectors")
        known = set(getattr(before, field.name))
        mine = set() if strict else set(getattr(own, field.name))
        for value in getattr(county, field.name):
            if value not in known and value not in mine:
                yield Mistake(
                    "not-the-units-own", (SHEET[field.name],), _who(value)
                )

    for member in own.staff:
        if homes.get(member.id, unit_id) != unit_id:
            where, facts = ("人员",), {"value": member.id}
            yield Mistake("id-of-another-unit", where, facts)


SHEET = {name: sheet for sheet, name in LISTS.items()} | {
    "units": "单位",
    "staff": "人员",
    "terms": "学期",
}


def _who(value: Any) -> dict[str, str]:
    """Whom a row is about."""
    word = getattr(value, "name", "") or getattr(value, "staff", "")
    word = word or getattr(value, "first", "") or value.unit
    return {"value": str(word)}
