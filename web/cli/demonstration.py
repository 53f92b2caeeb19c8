"""
The demonstration county, made by the product itself.

Every step looks whether it has been done, so that a second start takes
seconds and a broken-off one goes on where it stopped.
"""

from datetime import datetime, time, timedelta
from importlib.resources import files
from random import Random
from uuid import UUID

from roster.checks.results import Way
from roster.days import Term
from roster.demo import SEED
from roster.demo.overrides import demonstration_overrides
from roster.papers.workbook_in import read_workbook
from roster.posts import SHANGHAI
from roster.services import importing, ruling, settings, viewing
from roster.services.board import county_board
from roster.services.checking import (
    NewCheck,
    NewFinding,
    checks,
    inspectors_for,
    record_check,
)
from roster.services.on_duty import on_duty
from roster.services.ruling import params_of
from web.cli.demo_accounts import demonstration_accounts
from web.cli.demo_draws import demonstration_draws
from web.cli.demo_duties import demonstration_duties
from web.cli.rosters import generated, published
from web.cli.terminal import say, tell
from web.wiring import Office

TODAY = "2026-11-28"
EDITOR, APPROVER = "办公室（演示）", "分管局长（演示）"
DAYS_BEFORE = 10  # a term's rosters are published so long before it
CHECKED_UNITS = 14  # a term

# What inspectors find, most of it good.
FOUND = ("OK",) * 14 + (
    "OK_SUB",
    "OK_AWAY",
    "LATE",
    "UNAWARE",
    "NO_ANSWER",
    "LOG_PARTIAL",
)


def prepare(here: Office, *, jobs: int | None = None) -> None:
    """Imports, generates and publishes what is not there yet."""
    _import(here)
    with here.records.reading() as session:
        terms = viewing.terms(session)
    for term in terms:
        _rosters(here, term, jobs)
        _checks(here, term)
    demonstration_duties(here)
    demonstration_draws(here)
    for line in demonstration_accounts(here):
        tell(line)


def _import(here: Office) -> None:
    with here.records.reading() as session:
        if viewing.units(session):
            return

    tell(say("导入演示县（均为虚构）…", "Importing the invented county …"))
    content = (files("roster.demo") / "county.xlsx").read_bytes()
    county = read_workbook(content, "county.xlsx")
    now = here.now()
    with here.records.writing() as session:
        importing.apply(session, county, who=EDITOR, now=now)
        found = demonstration_overrides(here.books)
        ruling.add_overrides(session, found, who=EDITOR, now=now)
        key = settings.DEMONSTRATION_DAY
        settings.put(session, key, TODAY, who=EDITOR, now=now)


def _rosters(here: Office, term: Term, jobs: int | None) -> None:
    """Generates and publishes the units that are not published."""
    with here.records.reading() as session:
        lines = county_board(session, term_id=term.id)
    missing = [line for line in lines if line.state != "published"]
    if not missing:
        return

    day = term.first - timedelta(days=DAYS_BEFORE)
    moment = datetime.combine(day, time(9), SHANGHAI)
    units = [line.unit_id for line in missing]
    whole = len(units) == len(lines)
    generated(
        here,
        term,
        EDITOR,
        unit_ids=None if whole else units,
        jobs=jobs,
        now=lambda: moment,
    )
    published(here, term, EDITOR, APPROVER, units, now=moment)


def _checks(here: Office, term: Term) -> None:
    """A few invented spot checks of a term, up to the day of today."""
    luck = Random(f"{SEED} {term.id}")
    with here.records.reading() as session:
        if checks(session, term_id=term.id):
            return
        lines = county_board(session, term_id=term.id)

    schools = [line.unit_id for line in lines if line.kind != "bureau"]
    for unit_id in luck.sample(schools, min(CHECKED_UNITS, len(schools))):
        for _ in range(luck.choice((1, 1, 2))):
            _check(here, term, unit_id, luck)


def _check(here: Office, term: Term, unit_id: str, luck: Random) -> None:
    """One check at a moment when somebody is on duty."""
    last = min(term.last, here.today() - timedelta(days=1))
    with here.records.reading() as session:
        view = viewing.roster(
            session,
            unit_id=unit_id,
            term_id=term.id,
            calendar=here.calendar,
            books=here.books,
        )
        days = [d.day.date for d in view.days if d.day.date <= last]
        day = luck.choice(days)
        hour, minute = luck.choice((9, 10, 11, 15, 16)), luck.randrange(60)
        moment = datetime.combine(day, time(hour, minute), SHANGHAI)
        place = viewing.unit(session, unit_id)
        params = params_of(session, place, here.books)
        duties = on_duty(
            session, unit_id=unit_id, moment=moment, params=params
        )
        pool = inspectors_for(session, unit_id=unit_id, moment=moment)

    way = luck.choice(list(Way))
    count = min(2 if way is Way.ON_SITE else 1, len(pool))
    check = NewCheck(
        id=str(UUID(int=luck.getrandbits(128), version=4)),
        unit_id=unit_id,
        moment=moment,
        way=way.value,
        inspectors=tuple(line.id for line in luck.sample(pool, count)),
        basis="演示（虚构）",
        note="",
        findings=tuple(
            NewFinding(duty.shift_id, duty.staff_id, luck.choice(FOUND))
            for duty in duties
        ),
        reason="演示（虚构）",
    )
    with here.records.writing() as session:
        record_check(
            session,
            check,
            books=here.books,
            who=EDITOR,
            now=moment + timedelta(hours=1),
        )
