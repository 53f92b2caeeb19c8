"""Whoever writes may be killed at any moment: what was kept stays kept."""

import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select, text

from roster.records import JournalRow
from roster.records.journal import broken
from roster.services import settings

NAMES = ("甲", "乙")
MOMENTS = 7  # thousandths of a second, different for each kill


def writers(records) -> dict[str, subprocess.Popen]:
    """Two processes that write until they are killed."""
    url = records.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.roster.services.writer", url]
    return {
        name: subprocess.Popen(
            [*command, name], stdout=subprocess.PIPE, text=True
        )
        for name in NAMES
    }


@pytest.mark.parametrize(
    "kills",
    [pytest.param(2), pytest.param(100, marks=pytest.mark.campaign)],
)
def test_no_kept_entry_is_lost_when_writers_are_killed(records, kills):
    for number in range(kills):
        running = writers(records)
        first = {n: w.stdout.readline() for n, w in running.items()}
        time.sleep(number * MOMENTS % 100 / 1000)
        for writer in running.values():
            writer.kill()

        told = {n: last_of(first[n], w) for n, w in running.items()}
        look_at(records, told)


def last_of(first: str, writer: subprocess.Popen) -> int:
    """The last number of which a writer said that it is kept."""
    said = first + writer.communicate()[0]
    whole = said[: said.rindex("\n")]
    return int(whole.split("\n")[-1])


def look_at(records, told: dict[str, int]) -> None:
    """The chain holds, nothing is half, and nothing kept is missing."""
    with records.reading() as session:
        assert broken(session) == []
        for name, kept in told.items():
            # Killed between keeping and telling, there may be one more.
            assert int(settings.get(session, name)) - kept in (0, 1)
            asked = select(func.count()).where(
                JournalRow.thing == name,
                JournalRow.facts["value"].as_string() == str(kept),
            )
            assert session.scalar(asked)
        if records.engine.dialect.name == "sqlite":
            said = session.execute(text("PRAGMA integrity_check")).scalars()
            assert said.all() == ["ok"]
