"""
Reads the name list: tolerant of how things are written, strict about what.

Every mistake of every sheet is named at once with sheet, cell and header;
then nothing is read at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from roster.county import County
from roster.errors import Mistake, Unusable
from roster.papers import sheets
from roster.papers.cells import Reader
from roster.papers.columns import Sheet
from roster.papers.directory import Directory
from roster.papers.lists import (
    read_inspectors,
    read_leave,
    read_limits,
    read_past,
    read_presences,
    read_relations,
    read_wishes,
)
from roster.papers.members import read_staff, read_terms, read_units
from roster.papers.tables import Row, Table
from roster.papers.workbook import RawSheet, open_workbook

GUIDE = "填写说明"
NOTHING = County()


def read_workbook(
    content: bytes, name: str = "名册.xlsx", known: County = NOTHING
) -> County:
    """
    A county from a workbook's bytes; raises `Unusable`.

    ``known`` are the units, people and terms that it may name without
    having a row for them.
    """
    desk = Desk(name, open_workbook(content, name))
    terms = desk.rows(sheets.TERMS, read_terms, Reader())
    reader = Reader(tuple(terms) or known.terms)
    units = desk.rows(
        sheets.UNITS, lambda t, r: read_units(t, r, known.units), reader
    )
    directory = Directory([*units, *known.units])
    staff = desk.rows(
        sheets.STAFF, lambda t, r: read_staff(t, r, directory), reader
    )
    here = {member.id for member in staff}
    directory.add_staff(staff)
    directory.add_staff(m for m in known.staff if m.id not in here)

    def listed(sheet: Sheet, read: ReadList) -> tuple[Any, ...]:
        found = desk.rows(sheet, lambda t, r: read(t, r, directory), reader)
        return tuple(dict.fromkeys(found))

    county = County(
        units=tuple(units),
        staff=tuple(staff),
        leave=listed(sheets.LEAVE, read_leave),
        limits=listed(sheets.LIMITED, read_limits),
        relations=listed(sheets.RELATIONS, read_relations),
        wishes=listed(sheets.WISHES, read_wishes),
        terms=tuple(terms),
        presences=listed(sheets.PRESENCES, read_presences),
        inspectors=listed(sheets.INSPECTORS, read_inspectors),
        past=listed(sheets.PAST, read_past),
        absent=desk.absent,
    )
    desk.finish()
    return county


ReadList = Callable[[Table, list[Row], Directory], list[Any]]


@dataclass
class Desk:
    """The workbook's sheets by what they are, and all mistakes so far."""

    file: str
    raw: tuple[RawSheet, ...]

    def __post_init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.pages: dict[str, RawSheet] = {}
        for page in self.raw:
            self._place(page)
        for sheet in sheets.SHEETS:
            if sheet.required and sheet.name not in self.pages:
                where = (self.file, sheet.name)
                self.mistakes.append(Mistake("missing-sheet", where))

    @property
    def absent(self) -> frozenset[str]:
        """The sheets that the workbook does not have."""
        every = {sheet.name for sheet in sheets.SHEETS}
        return frozenset(every - set(self.pages))

    def _place(self, page: RawSheet) -> None:
        found = next(
            (s for s in sheets.SHEETS if s.is_called(page.name)), None
        )
        where = (self.file, page.name)
        if found is None:
            if page.name != GUIDE and any(any(row) for row in page.rows):
                allowed = [sheet.name for sheet in sheets.SHEETS]
                facts = {"allowed": allowed}
                self.mistakes.append(Mistake("unknown-sheet", where, facts))
        elif found.name in self.pages:
            self.mistakes.append(Mistake("sheet-twice", where))
        else:
            self.pages[found.name] = page

    def rows(
        self,
        sheet: Sheet,
        read: Callable[[Table, list[Row]], list[Any]],
        reader: Reader,
    ) -> list[Any]:
        """What a sheet says; nothing where there is no such sheet."""
        page = self.pages.get(sheet.name)
        if page is None:
            return []

        table = Table(self.file, page, sheet)
        rows = list(table.rows(reader))
        found = read(table, rows)
        self.mistakes.extend(table.mistakes)
        return found

    def finish(self) -> None:
        """Raises when anything was wrong."""
        if self.mistakes:
            raise Unusable(*self.mistakes)
