"""
What the clock does for feeds, every minute and every day.

It ends leavers' addresses, makes good what could not be written, notes
who read what, and brings everything along where the program, the site's
address or the calendar changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster.days import CalendarYear
from roster.posts import SHANGHAI
from roster.records import FeedRow, SettingRow, SubscriptionRow
from roster.services import settings
from roster.services.feeding.events import renew_every_event
from roster.services.feeding.holidays import renew_holidays
from roster.services.feeding.leaving import end_of_leavers, ended
from roster.services.feeding.marking import TO_WRITE
from roster.services.feeding.writing import forget_blocks, mark_due

FORM = "2"  # raised whenever the program says or writes events otherwise
FORM_KEPT = "feed_form"
CALENDAR_KEPT = "feed_calendar"


class Calendar(Protocol):
    """Years of the official calendar."""

    def year(self, number: int) -> CalendarYear:
        """A year, provisional or announced."""

    def version(self, first: date, last: date) -> str:
        """Changes when a year in between does."""


@dataclass(frozen=True, slots=True)
class Use:
    """A day on which a device read its feed, with what program."""

    day: date
    client: str


class Uses:
    """
    Who read what since it was last written down.

    Reading never writes; the clock takes these along once a minute.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._noted: dict[int, Use] = {}

    def note(self, subscription: int, use: Use) -> None:
        """Remembers a device's newest use."""
        with self._lock:
            self._noted[subscription] = use

    def take(self) -> dict[int, Use]:
        """What was noted, to be written down."""
        with self._lock:
            taken, self._noted = self._noted, {}

        return taken


def needs_care(
    session: Session, *, calendar: Calendar, site: str, now: datetime
) -> bool:
    """Whether there is anything to do; so most minutes write nothing."""
    today = now.astimezone(SHANGHAI).date()
    return bool(
        _form(site) != settings.get(session, FORM_KEPT)
        or _version(calendar, today) != settings.get(session, CALENDAR_KEPT)
        or session.scalar(select(FeedRow.id).where(FeedRow.stale).limit(1))
        or ended(session, today)
    )


def care(
    session: Session, *, calendar: Calendar, site: str, now: datetime
) -> None:
    """Does it; the feeds are written as the transaction ends."""
    today = now.astimezone(SHANGHAI).date()
    if _form(site) != settings.get(session, FORM_KEPT):
        renew_every_event(session, now)
        forget_blocks(session)
        session.merge(SettingRow(key=FORM_KEPT, value=_form(site)))

    version = _version(calendar, today)
    if version != settings.get(session, CALENDAR_KEPT):
        renew_holidays(session, _years(calendar, today), now)
        session.merge(SettingRow(key=CALENDAR_KEPT, value=version))

    end_of_leavers(session, now)
    session.info[TO_WRITE] = True


def _form(site: str) -> str:
    return f"{FORM} {site}"


def _years(calendar: Calendar, today: date) -> Iterable[CalendarYear]:
    """Last year's days are in the window, next year's may be known."""
    return [calendar.year(today.year + n) for n in (-1, 0, 1)]


def _version(calendar: Calendar, today: date) -> str:
    first, last = date(today.year - 1, 1, 1), date(today.year + 1, 12, 31)
    return f"{today.year} {calendar.version(first, last)}"


def write_down(session: Session, uses: dict[int, Use]) -> None:
    """Keeps on which day and by what program an address was last read."""
    for number, use in uses.items():
        session.execute(
            update(SubscriptionRow)
            .where(SubscriptionRow.id == number)
            .values(used_on=use.day, client=use.client)
        )


def pass_day(session: Session, now: datetime) -> int:
    """What time alone changes, once a day; how many feeds."""
    return mark_due(session, now.astimezone(SHANGHAI).date())
