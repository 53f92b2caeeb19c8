"""How a sheet of the name list is described: its columns and their kinds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

EXAMPLE = "示例"  # marks the row that shows how to fill in a sheet


class Kind(Enum):
    """What a cell of a column holds."""

    NUMBERING = auto()  # 序号: for the reader's eye, and marks the example
    TEXT = auto()
    ID = auto()
    IDS = auto()  # one or several, as many as there are names
    NAME = auto()
    NAMES = auto()  # one or several people
    UNIT = auto()  # a unit's name or id
    UNITS = auto()
    DATE = auto()
    FIRST = auto()  # a first date, or a whole range 10月1日-3日
    DATES = auto()  # one date, or a range meaning each of its dates
    SPANS = auto()  # several ranges
    WEEKDAY = auto()  # checked against the date beside it
    YES_NO = auto()
    CHOICE = auto()
    NUMBER = auto()
    PHONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column of a sheet.

    Parameters
    ----------
    key
        What the rest of the program calls it.
    header, others
        Its header, and other spellings that are read as the same.
    comment
        What to write in it, for whoever fills in the template.
    choices
        The words allowed and what each means; the first word of a meaning
        is the one written. For `Kind.TEXT` they are only suggestions.
    low, high
        The least and greatest number.
    longest
        The most characters; the records hold no more.
    """

    key: str
    header: str
    kind: Kind
    others: tuple[str, ...] = ()
    required: bool = False
    comment: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    example: Any = None
    low: int = 1
    high: int = 1000
    longest: int = 80
    width: int = 12

    @property
    def words(self) -> tuple[str, ...]:
        """The words for a drop-down, one for each meaning."""
        return tuple(dict.fromkeys(map(self.word_for, self.choices.values())))

    def word_for(self, meaning: Any) -> str:
        """The word that is written for a meaning."""
        return next(w for w, m in self.choices.items() if m == meaning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """
    One sheet of the workbook.

    ``repeats`` are keys of columns whose empty cells repeat the cell
    above; each only when the ones before it in the tuple are empty too.
    ``unless`` is a column which, when filled, needs no repeating.
    """

    name: str
    others: tuple[str, ...] = ()
    columns: tuple[Column, ...]
    required: bool = False
    repeats: tuple[str, ...] = ()
    unless: str = ""
    about: str = ""

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(c for c in self.columns if c.key == key)

    def column_headed(self, header: str) -> Column | None:
        """The column that a header means, or none."""
        word = bare(header)
        for column in self.columns:
            if word in map(bare, (column.header, *column.others)):
                return column

        return None

    def is_called(self, name: str) -> bool:
        """Whether a sheet of that name is this one."""
        return bare(name) in map(bare, (self.name, *self.others))


def bare(header: str) -> str:
    """A header without spaces, stars, colons and a bracketed ending."""
    word = re.sub(r"[\s\u3000*＊:：]", "", header)
    return re.sub(r"[(（\[【].*[)）\]】]$", "", word)
