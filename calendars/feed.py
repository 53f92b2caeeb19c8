"""
Published duties and holidays as iCalendar bytes.

Only stored facts go in (uid, sequence, moment of the last revision), so the
same facts give the same bytes in any process at any time. An event is
written once for each revision; a feed is its head and such blocks.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vDate, vDatetime, vDuration
from icalendar import vText as Text

from roster.feeds import SHANGHAI, FeedEvent, FeedHead

# icalendar's own block for this zone carries a COMMENT that libical refuses
# and starts the summer time of 1986 an hour late; nobody's duty lies there.
VTIMEZONE = (
    b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
    b"DTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\n"
    b"TZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
END = b"END:VCALENDAR\r\n"

NAME_LONGEST = 30
SUMMARY_LONGEST = 60
EVENING_BEFORE = timedelta(hours=4)  # eight o'clock, before an all-day event

# Nothing below a blank but the line break has a place in a text, nor have
# the second set of controls and the two separators some readers break at.
UNSEEN = dict.fromkeys(
    code
    for code in (*range(32), *range(127, 160), 0x2028, 0x2029)
    if code != 10
)


def write_feed(head: FeedHead, blocks: Iterable[bytes]) -> bytes:
    """A calendar of events that `write_event` wrote, as they are ordered."""
    events = b"".join(blocks)
    # A zone nobody refers to is a fault, but a calendar needs a component.
    zone = VTIMEZONE if not events or b";TZID=" in events else b""
    return _head(head).removesuffix(END) + zone + events + END


def _head(head: FeedHead) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//duty-roster//duty feed 1//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _text(head.name)[:NAME_LONGEST])
    calendar.add("x-wr-calname", _text(head.name)[:NAME_LONGEST])
    calendar.add("x-wr-caldesc", _text(head.description))
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("x-wr-relcalid", head.feed_id)
    # PT1H, never P1H: one phone maker's import fails whole on the latter.
    hourly = vDuration(timedelta(hours=1))
    hourly.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", hourly)
    calendar.add("x-published-ttl", Text("PT1H"))
    calendar.add("color", "steelblue")
    calendar.add("x-apple-calendar-color", "#4682B4")
    if head.source:
        calendar.add("source", head.source, parameters={"VALUE": "URI"})
        calendar.add("url", head.source)

    return bytes(calendar.to_ical(sorted=False))


def write_event(event: FeedEvent) -> bytes:
    """One event with its alarms, as a block of lines."""
    stamp = event.modified.astimezone(UTC).replace(microsecond=0)
    vevent = Event()
    vevent.add("uid", event.uid)
    # Without METHOD, DTSTAMP is the last revision (RFC 5545, 3.8.7.2).
    vevent.add("dtstamp", stamp)
    vevent.add("last-modified", stamp)
    vevent.add("sequence", event.sequence)
    vevent.add("dtstart", _local(event, event.start))
    vevent.add("dtend", _local(event, event.end))
    vevent.add("summary", _summary(event))
    for name in ("location", "description"):
        if words := _text(getattr(event, name)):
            vevent.add(name, words)

    if event.url:
        vevent.add("url", event.url)

    vevent.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    busy = event.busy and not event.cancelled
    vevent.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    vevent.add("class", "PRIVATE" if event.private else "PUBLIC")
    vevent.add("categories", [_text(word) for word in event.categories])
    if event.special:
        vevent.add("x-apple-special-day", event.special)

    for alarm in _alarms(event):
        vevent.add_component(alarm)

    return bytes(vevent.to_ical(sorted=False))


def _summary(event: FeedEvent) -> str:
    return _text(event.summary).replace("\n", " ")[:SUMMARY_LONGEST]


def _alarms(event: FeedEvent) -> Iterable[Alarm]:
    if event.cancelled or not event.alarms:
        return

    before = [timedelta(minutes=minutes) for minutes in event.alarms]
    for ahead in [EVENING_BEFORE] if event.all_day else before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(event))
        alarm.add("trigger", -ahead)
        yield alarm


def _local(event: FeedEvent, moment: datetime) -> vDatetime | vDate:
    local = moment.astimezone(SHANGHAI)
    if event.all_day:
        day = vDate(local.date())
        day.params["VALUE"] = "DATE"
        return day

    stamp = vDatetime(local)
    stamp.params["TZID"] = "Asia/Shanghai"
    return stamp


def _text(words: str) -> str:
    """Words without what no calendar can show."""
    unix = words.replace("\r\n", "\n").replace("\r", "\n")
    return unix.translate(UNSEEN)
