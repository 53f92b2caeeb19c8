"""Reads an exported roster as somebody would who has nothing but the file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

PLAIN = "双休"
SPRING = {"除夕", "春节"}


@dataclass(frozen=True)
class Served:
    """Somebody named on a date of the flat list; nobody on an open shift."""

    unit: str
    date: date
    kind: str
    post: str
    name: str


def read_flat_list(path: Path) -> list[Served]:
    """Every duty on the sheets that have the flat list's header."""
    book = load_workbook(path)
    pages = [p for p in book.worksheets if p["A3"].value == "序号"]
    return [served for page in pages for served in _page(page)]


def _page(page: Worksheet) -> Iterator[Served]:
    heads = [cell.value for cell in page[3]]
    when, kind = None, ""
    for cells in page.iter_rows(min_row=4, values_only=True):
        row = dict(zip(heads, cells, strict=True))
        if row["单位"] is None:
            return

        if isinstance(row["日期"], datetime):
            when, kind = row["日期"].date(), row["节假日/类别"]
        for names, post in (
            (row["带班领导"], "带班"),
            (row["值班人员"], row["岗位"]),
        ):
            for name in (names or "").split("、"):
                if name and name != "（空缺）":
                    # A number tells namesakes apart: 王强（U002-07）.
                    name = name.partition("（")[0]
                    yield Served(row["单位"], when, kind, post, name)


def loads(served: list[Served]) -> Counter[tuple[str, str]]:
    """How many duties each name of each unit has."""
    return Counter((one.unit, one.name) for one in served)


def ledgers(served: list[Served]) -> Counter[tuple[str, str, str]]:
    """
    How many duties of each ledger each name of each unit has.

    Days off that follow each other are one stretch; it is a holiday when
    one of its days is more than a weekend. In vacations working days may
    have duty too; the list says nothing of their kind.
    """
    kinds: dict[str, dict[date, str]] = {}
    for one in served:
        if one.kind:
            kinds.setdefault(one.unit, {})[one.date] = one.kind

    counted: Counter[tuple[str, str, str]] = Counter()
    for one in served:
        days = set(_stretch(one.date, kinds[one.unit]))
        names = {"total", "holiday" if days - {PLAIN} else "weekend"}
        names |= {"spring"} if days & SPRING else set()
        counted.update((one.unit, one.name, name) for name in names)

    return counted


def _stretch(when: date, kinds: dict[date, str]) -> Iterator[str]:
    """The kinds of the days of duty around a date, without a gap."""
    first = when
    while first - timedelta(days=1) in kinds:
        first -= timedelta(days=1)
    while first in kinds:
        yield kinds[first]
        first += timedelta(days=1)
