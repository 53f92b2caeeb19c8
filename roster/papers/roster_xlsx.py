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

WIDTHS = (5, 18, 11, 6, 11, 10, 10, 6, 16, 9, 16, 12, 14, 10)
DATE = HEADERS.index("日期")
SHARED = (DATE, 3, 4, 5, 6, 12, 13)  # said once for all shifts of a day
A4 = 9
LONGEST_NAME = 31
GRID = "月历"


def write_rosters_xlsx(sheets: Sequence[RosterSheet], path: Path) -> None:
    """Two sheets a unit, ready to print on A4 landscape."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    content = BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        styles = _styles(book)
        taken: set[str] = set()
        for sheet in sheets:
            name = _free_name(sheet.unit, "", taken)
            _flat(book.add_worksheet(name), sheet, styles)
            name = _free_name(sheet.unit, GRID, taken)
            _grid(book.add_worksheet(name), sheet, styles)

    path.write_bytes(content.getvalue())


def _free_name(unit: str, ending: str, taken: set[str]) -> str:
    """A sheet's name: allowed, short enough, and not used yet."""
    base = re.sub(r"[\[\]:*?/\\']", "", unit) or "单位"
    for number in range(1, 1000):
        tail = ending + (str(number) if number > 1 else "")
        name = base[: LONGEST_NAME - len(tail)] + tail
        if name.casefold() not in taken:
            break

    taken.add(name.casefold())
    return name


def _styles(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "align": "center", "valign": "vcenter"}
    wrap = {**cell, "text_wrap": True}
    return {
        "title": book.add_format(
            {"bold": True, "font_size": 16, "align": "center"}
        ),
        "note": book.add_format({"align": "center"}),
        "sign": book.add_format({"align": "left"}),
        "head": book.add_format({**wrap, "bold": True, "bg_color": "#DDE6EF"}),
        "cell": book.add_format(wrap),
        "date": book.add_format({**cell, "num_format": "yyyy-mm-dd"}),
        "day": book.add_format(
            {**wrap, "align": "left", "valign": "top", "font_size": 9}
        ),
        "month": book.add_format({"bold": True, "align": "left"}),
    }


def _flat(page: Any, sheet: RosterSheet, styles: dict[str, Any]) -> None:
    last = len(HEADERS) - 1
    page.merge_range(0, 0, 0, last, sheet.title, styles["title"])
    page.merge_range(1, 0, 1, last, sheet.standing, styles["note"])
    page.write_row(2, 0, HEADERS, styles["head"])
    rows = list(flat_rows(sheet))
    for number, row in enumerate(rows, 3):
        page.write_row(number, 0, row, styles["cell"])
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
    _for_paper(page)


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
            page.merge_range(*bounds, day[0][column], styles["cell"])
        first = date.fromisoformat(when)
        page.write_datetime(top, DATE, first, styles["date"])


def _grid(page: Any, sheet: RosterSheet, styles: dict[str, Any]) -> None:
    page.merge_range(0, 0, 0, 6, sheet.title, styles["title"])
    page.merge_range(1, 0, 1, 6, sheet.standing, styles["note"])
    page.set_column(0, 6, 19)
    row = 2
    breaks = []
    for month, weeks in _months(sheet.entries):
        if row > 2:
            breaks.append(row)
        page.write(row, 0, f"{month.year}年{month.month}月", styles["month"])
        heads = [f"周{word}" for word in WEEKDAYS]
        page.write_row(row + 1, 0, heads, styles["head"])
        row = _weeks(page, row + 2, weeks, styles)

    page.merge_range(row + 1, 0, row + 1, 6, sheet.signatures, styles["sign"])
    page.set_h_pagebreaks(breaks)
    _for_paper(page)


def _weeks(
    page: Any,
    row: int,
    weeks: list[list[list[RosterEntry] | date | None]],
    styles: dict[str, Any],
) -> int:
    for week in weeks:
        texts = [_day_text(day) for day in week]
        page.write_row(row, 0, texts, styles["day"])
        lines = max(text.count("\n") + 1 for text in texts)
        page.set_row(row, max(30, 14 * lines + 4))
        row += 1

    return row


def _day_text(day: list[RosterEntry] | date | None) -> str:
    if isinstance(day, date):
        return str(day.day)

    return cell_text(day) if day else ""


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


def _for_paper(page: Any) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
