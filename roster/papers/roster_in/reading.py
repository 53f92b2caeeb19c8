"""A workbook's sheets become one roster, or every mistake is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from roster.days import Term
from roster.errors import Mistake, Unusable
from roster.papers.dates import plain
from roster.papers.roster_in.columns import Columns, header_at
from roster.papers.roster_in.days import month_above
from roster.papers.roster_in.desk import SheetDesk
from roster.papers.roster_in.grids import GridReader, weekdays_at
from roster.papers.roster_in.lists import ListReader
from roster.papers.roster_in.people import People
from roster.papers.roster_in.placing import Placing, folded
from roster.papers.roster_in.statements import Block, OwnRoster
from roster.papers.roster_in.words import USUAL, Heading, post_in
from roster.papers.workbook import RawSheet, open_workbook
from roster.people import StaffMember, Unit
from roster.problem import Shift

Header = Columns | dict[int, int]
TITLES = 3  # rows above a table that may be its title


@dataclass(frozen=True)
class Expected:
    """
    Whose roster is read, and what it may say.

    Parameters
    ----------
    shifts
        What the articles demand of the unit in the term.
    staff
        Everybody of the county.
    pooled
        The ids of other units' people who may stand in it.
    """

    unit: Unit
    units: Sequence[Unit]
    term: Term
    shifts: Sequence[Shift]
    staff: Sequence[StaffMember]
    pooled: frozenset[str] = frozenset()

    @property
    def people(self) -> People:
        """Whom names may mean."""
        own = [m for m in self.staff if m.unit == self.unit.id]
        pooled = [m for m in self.staff if m.id in self.pooled]
        names = {unit.id: unit.name for unit in self.units}
        return People(own, pooled, self.staff, names)


def read_roster(
    content: bytes, name: str, expected: Expected, sheet: str = ""
) -> OwnRoster:
    """
    A unit's roster from a workbook's bytes.

    Parameters
    ----------
    sheet
        The only sheet to read; all of them by default.

    Raises
    ------
    Unusable
        With every mistake, each with its sheet and cell.
    """
    pages = _chosen(open_workbook(content, name), name, sheet)
    people = expected.people
    mistakes: list[Mistake] = []
    blocks: list[Block] = []
    unread: list[str] = []
    for page in pages:
        desk = SheetDesk(
            name,
            page,
            expected.term,
            people.known,
            expected.unit.name,
            [unit.name for unit in expected.units],
        )
        found = list(_blocks(desk))
        blocks += found
        mistakes += desk.mistakes
        if not found and any(any(map(plain, row)) for row in page.rows):
            unread.append(page.name)

    placing = Placing(expected.term, expected.shifts, people)
    roster = placing.placed(blocks, unread)
    mistakes += placing.mistakes
    if not mistakes and not roster.places:
        mistakes.append(_nothing(name, blocks, expected, placing))
    if mistakes:
        raise Unusable(*folded(mistakes))

    return roster


def _chosen(
    pages: Sequence[RawSheet], name: str, sheet: str
) -> Sequence[RawSheet]:
    wanted = sheet.strip()
    if not wanted:
        return pages

    found = [page for page in pages if page.name.strip() == wanted]
    if not found:
        facts = {"value": wanted, "allowed": [page.name for page in pages]}
        raise Unusable(Mistake("no-such-sheet", (name,), facts))

    return found


def _nothing(
    name: str, blocks: Sequence[Block], expected: Expected, placing: Placing
) -> Mistake:
    """Why a file without a mistake says nothing all the same."""
    if not blocks:
        return Mistake("no-roster-table", (name,), {"allowed": list(USUAL)})

    if placing.passed:
        facts = {"term": expected.term.name}
        return Mistake("nothing-on-duty-days", (name,), facts)

    return Mistake("nobody-named-here", (name,), {"unit": expected.unit.name})


def _blocks(desk: SheetDesk) -> Iterator[Block]:
    """Every table of a sheet that is this unit's."""
    rows = desk.sheet.rows
    headers = list(_headers(rows))
    ends = [*(index for index, _ in headers[1:]), len(rows)]
    for (index, header), end in zip(headers, ends, strict=False):
        # Below a first table only what stands right above is a title.
        first = index == headers[0][0]
        above = rows[0 if first else index - TITLES : index]
        if desk.of_another(above):
            continue

        post = _titled(desk, above)
        if isinstance(header, Columns):
            header.posts = {
                n: (one if one.post else post)
                for n, one in header.posts.items()
            }
            yield ListReader(desk, header, index + 1).read(end + 1)
        else:
            month = month_above(above, desk.sheet.name, desk.term)
            grid = GridReader(desk, header, index + 1, month, post)
            yield grid.read(end + 1)


def _headers(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, Header]]:
    index = 0
    while index < len(rows):
        weekdays = weekdays_at(rows[index])
        columns = None if weekdays else header_at(rows, index)
        if weekdays:
            yield index, weekdays
        elif columns:
            yield index, columns

        index += columns.below if columns else 1


def _titled(desk: SheetDesk, above: Sequence[Sequence[Any]]) -> Heading:
    """The post a title is about, for names without a post."""
    words = [cell for row in reversed(above) for cell in row if plain(cell)]
    for word in (*words, desk.sheet.name):
        title = plain(word).replace(plain(desk.unit), "")
        if post := post_in(title):
            return post

    return Heading()
