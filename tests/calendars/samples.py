"""Events with everything that has broken a calendar somewhere."""

from datetime import UTC, datetime, timedelta

from calendars.feed import write_event, write_feed
from roster.feeds import SHANGHAI, FeedEvent, FeedHead

STAMP = datetime(2026, 11, 28, 9, 30, 15, tzinfo=UTC)
HEAD = FeedHead("王𠮷 值班", "只读；有误请联系, 排班人员。", "feed-1")
AWKWARD = '带班：李𠮷、😀\n同日：甲, 乙; 丙\\丁 "戊"：' + "长" * 70 + "\n交接"


def at(day: int, hour: int = 0, minute: int = 0, month: int = 12) -> datetime:
    """A moment of the last December."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def event(number: int, start: datetime, end: datetime, **more) -> FeedEvent:
    """A duty in somebody's own feed."""
    given = {
        "summary": "值班员 · 柳湾小学",
        "location": "柳湾小学",
        "description": AWKWARD,
        "categories": ("值班", "双休"),
        "private": True,
        "alarms": (720, 30),
        **more,
    }
    return FeedEvent(
        f"{number:032x}@duty-roster.invalid",
        number,
        STAMP,
        start,
        end,
        **given,
    )


NEW_YEAR = datetime(2027, 1, 1, 6, 30, tzinfo=SHANGHAI)

SAMPLES = {
    "day": event(1, at(5, 8), at(5, 18)),
    "24 hours": event(2, at(6, 8), at(7, 8), busy=True),
    "night over New Year": event(3, at(31, 21, 30), NEW_YEAR),
    "whole day": event(4, at(12), at(13)),
    "several days": event(
        5, at(19), at(22), url="https://duty.example.cn/my/duty"
    ),
    "cancelled": event(
        6, at(13, 8), at(13, 18), cancelled=True, summary="【已取消】值班员"
    ),
    "given away": event(
        7,
        at(20, 8),
        at(20, 18),
        cancelled=True,
        summary="【已换给李𠮷】值班员 · 柳湾小学",
    ),
    "swapped back": event(8, at(27, 8), at(27, 18)),
    "awkward": event(
        9,
        at(26, 8),
        at(26, 18),
        summary="【换班】门卫；值班, \\ “𠮷😀”",
        location="柳湾, 东街 1 号; \\门卫室",
    ),
}


def feed(*names: str) -> bytes:
    """A feed of these samples, in the order of their starts."""
    chosen = sorted(
        (SAMPLES[n] for n in names), key=lambda e: (e.start, e.uid)
    )
    return write_feed(HEAD, map(write_event, chosen))


def everything() -> bytes:
    """A feed of all samples."""
    return feed(*SAMPLES)


def unfolded(content: bytes) -> list[str]:
    """A feed's lines as they were before they were folded."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def hours(count: int) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)
