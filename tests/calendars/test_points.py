"""The feed's bytes, point by point of the specification."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from re import DOTALL, findall, fullmatch

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from calendars.feed import VTIMEZONE, write_event, write_feed
from roster.feeds import FeedHead
from tests.calendars.samples import (
    AWKWARD,
    HEAD,
    SAMPLES,
    STAMP,
    at,
    event,
    everything,
    feed,
    hours,
    unfolded,
)

TEXTS = some.text(max_size=120)


def lines(name: str) -> dict[str, str]:
    """A sample's properties by name, its alarms left out."""
    block = unfolded(feed(name))
    first, last = block.index("BEGIN:VEVENT"), block.index("END:VEVENT")
    inside = block[first + 1 : last]
    if "BEGIN:VALARM" in inside:
        inside = inside[: inside.index("BEGIN:VALARM")]

    return dict(line.split(":", 1) for line in inside)


def head_lines() -> list[str]:
    return unfolded(feed())[1:-1]


def test_point_01_lines_end_in_crlf_alone_and_none_is_blank():
    content = everything()

    assert content.endswith(b"\r\n")
    parts = content[:-2].split(b"\r\n")
    assert all(part for part in parts)
    assert not any(b"\n" in part or b"\r" in part for part in parts)


@given(TEXTS)
def test_point_02_it_is_utf_8_without_mark_or_controls(words):
    said = replace(SAMPLES["day"], summary=words, description=words)

    text = write_event(said).decode("utf-8").replace("\r\n", "")

    assert not text.startswith("\ufeff")
    assert not findall(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", text)


@given(TEXTS)
def test_point_03_no_line_passes_75_octets(words):
    said = replace(SAMPLES["day"], location=words, description=AWKWARD + words)

    assert all(len(line) <= 75 for line in write_event(said).split(b"\r\n"))


@given(some.integers(0, 80))
def test_point_04_no_fold_cuts_a_character(ahead):
    said = replace(SAMPLES["day"], description="a" * ahead + "𠮷😀" * 40)

    for line in write_event(said).split(b"\r\n"):
        line.decode("utf-8")


def test_point_05_one_calendar_and_everything_is_closed():
    open_: list[str] = []
    for line in unfolded(everything()):
        if line.startswith("BEGIN:"):
            open_.append(line[6:])
        if line.startswith("END:"):
            assert open_.pop() == line[4:]

    assert open_ == []
    assert unfolded(everything()).count("BEGIN:VCALENDAR") == 1


@given(TEXTS)
def test_point_06_only_backslash_semicolon_comma_and_break_are_escaped(words):
    said = replace(SAMPLES["day"], description=f"x{words}")
    written = _description(said)

    assert fullmatch(r"(?:\\[\\;,n]|[^\\;,\n])*", written, DOTALL)
    back = written.replace("\\\\", "\0").replace("\\n", "\n")
    back = back.replace("\\;", ";").replace("\\,", ",").replace("\0", "\\")
    clean = Calendar.from_ical(write_feed(HEAD, [write_event(said)]))
    (read,) = clean.walk("VEVENT")
    assert str(read["description"]) == back


def _description(said) -> str:
    every = unfolded(write_event(said))
    return next(x for x in every if x.startswith("DESCRIPTION:"))[12:]


def test_point_07_parameters_need_no_quotes():
    for line in unfolded(everything()):
        name = line.split(":", 1)[0]
        for parameter in name.split(";")[1:]:
            assert fullmatch(r"[A-Z-]+=[A-Za-z0-9/-]+", parameter), line


def test_point_09_version_maker_and_reckoning_stand_once_and_no_method():
    said = head_lines()

    for line in ("VERSION:2.0", "CALSCALE:GREGORIAN"):
        assert said.count(line) == 1
    assert sum(line.startswith("PRODID:") for line in said) == 1
    assert not any(line.startswith("METHOD") for line in said)


def test_point_10_its_name_says_whose_it_is_and_the_rest_where_to_complain():
    long = write_feed(replace(HEAD, name="长" * 50), ())

    told = dict(x.split(":", 1) for x in unfolded(long) if ":" in x)
    assert told["NAME"] == told["X-WR-CALNAME"] == "长" * 30
    assert "NAME:王𠮷 值班" in head_lines()
    assert any(x.startswith("X-WR-CALDESC:只读") for x in head_lines())


def test_point_11_both_hints_say_an_hour():
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in head_lines()
    assert "X-PUBLISHED-TTL:PT1H" in head_lines()


def test_point_12_the_calendars_zone_is_ours():
    assert "X-WR-TIMEZONE:Asia/Shanghai" in head_lines()


def test_point_13_both_colours_are_one():
    assert "COLOR:steelblue" in head_lines()
    assert "X-APPLE-CALENDAR-COLOR:#4682B4" in head_lines()


def test_point_14_only_a_public_feed_names_its_address():
    public = FeedHead("节假日", "", "h", "https://duty.example.cn/feeds/h.ics")

    told = unfolded(write_feed(public, ()))

    assert "URL:https://duty.example.cn/feeds/h.ics" in told
    assert any(line.startswith("SOURCE;VALUE=URI:https") for line in told)
    assert not any(x.startswith(("SOURCE", "URL")) for x in head_lines())


def test_point_15_an_empty_feed_has_a_head_and_a_zone():
    assert feed().count(b"BEGIN:VTIMEZONE") == 1
    assert b"VEVENT" not in feed()


def test_point_16_a_constant_id_names_the_calendar():
    assert "X-WR-RELCALID:feed-1" in head_lines()


def test_point_17_the_zone_is_exactly_this_one():
    assert VTIMEZONE in everything()
    assert VTIMEZONE == (
        b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
        b"DTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\n"
        b"TZOFFSETTO:+0800\r\nTZNAME:CST\r\nEND:STANDARD\r\n"
        b"END:VTIMEZONE\r\n"
    )


def test_point_18_a_zone_is_defined_where_it_is_used_and_only_there():
    assert everything().count(b"BEGIN:VTIMEZONE") == 1
    assert b"VTIMEZONE" not in feed("whole day")


def test_point_19_no_time_floats():
    for name, value in (x.split(":", 1) for x in unfolded(everything())):
        if name.startswith(("DTSTART;", "DTEND;")):
            assert name.endswith(("TZID=Asia/Shanghai", "VALUE=DATE"))
            assert not value.endswith("Z")


def test_point_20_a_duty_with_hours_has_a_zone():
    assert lines("day")["DTSTART;TZID=Asia/Shanghai"] == "20261205T080000"
    assert lines("day")["DTEND;TZID=Asia/Shanghai"] == "20261205T180000"


def test_point_21_a_day_and_a_night_are_one_event_of_24_hours():
    assert lines("24 hours")["DTSTART;TZID=Asia/Shanghai"] == "20261206T080000"
    assert lines("24 hours")["DTEND;TZID=Asia/Shanghai"] == "20261207T080000"


def test_point_22_a_night_ends_the_next_morning_in_the_new_year_too():
    said = lines("night over New Year")

    assert said["DTSTART;TZID=Asia/Shanghai"] == "20261231T213000"
    assert said["DTEND;TZID=Asia/Shanghai"] == "20270101T063000"


def test_point_23_whole_days_are_dates_and_end_on_the_day_after():
    assert lines("whole day")["DTSTART;VALUE=DATE"] == "20261212"
    assert lines("whole day")["DTEND;VALUE=DATE"] == "20261213"
    assert lines("several days")["DTEND;VALUE=DATE"] == "20261222"


@given(some.integers(1, 60), some.integers(0, 47))
def test_point_24_an_end_is_there_and_later_and_of_the_same_kind(span, start):
    begin = at(1) + hours(start)
    block = unfolded(write_event(event(1, begin, begin + hours(span))))

    told = dict(line.split(":", 1) for line in block)
    (first,) = (x for x in told if x.startswith("DTSTART"))
    (last,) = (x for x in told if x.startswith("DTEND"))
    assert first.split(";")[1] == last.split(";")[1]
    assert told[first] < told[last]
    assert "DURATION" not in told


def test_point_25_nothing_recurs():
    for word in (b"RRULE", b"RDATE", b"EXDATE", b"RECURRENCE-ID"):
        assert word not in everything()


@pytest.mark.parametrize("name", SAMPLES)
def test_point_26_every_event_has_what_is_required(name):
    told = {key.split(";")[0] for key in lines(name)}

    assert told >= {
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "STATUS",
        "TRANSP",
        "CLASS",
        "CATEGORIES",
    }
    assert lines(name)["CLASS"] == "PRIVATE"
    assert lines(name)["CATEGORIES"] == "值班,双休"


def test_point_27_a_summary_has_at_most_60_characters_and_its_mark_first():
    long = replace(SAMPLES["day"], summary="【换班】" + "长" * 90)

    told = dict(x.split(":", 1) for x in unfolded(write_event(long)))

    assert told["SUMMARY"] == "【换班】" + "长" * 56


def test_point_31_only_a_busy_duty_in_force_is_opaque():
    assert lines("day")["TRANSP"] == "TRANSPARENT"
    assert lines("24 hours")["TRANSP"] == "OPAQUE"
    gone = replace(SAMPLES["24 hours"], cancelled=True)
    assert b"TRANSP:TRANSPARENT" in write_event(gone)


def test_point_32_nobody_is_invited_and_nothing_is_attached():
    for word in (b"ORGANIZER", b"ATTENDEE", b"ATTACH"):
        assert word not in everything()


def test_point_33_both_stamps_are_the_revision_in_whole_seconds():
    said = replace(SAMPLES["day"], modified=STAMP.replace(microsecond=999))

    told = dict(x.split(":", 1) for x in unfolded(write_event(said)))

    assert told["DTSTAMP"] == told["LAST-MODIFIED"] == "20261128T093015Z"


def test_point_34_properties_stand_in_one_order():
    every = [list(lines(name)) for name in SAMPLES]

    order = [key.split(";")[0] for key in max(every, key=len)]
    for one in every:
        known = [key.split(";")[0] for key in one]
        assert known == [key for key in order if key in known]


def test_point_42_a_cancelled_duty_keeps_its_times_and_rings_no_more():
    told = lines("cancelled")

    assert told["STATUS"] == "CANCELLED"
    assert told["SUMMARY"].startswith("【已取消】")
    assert told["DTSTART;TZID=Asia/Shanghai"] == "20261213T080000"
    assert told["DTEND;TZID=Asia/Shanghai"] == "20261213T180000"
    assert b"VALARM" not in feed("cancelled")


def test_point_45_alarms_are_as_chosen_and_at_eight_before_whole_days():
    assert unfolded(feed("day")).count("TRIGGER:-PT12H") == 1
    assert unfolded(feed("day")).count("TRIGGER:-PT30M") == 1
    assert feed("whole day").count(b"TRIGGER:") == 1
    assert b"TRIGGER:-PT4H" in feed("whole day")
    silent = replace(SAMPLES["day"], alarms=())
    assert b"VALARM" not in write_event(silent)


def test_point_46_alarms_are_shown_with_words():
    told = unfolded(feed("day"))

    first = told.index("BEGIN:VALARM")
    assert told[first + 1 : first + 3] == [
        "ACTION:DISPLAY",
        "DESCRIPTION:值班员 · 柳湾小学",
    ]


def test_point_47_cancelled_duties_have_no_alarms():
    for name in ("cancelled", "given away"):
        assert b"VALARM" not in feed(name)


BUILD = """
from tests.calendars.samples import everything
from hashlib import sha256
print(sha256(everything()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_point_74_another_process_zone_and_seed_give_the_same_bytes(seed):
    zone = {"0": "UTC", "1": "America/New_York", "4711": "Asia/Shanghai"}[seed]
    given = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    root = Path(__file__).parents[2]

    told = subprocess.run(
        [sys.executable, "-c", BUILD],
        env={**given, "PYTHONPATH": str(root)},
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == sha256(everything()).hexdigest()


def test_whole_days_are_whole_days_whatever_the_zone_they_come_in():
    utc = SAMPLES["whole day"]
    shifted = replace(
        utc,
        start=utc.start.astimezone(STAMP.tzinfo),
        end=utc.end.astimezone(STAMP.tzinfo),
    )

    assert write_event(shifted) == write_event(utc)
    assert not replace(utc, end=utc.end + timedelta(minutes=1)).all_day
