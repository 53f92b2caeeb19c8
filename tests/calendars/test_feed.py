from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from calendars.feed import SHANGHAI, FeedEvent, write_feed

NEW_YEARS_EVE = FeedEvent(
    uid="7f@duty-roster",
    sequence=3,
    modified=datetime(2026, 11, 28, 9, 30, 15, 999, tzinfo=UTC),
    start=datetime(2026, 12, 31, 18, tzinfo=SHANGHAI),
    end=datetime(2027, 1, 1, 8, tzinfo=SHANGHAI),
    summary="夜班 · 柳湾小学",
    location="柳湾小学, 东街 1 号; 门卫室",
    description="带班：李𠮷\n交接：8:00 \\ 20:00",
    category="夜班",
)


def feed(*events: FeedEvent) -> bytes:
    return write_feed("王强的值班", "只读", "feed-1@duty-roster", events)


def test_a_night_over_new_year_is_one_event():
    calendar = Calendar.from_ical(feed(NEW_YEARS_EVE))

    (event,) = calendar.walk("VEVENT")

    assert event.decoded("dtstart") == NEW_YEARS_EVE.start
    assert event.decoded("dtend") == NEW_YEARS_EVE.end


def test_text_comes_back_as_it_was_written():
    calendar = Calendar.from_ical(feed(NEW_YEARS_EVE))

    (event,) = calendar.walk("VEVENT")

    assert str(event["location"]) == NEW_YEARS_EVE.location
    assert str(event["description"]) == NEW_YEARS_EVE.description
    assert not event.errors


def test_the_stamps_are_those_of_the_last_revision():
    (event,) = Calendar.from_ical(feed(NEW_YEARS_EVE)).walk("VEVENT")

    stamp = datetime(2026, 11, 28, 9, 30, 15, tzinfo=UTC)
    assert event.decoded("dtstamp") == stamp
    assert event.decoded("last-modified") == stamp
    assert event["sequence"] == 3


def test_lines_end_in_crlf_and_never_pass_75_octets():
    lines = feed(NEW_YEARS_EVE).split(b"\r\n")

    assert lines[-1] == b""
    assert all(0 < len(line) <= 75 for line in lines[:-1])
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_no_fold_cuts_a_character():
    for line in feed(NEW_YEARS_EVE).split(b"\r\n"):
        line.decode("utf-8")


def test_a_cancelled_duty_keeps_its_times():
    gone = FeedEvent(
        **{
            name: getattr(NEW_YEARS_EVE, name)
            for name in FeedEvent.__dataclass_fields__
            if name != "cancelled"
        },
        cancelled=True,
    )

    (event,) = Calendar.from_ical(feed(gone)).walk("VEVENT")

    assert event["status"] == "CANCELLED"
    assert event.decoded("dtend") > event.decoded("dtstart")


def test_an_empty_feed_still_defines_its_zone():
    calendar = Calendar.from_ical(feed())

    assert not calendar.walk("VEVENT")
    assert len(calendar.walk("VTIMEZONE")) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_facts_does_not_change_the_bytes(order: int):
    other = FeedEvent(
        "01@duty-roster",
        0,
        NEW_YEARS_EVE.modified,
        NEW_YEARS_EVE.start,
        NEW_YEARS_EVE.end,
        "带班",
    )

    assert feed(*[NEW_YEARS_EVE, other][::order]) == feed(NEW_YEARS_EVE, other)
