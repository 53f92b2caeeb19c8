"""
A TOML document being read: its tables, its lines, its mistakes.

The standard library's reader keeps no positions, so the lines are found by
a scan of the text in which strings and comments are blank. A place is
``()`` for the document, ``(n,)`` for its n-th table and ``(n, m)`` for the
m-th parameter of that.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from roster.errors import Mistake, Unusable

Place = tuple[int, ...]

STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*",
    re.DOTALL,
)


class Desk:
    """
    A document being read.

    ``table`` names the tables it is made of, ``inner`` the list of
    smaller tables that each may hold.
    """

    def __init__(
        self, text: str, name: str, table: str, inner: str = ""
    ) -> None:
        self.name = name
        self.table = table
        self.inner = inner
        self.mistakes: list[Mistake] = []
        self.document = self._parse(text)
        self.lines = _bare(text).splitlines()
        self.headers = self._headers(table)

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else max(1, len(text.splitlines()))
            where = (self.name, str(line))
            raise Unusable(
                Mistake("toml-syntax", where, {"detail": str(error)})
            ) from None
        except RecursionError:
            raise Unusable(Mistake("too-deep", (self.name,))) from None

    def _headers(self, name: str) -> list[int]:
        header = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
        return [
            n for n, line in enumerate(self.lines, 1) if header.match(line)
        ]

    def tables(self) -> list[Any]:
        """The document's tables of its kind."""
        tables = self.document.get(self.table, [])
        if isinstance(tables, list):
            return tables

        self.wrong("not-a-table", (), self.table)
        return []

    def line(self, place: Place, key: str = "") -> int:
        """The line of a key at a place, or where the place begins."""
        first, last = self._span(place)
        word = re.compile(rf"(?:^|[{{,\s]){re.escape(key)}\s*=")
        for number in range(first, last + 1):
            if key and word.search(self.lines[number - 1]):
                return number

        return first if place else self._header(key)

    def lines_of(self, place: Place) -> range:
        """The lines of a place."""
        first, last = self._span(place)
        return range(first, last + 1)

    def _header(self, key: str) -> int:
        """Where a table of the document begins; else its first line."""
        header = re.compile(rf"\s*\[+\s*{re.escape(key)}\s*[\].]")
        for number, line in enumerate(self.lines, 1):
            if key and header.match(line):
                return number

        return 1

    def _span(self, place: Place) -> tuple[int, int]:
        """The first and the last line of a place."""
        ends = [*(n - 1 for n in self.headers), len(self.lines)]
        if not place:
            return 1, ends[0]

        if place[0] >= len(self.headers):  # tables in braces on few lines
            return self.line((), self.table), len(self.lines)

        outer = self.headers[place[0]], ends[place[0] + 1]
        return outer if len(place) == 1 else self._inner_span(place, *outer)

    def _inner_span(
        self, place: Place, first: int, last: int
    ) -> tuple[int, int]:
        begun = [*self._inner(first, last), last + 1]
        if place[1] >= len(begun) - 1:
            return first, last

        begin = begun[place[1]]
        return begin, max(begin, begun[place[1] + 1] - 1)

    def _inner(self, first: int, last: int) -> Iterator[int]:
        """The lines on which the inner tables between two lines begin."""
        header = re.compile(rf"\s*\[\[\s*{self.table}\.{self.inner}\s*\]\]")
        depth = 0
        for number in range(first, last + 1):
            line = self.lines[number - 1]
            if header.match(line):
                yield number

            for character in re.findall("[{}]", line):
                if character == "{" and depth == 0:
                    yield number
                depth += 1 if character == "{" else -1

    def wrong(self, code: str, place: Place, key: str, **facts: Any) -> None:
        """Notes a mistake at a key of a place."""
        where = (self.name, str(self.line(place, key)))
        self.mistakes.append(Mistake(code, where, {"key": key, **facts}))

    def keys(
        self,
        table: Any,
        known: Collection[str],
        needed: Collection[str],
        place: Place,
    ) -> bool:
        """Whether it is a table; notes what it lacks or nobody knows."""
        if not isinstance(table, Mapping):
            self.wrong("not-a-table", place, self.inner or self.table)
            return False

        for key in sorted(set(table) - set(known)):
            self.wrong("unknown-key", place, key, allowed=sorted(known))

        for key in sorted(set(needed) - set(table)):
            self.wrong("missing-key", place, key)

        return True

    def text(self, table: Mapping[str, Any], key: str, place: Place) -> str:
        """A text that is not empty; a missing one is noted elsewhere."""
        value = table.get(key, "–")
        if not isinstance(value, str) or not value.strip():
            self.wrong("not-a-text", place, key, value=value)
            return ""

        return value

    def day(
        self, table: Mapping[str, Any], key: str, place: Place
    ) -> date | None:
        """A date, or None where there is none."""
        value = table.get(key)
        if value is not None and type(value) is not date:
            self.wrong("not-a-date", place, key, value=str(value))
            return None

        return value

    def finish(self) -> None:
        """Raises when anything was wrong."""
        if self.mistakes:
            ordered = sorted(self.mistakes, key=lambda m: int(m.where[1]))
            raise Unusable(*ordered)


def _bare(text: str) -> str:
    """A text with strings and comments blank, except for quoted keys."""

    def blank(found: re.Match[str]) -> str:
        words = found[0]
        if re.match(r"[ \t]*=", text[found.end() :]):
            return f" {words[1:-1]} "

        return re.sub(r"[^\n]", " ", words)

    return STRING.sub(blank, text)
