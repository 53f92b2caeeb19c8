"""
A form is read as one row of a sheet, and filled as one is written.

So whatever the workbook allows and refuses is said once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any

from roster.county import County
from roster.days import Term
from roster.errors import Mistake, Unusable
from roster.papers.cells import Reader
from roster.papers.columns import Column, Kind, Sheet
from roster.papers.tables import Row, Table
from roster.papers.workbook import RawSheet
from roster.papers.workbook_out import sheet_rows

ReadRows = Callable[[Table, list[Row]], list[Any]]

# The last date of a range that the workbook writes into one cell.
UNTIL = "until"


def read_form(
    sheet: Sheet,
    fields: Mapping[str, str],
    read: ReadRows,
    terms: Sequence[Term] = (),
) -> list[Any]:
    """
    What a form says; raises `Unusable` with the headers of its mistakes.

    Parameters
    ----------
    fields
        By a column's key, what was written into it.
    read
        Makes values of the sheet's rows.
    terms
        Where dates without a year are looked for.
    """
    cells = tuple(_cell(column, fields) for column in sheet.columns)
    if not any(cell.strip() for cell in cells[1:]):
        named = [c for c in sheet.columns if c.key == "name"]
        due = [c for c in sheet.columns if c.required] or named
        raise Unusable(*(Mistake("empty-cell", (c.header,)) for c in due))

    heads = tuple(column.header for column in sheet.columns)
    table = Table("", RawSheet(sheet.name, (heads, cells)), sheet)
    found = read(table, list(table.rows(Reader(tuple(terms)))))
    if table.mistakes:
        # File, sheet and cell are no places of a form; its header is.
        raise Unusable(
            *(replace(m, where=m.where[3:]) for m in table.mistakes)
        )

    return found


def _cell(column: Column, fields: Mapping[str, str]) -> str:
    word = fields.get(column.key, "")
    last = fields.get(UNTIL, "")
    if column.kind is Kind.DATES and word.strip() and last.strip():
        return f"{word}至{last}"

    return word


def form_fields(sheet: Sheet, county: County) -> list[dict[str, str]]:
    """What forms of a sheet are filled with, one for each of its rows."""
    return [
        {
            column.key: _word(column, row.get(column.key))
            for column in sheet.columns[1:]
        }
        for row in sheet_rows(county)[sheet.name]
    ]


def _word(column: Column, value: Any) -> str:
    if value is None or value == "":
        return ""

    if column.kind is Kind.YES_NO:
        return "是" if value else "否"

    if column.kind is Kind.CHOICE:
        return column.word_for(value)

    if isinstance(value, date):
        return value.isoformat()

    return str(value.value if isinstance(value, Enum) else value)
