"""A feed's head and events as values, from what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from roster.feeds import FeedEvent, FeedHead
from roster.posts import SHANGHAI
from roster.records import FeedEventRow, StaffRow, UnitRow
from roster.services.feeding.events import uid_of
from roster.services.feeding.marking import (
    COUNTY,
    DISTRICT,
    PERSON,
    UNIT,
    units_below,
)

MONTHS_BACK = 3
KEPT = timedelta(days=30)  # a cancelled duty, after its end

READ_ONLY = "只读，由值班系统发布；有误请联系本单位排班人员。"
OFFICIAL = "只读，以国务院办公厅公布的放假通知为准。"
OFF, WORK = "休", "班"
SPECIAL = {OFF: "WORK-HOLIDAY", WORK: "ALTERNATE-WORKDAY"}
HOLIDAY_NAMES = {
    "holidays": "中国节假日（休、班）",
    "holidays-off": "中国节假日（休）",
    "holidays-work": "中国节假日调休（班）",
}


@dataclass(frozen=True, slots=True)
class FeedOf:
    """Which feed: its kind, whose it is, the alarms its owner wants."""

    kind: str
    subject: str
    alarms: tuple[int, ...] = ()


def head_of(session: Session, feed: FeedOf, site: str) -> FeedHead:
    """Whose calendar it is."""
    if feed.kind in HOLIDAY_NAMES:
        source = f"{site}/feeds/{feed.kind}.ics" if site else ""
        name = HOLIDAY_NAMES[feed.kind]
        return FeedHead(name, OFFICIAL, feed_id(feed), source)

    return FeedHead(name_of(session, feed), READ_ONLY, feed_id(feed))


def name_of(session: Session, feed: FeedOf) -> str:
    """What a feed is called."""
    if feed.kind in HOLIDAY_NAMES:
        return titled(feed, "")

    kept = StaffRow if feed.kind == PERSON else UnitRow
    whose = session.scalar(select(kept.name).where(kept.id == feed.subject))
    return titled(feed, whose or "")


def titled(feed: FeedOf, whose: str) -> str:
    """The same, by the name of whose it is; long ones are cut."""
    if feed.kind in HOLIDAY_NAMES:
        return HOLIDAY_NAMES[feed.kind]

    what = {DISTRICT: "学区各单位值班", COUNTY: "全县值班"}
    word = what.get(feed.kind, "值班")
    return f"{whose[: 29 - len(word)]} {word}"


def feed_id(feed: FeedOf) -> str:
    """A constant id, whatever address it is read at."""
    words = ["feed", feed.subject]
    return uid_of(
        *(words if feed.kind == PERSON else ["feed", feed.kind, feed.subject])
    ).split("@")[0]


def rows_of(
    session: Session, feed: FeedOf, today: date
) -> Sequence[FeedEventRow]:
    """A feed's events in its window, by start and uid."""
    wanted = select(FeedEventRow).where(
        _inside(session, feed),
        FeedEventRow.end >= window(today),
        or_(
            FeedEventRow.cancelled.is_(False),
            FeedEventRow.end >= midnight(today) - KEPT,
        ),
    )
    rows = session.scalars(wanted).all()
    return sorted(rows, key=lambda row: (row.start, row.uid))


def _inside(session: Session, feed: FeedOf) -> Any:
    """The condition that an event stands in a feed."""
    row = FeedEventRow
    if feed.kind == PERSON:
        return row.staff == feed.subject

    if feed.kind in HOLIDAY_NAMES:
        which = {"holidays-off": [OFF], "holidays-work": [WORK]}
        kinds = which.get(feed.kind, [OFF, WORK])
        return and_(
            row.unit.is_(None), row.staff.is_(None), row.category.in_(kinds)
        )

    units = {feed.subject}
    if feed.kind != UNIT:
        units |= units_below(session, feed.subject)
    return and_(row.staff.is_(None), row.unit.in_(sorted(units)))


def event_of(
    row: FeedEventRow, alarms: tuple[int, ...], site: str
) -> FeedEvent:
    """An event's row as a value."""
    holiday = row.unit is None
    kind = "节假日" if holiday else "值班"
    page = "/my/duty" if row.staff else f"/units/{row.unit}"
    return FeedEvent(
        uid=row.uid,
        sequence=row.sequence,
        modified=row.modified,
        start=row.start,
        end=row.end,
        summary=row.mark + row.summary,
        location=row.location,
        description=row.description,
        categories=(kind, row.category),
        url=site + page if site and not holiday else "",
        cancelled=row.cancelled,
        busy=row.busy,
        private=row.staff is not None,
        alarms=alarms if row.staff else (),
        special=SPECIAL[row.category] if holiday else "",
    )


def window(today: date) -> datetime:
    """The first of the month, three months back."""
    return midnight(month_after(today, -MONTHS_BACK))


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months on."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def midnight(day: date) -> datetime:
    """A day's beginning here."""
    return datetime.combine(day, datetime.min.time(), SHANGHAI)


def due_on(rows: Sequence[FeedEventRow]) -> date | None:
    """The next day on which time alone takes one of these events away."""
    days = [_gone_on(row) for row in rows]
    return min(days, default=None)


def _gone_on(row: FeedEventRow) -> date:
    """The first day on which `rows_of` leaves an event out."""
    end = row.end.astimezone(SHANGHAI)
    edge = month_after(end.date(), MONTHS_BACK + 1)
    if not row.cancelled:
        return edge

    return min(edge, (end + KEPT).date() + timedelta(days=1))
