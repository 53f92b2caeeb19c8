"""A serving process is stopped, or dies, in the middle of its messages."""

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from shutil import copytree
from time import monotonic, sleep

import pytest
from sqlalchemy import delete, select

from roster.posts import SHANGHAI
from roster.records import MessageRow, open_records
from roster.services.channel_keeping import add_channel, set_quiet_hours
from roster.services.messaging import queue
from roster.services.sending import AT_ONCE, LEASE, send_queued
from tests.offices import BUREAU, SCHOOL
from tests.receiver import TAKEN, Receiver, receiving
from web.config import Config, default_url
from web.wiring import Office

PARCELS = 4
MESSAGES = PARCELS * AT_ONCE
NOW = datetime(2026, 10, 6, 10, tzinfo=SHANGHAI)
SERVE = "import sys; from web.cli import main; sys.exit(main(['serve']))"
WINDOWS = os.name == "nt"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiving server in place of the robots' services."""
    with receiving() as opened:
        yield opened


@pytest.fixture
def folder(built, tmp_path, receiver) -> Path:
    """A county whose school has a robot, and much to be told."""
    folder = tmp_path / "data"
    copytree(built, folder)
    office = Office(Config(folder, default_url(folder)))
    midnight = time(0)
    with office.records.writing() as session:
        # What publishing told is another test's.
        session.execute(delete(MessageRow))
        add_channel(
            session,
            kind="wecom",
            address="token-of-a-robot",
            secret="",
            reach=office.reach,
            unit_id=SCHOOL.id,
            who="王",
            now=NOW,
        )
        set_quiet_hours(
            session,
            unit_id=BUREAU.id,
            hours=(midnight, midnight),
            who="王",
            now=NOW,
        )
        for number in range(MESSAGES):
            queue(
                session,
                kind="roster-published",
                unit=SCHOOL.id,
                facts={"version": number},
                key=str(number),
                now=NOW,
            )
    office.close()
    return folder


@contextmanager
def serving(folder: Path, receiver: Receiver) -> Iterator[subprocess.Popen]:
    """The site in a process of its own, killed at the latest."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = {
        **os.environ,
        "DUTY_ROSTER_DATA": str(folder),
        "DUTY_ROSTER_WECOM": receiver.address,
        "PORT": str(port),
    }
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def states(folder: Path) -> Counter[str]:
    records = open_records(default_url(folder))
    with records.reading() as session:
        found = Counter(session.scalars(select(MessageRow.state)).all())
    records.close()
    return found


def until(condition, patience: float = 30.0) -> None:
    """Waits until something is so."""
    end = monotonic() + patience
    while not condition():
        assert monotonic() < end, "it never came to that"
        sleep(0.05)


def versions(receiver: Receiver) -> Counter[str]:
    """How often each message came in, by the version it tells of."""
    found = Counter[str]()
    for text in receiver.texts:
        found.update(
            line.partition("第")[2]
            for line in text.split("\n")
            if "第" in line
        )
    return found


@pytest.mark.skipif(WINDOWS, reason="Windows knows no SIGTERM")
def test_told_to_stop_it_ends_what_it_is_at_and_the_next_goes_on(
    folder, receiver
):
    receiver.answers.extend([TAKEN, "late"])
    with serving(folder, receiver) as process:
        until(lambda: len(receiver.came) == 2)
        process.send_signal(signal.SIGTERM)
        sleep(0.3)
        receiver.late.set()
        assert process.wait(30) == 0
        assert b"Traceback" not in process.stderr.read()

    assert states(folder) == {"sent": 2 * AT_ONCE, "queued": 2 * AT_ONCE}

    with serving(folder, receiver):
        until(lambda: states(folder) == {"sent": MESSAGES})

    assert len(versions(receiver)) == MESSAGES
    assert set(versions(receiver).values()) == {1}


def test_one_that_dies_repeats_nothing_and_loses_nothing(folder, receiver):
    receiver.answers.extend([TAKEN, "hang"])
    with serving(folder, receiver) as process:
        until(lambda: len(receiver.came) == 2)
        process.kill()

    with serving(folder, receiver):
        until(lambda: states(folder)["sent"] == 3 * AT_ONCE)

    assert set(versions(receiver).values()) == {1}
    assert len(versions(receiver)) == MESSAGES
    assert states(folder) == {"sent": 3 * AT_ONCE, "sending": AT_ONCE}

    # Nobody knows whether these arrived: they are shown, not repeated.
    records = open_records(default_url(folder))
    later = datetime.now(SHANGHAI) + 2 * LEASE
    assert list(send_queued(records, send=None, now=lambda: later)) == []
    records.close()
    assert states(folder) == {"sent": 3 * AT_ONCE, "failed": AT_ONCE}
