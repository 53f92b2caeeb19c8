"""Rosters as a workbook: for each unit the flat list and the month grid."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from roster.papers.rosters import (
    HEADERS,
    WEEKDAYS,
    RosterEntry,
    RosterSheet,
    cell_text,
    flat_rows,
)

WIDTHS = (5, 17, 11, 6, 10, 9, 10, 6, 14, 9, 11, 11, 13, 9)
DATE = HEADERS.index("日期")
SHARED = (DATE, 3, 4, 5, 6, 12, 13)  # said once for all shifts of a day
A4 = 9
LONGEST_NAME = 31
FONT = "宋体"  # every office has it; columns are measured in its digits
GRID = "月历"
INDEX_HEADERS = ("序号", "单位", "月历", "状态")
INDEX = "目录"
# A page a month; were it fitted to the page, breaks would not count.
SCALE = 75  # percent at which a week is as wide as A4 in any font
DAY_WIDTH = 20  # characters
MONTH_HEIGHT = 580  # points that a page leaves to the weeks
LINE_HEIGHT = 13
TITLE_HEIGHT = 26
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 11},
}
PLAIN = ("", "双休")  # kinds of a day that no notice made


def write_rosters_xlsx(sheets: Sequence[RosterSheet], path: Path) -> None:
    """Two sheets a unit, ready to print on A4; several with an index."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        styles = styles_of(book)
        taken = {INDEX}
        several = len(sheets) > 1
        index = book.add_worksheet(INDEX) if several else None
        names = [
            (
                free_name(sheet.unit, "", taken),
                free_name(sheet.unit, GRID, taken),
            )
            for sheet in sheets
        ]
        if index:
            _index(index, sheets, names, styles)
        for sheet, (flat, grid) in zip(sheets, names, strict=True):
            _flat(book.add_worksheet(flat), sheet, styles)
            _grid(book.add_worksheet(grid), sheet, styles)

    path.write_bytes(content.getvalue())


def free_name(unit: str, ending: str, taken: set[str]) -> str:
    """A sheet's name: allowed, short enough, and not used yet."""
    base = re.sub(r"[\[\]:*?/\\']", "", unit) or "单位"
    for number in range(1, 1000):
        tail = ending + (str(number) if number > 1 else "")
        name = base[: LONGEST_NAME - len(tail)] + tail
        if name.casefold() not in taken:
            break

    taken.add(name.casefold())
    return name


def styles_of(book: Any) -> dict[str, Any]:
    """The formats that every sheet is written in."""
    centred = {"align": "center", "valign": "vcenter"}
    cell = {**centred, "border": 1}
    wrap = {**cell, "text_wrap": True}
    day = {**wrap, "align": "left", "valign": "top", "font_size": 10}
    return {
        "title": book.add_format({**centred, "bold": True, "font_size": 16}),
        "note": book.add_format({"align": "center"}),
        "sign": book.add_format({"align": "left"}),
        "head": book.add_format({**wrap, "bold": True, "bg_color": "#DDE6EF"}),
        "cell": book.add_format(wrap),
        "long": book.add_format({**cell, "shrink": True}),
        "date": book.add_format({**cell, "num_format": "yyyy-mm-dd"}),
        "day": book.add_format(day),
        "off": book.add_format({**day, "bg_color": "#F2F5F9"}),
        "holiday": book.add_format({**day, "bg_color": "#FDF0EA"}),
        "bold": book.add_format({"bold": True, "font_size": 11}),
        "link": book.add_format({"border": 1, "font_color": "#0B57A4"}),
        "month": book.add_format({"bold": True, "align": "left"}),
    }


def _index(
    page: Any,
    sheets: Sequence[RosterSheet],
    names: Sequence[tuple[str, str]],
    styles: dict[str, Any],
) -> None:
    """Every unit with the way to its two sheets."""
    page.write_row(0, 0, INDEX_HEADERS, styles["head"])
    page.set_column(0, 0, 6)
    page.set_column(1, 3, 28)
    rows = zip(sheets, names, strict=True)
    for row, (sheet, (flat, grid)) in enumerate(rows, 1):
        page.write(row, 0, row, styles["cell"])
        for column, name in ((1, flat), (2, grid)):
            words = sheet.unit if name == flat else GRID
            page.write_url(
                row, column, f"internal:'{name}'!A1", styles["link"], words
            )
        page.write_string(row, 3, sheet.standing, styles["long"])

    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _flat(page: Any, sheet: RosterSheet, styles: dict[str, Any]) -> None:
    last = len(HEADERS) - 1
    page.set_row(0, TITLE_HEIGHT)
    page.merge_range(0, 0, 0, last, sheet.title, styles["title"])
    page.merge_range(1, 0, 1, last, sheet.standing, styles["note"])
    page.write_row(2, 0, HEADERS, styles["head"])
    rows = list(flat_rows(sheet))
    for number, row in enumerate(rows, 3):
        page.write_row(number, 0, row, styles["long"])
        when = date.fromisoformat(row[DATE])
        page.write_datetime(number, DATE, when, styles["date"])

    _merge_days(page, rows, styles)
    end = len(rows) + 3
    page.merge_range(
        end + 1, 0, end + 1, last, sheet.signatures, styles["sign"]
    )
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)

    page.freeze_panes(3, 0)
    page.repeat_rows(0, 2)
    page.fit_to_pages(1, 0)
    for_paper(page)


