"""vdirsyncer follows a live feed; what lies on its disk is right each time."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from roster.records import StaffRow
from roster.services import subscribing
from roster.services.feeding.reading import FeedOf
from roster.services.publishing import withdraw
from roster.services.swapping import deeds
from roster.services.turning import roster_in_force
from tests.browser.chromium import served
from tests.roster.services import small
from tests.roster.services.small import TERM, UNIT
from tests.roster.services.test_swapping import (
    ANNA,
    BO,
    BOSS,
    D0,
    HELD,
    NOW,
    Unit,
    settle,
)
from web.config import Config, default_url
from web.feed_care import care_for_feeds
from web.wiring import Office

MINE = FeedOf("person", "anna")


class Frozen(Office):
    """An office whose clock is moved by hand."""

    moment = NOW

    def now(self):
        return self.moment


@dataclass
class Phone:
    """A folder that vdirsyncer keeps in step with an address."""

    config: Path
    folder: Path

    def syncs(self, *more: str) -> dict[str, str]:
        """Syncs; the summaries on its disk with their states."""
        told = subprocess.run(
            ["vdirsyncer", "-c", str(self.config), "sync", *more],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        return {
            str(event["summary"]): str(event["status"])
            for path in self.folder.glob("*.ics")
            for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        }


@pytest.fixture
def here(tmp_path) -> Iterator[Frozen]:
    if not shutil.which("vdirsyncer"):
        why = "vdirsyncer is not installed (make system)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)

    folder = tmp_path / "office"
    opened = Frozen(Config(folder, default_url(folder)))
    settle(opened.records, held=HELD | {D0: "chen"})
    yield opened
    opened.close()


@pytest.fixture
def phone(here, tmp_path) -> Iterator[Phone]:
    with here.records.writing() as session:
        token = subscribing.subscribe(
            session,
            feed=MINE,
            label="",
            owner=subscribing.Owner("anna"),
            now=NOW,
        )
    with served(here) as site:
        folder = tmp_path / "phone"
        folder.mkdir()
        config = tmp_path / "vdirsyncer.conf"
        config.write_text(
            f'[general]\nstatus_path = "{tmp_path / "status"}"\n'
            '[pair duty]\na = "feed"\nb = "disk"\ncollections = null\n'
            'conflict_resolution = "a wins"\n'
            '[storage feed]\ntype = "http"\n'
            f'url = "{str(site).rstrip("/")}/feeds/{token}/duty.ics"\n'
            '[storage disk]\ntype = "filesystem"\nfileext = ".ics"\n'
            f'path = "{folder}"\n'
        )
        subprocess.run(
            ["vdirsyncer", "-c", str(config), "discover"],
            check=True,
            capture_output=True,
            timeout=60,
        )
        yield Phone(config, folder)


def passes(here, **time) -> None:
    here.moment += timedelta(**time)


def swap(here, giver, taker) -> None:
    """Both agree, it is approved, and it is in force."""
    passes(here, minutes=1)
    unit = Unit(here.records)
    number = unit.propose(
        giver, partner=taker.staff, shift=D0, now=here.moment
    )
    unit.does(deeds.agree, number, taker, now=here.moment)
    unit.does(deeds.approve, number, BOSS, now=here.moment)


def test_a_calendar_follows_from_publication_to_leaving(here, phone):
    duty = "带班领导 · 小学U1"
    assert phone.syncs() == {duty: "CONFIRMED"}  # on the last day only

    passes(here, minutes=1)
    with here.records.writing() as session:
        small.swapped(session, {D0: "anna"}, now=here.moment)
    assert phone.syncs() == {
        duty: "CONFIRMED",
        f"【已取消】{duty}": "CANCELLED",
    }

    swap(here, ANNA, BO)
    assert phone.syncs() == {
        f"【已换给bo】{duty}": "CANCELLED",
        f"【已取消】{duty}": "CANCELLED",
    }

    swap(here, BO, ANNA)
    assert phone.syncs()[duty] == "CONFIRMED"

    passes(here, minutes=1)
    with here.records.writing() as session:
        standing = roster_in_force(session, UNIT, TERM)
        while standing is not None:
            withdraw(
                session,
                roster_id=standing.id,
                reason="排错",
                who="chen",
                now=here.moment,
            )
            standing = roster_in_force(session, UNIT, TERM)
    assert phone.syncs() == {f"【已取消】{duty}": "CANCELLED"}

    with here.records.writing() as session:
        last = here.moment.date() - timedelta(days=1)
        session.get_one(StaffRow, "anna").employed_until = last
    care_for_feeds(here)
    assert phone.syncs("--force-delete") == {}
