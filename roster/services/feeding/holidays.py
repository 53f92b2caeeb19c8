"""
The official holidays as events: days off, and the days worked for them.

Only years with a notice have any; nothing is guessed for the next.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.days import CalendarYear, Holiday
from roster.records import FeedEventRow, FeedRow
from roster.services.feeding.events import revise, uid_of
from roster.services.feeding.marking import HOLIDAYS, mark_holidays
from roster.services.feeding.reading import OFF, WORK, midnight

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Said:
    """A run of days off, or one day worked."""

    thing: str
    first: date
    last: date
    summary: str
    description: str
    category: str

    @property
    def digest(self) -> str:
        words = (str(self.first), str(self.last), self.summary)
        return sha256(
            "\n".join((*words, self.description)).encode()
        ).hexdigest()


def renew_holidays(
    session: Session, years: Iterable[CalendarYear], now: datetime
) -> None:
    """Brings the holidays' events up to these years."""
    _make_feeds(session, now)
    for year in years:
        if not year.provisional:
            _renew(session, year, now)

    session.flush()


def _make_feeds(session: Session, now: datetime) -> None:
    known = set(session.scalars(select(FeedRow.kind)))
    for kind in HOLIDAYS:
        if kind not in known:
            session.add(
                FeedRow(
                    kind=kind,
                    subject="",
                    alarms=[],
                    stale=True,
                    etag="",
                    changed_at=now,
                )
            )
            mark_holidays(session)


def _renew(session: Session, year: CalendarYear, now: datetime) -> None:
    known = {
        row.shift: row
        for row in session.scalars(
            select(FeedEventRow).where(
                FeedEventRow.unit.is_(None),
                FeedEventRow.shift.like(f"{year.year}/%"),
            )
        )
    }
    for said in _said(year):
        row = known.pop(said.thing, None)
        if row is None:
            session.add(_new(said, now))
        elif row.cancelled or row.facts != said.digest:
            revise(row, now)
            _say(row, said)
        else:
            continue
        mark_holidays(session)

    for row in known.values():
        if not row.cancelled:
            revise(row, now)
            row.cancelled, row.mark = True, "【已取消】"
            mark_holidays(session)


def _said(year: CalendarYear) -> Iterator[_Said]:
    numbers = "、".join(n.number for n in year.notices if n.number)
    source = "依据：国务院办公厅放假通知" + (numbers and f"（{numbers}）")
    for holiday in year.holidays:
        yield _off(year.year, holiday, source)
        for when in holiday.make_up:
            yield _Said(
                f"{year.year}/{holiday.name}/{when}",
                when,
                when,
                f"{holiday.name}调休（班）",
                f"这一天上班，不放假，因{holiday.name}调休。\n{source}",
                WORK,
            )


def _off(year: int, holiday: Holiday, source: str) -> _Said:
    days = (holiday.last - holiday.first).days + 1
    said = f"{holiday.name}放假，共{days}天。"
    if holiday.make_up:
        when = "、".join(f"{d.month}月{d.day}日" for d in holiday.make_up)
        said += f"{when}上班。"

    return _Said(
        f"{year}/{holiday.name}",
        holiday.first,
        holiday.last,
        f"{holiday.name}（休）",
        f"{said}\n{source}",
        OFF,
    )


def _new(said: _Said, now: datetime) -> FeedEventRow:
    row = FeedEventRow(
        uid=uid_of("holiday", said.thing),
        shift=said.thing,
        sequence=0,
        modified=now.replace(microsecond=0),
    )
    _say(row, said)
    return row


def _say(row: FeedEventRow, said: _Said) -> None:
    row.facts = said.digest
    row.start = midnight(said.first)
    row.end = midnight(said.last + DAY)
    row.mark, row.cancelled = "", False
    row.summary = said.summary
    row.location = ""
    row.description = said.description
    row.category = said.category
    row.busy = False
