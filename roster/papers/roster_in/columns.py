"""The header of a flat list: which column is what, in one row or two."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from roster.papers.dates import plain
from roster.papers.roster_in.words import (
    DATES,
    DATES_TOO,
    NAME_HEADS,
    NOTES,
    PHONES,
    POSITIONS,
    POST_HEADS,
    TURN_HEADS,
    UNITS,
    UNREAD,
    WEEKDAYS,
    Heading,
    bare,
    heading,
)

SUB_HEADS = {"姓名", "职务", "手机", "电话", "联系电话", *("白班", "夜班")}
Row = Sequence[Any]


@dataclass
class Columns:
    """What the columns of a list are; counted from 0, -1 where none is."""

    titles: dict[int, str]
    date: int = -1
    weekday: int = -1
    unit: int = -1
    turn: int = -1
    post: int = -1
    note: int = -1
    posts: dict[int, Heading] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)  # by post column
    unused: list[str] = field(default_factory=list)
    below: int = 1  # rows that the header takes


def header_at(rows: Sequence[Row], index: int) -> Columns | None:
    """The columns, if a list's header stands in that row."""
    row = rows[index]
    words = [bare(cell) for cell in row]
    if not set(words) & (DATES | DATES_TOO):
        return None

    under = rows[index + 1] if index + 1 < len(rows) else ()
    if _is_below(words, under):
        return _columns(_joined(row, under), below=2)

    if index and set(words) & SUB_HEADS and any(map(heading, rows[index - 1])):
        return _columns(_joined(rows[index - 1], row))

    return _columns([plain(cell) for cell in row])


def _is_below(words: list[str], under: Row) -> bool:
    """Whether a row goes on with the header above it."""
    below = [bare(cell) for cell in under]
    dated = [n for n, word in enumerate(words) if word in DATES | DATES_TOO]
    alike = all(
        n >= len(below) or below[n] in ("", words[n]) for n in dated[:1]
    )
    return alike and bool(set(below) & SUB_HEADS)


def _joined(upper: Row, lower: Row) -> list[str]:
    """Two rows of a header as one; what spans columns goes to each."""
    titles, group = [], ""
    for n in range(max(len(upper), len(lower))):
        above = plain(upper[n]) if n < len(upper) else ""
        under = plain(lower[n]) if n < len(lower) else ""
        group = above or group
        same = bare(group) == bare(under)
        titles.append(under if same or not under else f"{group}{under}")
        if not under:
            titles[-1] = above

    return titles


def _columns(titles: Sequence[str], below: int = 1) -> Columns | None:
    found = Columns(dict(enumerate(titles)), below=below)
    last = -1
    for n, title in enumerate(titles):
        word = bare(title)
        post = None if PHONES.search(word) else heading(title)
        if _is_known(found, n, word):
            continue

        if any(word.endswith(end) for end in POSITIONS):
            if last >= 0:
                found.positions.setdefault(last, n)
        elif post is not None:
            found.posts[n], last = post, n
        elif word in NAME_HEADS:
            found.posts[n], last = Heading(), n
        elif word not in UNREAD and not PHONES.search(word):
            found.unused.append(plain(title))

    found.date = _date_column(titles)
    if not found.posts or found.date < 0:
        return None

    found.posts.pop(found.date, None)
    return found


def _date_column(titles: Sequence[str]) -> int:
    for wanted in (DATES, DATES_TOO):
        for n, title in enumerate(titles):
            if bare(title) in wanted:
                return n

    return -1


def _is_known(found: Columns, n: int, word: str) -> bool:
    """Whether a column is one of those that stand once."""
    for name, words in (
        ("weekday", WEEKDAYS),
        ("unit", UNITS),
        ("turn", TURN_HEADS),
        ("post", POST_HEADS),
        ("note", NOTES),
    ):
        if word in words and getattr(found, name) < 0:
            setattr(found, name, n)
            return True

    return word in DATES or word in DATES_TOO
