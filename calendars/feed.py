"""
Published duties as iCalendar bytes.

Only stored facts go in (uid, sequence, moment of the last revision), so the
same facts give the same bytes in any process at any time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDatetime, vDuration, vText

SHANGHAI = ZoneInfo("Asia/Shanghai")

# icalendar's own block for this zone carries a COMMENT that libical refuses
# and starts the summer time of 1986 an hour late; nobody's duty lies there.
VTIMEZONE = Timezone.from_ical(
    "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
    "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\n"
    "TZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """
    One duty as a calendar client sees it.

    ``modified`` is the moment of its last revision (whole seconds, UTC);
    ``sequence`` never falls. A cancelled event keeps its times.
    """

    uid: str
    sequence: int
    modified: datetime
    start: datetime
    end: datetime
    summary: str
    location: str = ""
    description: str = ""
    category: str = ""
    cancelled: bool = False


def write_feed(
    name: str, description: str, feed_id: str, events: Iterable[FeedEvent]
) -> bytes:
    """
    A personal calendar of these duties, ordered by start and uid.

    Parameters
    ----------
    name
        Whose calendar it is, at most 30 characters are kept.
    feed_id
        A constant id, so that a rotated address stays the same calendar.
    """
    calendar = _header(name, description, feed_id)
    calendar.add_component(VTIMEZONE)

    for event in sorted(events, key=lambda e: (e.start, e.uid)):
        calendar.add_component(_vevent(event))

    return bytes(calendar.to_ical(sorted=False))


def _header(name: str, description: str, feed_id: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//duty-roster//duty feed 1//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name[:30])
    calendar.add("x-wr-calname", name[:30])
    calendar.add("x-wr-caldesc", description)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("x-wr-relcalid", feed_id)
    # PT1H, never P1H: one phone maker's import fails whole on the latter.
    hourly = vDuration(timedelta(hours=1))
    hourly.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", hourly)
    calendar.add("x-published-ttl", vText("PT1H"))
    calendar.add("color", "steelblue")
    calendar.add("x-apple-calendar-color", "#4682B4")
    return calendar


def _vevent(event: FeedEvent) -> Event:
    stamp = event.modified.astimezone(UTC).replace(microsecond=0)
    vevent = Event()
    vevent.add("uid", event.uid)
    # Without METHOD, DTSTAMP is the last revision (RFC 5545, 3.8.7.2).
    vevent.add("dtstamp", stamp)
    vevent.add("last-modified", stamp)
    vevent.add("sequence", event.sequence)
    vevent.add("dtstart", _local(event.start))
    vevent.add("dtend", _local(event.end))
    vevent.add("summary", event.summary[:60])

    if event.location:
        vevent.add("location", event.location)

    if event.description:
        vevent.add("description", event.description)

    vevent.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    vevent.add("transp", "TRANSPARENT")
    vevent.add("class", "PRIVATE")
    vevent.add("categories", ["值班", *filter(None, [event.category])])
    return vevent


def _local(moment: datetime) -> vDatetime:
    stamp = vDatetime(moment.astimezone(SHANGHAI))
    stamp.params["TZID"] = "Asia/Shanghai"
    return stamp
