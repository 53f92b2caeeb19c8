"""
What independent programs read in a feed, event by event.

Each reader is given bytes and tells what it understood; all must tell the
same. A program that is not installed is named, so that the tests can say.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import ics
import recurring_ical_events
import vobject

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ICAL_JS = ROOT / "build/node/node_modules/ical.js/dist/ical.js"
FIELD, EVENT = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """
    One event as a program understood it.

    Times are ISO: a moment in UTC, or a date for whole days.
    """

    uid: str
    start: str
    end: str
    summary: str
    location: str
    description: str
    status: str


def when(found: date | datetime) -> str:
    """A moment in UTC, or a date."""
    if isinstance(found, datetime):
        assert found.tzinfo is not None, "floating"
        return f"{found.astimezone(UTC):%Y-%m-%dT%H:%M}"

    return found.isoformat()


def by_icalendar(content: bytes, _: Path) -> list[Read]:
    """icalendar."""
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    return [_component(event) for event in calendar.walk("VEVENT")]


def by_recurring(content: bytes, _: Path) -> list[Read]:
    """recurring-ical-events, as one looks through a year or two."""
    calendar = icalendar.Calendar.from_ical(content)
    found = recurring_ical_events.of(calendar).between(
        datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    )
    return [_component(event) for event in found]


def _component(event: icalendar.Event) -> Read:
    return Read(
        str(event["uid"]),
        when(event["dtstart"].dt),
        when(event["dtend"].dt),
        str(event["summary"]),
        str(event.get("location", "")),
        str(event.get("description", "")),
        str(event["status"]),
    )


def by_vobject(content: bytes, _: Path) -> list[Read]:
    """vobject."""
    calendar = vobject.readOne(content.decode())
    return [
        Read(
            event.uid.value,
            when(event.dtstart.value),
            when(event.dtend.value),
            event.summary.value,
            _value(event, "location"),
            _value(event, "description"),
            event.status.value,
        )
        for event in calendar.contents.get("vevent", ())
    ]


def _value(event: vobject.base.Component, name: str) -> str:
    return getattr(event, name).value if name in event.contents else ""


def by_ics(content: bytes, _: Path) -> list[Read]:
    """ics."""
    return [
        Read(
            event.uid,
            _moment(event, event.begin.datetime),
            _moment(event, event.end.datetime),
            event.name,
            event.location or "",
            event.description or "",
            event.status,
        )
        for event in ics.Calendar(content.decode()).events
    ]


def _moment(event: ics.Event, found: datetime) -> str:
    return when(found.date() if event.all_day else found)


def by_ical_js(_: bytes, path: Path) -> list[Read]:
    """ical.js, which Thunderbird uses."""
    (found,) = ical_js_reads([path])
    return found


def ical_js_reads(paths: Sequence[Path]) -> list[list[Read]]:
    """What ical.js reads in each of these feeds."""
    told = _run("node", str(HERE / "read.mjs"), str(ICAL_JS), *map(str, paths))
    return [[Read(**one) for one in feed] for feed in json.loads(told)]


def by_libical(_: bytes, path: Path) -> list[Read]:
    """libical, which KDE, GNOME and Cyrus use; strict about restrictions."""
    program = path.parent / "read_libical"
    if not program.exists():
        source = str(HERE / "read_libical.c")
        _run("cc", "-o", str(program), source, "-lical")

    told = _run(str(program), str(path))
    return [Read(*one.split(FIELD)) for one in told.split(EVENT)[:-1]]


def by_khal(_: bytes, path: Path) -> list[Read]:
    """khal, on a terminal."""
    return khal_reads([path], path.parent / f"khal-{path.stem}")


def khal_reads(paths: Sequence[Path], home: Path) -> list[Read]:
    """What khal reads in feeds that have no event in common."""
    (home / "calendar").mkdir(parents=True)
    config = home / "config"
    config.write_text(
        "[calendars]\n[[duty]]\n"
        f"path = {home / 'calendar'}\n"
        "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        "longdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {home / 'khal.db'}\n"
    )
    khal = ("khal", "--no-color", "-c", str(config))
    _run(*khal, "import", "--batch", "-a", "duty", *map(str, paths))
    shape = FIELD.join(
        (
            "{uid}",
            "{start-date-long}",
            "{start-time}",
            "{end-date-long}",
            "{end-time}",
            "{title}",
            "{location}",
            "{description}",
            "{cancelled}",
        )
    )
    told = _run(
        *khal, "list", "--once", "--format", shape + EVENT,
        "--day-format", "", "2025-01-01", "1200d",
    )  # fmt: skip
    return [_of_khal(one) for one in told.split(EVENT)[:-1]]


def _of_khal(words: str) -> Read:
    uid, first, start, last, end, title, place, text, gone = words.strip(
        "\n"
    ).split(FIELD)
    if start:
        begin, until = f"{first}T{start}", f"{last}T{end}"
    else:
        over = date.fromisoformat(last) + timedelta(days=1)
        begin, until = first, over.isoformat()

    status = "CANCELLED" if gone.strip() else "CONFIRMED"
    return Read(uid, begin, until, title, place, text, status)


def _run(*command: str) -> str:
    done = subprocess.run(
        command, capture_output=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


Reader = Callable[[bytes, Path], list[Read]]

READERS: Mapping[str, Reader] = {
    "icalendar": by_icalendar,
    "recurring-ical-events": by_recurring,
    "vobject": by_vobject,
    "ics": by_ics,
    "ical.js": by_ical_js,
    "libical": by_libical,
    "khal": by_khal,
}


def missing(name: str) -> str:
    """Why a reader cannot be asked; empty if it can."""
    if name == "ical.js" and not (shutil.which("node") and ICAL_JS.exists()):
        return "Node or ical.js is not installed (make system)"

    header = Path("/usr/include/libical/ical.h")
    if name == "libical" and not (shutil.which("cc") and header.exists()):
        return "libical-dev or a C compiler is not installed (make system)"

    if name == "khal" and not shutil.which("khal"):
        return "khal is not installed (make system)"

    return ""
