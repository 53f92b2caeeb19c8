"""
Every feed of the demonstration, read by programs that others wrote.

Each personal feed, each unit's, the districts', the county's and the
holidays' hold what was published, after duties were handed over and taken
back, a roster withdrawn and somebody given a name that is hard to write.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path
from re import search

import pytest
from sqlalchemy import select

from roster.errors import Refused
from roster.people import UnitKind
from roster.posts import LEADERS, SHANGHAI
from roster.records import (
    FeedEventRow,
    RosterRow,
    StaffRow,
    UnitRow,
)
from roster.rights import Actor
from roster.services.feeding import upkeep
from roster.services.feeding.events import renew_every_event
from roster.services.feeding.reading import FeedOf, event_of, rows_of
from roster.services.feeding.writing import compose
from roster.services.publishing import withdraw
from roster.services.served import held_shifts, in_force
from roster.services.swapping import deeds
from tests.clients.readers import (
    READERS,
    Read,
    ical_js_reads,
    khal_reads,
    missing,
)
from tests.clients.test_clients import meant
from web.config import DATABASE, Config
from web.wiring import Office

pytestmark = pytest.mark.campaign

AWKWARD = "欧阳𠮷😀, 东; \\ 西"
SWAPS = 5
LEADER = Actor("局长", approves=True)
PUBLIC = ("holidays", "holidays-off", "holidays-work")


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Iterator[Office]:
    """A copy of the demonstration in which all that happens has happened."""
    tell = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    source = Path(os.environ.get("DUTY_ROSTER_DATA") or "duty-data")
    if not (source / DATABASE).exists():
        tell(f"DUTY_ROSTER_DATA: no records in {source}")

    folder = tmp_path_factory.mktemp("feeds")
    shutil.copyfile(source / DATABASE, folder / DATABASE)
    opened = Office(Config(folder, f"sqlite:///{folder / DATABASE}"))
    now = opened.now()
    with opened.records.writing() as session:
        upkeep.care(session, calendar=opened.calendar, site="", now=now)

    swap_there_and_back(opened)
    with opened.records.writing() as session:
        newest = session.scalars(
            select(RosterRow)
            .where(in_force())
            .order_by(RosterRow.published_at.desc(), RosterRow.id.desc())
        ).first()
        assert newest is not None
        withdraw(session, roster_id=newest.id, reason="排错", who="?", now=now)
        session.scalars(select(StaffRow)).first().name = AWKWARD
        session.flush()
        renew_every_event(session, now)
    yield opened
    opened.close()


def swap_there_and_back(here: Office) -> None:
    """In some units a duty is taken over by a colleague and given back."""
    done = 0
    with here.records.reading() as session:
        units = session.scalars(select(UnitRow.id).order_by(UnitRow.id)).all()
    for unit in units:
        done += any(
            handed(here, unit, term, shift, staff, partner)
            and handed(here, unit, term, shift, partner, staff)
            for (term, shift, staff), partner in tries(here, unit)
        )
        if done == SWAPS:
            return

    pytest.fail(f"{done} duties found that can be handed over and back")


def tries(
    here: Office, unit: str
) -> Iterator[tuple[tuple[str, str, str], str]]:
    """A unit's last duties of the newest term, each with every colleague."""
    with here.records.reading() as session:
        held = [
            (session.get_one(RosterRow, row.roster).term, row.shift, staff)
            for row, staff, whose in session.execute(held_shifts())
            if whose == unit and row.post not in LEADERS
        ]
        colleagues = session.scalars(
            select(StaffRow.id).where(StaffRow.unit == unit)
        ).all()
    return product(held[-4:], colleagues)


def handed(here: Office, unit, term, shift, staff, partner) -> bool:
    """Whether a duty went to a colleague, both and their leader agreeing."""
    more = {"books": here.books, "now": here.now()}
    with suppress(Refused), here.records.writing() as session:
        swap = deeds.propose(
            session,
            unit_id=unit,
            term_id=term,
            shift=shift,
            staff=staff,
            partner=partner,
            actor=Actor(staff, staff),
            **more,
        )
        mine = Actor(partner, partner)
        deeds.agree(session, swap_id=swap, actor=mine, **more)
        deeds.approve(session, swap_id=swap, actor=LEADER, **more)
        return True

    return False


