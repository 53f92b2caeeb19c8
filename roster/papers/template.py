"""The empty workbook, with a row that shows how each sheet is filled."""

from pathlib import Path
from typing import Any

from roster.papers.columns import EXAMPLE, Column, Kind
from roster.papers.pages import write_pages
from roster.papers.sheets import SHEETS


def write_template(path: Path) -> None:
    """Ten sheets with drop-downs, comments and an example row each."""
    rows = {
        sheet.name: [
            {"no": EXAMPLE}
            | {column.key: _example(column) for column in sheet.columns[1:]}
        ]
        for sheet in SHEETS
    }
    write_pages(path, rows)


def _example(column: Column) -> Any:
    value = column.example
    if column.kind is Kind.SPANS and value:
        return "\n".join(f"{first}至{last}" for first, last in value)

    if isinstance(value, tuple):
        return "、".join(value)

    return value
