"""A unit's comp-leave as a sheet: who has how much, what expires when."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import xlsxwriter

from roster.papers.roster_xlsx import (
    OPTIONS,
    TITLE_HEIGHT,
    for_paper,
    free_name,
    styles_of,
)

HEADERS = (
    "工号",
    "姓名",
    "职务",
    "剩余（半天）",
    "其中30天内到期",
    "最早到期日",
    "多休待抵（半天）",
    "已批准的补休",
)
WIDTHS = (12, 10, 14, 12, 14, 13, 15, 40)


def write_comp_xlsx(
    title: str, note: str, rows: Iterable[Sequence[object]], path: Path
) -> None:
    """Title, as of when, a header on every page, and a row a person."""
    content = BytesIO()
    last = len(HEADERS) - 1
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        styles = styles_of(book)
        page = book.add_worksheet(free_name(title, "", set()))
        page.set_row(0, TITLE_HEIGHT)
        page.merge_range(0, 0, 0, last, title, styles["title"])
        page.merge_range(1, 0, 1, last, note, styles["note"])
        page.write_row(2, 0, HEADERS, styles["head"])
        for number, row in enumerate(rows, 3):
            page.write_row(number, 0, row, styles["cell"])
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)

        page.freeze_panes(3, 2)
        page.repeat_rows(0, 2)
        page.fit_to_pages(1, 0)
        for_paper(page)

    path.write_bytes(content.getvalue())
