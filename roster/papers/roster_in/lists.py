"""A flat list: a row a day, or several, with posts as columns."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from roster.days import days_between
from roster.papers.dates import NotADate, plain
from roster.papers.roster_in.columns import Columns, Row
from roster.papers.roster_in.days import (
    dates_in,
    month_above,
    month_in,
    weekday_facts,
    weekday_in,
)
from roster.papers.roster_in.desk import SheetDesk
from roster.papers.roster_in.statements import LIST, Block, Named, Said
from roster.papers.roster_in.words import (
    NAME_HEADS,
    Heading,
    bare,
    heading,
    is_footer,
    turn_of,
)


class ListReader:
    """Reads the rows below a list's header."""

    def __init__(self, desk: SheetDesk, columns: Columns, header: int) -> None:
        self.desk = desk
        self.columns = columns
        self.header = header  # its row, counted from 1
        rows = list(desk.sheet.rows[: header - 1])
        self.month = month_above(rows, desk.sheet.name, desk.term)
        self.dates: tuple[date, ...] = ()
        self.above: dict[int, tuple[Named, ...]] = {}
        self.others = 0

    def read(self, until: int) -> Block:
        """The block down to a row, which is another one's."""
        self._check_twice()
        said: list[Said] = []
        first = self.header + self.columns.below
        for number in range(first, until):
            cells = self.desk.sheet.rows[number - 1]
            if any(plain(c) for c in cells) and not is_footer(tuple(cells)):
                said += self._row(number, cells)
            if self.desk.is_enough(len(said), self.desk.place(number, 1)):
                break

        titles = self.columns.titles
        return Block(
            LIST,
            self.desk.sheet.name,
            self.header,
            tuple(said),
            tuple(titles[n] for n in self.columns.posts),
            tuple(self.columns.unused),
            self.others,
        )

    def _check_twice(self) -> None:
        """Nobody knows which of two columns alike is meant."""
        first: dict[str, int] = {}
        for n in list(self.columns.posts):
            title = self.columns.titles[n]
            other = first.setdefault(bare(title), n)
            if other != n:
                place = self.desk.place(self.header, n + 1)
                before = self.desk.place(self.header, other + 1).cell
                self.desk.wrong(
                    place, "post-column-twice", value=title, before=before
                )
                del self.columns.posts[n]

    def _row(self, number: int, cells: Row) -> Iterator[Said]:
        named = [n for n in self.columns.posts if self._cell(cells, n)]
        if not self._dated(number, cells, named=bool(named)):
            return

        if self._of_another(cells):
            self.others += 1
            return

        note = plain(self._cell(cells, self.columns.note))
        for n in named:
            place = self.desk.place(number, n + 1, self.columns.titles[n])
            if not self.desk.usable(cells[n], place):
                continue

            base = self._heading(cells, n)
            found = self.desk.said(
                cells[n], base, place, self.above.get(n, ())
            )
            self.above[n] = tuple(name for _, some in found for name in some)
            for head, names in self._hinted(cells, n, found):
                for when in self.dates:
                    yield Said(when, head.post, head.turn, names, place, note)
                note = ""

    def _cell(self, cells: Row, n: int) -> Any:
        value = cells[n] if 0 <= n < len(cells) else None
        return value if plain(value) else None

    def _dated(self, number: int, cells: Row, *, named: bool) -> bool:
        """Finds the row's dates; an empty cell repeats those above."""
        value = self._cell(cells, self.columns.date)
        title = self.columns.titles[self.columns.date]
        place = self.desk.place(number, self.columns.date + 1, title)
        if value is None:
            if named and not self.dates:
                self.desk.wrong(place, "date-missing")

            return named and bool(self.dates)

        if not self.desk.usable(value, place):
            return False

        try:
            first, last, told = dates_in(value, self.desk.term, self.month)
        except NotADate as error:
            self.dates = ()
            if not named:  # a remark, or the title of what follows
                self.month = month_in(value, self.desk.term) or self.month
                return False

            facts = {"value": plain(value), "term": self.desk.term.name}
            self.desk.wrong(place, error.code, **facts)
            return False

        self.month = last.replace(day=1)
        self.dates = tuple(days_between(first, last))
        self._check_weekday(number, cells, told)
        return named

    def _check_weekday(
        self, number: int, cells: Row, told: int | None
    ) -> None:
        column = self.columns.date
        beside = self._cell(cells, self.columns.weekday)
        if told is None and beside is not None:
            told, column = weekday_in(beside), self.columns.weekday
        when = self.dates[0]
        if len(self.dates) == 1 and told not in (None, when.weekday()):
            place = self.desk.place(
                number, column + 1, self.columns.titles[column]
            )
            self.desk.wrong(place, "weekday-differs", **weekday_facts(when))

    def _of_another(self, cells: Row) -> bool:
        """Whether a row of a collective list is another unit's."""
        words = bare(self._cell(cells, self.columns.unit))
        return bool(words) and words not in (bare(self.desk.unit), "本单位")

    def _heading(self, cells: Row, n: int) -> Heading:
        """A column's post; 岗位 and 班次 tell those on duty apart."""
        own = self.columns.posts[n]
        said = heading(self._cell(cells, self.columns.post))
        turn = turn_of(self._cell(cells, self.columns.turn))
        general = bare(self.columns.titles[n]) in NAME_HEADS | {"值班人员"}
        if said and general:
            own = said

        return own if own.turn else replace(own, turn=turn)

    def _hinted(
        self,
        cells: Row,
        n: int,
        found: list[tuple[Heading, tuple[Named, ...]]],
    ) -> Iterator[tuple[Heading, tuple[Named, ...]]]:
        """Positions beside the names tell namesakes apart."""
        words = plain(self._cell(cells, self.columns.positions.get(n, -1)))
        told = [w.strip() for w in words.replace("\n", "、").split("、")]
        if len(found) != 1 or len(told) != len(found[0][1]):
            yield from found
            return

        head, names = found[0]
        yield (
            head,
            tuple(
                named if named.hint else replace(named, hint=hint)
                for named, hint in zip(names, told, strict=True)
            ),
        )
