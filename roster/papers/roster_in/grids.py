"""A month grid: seven columns, a date in a cell, and names beneath it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from roster.papers.dates import NotADate, plain
from roster.papers.roster_in.days import day_of, month_in, weekday_facts
from roster.papers.roster_in.desk import SheetDesk
from roster.papers.roster_in.statements import GRID, Block, Place, Said
from roster.papers.roster_in.words import (
    DAY_NOTE,
    Heading,
    heading,
    is_footer,
)

WEEK = 7
SERIALS = range(20_000, 80_000)
NAMED = re.compile(r"(?:周|星期|礼拜)?([一二三四五六日天])")
HEAD = re.compile(
    r"(?:(\d{4})\s*[-./年]\s*)?(?:(\d{1,2})\s*[-./月]\s*)?(\d{1,2})"
    r"(?:日|号|(?=\s|\(|$))"
)
LATE, EARLY = 20, 10  # days of a month whose neighbours share a week


def weekdays_at(row: Sequence[Any]) -> dict[int, int]:
    """By column, counted from 0, its weekday; empty for no grid's header."""
    found: dict[int, int] = {}
    for n, cell in enumerate(row):
        named = NAMED.fullmatch(plain(cell))
        if named:
            found[n] = "一二三四五六日".find(named[1].replace("天", "日"))

    return found if len(set(found.values())) == len(found) == WEEK else {}


class GridReader:
    """Reads the weeks below a grid's header."""

    def __init__(
        self,
        desk: SheetDesk,
        weekdays: dict[int, int],
        header: int,
        month: date | None,
        post: Heading,
    ) -> None:
        self.desk = desk
        self.weekdays = weekdays
        self.header = header  # its row, counted from 1
        self.month = month
        self.post = post  # of names without a word before them
        self.here: dict[int, date | None] = {}
        self.last: date | None = None  # the date read last

    def read(self, until: int) -> Block:
        """The block down to a row, which is another one's."""
        said: list[Said] = []
        for number in range(self.header + 1, until):
            cells = self.desk.sheet.rows[number - 1]
            if not is_footer(tuple(cells)) and not self._is_title(cells):
                said += self._row(number, cells)
            if self.desk.is_enough(len(said), self.desk.place(number, 1)):
                break

        return Block(GRID, self.desk.sheet.name, self.header, tuple(said))

    def _is_title(self, cells: Sequence[Any]) -> bool:
        """Whether a row names the month or the table that follows."""
        words = [plain(cell) for cell in cells if plain(cell)]
        if len(words) != 1 or HEAD.match(words[0]) or "\n" in words[0]:
            return False

        month = month_in(words[0], self.desk.term)
        return month is not None or words[0].endswith("表")

    def _row(self, number: int, cells: Sequence[Any]) -> Iterator[Said]:
        left = min(self.weekdays)
        label = heading(cells[left - 1]) if left else None
        base = label or self.post
        for n in sorted(self.weekdays):
            if n >= len(cells):
                continue

            place = self.desk.place(number, n + 1)
            if self.desk.usable(cells[n], place):
                yield from self._cell(cells[n], n, base, place)

    def _cell(
        self, value: Any, column: int, base: Heading, place: Place
    ) -> Iterator[Said]:
        when, rest = self._dated(value, column, place)
        if when is not None:
            self.here[column] = when
        elif rest is None:
            self.here[column] = None
            return

        date_here = self.here.get(column)
        if date_here is None or not rest:
            return

        for head, names in self.desk.said(rest, base, place):
            yield Said(date_here, head.post, head.turn, names, place)

    def _dated(
        self, value: Any, column: int, place: Place
    ) -> tuple[date | None, str | None]:
        """A cell's date and what else it says; no rest for a wrong date."""
        weekday = self.weekdays[column]
        if isinstance(value, datetime):
            return self._checked(value.date(), weekday, place)

        if type(value) in (int, float) and int(value) in SERIALS:
            when = date(1899, 12, 30) + timedelta(days=int(value))
            return self._checked(when, weekday, place)

        text = plain(value)
        found = HEAD.match(text)
        if not found:
            return None, text

        try:
            likely = self._day(found, weekday)
        except NotADate:
            self.desk.wrong(place, "cell-date", value=text.split("\n")[0])
            return None, None

        if likely is None:
            self.desk.wrong(place, "month-unknown", value=text.split("\n")[0])
            return None, None

        sure, rest = self._checked(likely, weekday, place)
        return sure, rest if rest is None else _rest(text[found.end() :])

    def _checked(
        self, when: date, weekday: int, place: Place
    ) -> tuple[date | None, str | None]:
        self.last = when
        self.month = self.month or when.replace(day=1)
        if when.weekday() != weekday:
            self.desk.wrong(place, "weekday-differs", **weekday_facts(when))
            return None, None

        return when, ""

    def _day(self, found: re.Match[str], weekday: int) -> date | None:
        """The date meant: of the grid's month, or of a neighbour's."""
        year, month, day = (
            int(word) if word else 0 for word in found.groups()
        )
        if month:
            self._turn_to(year, month)
        if self.month is None:
            return None

        if month:
            return day_of(self.month, day)

        dates = [_day_or_none(one, day) for one in self._likely(day)]
        fitting = [d for d in dates if d and d.weekday() == weekday]
        return fitting[0] if fitting else day_of(self.month, day)

    def _likely(self, day: int) -> list[date]:
        """The months a day may be of: the first week has the one before."""
        assert self.month is not None
        here, last = self.month, self.last
        if day > LATE and (last is None or last < here):
            return [here, (here - timedelta(days=1)).replace(day=1)]

        if day < EARLY and last is not None and last.day > LATE:
            after = (here + timedelta(days=32)).replace(day=1)
            return [here, after] if last < here else [after, here]

        return [here]

    def _turn_to(self, year: int, month: int) -> None:
        """A day that tells its month tells those after it, too."""
        term = self.desk.term
        years = [year] if year else range(term.first.year, term.last.year + 1)
        months = [date(y, month, 1) for y in years if 1 <= month <= 12]
        inside = [
            m for m in months if term.first.replace(day=1) <= m <= term.last
        ]
        if not months:
            raise NotADate

        self.month = (inside or months)[0]


def _day_or_none(month: date, day: int) -> date | None:
    try:
        return day_of(month, day)
    except NotADate:
        return None


def _rest(text: str) -> str:
    """What stands beside and below a day; its kind is not a name."""
    beside, _, below = text.partition("\n")
    lines = [line for line in below.split("\n") if not _is_note(line)]
    if not below and not _is_note(beside):
        lines = [beside]

    return "\n".join(lines).strip()


def _is_note(line: str) -> bool:
    """休, 国庆节, 初五."""
    words = re.sub(r"\([^()]*\)", "", line).strip()
    return not words or DAY_NOTE.fullmatch(words) is not None
