"""A roster as a sheet of paper: what every form of it is made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """
    One shift of a day: who, when, as what.

    ``leads`` entries go into the leader's columns; ``shift`` is 白班, 夜班
    or 全天 and ``hours`` its times; no names means that it is open.
    """

    date: date
    kind: str  # 法定, 双休 …, or the festival
    post: str
    shift: str
    hours: str
    names: tuple[str, ...]
    positions: tuple[str, ...]
    leads: bool = False
    note: str = ""
    phones: tuple[str, ...] = ()  # beside the names; empty where unknown

    @property
    def weekday(self) -> str:
        """周六."""
        return "周" + WEEKDAYS[self.date.weekday()]


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """One unit's roster for a term, ready for any form of paper."""

    unit: str
    term: str
    phone: str
    number: int
    state: str  # 草稿, 已发布
    author: str
    approver: str
    issued: str
    provisional: bool
    entries: tuple[RosterEntry, ...]
    relaxed: str = ""  # the articles eased by choice

    @property
    def title(self) -> str:
        """The title row."""
        return f"{self.unit}{self.term}值班安排表"

    @property
    def standing(self) -> str:
        """The row below it: version, state, whether provisional."""
        words = [f"第{self.number}版", self.state]
        if self.issued:
            words.append(self.issued)
        if self.provisional:
            words.append("含暂定日期：放假通知尚未发布")
        if self.relaxed:
            words.append(f"放宽了条款：{self.relaxed}")
        return "　".join(words)

    @property
    def signatures(self) -> str:
        """The last row, for stamp and names."""
        return (
            f"单位（盖章）：{self.unit}　　填报人：{self.author}"
            f"　　审核人：{self.approver}　　填报日期：{self.issued}"
        )


HEADERS = (
    "序号",
    "单位",
    "日期",
    "星期",
    "节假日/类别",
    "带班领导",
    "职务",
    "班次",
    "时间",
    "岗位",
    "值班人员",
    "职务",
    "值班电话",
    "备注",
)

OPEN = "（空缺）"


def days_of(
    sheet: RosterSheet,
) -> Iterator[tuple[date, list[RosterEntry], list[RosterEntry]]]:
    """Each day with those who lead and the others."""
    for when, some in groupby(sheet.entries, key=lambda e: e.date):
        entries = list(some)
        yield (
            when,
            [e for e in entries if e.leads],
            [e for e in entries if not e.leads],
        )


def flat_rows(sheet: RosterSheet) -> Iterator[tuple[str, ...]]:
    """
    The flat list of common use: a row a day and shift.

    The leader stands on the day's first row only. Where somebody leads
    and nobody else is on duty the row has the leader's own hours.
    """
    number = 0
    for when, leaders, others in days_of(sheet):
        first = (leaders or others)[0]
        for row, held in enumerate([[entry] for entry in others] or [[]]):
            number += 1
            hours = (held or leaders)[0]
            leading = leaders if row == 0 else []
            yield (
                str(number),
                sheet.unit,
                str(when),
                first.weekday,
                first.kind,
                _names(leading),
                _positions(leading),
                hours.shift,
                hours.hours,
                "、".join(entry.post for entry in held),
                _names(held),
                _positions(held),
                sheet.phone,
                first.note if row == 0 else "",
            )


def _names(entries: list[RosterEntry]) -> str:
    return "、".join(
        name for entry in entries for name in entry.names or (OPEN,)
    )


def _positions(entries: list[RosterEntry]) -> str:
    """As many as there are names, so that each stands for its own."""
    words = [word or "—" for entry in entries for word in entry.positions]
    return "、".join(words) if set(words) - {"—"} else ""


def cell_text(entries: list[RosterEntry]) -> str:
    """A day of the month grid, a line a post."""
    first = entries[0]
    note = f"（{first.note}）" if first.note else ""
    lines = [f"{first.date.day} {first.kind}{note}"]
    for entry in entries:
        shift = entry.shift if entry.shift in ("白班", "夜班") else ""
        word = entry.post + (f"（{shift}）" if shift else "")
        lines.append(f"{word} {'、'.join(entry.names or (OPEN,))}")

    return "\n".join(lines)
