"""The ten sheets as a workbook: headers, comments, drop-downs, rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from roster.papers.columns import EXAMPLE, Column, Kind, Sheet
from roster.papers.sheets import SHEETS, UNITS

GUIDE = "填写说明"
LAST_CHECKED_ROW = 5000
A4 = 9
COMMENT = {"x_scale": 1.6, "y_scale": 1.2, "font_size": 9}
LONGEST_LIST = 255  # characters a drop-down's own list may have

GUIDANCE = (
    "一、每张表第一行是表头，带＊的列必须填；把鼠标停在表头上可看填写要求。",
    "二、序号为“示例”的行只作样子，导入时跳过，也可以删去。",
    "三、日期可写 2026-10-01、2026.10.1、2026年10月1日；"
    "学期内的日期可省去年份。",
    "四、与上一行相同的单位、姓名可以不填；同单位有人同名时须填工号。",
    "五、导入前会先列出新增、变更和名册中没有的内容；"
    "有错时全部列出，一行也不导入。",
)

_NAMES = next(i for i, c in enumerate(UNITS.columns) if c.key == "name")
UNIT_NAMES = f"={UNITS.name}!{xl_range_abs(1, _NAMES, 500, _NAMES)}"


def write_pages(
    path: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    note: str = "",
    without: Collection[str] = (),
) -> None:
    """A workbook of all sheets with these rows, by sheet and column."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    content = BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        styles = _styles(book)
        _guide(book.add_worksheet(GUIDE), styles, note)
        for sheet in SHEETS:
            if sheet.name in without:
                continue

            page = book.add_worksheet(sheet.name)
            _heads(page, sheet, styles)
            for number, row in enumerate(rows.get(sheet.name, ()), 1):
                _row(page, sheet, number, row, styles)

    path.write_bytes(content.getvalue())


def _styles(book: Any) -> dict[str, Any]:
    date_format = {"num_format": "yyyy-mm-dd", "align": "left"}
    grey = {"italic": True, "font_color": "#777777"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format(
            {"bold": True, "bg_color": "#DDE6EF", "bottom": 1}
        ),
        "date": book.add_format(date_format),
        "text": book.add_format({"num_format": "@"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "example": book.add_format(grey),
        "example date": book.add_format(date_format | grey),
    }


def _guide(page: Any, styles: Mapping[str, Any], note: str) -> None:
    page.set_column(0, 0, 100)
    page.write_string(0, 0, "名册填写说明", styles["title"])
    about = [f"{sheet.name}：{sheet.about}" for sheet in SHEETS]
    lines = [*([note] if note else []), *GUIDANCE, "", *about]
    for number, line in enumerate(lines, 2):
        page.write_string(number, 0, line, styles["wrap"])


def _heads(page: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    for index, column in enumerate(sheet.columns):
        star = "＊" if column.required else ""
        page.write_string(0, index, column.header + star, styles["head"])
        form = styles["text"] if column.kind in _TEXTS else None
        page.set_column(index, index, column.width, form)
        if column.comment:
            page.write_comment(0, index, column.comment, COMMENT)
        if source := _allowed(sheet, column):
            choice = {
                "validate": "list",
                "source": source,
                # Other spellings are read too; the list only helps.
                "error_type": "information",
            }
            page.data_validation(1, index, LAST_CHECKED_ROW, index, choice)


_TEXTS = (Kind.ID, Kind.IDS, Kind.PHONE)


def _allowed(sheet: Sheet, column: Column) -> list[str] | str:
    """A drop-down's words, or the cells that hold them; often none."""
    if column.kind is Kind.YES_NO:
        return ["是", "否"]

    if column.kind is Kind.UNIT and sheet is not UNITS:
        return UNIT_NAMES

    words = list(column.words)
    return words if len(",".join(words)) <= LONGEST_LIST else []


def _row(
    page: Any,
    sheet: Sheet,
    number: int,
    row: Mapping[str, Any],
    styles: Mapping[str, Any],
) -> None:
    example = row.get("no") == EXAMPLE
    plain = styles["example"] if example else None
    dated = styles["example date" if example else "date"]
    for index, column in enumerate(sheet.columns):
        value = row.get(column.key)
        if column.key == "no" and value is None:
            value = number
        if value is None or value == "":
            continue

        if isinstance(value, date):
            page.write_datetime(number, index, value, dated)
        elif isinstance(value, bool) and column.kind is Kind.YES_NO:
            page.write_string(number, index, "是" if value else "否", plain)
        elif column.kind is Kind.CHOICE:
            page.write_string(number, index, column.word_for(value), plain)
        elif isinstance(value, int):
            page.write_number(number, index, value, plain)
        else:
            page.write_string(number, index, str(value), plain)
