"""A sheet as rows of read cells: its header found, its repeats filled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from roster.errors import Mistake
from roster.papers.cells import Reader, Wrong
from roster.papers.columns import EXAMPLE, Column, Sheet, bare
from roster.papers.dates import plain
from roster.papers.workbook import RawSheet, place

HEADER_WITHIN = 10  # a title and a note may stand above it
IGNORED = {"备注", "说明", "组别", "轮值顺序", ""}


@dataclass
class Row:
    """One filled row: values by column, and where each one stands."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def get(self, key: str, otherwise: Any = None) -> Any:
        """A value, or another where the cell is empty."""
        return self.values.get(key, otherwise)


class Table:
    """A sheet being read; ``mistakes`` grow while it is."""

    def __init__(self, file: str, raw: RawSheet, sheet: Sheet) -> None:
        self.file = file
        self.raw = raw
        self.sheet = sheet
        self.mistakes: list[Mistake] = []
        self.columns: dict[int, Column] = {}
        self.header = self._find_header()

    def wrong(
        self, row: int, key: str, code: str, column: int = 0, **facts: Any
    ) -> None:
        """Notes a mistake at a cell, or at a row where no cell is meant."""
        header = self.sheet.column(key).header if key else ""
        spot = place(row, column) if column else f"第{row}行"
        where = [self.file, self.sheet.name, spot]
        if header:
            where.append(header)
        self.mistakes.append(Mistake(code, tuple(where), facts))

    def wrong_in(self, row: Row, key: str, code: str, **facts: Any) -> None:
        """Notes a mistake in a row's cell."""
        self.wrong(row.number, key, code, row.places.get(key, 0), **facts)

    def _find_header(self) -> int:
        """The header's row; notes what is missing from it."""
        best, number = 0, 0
        for index, row in enumerate(self.raw.rows[:HEADER_WITHIN], 1):
            known = [c for c in map(self._column, row) if c]
            if len(known) > best:
                best, number = len(known), index
        if not number:
            if any(any(plain(c) for c in row) for row in self.raw.rows):
                headers = [c.header for c in self.sheet.columns]
                self.wrong(1, "", "no-header", allowed=headers)
            return 0

        self._read_header(number)
        return number

    def _column(self, value: Any) -> Column | None:
        return self.sheet.column_headed(plain(value)) if value else None

    def _read_header(self, number: int) -> None:
        for index, value in enumerate(self.raw.rows[number - 1], 1):
            column = self._column(value)
            if column is None:
                word = plain(value)
                if bare(word) not in IGNORED:
                    allowed = [c.header for c in self.sheet.columns]
                    facts = {"value": word, "allowed": allowed}
                    self.wrong(number, "", "unknown-column", index, **facts)
            elif column in self.columns.values():
                self.wrong(number, column.key, "column-twice", index)
            else:
                self.columns[index] = column
        for column in self.sheet.columns:
            if column.required and column not in self.columns.values():
                self.wrong(number, column.key, "missing-column")

    def rows(self, reader: Reader) -> Iterator[Row]:
        """Every filled row but the example, with its repeats filled in."""
        if not self.header:
            return

        before: dict[str, Any] = {}
        for number, cells in enumerate(
            self.raw.rows[self.header :], self.header + 1
        ):
            filled = self._filled(cells)
            if not filled or self._is_example(filled):
                continue

            row = self._read(number, filled, reader)
            self._repeat(row, before)
            self._check_required(row)
            before = row.values
            yield row

    def _filled(self, cells: Sequence[Any]) -> dict[int, Any]:
        """The cells that say something; a row number alone does not."""
        filled = {
            index: cells[index - 1]
            for index in self.columns
            if index <= len(cells) and plain(cells[index - 1])
        }
        return filled if set(self._keys(filled)) - {"no"} else {}

    def _keys(self, filled: dict[int, Any]) -> list[str]:
        return [self.columns[index].key for index in filled]

    def _is_example(self, filled: dict[int, Any]) -> bool:
        return any(
            self.columns[index].key == "no" and plain(value) == EXAMPLE
            for index, value in filled.items()
        )

    def _read(
        self, number: int, filled: dict[int, Any], reader: Reader
    ) -> Row:
        row = Row(number)
        for index, value in filled.items():
            column = self.columns[index]
            row.places[column.key] = index
            try:
                row.values[column.key] = reader.read(column, value)
            except Wrong as error:
                facts = {"value": plain(value), **error.facts}
                self.wrong(number, column.key, error.code, index, **facts)
                row.values[column.key] = None
        return row

    def _repeat(self, row: Row, before: dict[str, Any]) -> None:
        """Empty cells repeat the row above, the leftmost ones first."""
        if self.sheet.unless and row.get(self.sheet.unless):
            return

        for key in self.sheet.repeats:
            if key in row.values:
                return
            if key in before:
                row.values[key] = before[key]

    def _check_required(self, row: Row) -> None:
        for column in self.sheet.columns:
            if column.required and column.key not in row.values:
                index = next(
                    (i for i, c in self.columns.items() if c is column), 0
                )
                if index:
                    self.wrong(row.number, column.key, "empty-cell", index)
