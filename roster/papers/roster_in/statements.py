"""What a workbook says: places, names, and what they came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from roster.papers.workbook import place as cell_name
from roster.problem import Assignment

GRID, LIST = "grid", "list"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a file, with the header above it."""

    file: str
    sheet: str
    row: int
    column: int
    header: str = ""

    @property
    def cell(self) -> str:
        """C7."""
        return cell_name(self.row, self.column)

    @property
    def where(self) -> tuple[str, ...]:
        """As a mistake names it."""
        words = self.file, self.sheet, self.cell, self.header
        return tuple(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it was written; ``hint`` tells namesakes apart."""

    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """
    One statement: who is on which post on a date.

    ``post`` is empty where only names are given, ``turn`` where the post's
    turn is not told.
    """

    date: date
    post: str
    turn: str
    names: tuple[Named, ...]
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table that was recognised, with everything it says."""

    layout: str  # GRID or LIST
    sheet: str
    header: int  # its row
    said: tuple[Said, ...]
    posts: tuple[str, ...] = ()  # the headers that were read as posts
    unused: tuple[str, ...] = ()  # headers of columns that were not read
    others: int = 0  # rows of other units, passed over

    @property
    def months(self) -> tuple[date, ...]:
        """The months it tells of, each by its first day."""
        return tuple(sorted({one.date.replace(day=1) for one in self.said}))


@dataclass(frozen=True, slots=True)
class Passed:
    """
    People named where the articles ask for nobody.

    ``code`` is ``no-duty`` for a day without duty, ``no-shift`` for a post
    or a turn that the day does not have.
    """

    code: str
    said: Said


@dataclass(frozen=True)
class OwnRoster:
    """
    What a workbook came to.

    Parameters
    ----------
    places
        By assignment, where it was read first.
    notes
        By shift, what the remarks beside it say.
    passed
        What has no place in the roster.
    unread
        The sheets in which nothing was recognised.
    """

    blocks: tuple[Block, ...]
    places: Mapping[Assignment, Place]
    notes: Mapping[str, str] = field(default_factory=dict)
    passed: Sequence[Passed] = ()
    unread: Sequence[str] = ()

    @property
    def cells(self) -> tuple[Assignment, ...]:
        """Who holds what."""
        return tuple(sorted(self.places))
