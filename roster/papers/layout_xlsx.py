"""A layout as a workbook of one sheet, ready to print."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from roster.papers.layouts import Layout
from roster.papers.roster_xlsx import (
    OPTIONS,
    TITLE_HEIGHT,
    for_paper,
    free_name,
    styles_of,
)

WIDTHS = {
    "序号": 5,
    "日期": 11,
    "星期": 6,
    "节假日/类别": 11,
    "单位": 18,
    "带班领导": 11,
    "职务": 12,
    "联系电话": 14,
    "值班电话": 14,
    "备注": 10,
}
OTHER = 30  # characters for whoever is on duty
LINE_HEIGHT = 16


def write_layout_xlsx(layout: Layout, path: Path) -> None:
    """Title, version, header on every page, rows, signatures."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        name = free_name(layout.title, "", set())
        _fill(book.add_worksheet(name), layout, styles_of(book))

    path.write_bytes(content.getvalue())


def _fill(page: Any, layout: Layout, styles: dict[str, Any]) -> None:
    last = len(layout.headers) - 1
    page.set_row(0, TITLE_HEIGHT)
    page.merge_range(0, 0, 0, last, layout.title, styles["title"])
    page.merge_range(1, 0, 1, last, layout.standing, styles["note"])
    row = _blocks(page, layout, styles)
    page.write_row(row, 0, layout.headers, styles["head"])
    page.freeze_panes(row + 1, 0)
    page.repeat_rows(0, row)
    when = layout.headers.index("日期")
    for number, words in enumerate(layout.rows, row + 1):
        page.set_row(number, LINE_HEIGHT * _height(words))
        page.write_row(number, 0, words, styles["cell"])
        day = date.fromisoformat(words[when])
        page.write_datetime(number, when, day, styles["date"])

    end = row + len(layout.rows) + 2
    page.merge_range(end, 0, end, last, layout.signatures, styles["sign"])
    for column, header in enumerate(layout.headers):
        page.set_column(column, column, WIDTHS.get(header, OTHER))

    page.fit_to_pages(1, 0)
    for_paper(page)


def _height(words: tuple[str, ...]) -> int:
    """Lines of a row: long ones are broken."""
    return max(
        sum(1 + len(line) // OTHER for line in cell.split("\n"))
        for cell in words
    )


def _blocks(page: Any, layout: Layout, styles: dict[str, Any]) -> int:
    """Titles above the columns, if there are any; gives the next row."""
    column = 0
    for words, width in layout.blocks:
        bounds = (2, column, 2, column + width - 1)
        if width == 1:
            page.write(2, column, words, styles["head"])
        else:
            page.merge_range(*bounds, words, styles["head"])
        column += width

    return 3 if layout.blocks else 2