def _merge_days(
    page: Any, rows: Sequence[tuple[str, ...]], styles: dict[str, Any]
) -> None:
    """A day's own cells span the rows of its shifts."""
    number = 3
    for when, shifts in groupby(rows, key=lambda row: row[DATE]):
        day = list(shifts)
        top, number = number, number + len(day)
        if len(day) == 1:
            continue

        for column in SHARED:
            bounds = (top, column, number - 1, column)
            page.merge_range(*bounds, day[0][column], styles["long"])
        first = date.fromisoformat(when)
        page.write_datetime(top, DATE, first, styles["date"])


def _grid(page: Any, sheet: RosterSheet, styles: dict[str, Any]) -> None:
    page.set_row(0, TITLE_HEIGHT)
    page.merge_range(0, 0, 0, 6, sheet.title, styles["title"])
    page.merge_range(1, 0, 1, 6, sheet.standing, styles["note"])
    page.set_column(0, 6, DAY_WIDTH)
    row = 2
    breaks = []
    for month, weeks in _months(sheet.entries):
        if row > 2:
            breaks.append(row)
        page.write(row, 0, f"{month.year}年{month.month}月", styles["month"])
        heads = [f"周{word}" for word in WEEKDAYS]
        page.write_row(row + 1, 0, heads, styles["head"])
        row = _weeks(page, row + 2, weeks, styles)

    page.merge_range(row, 0, row, 6, sheet.signatures, styles["sign"])
    page.set_h_pagebreaks(breaks)
    page.set_print_scale(SCALE)
    page.repeat_rows(0, 1)
    for_paper(page)


def _weeks(
    page: Any,
    row: int,
    weeks: list[list[list[RosterEntry] | date | None]],
    styles: dict[str, Any],
) -> int:
    """Weeks that fill the page, or are as high as their fullest day."""
    for week in weeks:
        lines = 1
        for column, day in enumerate(week):
            lines = max(lines, _day(page, row, column, day, styles))
        page.set_row(row, max(MONTH_HEIGHT // len(weeks), LINE_HEIGHT * lines))
        row += 1

    return row


def _day(
    page: Any,
    row: int,
    column: int,
    day: list[RosterEntry] | date | None,
    styles: dict[str, Any],
) -> int:
    """Writes a day; gives its number of lines."""
    if not isinstance(day, list):
        text = str(day.day) if day else ""
        page.write_string(row, column, text, styles["day"])
        return 1

    head, *lines = cell_text(day).splitlines()
    style = styles["off" if day[0].kind in PLAIN else "holiday"]
    rest = "\n" + "\n".join(lines)
    page.write_rich_string(row, column, styles["bold"], head, rest, style)
    # A long name is broken in two.
    return 2 + sum(1 + (len(line) > DAY_WIDTH // 2) for line in lines)


def _months(
    entries: Sequence[RosterEntry],
) -> list[tuple[date, list[list[list[RosterEntry] | date | None]]]]:
    """Months with duty, in weeks; plain dates have none."""
    days: dict[date, list[RosterEntry]] = {}
    for entry in entries:
        days.setdefault(entry.date, []).append(entry)

    months = []
    for first in sorted({when.replace(day=1) for when in days}):
        monday = first - timedelta(days=first.weekday())
        after = (first + timedelta(days=32)).replace(day=1)
        weeks: list[list[list[RosterEntry] | date | None]] = []
        while monday < after:
            week = [monday + timedelta(days=n) for n in range(7)]
            weeks.append(
                [
                    days.get(d, d) if d.month == first.month else None
                    for d in week
                ]
            )
            monday += timedelta(days=7)
        months.append((first, weeks))

    return months


def for_paper(page: Any) -> None:
    """A4 across, with the number of each page."""
    page.set_landscape()
    page.set_paper(A4)
    page.center_horizontally()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
