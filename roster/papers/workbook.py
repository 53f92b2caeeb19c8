"""Opens a workbook from outside: bounded, its merged cells filled."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roster.errors import Mistake, Unusable

LARGEST = 20 * 1024 * 1024  # bytes, unpacked
MOST_ROWS = 20_000
MOST_COLUMNS = 100
OLE = b"\xd0\xcf\x11\xe0"  # what old .xls and encrypted files begin with


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's name with the values of its cells, row by row."""

    name: str
    rows: tuple[tuple[Any, ...], ...]


def open_workbook(content: bytes, name: str) -> tuple[RawSheet, ...]:
    """Every sheet; raises `Unusable` for what is no workbook or too large."""
    _guard(content, name)
    try:
        book = load_workbook(BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl raises whatever it stumbles over
        detail = {"detail": type(error).__name__}
        raise Unusable(Mistake("not-a-workbook", (name,), detail)) from None

    sheets = [page for page in book.worksheets if isinstance(page, Worksheet)]
    total = sum(page.max_row for page in sheets)
    if total > MOST_ROWS:
        facts = {"value": total, "most": MOST_ROWS}
        raise Unusable(Mistake("too-many-rows", (name,), facts))

    return tuple(RawSheet(page.title, tuple(_rows(page))) for page in sheets)


def _guard(content: bytes, name: str) -> None:
    if content.startswith(OLE):
        raise Unusable(Mistake("old-workbook", (name,)))

    try:
        with ZipFile(BytesIO(content)) as archive:
            # A lying size is caught by reading: zipfile stops at it.
            size = sum(entry.file_size for entry in archive.infolist())
            whole = "xl/workbook.xml" in archive.namelist()
    except BadZipFile:
        raise Unusable(Mistake("not-a-workbook", (name,))) from None

    if not whole:
        raise Unusable(Mistake("not-a-workbook", (name,)))

    if size > LARGEST:
        facts = {"value": size, "allowed": LARGEST}
        raise Unusable(Mistake("too-large", (name,), facts))


def _rows(page: Worksheet) -> Iterator[tuple[Any, ...]]:
    merged = _merged(page)
    last = min(page.max_column, MOST_COLUMNS)
    for number, row in enumerate(
        page.iter_rows(max_col=last, values_only=True), 1
    ):
        yield tuple(
            merged.get((number, column), value)
            for column, value in enumerate(row, 1)
        )


def _merged(page: Worksheet) -> dict[tuple[int, int], Any]:
    """The values of cells that are part of a merged one, downwards."""
    values = {}
    for area in page.merged_cells.ranges:
        value = page.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
            values[row, area.min_col] = value

    return values


def place(row: int, column: int) -> str:
    """C7."""
    return f"{get_column_letter(column)}{row}"
