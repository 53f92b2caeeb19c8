"""Writes a county as the workbook it could have come from."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from roster.county import County
from roster.papers import sheets
from roster.papers.pages import write_pages
from roster.people import StaffMember


def write_county(
    county: County, path: Path, *, note: str = "", known: County | None = None
) -> None:
    """
    Every sheet filled; reading it back gives the same county.

    ``known`` has the units and people that it names without having them;
    the sheets in ``county.absent`` are left out.
    """
    rows = sheet_rows(county, known or county)
    write_pages(path, rows, note, county.absent)


def sheet_rows(
    county: County, known: County | None = None
) -> dict[str, list[dict[str, Any]]]:
    """What stands in each sheet, by its name: a value a column's key."""
    names = Names(known or county)
    rows: dict[str, Iterable[dict[str, Any]]] = {
        sheets.UNITS.name: _units(county, names),
        sheets.STAFF.name: _staff(county, names),
        sheets.LEAVE.name: (
            {
                **names.of(v.staff),
                "first": v.first,
                "last": v.last,
                "kind": v.kind,
            }
            for v in county.leave
        ),
        sheets.LIMITED.name: (
            {
                **names.of(v.staff),
                "kind": v.kind,
                "first": v.period.first,
                "last": v.period.last,
            }
            for v in county.limits
        ),
        sheets.RELATIONS.name: _relations(county, names),
        sheets.WISHES.name: (
            {
                **names.of(v.staff),
                "dates": v.date,
                "want": v.want,
                "weight": v.weight,
            }
            for v in county.wishes
        ),
        sheets.TERMS.name: (
            {
                "id": v.id,
                "name": v.name,
                "first": v.first,
                "last": v.last,
                "vacations": "\n".join(f"{a}至{b}" for a, b in v.vacations),
            }
            for v in county.terms
        ),
        sheets.PRESENCES.name: (
            {
                "unit": names.unit[v.unit],
                "first": v.first,
                "last": v.last,
                "note": v.note,
            }
            for v in county.presences
        ),
        sheets.INSPECTORS.name: (
            {
                **names.of(v.staff),
                "first": v.period.first,
                "last": v.period.last,
                "recused": "、".join(names.unit[u] for u in v.recused),
            }
            for v in county.inspectors
        ),
        sheets.PAST.name: (
            {
                **names.of(v.staff),
                "date": v.date,
                "post": v.post,
                "kind": v.kind,
            }
            for v in county.past
        ),
    }
    return {name: list(some) for name, some in rows.items()}


class Names:
    """What units and people are called in the workbook."""

    def __init__(self, county: County) -> None:
        self.unit = {unit.id: unit.name for unit in county.units}
        self.staff = {member.id: member for member in county.staff}

    def of(self, staff: str) -> dict[str, Any]:
        """A person's unit, name and number."""
        member = self.staff[staff]
        return {
            "unit": self.unit[member.unit],
            "name": member.name,
            "id": member.id,
        }


def _units(county: County, names: Names) -> Iterator[dict[str, Any]]:
    for unit in county.units:
        yield {
            "id": unit.id,
            "name": unit.name,
            "kind": unit.kind,
            "parent": names.unit.get(unit.parent, ""),
            "boarding": unit.boarding,
            "public": unit.public,
            "phone": unit.phone,
        }


def _staff(county: County, names: Names) -> Iterator[dict[str, Any]]:
    for member in county.staff:
        yield {
            **names.of(member.id),
            "gender": member.gender,
            "standing": member.standing,
            **_rest(member),
        }


def _rest(member: StaffMember) -> dict[str, Any]:
    return {
        "position": member.position,
        "phone": member.phone,
        "share": member.share,
        "hometown_away": member.hometown_away,
        "first": member.employed.first,
        "last": member.employed.last,
    }


def _relations(county: County, names: Names) -> Iterable[dict[str, Any]]:
    for relation in county.relations:
        other = names.of(relation.second)
        yield {
            **names.of(relation.first),
            "other_unit": other["unit"],
            "other_name": other["name"],
            "other_id": other["id"],
            "kind": relation.kind,
        }
