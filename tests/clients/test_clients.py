"""Every independent program reads the same events, field by field."""

import os
from pathlib import Path

import pytest

from roster.feeds import SHANGHAI, FeedEvent
from tests.calendars.samples import SAMPLES, everything, feed
from tests.clients.readers import READERS, Read, missing, when


@pytest.fixture
def read(tmp_path):
    """What a program, by its name, reads in a feed."""

    def by(name: str, content: bytes) -> list[Read]:
        why = missing(name)
        if why:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
                why
            )
        path = tmp_path / "duty.ics"
        path.write_bytes(content)
        return sorted(READERS[name](content, path))

    return by


def meant(event: FeedEvent) -> Read:
    """What everybody should read of an event."""
    ends = (moment.astimezone(SHANGHAI) for moment in (event.start, event.end))
    start, end = (
        when(moment.date() if event.all_day else moment) for moment in ends
    )
    return Read(
        event.uid,
        start,
        end,
        event.summary,
        event.location,
        event.description,
        "CANCELLED" if event.cancelled else "CONFIRMED",
    )


@pytest.mark.parametrize("name", READERS)
def test_point_08_every_program_reads_every_field(read, name):
    found = read(name, everything())

    assert found == sorted(meant(event) for event in SAMPLES.values())


@pytest.mark.parametrize("name", READERS)
def test_point_15_every_program_accepts_an_empty_feed(read, name):
    assert read(name, feed()) == []


def test_every_reader_is_another_program():
    assert len(READERS) == 7
    assert Path(__file__).with_name("read_libical.c").exists()
