"""Whom a name means: units and people by name and by id."""

import re
from collections.abc import Iterable

from roster.papers.dates import plain
from roster.papers.tables import Row, Table
from roster.people import StaffMember, Unit


class Directory:
    """Finds units and people; notes in the table whom it cannot find."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: dict[str, Unit] = {}
        for unit in units:
            self.units.setdefault(unit.id, unit)
            self.units.setdefault(key_of(unit.name), unit)
        self.staff: dict[str, StaffMember] = {}
        self.named: dict[tuple[str, str], list[StaffMember]] = {}

    def add_staff(self, staff: Iterable[StaffMember]) -> None:
        """People, once their sheet has been read."""
        for member in staff:
            self.staff[member.id] = member
            key = member.unit, member.name
            self.named.setdefault(key, []).append(member)

    def unit(self, word: str) -> Unit | None:
        """A unit by its name or id."""
        return self.units.get(word) or self.units.get(key_of(word))

    def unit_in(
        self, table: Table, row: Row, key: str = "unit"
    ) -> Unit | None:
        """The unit a cell names; a mistake when there is none."""
        word = row.get(key)
        if not word:
            return None

        found = self.unit(word)
        if found is None:
            table.wrong_in(row, key, "unknown-unit", value=word)
        return found

    def people_in(
        self,
        table: Table,
        row: Row,
        keys: tuple[str, str, str] = ("unit", "name", "id"),
    ) -> list[StaffMember]:
        """The people a row names: by number, or by unit and name."""
        unit_key, name_key, id_key = keys
        ids, names = row.get(id_key) or (), row.get(name_key) or ()
        names = (names,) if isinstance(names, str) else names
        if ids:
            return self._by_id(table, row, ids, names, keys)

        if not names:
            if name_key not in row.values:
                table.wrong(row.number, name_key, "nobody-named")
            return []

        unit = self.unit_in(table, row, unit_key)
        if unit is None:
            if not row.get(unit_key) and unit_key not in row.values:
                table.wrong(row.number, unit_key, "unit-needed")
            return []

        found = (self._by_name(table, row, unit, n, name_key) for n in names)
        return [member for member in found if member]

    def _by_id(
        self,
        table: Table,
        row: Row,
        ids: tuple[str, ...],
        names: tuple[str, ...],
        keys: tuple[str, str, str],
    ) -> list[StaffMember]:
        _, name_key, id_key = keys
        found = []
        for id_ in ids:
            member = self.staff.get(id_)
            if member is None:
                table.wrong_in(row, id_key, "unknown-staff", value=id_)
            else:
                found.append(member)
        known = [member.name for member in found]
        if names and len(found) == len(ids) and sorted(known) != sorted(names):
            facts = {"value": "、".join(names), "known": "、".join(known)}
            table.wrong_in(row, name_key, "name-and-id-differ", **facts)
        return found

    def _by_name(
        self, table: Table, row: Row, unit: Unit, name: str, key: str
    ) -> StaffMember | None:
        found = self.named.get((unit.id, name), [])
        if len(found) == 1:
            return found[0]

        code = "several-of-that-name" if found else "nobody-of-that-name"
        table.wrong_in(row, key, code, value=name, unit=unit.name)
        return None


def key_of(name: str) -> str:
    """A name without differences that only look like one."""
    return re.sub(r"\s+", "", plain(name))
