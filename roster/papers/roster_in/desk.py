"""One sheet being read: what is expected, and the mistakes found so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import ERROR_CODES

from roster.days import Term
from roster.errors import Mistake
from roster.papers.dates import plain
from roster.papers.roster_in.names import Known, Same, pieces
from roster.papers.roster_in.statements import Named, Place
from roster.papers.roster_in.words import Heading, turn_of
from roster.papers.workbook import UNCOUNTED, RawSheet

MOST = 5_000  # statements that a unit's term may need


@dataclass
class SheetDesk:
    """
    A sheet on the desk.

    Parameters
    ----------
    units
        The names of all units, to see whose a table is.
    unit
        The name of the unit whose roster is read.
    """

    file: str
    sheet: RawSheet
    term: Term
    known: Known
    unit: str
    units: Sequence[str]
    mistakes: list[Mistake] = field(default_factory=list)

    def place(self, row: int, column: int, header: str = "") -> Place:
        """A cell, counted from 1."""
        return Place(self.file, self.sheet.name, row, column, header)

    def wrong(self, place: Place, code: str, **facts: Any) -> None:
        """Notes a mistake."""
        self.mistakes.append(Mistake(code, place.where, facts))

    def usable(self, value: Any, place: Place) -> bool:
        """Whether a cell has a value; a failed formula is a mistake."""
        if value == UNCOUNTED:
            self.wrong(place, "formula-not-counted")
            return False

        if value in ERROR_CODES:
            self.wrong(place, "cell-error", value=plain(value))
            return False

        return bool(plain(value))

    def said(
        self,
        value: Any,
        base: Heading,
        place: Place,
        above: Sequence[Named] = (),
    ) -> list[tuple[Heading, tuple[Named, ...]]]:
        """
        Who a cell puts on which post, in order.

        Parameters
        ----------
        base
            The post the cell is for, unless it names another.
        above
            Who 同上 stands for.
        """
        found: dict[Heading, list[Named]] = {}
        here = base
        for piece in pieces(value, self.known):
            if isinstance(piece, Heading):
                here = Heading(piece.post, piece.turn or base.turn)
                continue

            some = above if isinstance(piece, Same) else (piece,)
            if isinstance(piece, Same) and not above:
                self.wrong(place, "nothing-above", value=plain(value))
            for named in some:
                turn = turn_of(named.hint)
                head = Heading(here.post, turn) if turn else here
                found.setdefault(head, []).append(named)

        return [(head, tuple(names)) for head, names in found.items()]

    def is_enough(self, count: int, place: Place) -> bool:
        """Whether a table says more than any roster would; a mistake."""
        if count > MOST:
            self.wrong(place, "too-much-said", most=MOST)

        return count > MOST

    def of_another(self, above: Sequence[Sequence[Any]]) -> bool:
        """Whether the titles above a table name another unit."""
        for row in reversed(above):
            words = "".join(plain(cell) for cell in row if cell is not None)
            named = [unit for unit in self.units if unit and unit in words]
            if named:
                return max(named, key=len) != self.unit

        return False
