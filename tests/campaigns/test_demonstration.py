"""
The whole demonstration held against itself, from its exports alone.

`DUTY_ROSTER_DATA=… pytest -m campaign -s tests/campaigns`
reads the records and changes nothing.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import func, select

from roster.audit import audit
from roster.documents import read_outcome, read_problem
from roster.papers.roster_xlsx import write_rosters_xlsx
from roster.posts import LEADERS
from roster.records import RosterRow, ShiftRow, open_records
from roster.services import settings, viewing
from roster.services.board import county_board
from roster.services.editing.opening import cells_of
from roster.services.exporting import pairs, roster_sheets
from roster.services.people import fairness
from roster.services.roster_files.ground import ground_of
from roster.services.roster_files.looking import look
from roster.services.served import in_force
from roster.services.viewing import shown_roster
from roster.services.views import UnitLine
from tests.roster.papers.flat_list import Served, ledgers, read_flat_list
from web.cli import main
from web.config import DATABASE, Config
from web.wiring import Office

pytestmark = pytest.mark.campaign

TERMS = ("2025-autumn", "2026-spring", "2026-autumn")
UNITS = 61


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Iterator[Office]:
    """A copy of the demonstration; without one it fails where CI=true."""
    tell = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    source = Path(os.environ.get("DUTY_ROSTER_DATA") or "duty-data")
    if not (source / DATABASE).exists():
        tell(f"DUTY_ROSTER_DATA: no records in {source}")

    folder = tmp_path_factory.mktemp("demonstration")
    copyfile(source / DATABASE, folder / DATABASE)
    url = f"sqlite:///{folder / DATABASE}"
    with closing(open_records(url)) as records, records.reading() as session:
        if not settings.get(session, settings.DEMONSTRATION_DAY):
            tell(f"{source}: not a demonstration")

    opened = Office(Config(folder, url))
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=TERMS)
def term(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def served(here, term, tmp_path_factory) -> list[Served]:
    """Everybody on duty, from the county's exported workbook."""
    path = tmp_path_factory.mktemp("exported") / f"{term}.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUTY_ROSTER_DATA", str(here.config.folder))
        patch.delenv("DATABASE_URL", raising=False)
        assert main(["export", "--term", term, "--out", str(path)]) == 0

    return read_flat_list(path)


def board(here: Office, term: str) -> tuple[UnitLine, ...]:
    with here.records.reading() as session:
        return county_board(session, term_id=term)


def test_every_unit_is_published(here, term):
    states = Counter(line.state for line in board(here, term))

    print(f"\n{term}: {dict(states)}")
    assert states == {"published": UNITS}


def test_every_unit_is_optimal(here, term):
    lines = board(here, term)

    others = {
        f"{line.unit_id} {line.unit_name}": [
            (tier.tier, tier.cost, tier.bound)
            for tier in line.tiers
            if tier.cost != tier.bound
        ]
        for line in lines
        if line.status != "optimal"
    }

    print(f"\n{term}: {len(lines) - len(others)} optimal; not: {others}")
    assert others == {}


def test_every_exported_pair_passes_the_audit(here, term):
    with here.records.reading() as session:
        found = pairs(session, term_id=term, unit_ids=None)

    breaches = {}
    shifts = 0
    for unit, (problem, outcome) in found.items():
        read = read_problem(problem)
        shifts += len(read.shifts)
        if some := audit(read, read_outcome(outcome)).breaches:
            breaches[unit] = some

    print(f"\n{term}: {len(found)} pairs, {shifts} shifts, {breaches}")
    assert len(found) == UNITS
    assert breaches == {}


def test_every_exported_roster_comes_back_as_it_went(here, term, tmp_path):
    changed = {}
    calendar, books = here.calendar, here.books
    for line in board(here, term):
        asked = {"term_id": term, "calendar": calendar, "books": books}
        path = tmp_path / "roster.xlsx"
        with here.records.reading() as session:
            sheets = roster_sheets(session, unit_ids=[line.unit_id], **asked)
            write_rosters_xlsx(sheets, path)
            row = shown_roster(session, line.unit_id, term)
            ground = ground_of(session, unit_id=line.unit_id, **asked)
            found = look(
                session,
                ground,
                path.read_bytes(),
                path.name,
                today=here.today(),
            )
            if set(found.own.cells) != cells_of(row) or found.broken:
                changed[line.unit_name] = found.broken

    assert changed == {}


def test_recounted_loads_are_those_of_the_fairness_page(here, term, served):
    counted = ledgers(served)
    with here.records.reading() as session:
        views = [
            fairness(session, unit_id=line.unit_id, term_id=term)
            for line in board(here, term)
        ]

    shown: Counter[tuple[str, str, str]] = Counter()
    for view in views:
        for person in view.people:
            for ledger, count in person.term.items():
                shown[view.head.unit_name, person.name, ledger] += count

    # Who leads at another unit is counted at home and named there.
    away, home = by_name(counted - shown), by_name(shown - counted)
    duties = sum(n for (_, _, name), n in counted.items() if name == "total")
    helped = [b.unit_name for b in board(here, term) if b.step == "pooled"]
    print(f"\n{term}: {duties} duties in {len(counted)} loads;")
    print(f"{away['total']} duties away from home, helping {helped}")
    assert away == home
    assert helped or not away


def by_name(loads: Counter[tuple[str, str, str]]) -> Counter[str]:
    """Loads by person and ledger, wherever; and by ledger alone."""
    summed: Counter[str] = Counter()
    for (_, name, ledger), count in loads.items():
        summed[f"{name} {ledger}"] += count
        summed[ledger] += count

    return summed


def test_the_flat_lists_have_the_published_shifts(here, term, served):
    with here.records.reading() as session:
        rows = session.execute(
            select(RosterRow.unit, ShiftRow.post, func.sum(ShiftRow.needs))
            .join(RosterRow, RosterRow.id == ShiftRow.roster)
            .where(in_force(), RosterRow.term == term)
            .group_by(RosterRow.unit, ShiftRow.post)
        ).all()
        names = {u.id: u.name for u in viewing.units(session)}

    published: Counter[tuple[str, bool]] = Counter()
    for unit, post, places in rows:
        published[names[unit], post in LEADERS] += places

    written = Counter((one.unit, one.post == "带班") for one in served)

    units = {unit for unit, _ in written}
    print(f"\n{term}: {written.total()} duties on {len(units)} lists")
    assert len(units) == UNITS
    assert written == published
