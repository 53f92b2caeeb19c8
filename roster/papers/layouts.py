"""Two more layouts of offices: leaders beside duty, and all units a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from roster.papers.rosters import OPEN, RosterEntry, RosterSheet, days_of

TURNS = ("全天", "白班", "夜班")
DAY = ("日期", "星期", "节假日/类别")
LEADER = ("带班领导", "职务")
PHONE, UNIT_PHONE, NOTE = "联系电话", "值班电话", "备注"


@dataclass(frozen=True, slots=True)
class Layout:
    """
    A table for one sheet of paper.

    ``blocks`` are the titles above its columns, each with how many; rows
    hold ISO dates where the header is 日期.
    """

    title: str
    standing: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signatures: str
    blocks: tuple[tuple[str, int], ...] = ()


def signed(unit: str, author: str, approver: str, printed: str) -> str:
    """The last row: the stamp, and who answers for it."""
    return (
        f"单位（盖章）：{unit}　　编制人：{author}　　审核人：{approver}"
        f"　　签发：　　　　　　打印日期：{printed}"
    )


def two_blocks(
    sheet: RosterSheet, *, title: str, printed: str, phones: bool
) -> Layout:
    """Layout 2: on the left who leads, on the right who is on duty."""
    found = {entry.shift for entry in sheet.entries if not entry.leads}
    turns = [turn for turn in TURNS if turn in found] or ["值班人员"]
    left = (*LEADER, PHONE) if phones else LEADER
    rows = tuple(
        (
            str(when),
            *_day((leaders or others)[0]),
            *_leader(leaders, phones=phones),
            *(_people(others, turn, phones=phones) for turn in turns),
            (leaders or others)[0].note,
        )
        for when, leaders, others in days_of(sheet)
    )
    return Layout(
        title=title,
        standing=sheet.standing,
        headers=(*DAY, *left, *turns, NOTE),
        rows=rows,
        signatures=signed(sheet.unit, sheet.author, sheet.approver, printed),
        blocks=(
            ("", len(DAY)),
            ("带班领导", len(left)),
            ("值班人员", len(turns)),
            ("", 1),
        ),
    )


def collective(
    sheets: Sequence[RosterSheet],
    *,
    unit: str,
    title: str,
    standing: str,
    printed: str,
    phones: bool,
) -> Layout:
    """Layout 5: a row a day and unit, for whoever rings them up."""
    left = (*LEADER, PHONE) if phones else LEADER
    right = (UNIT_PHONE, NOTE) if phones else (NOTE,)
    rows = sorted(_unit_rows(sheets, phones=phones), key=lambda row: row[0])
    return Layout(
        title=title,
        standing=standing,
        headers=("序号", *DAY, "单位", *left, "值班人员", *right),
        rows=tuple((str(n), *row) for n, row in enumerate(rows, 1)),
        signatures=signed(unit, "", "", printed),
    )


def _unit_rows(
    sheets: Sequence[RosterSheet], *, phones: bool
) -> Iterator[tuple[str, ...]]:
    for sheet in sheets:
        for when, leaders, others in days_of(sheet):
            first = (leaders or others)[0]
            yield (
                str(when),
                *_day(first),
                sheet.unit,
                *_leader(leaders, phones=phones),
                "\n".join(_lines(others, phones=phones)),
                *((sheet.phone,) if phones else ()),
                first.note,
            )


def _day(entry: RosterEntry) -> tuple[str, str]:
    return entry.weekday, entry.kind


def _leader(leaders: list[RosterEntry], *, phones: bool) -> tuple[str, ...]:
    """Names, positions, telephones; as many lines in each."""
    people = [
        (name, position, phone)
        for entry in leaders
        for name, position, phone in zip_longest(
            entry.names or (OPEN,), entry.positions, entry.phones, fillvalue=""
        )
    ]
    cells = ["\n".join(words) for words in zip(*people, strict=True)]
    return tuple((cells or [""] * 3)[: 3 if phones else 2])


def _people(others: list[RosterEntry], turn: str, *, phones: bool) -> str:
    """Who is on duty in a turn, a line a post."""
    some = [entry for entry in others if turn in (entry.shift, "值班人员")]
    return "\n".join(
        f"{entry.post} {'、'.join(_names(entry, phones=phones))}"
        for entry in some
    )


def _lines(others: list[RosterEntry], *, phones: bool) -> Iterator[str]:
    """Everybody but the leaders, a line a turn and post."""
    for (turn, post), some in groupby(others, key=lambda e: (e.shift, e.post)):
        names = [n for entry in some for n in _names(entry, phones=phones)]
        yield f"{turn} {post} {'、'.join(names)}"


def _names(entry: RosterEntry, *, phones: bool) -> list[str]:
    return [
        f"{name} {phone}" if phones and phone else name
        for name, phone in zip_longest(
            entry.names or (OPEN,), entry.phones, fillvalue=""
        )
    ]