@pytest.fixture(scope="module")
def feeds(here) -> list[FeedOf]:
    """Every feed there can be."""
    with here.records.reading() as session:
        staff = session.scalars(select(StaffRow.id).order_by(StaffRow.id))
        people = [FeedOf("person", one, (720, 30)) for one in staff]
        units = []
        for row in session.scalars(select(UnitRow).order_by(UnitRow.id)):
            units.append(FeedOf("unit", row.id))
            if row.parent is None:
                units.append(FeedOf("county", row.id))
            elif row.kind is UnitKind.DISTRICT:
                units.append(FeedOf("district", row.id))

    return [*people, *units, *(FeedOf(kind, "") for kind in PUBLIC)]


@pytest.fixture(scope="module")
def written(here, feeds, tmp_path_factory) -> dict[FeedOf, Path]:
    """Their files."""
    folder = tmp_path_factory.mktemp("written")
    files = {}
    for number, feed in enumerate(feeds):
        with here.records.reading() as session:
            content, _ = compose(session, feed, here.scribe, here.today())
        files[feed] = folder / f"{number}.ics"
        files[feed].write_bytes(content)

    return files


@pytest.fixture(scope="module")
def said(here, written) -> dict[FeedOf, list[Read]]:
    """What everybody should read in them."""
    with here.records.reading() as session:
        return {
            feed: sorted(
                meant(event_of(row, feed.alarms, ""))
                for row in rows_of(session, feed, here.today())
                if month_of(row) in months_said(path.read_bytes())
            )
            for feed, path in written.items()
        }


def month_of(row: FeedEventRow) -> int:
    """The months from the year 0 to the one in which it begins."""
    start = row.start.astimezone(SHANGHAI)
    return start.year * 12 + start.month


def months_said(content: bytes) -> range:
    """The months a feed that is too large says it holds, else all."""
    words = content.replace(b"\r\n ", b"").decode()
    found = search(r"只收(\d+)年(\d+)月至(\d+)年(\d+)月", words)
    if found is None:
        return range(10**6)

    first, month, last, until = map(int, found.groups())
    return range(first * 12 + month, last * 12 + until + 1)


SLOW_STARTERS = {"ical.js", "khal"}  # they are given many feeds at once


@pytest.mark.parametrize("name", sorted(READERS.keys() - SLOW_STARTERS))
def test_every_feed_is_read_alike(written, said, name):
    if why := missing(name):
        pytest.fail(why)

    for feed, path in written.items():
        found = READERS[name](path.read_bytes(), path)
        assert sorted(found) == said[feed], feed


def test_ical_js_reads_them_all_alike(written, said):
    if why := missing("ical.js"):
        pytest.fail(why)

    found = ical_js_reads(list(written.values()))
    for feed, events in zip(written, found, strict=True):
        assert sorted(events) == said[feed], feed


def test_khal_reads_them_all_alike(written, said, tmp_path):
    if why := missing("khal"):
        pytest.fail(why)

    for number, some in enumerate(apart(written)):
        found = khal_reads([written[f] for f in some], tmp_path / str(number))
        meant_there = [event for feed in some for event in said[feed]]
        assert sorted(found) == sorted(meant_there), some[0].kind


def apart(feeds: dict[FeedOf, Path]) -> Iterator[Sequence[FeedOf]]:
    """Feeds in groups in which no event is in two of them."""
    for kind in ("person", "unit"):
        yield [feed for feed in feeds if feed.kind == kind]

    for feed in feeds:
        if feed.kind not in ("person", "unit"):
            yield [feed]


def test_personal_feeds_are_the_published_rosters(here):
    """What is to come in feeds is what is held, and nothing else."""
    now = here.now()
    with here.records.reading() as session:
        held = {
            (staff, row.start, row.end)
            for row, staff, _ in session.execute(held_shifts())
            if row.start > now
        }
        told = {
            (row.staff, row.start, row.end)
            for row in session.scalars(
                select(FeedEventRow).where(
                    FeedEventRow.staff.is_not(None),
                    FeedEventRow.start > now,
                    FeedEventRow.cancelled.is_(False),
                )
            )
        }

    assert told == held


def test_what_was_swapped_back_and_withdrawn_is_there(here):
    """Without these the rest would not say much."""
    with here.records.reading() as session:
        marks = session.scalars(
            select(FeedEventRow.mark).where(
                FeedEventRow.staff.is_not(None), FeedEventRow.cancelled
            )
        ).all()
        revived = session.scalars(
            select(FeedEventRow.uid).where(
                FeedEventRow.staff.is_not(None),
                FeedEventRow.cancelled.is_(False),
                FeedEventRow.sequence >= 2,
            )
        ).all()

    assert any("已取消" in mark for mark in marks)
    assert any("已换给" in mark for mark in marks)
    assert len(revived) >= SWAPS
