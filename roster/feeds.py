"""
A calendar feed as values: what its head says, and one event of it.

Only stored facts go in, so the same facts give the same bytes anywhere.
"""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class FeedHead:
    """
    Whose calendar it is.

    Parameters
    ----------
    name
        What clients show; at most 30 characters are kept.
    description
        What the calendar is good for, and where to complain.
    feed_id
        A constant id, so that a rotated address stays the same calendar.
    source
        The address itself, of a public feed only: people forward files.
    """

    name: str
    description: str
    feed_id: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """
    One duty, or one holiday, as a calendar client sees it.

    Parameters
    ----------
    modified
        The moment of its last revision (whole seconds).
    sequence
        The number of its last revision; it never falls.
    start, end
        From local midnight to local midnight it is an all-day event. A
        cancelled event keeps its times.
    busy
        Whether it shows its holder as busy.
    private
        Whether it stands in a person's own feed.
    alarms
        Minutes before the start; an all-day event has one alarm instead,
        at eight the evening before.
    special
        Apple's word for a holiday or a make-up working day.
    """

    uid: str
    sequence: int
    modified: datetime
    start: datetime
    end: datetime
    summary: str
    location: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    url: str = ""
    cancelled: bool = False
    busy: bool = False
    private: bool = False
    alarms: tuple[int, ...] = ()
    special: str = ""

    @property
    def all_day(self) -> bool:
        """Whether it has no hours: whole days from midnight on."""
        return all(
            moment.astimezone(SHANGHAI).time() == MIDNIGHT
            for moment in (self.start, self.end)
        )
