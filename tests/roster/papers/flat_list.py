"""Reads an exported roster as somebody would who has nothing but the file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Served:
    """Somebody named on a date of the flat list."""

    unit: str
    date: date
    post: str
    name: str


def read_flat_list(path: Path) -> list[Served]:
    """Every duty on the sheets that have the flat list's header."""
    book = load_workbook(path)
    pages = [p for p in book.worksheets if p["A3"].value == "序号"]
    return [served for page in pages for served in _page(page)]


def _page(page: Worksheet) -> Iterator[Served]:
    heads = [cell.value for cell in page[3]]
    when = None
    for cells in page.iter_rows(min_row=4, values_only=True):
        row = dict(zip(heads, cells, strict=True))
        if row["单位"] is None:
            return

        if isinstance(row["日期"], datetime):
            when = row["日期"].date()
        for names, post in (
            (row["带班领导"], "带班"),
            (row["值班人员"], row["岗位"]),
        ):
            for name in (names or "").split("、"):
                if name and name != "（空缺）":
                    yield Served(row["单位"], when, post, name)


def loads(served: list[Served]) -> Counter[tuple[str, str]]:
    """How many duties each name of each unit has."""
    return Counter((one.unit, one.name) for one in served)
