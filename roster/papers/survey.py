"""Looks through a workbook's parts before a library makes cells of them."""

from typing import IO
from xml.parsers.expat import ParserCreate

from openpyxl.utils import range_boundaries

FURTHEST = 16_384, 1_048_576  # a sheet's last column and row


class Survey:
    """
    Counts what would become large, part by part.

    A few bytes of a part can stand for millions of cells: a merged area
    that is a whole sheet, an entity that names another ten times.
    """

    def __init__(self) -> None:
        self.cells = 0  # also those that only bear a format
        self.uncounted = False  # a formula without the value it had
        self._sheet: bool | None = None
        self._formula = False  # one has begun, and no value followed
        self._empty_text = False  # what it gives may be an empty text
        self._value = False

    def read(self, part: IO[bytes]) -> None:
        """Adds a part; raises whatever expat does, and for a DOCTYPE."""
        self._sheet = None
        parser = ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ParseFile(part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if self._sheet is None:
            self._sheet = tag == "worksheet"
        if not self._sheet:
            return

        self._value = tag == "v"
        if tag == "c":
            self.cells += 1
            self._formula = False
            self._empty_text = attributes.get("t") == "str"
        elif tag == "f":
            self._formula = not self._empty_text
        elif tag == "mergeCell":
            self.cells += _area(attributes["ref"])

    def _text(self, _: str) -> None:
        if self._value:
            self._formula = False

    def _end(self, name: str) -> None:
        self._value = False
        if self._sheet and name.endswith(" c"):
            self.uncounted |= self._formula


def _refuse(*_: object) -> None:
    raise ValueError("A workbook's parts have no DOCTYPE.")


def _area(ref: str) -> int:
    """Its cells; whole columns and rows have no other sides."""
    sides = zip(range_boundaries(ref), (1, 1, *FURTHEST), strict=True)
    left, top, right, bottom = (side or limit for side, limit in sides)
    return (right - left + 1) * (bottom - top + 1)
