"""Opens a workbook from outside: bounded, its merged cells filled."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook as OpenpyxlWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from roster.errors import Mistake, Unusable
from roster.papers.survey import Survey

LARGEST = 20 * 1024 * 1024  # bytes, unpacked
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_CELLS = 500_000
OLE = b"\xd0\xcf\x11\xe0"  # what old .xls and encrypted files begin with
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
UNCOUNTED = "=?"  # stands for a formula that nobody has worked out


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's name with the values of its cells, row by row."""

    name: str
    rows: tuple[tuple[Any, ...], ...]


def open_workbook(content: bytes, name: str) -> tuple[RawSheet, ...]:
    """Every sheet; raises `Unusable` for what is no workbook or too large."""
    try:
        survey = _surveyed(content, name)
        book = load_workbook(BytesIO(content), data_only=True)
    except Unusable:
        raise
    except Exception as error:  # whatever zipfile, expat, openpyxl meet
        detail = {"detail": type(error).__name__}
        raise Unusable(Mistake("not-a-workbook", (name,), detail)) from None

    pages = _sheets(book)
    _check_size(pages, name)
    rows = [list(_rows(page)) for page in pages]
    if survey.uncounted:
        _mark_formulas(rows, load_workbook(BytesIO(content)))

    return tuple(
        RawSheet(page.title, tuple(map(tuple, some)))
        for page, some in zip(pages, rows, strict=True)
    )


def _surveyed(content: bytes, name: str) -> Survey:
    if content.startswith(OLE):
        encrypted = ENCRYPTED in content
        code = "encrypted-workbook" if encrypted else "old-workbook"
        raise Unusable(Mistake(code, (name,)))

    survey = Survey()
    with ZipFile(BytesIO(content)) as archive:
        # A lying size is caught by reading: zipfile stops at it.
        size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            facts = {"value": size, "allowed": LARGEST}
            raise Unusable(Mistake("too-large", (name,), facts))

        if "xl/workbook.xml" not in archive.namelist():
            raise Unusable(Mistake("not-a-workbook", (name,)))

        for entry in archive.infolist():
            if entry.filename.endswith(".xml"):
                with archive.open(entry) as part:
                    survey.read(part)

    _check_cells(survey.cells, name)
    return survey


def _sheets(book: OpenpyxlWorkbook) -> list[Worksheet]:
    return [page for page in book.worksheets if isinstance(page, Worksheet)]


def _check_size(pages: list[Worksheet], name: str) -> None:
    total = sum(page.max_row for page in pages)
    if total > MOST_ROWS:
        facts = {"value": total, "most": MOST_ROWS}
        raise Unusable(Mistake("too-many-rows", (name,), facts))

    # The gaps between cells become cells when a sheet is read.
    _check_cells(sum(page.max_row * _width(page) for page in pages), name)


def _check_cells(count: int, name: str) -> None:
    if count > MOST_CELLS:
        facts = {"value": count, "most": MOST_CELLS}
        raise Unusable(Mistake("too-many-cells", (name,), facts))


def _width(page: Worksheet) -> int:
    return min(page.max_column, MOST_COLUMNS)


def _mark_formulas(
    rows: list[list[list[Any]]], formulas: OpenpyxlWorkbook
) -> None:
    """Where a formula has no value, says so instead of leaving it empty."""
    for page, values in zip(_sheets(formulas), rows, strict=True):
        for row, cells in zip(values, page.iter_rows(), strict=False):
            for index, cell in enumerate(cells[: len(row)]):
                if cell.data_type == "f" and row[index] is None:
                    row[index] = UNCOUNTED


def _rows(page: Worksheet) -> Iterator[list[Any]]:
    merged = _merged(page)
    for number, row in enumerate(
        page.iter_rows(max_col=_width(page), values_only=True), 1
    ):
        yield [
            merged.get((number, column), value)
            for column, value in enumerate(row, 1)
        ]


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
