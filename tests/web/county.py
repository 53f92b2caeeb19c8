"""
A small county as the site shows it, with everything that can go wrong.

The bureau and a school have published rosters; one school's leaders are
all away, one kindergarten has nobody, and one man's name is HTML.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import delete

from roster.county import County
from roster.days import Term
from roster.people import (
    Inspector,
    Leave,
    PastDuty,
    Period,
    Presence,
    Standing,
    Unit,
    UnitKind,
)
from roster.posts import LEAD
from roster.records import MessageRow
from roster.rules.rulebook import Override
from roster.services.drawing import NewSeries
from roster.services.generating import generate
from roster.services.importing import apply
from roster.services.publishing import publish_term
from roster.services.ruling import add_overrides
from solver import explain, solve
from tests.builders import SHANGHAI
from tests.conftest import NOW as PUBLISHED_AT
from tests.offices import (
    BOOKS,
    BUREAU,
    CHINA,
    SCHOOL,
    SHORT,
    bureau_staff,
    people,
    school_staff,
)
from tests.web.accounts import add_accounts
from web.config import Config, default_url
from web.wiring import Office

# The sixth day of the National holiday, when everybody is on duty.
NOW = datetime(2026, 10, 6, 10, 30, tzinfo=SHANGHAI)
PHONE, DUTY_PHONE = "13893301234", "0933-6120001"
WICKED = "<script>alert(1)</script>"

DISTRICT = Unit(
    id="D1", name="石梁学区", kind=UnitKind.DISTRICT, parent=BUREAU.id
)
STUCK = Unit(
    id="U020", name="石梁小学", kind=UnitKind.SCHOOL, parent=DISTRICT.id
)
EMPTY = Unit(
    id="U030",
    name="野狐沟幼儿园",
    kind=UnitKind.KINDERGARTEN,
    parent=BUREAU.id,
)
LATER = Term("2027-05", "2027年5月", date(2027, 5, 1), date(2027, 5, 31))

BUREAU_STAFF = bureau_staff(30)
SCHOOL_STAFF = tuple(
    replace(m, name=WICKED) if m.standing is Standing.PRINCIPAL else m
    for m in school_staff(12)
)
STUCK_STAFF = people(STUCK, (Standing.PRINCIPAL, 1), (Standing.STAFF, 6))
INSPECTORS = BUREAU_STAFF[10:12]

COUNTY = County(
    units=tuple(
        replace(unit, phone=DUTY_PHONE)
        for unit in (BUREAU, DISTRICT, SCHOOL, STUCK, EMPTY)
    ),
    staff=tuple(
        replace(member, phone=PHONE)
        for member in (*BUREAU_STAFF, *SCHOOL_STAFF, *STUCK_STAFF)
    ),
    leave=(Leave(STUCK_STAFF[0].id, date(2026, 10, 1), date(2026, 10, 7)),),
    presences=(
        Presence(STUCK.id, date(2026, 10, 3), date(2026, 10, 4), "集中活动"),
    ),
    past=tuple(
        PastDuty(member.id, date(2026, 5, 1 + n % 3), LEAD)
        for n, member in enumerate(SCHOOL_STAFF[:5])
    ),
    terms=(SHORT, LATER),
    inspectors=(
        Inspector(INSPECTORS[0].id),
        Inspector(INSPECTORS[1].id, recused=(SCHOOL.id,)),
    ),
)

OVERRIDE = Override(
    "schools",
    SCHOOL.id,
    "rest_hours",
    12,
    Period(date(2026, 9, 1)),
    "路远，休息宜长",
    "柳教发〔2026〕9号",
)


# From May on, the one leader of a school may not lead twice in a month,
# and it may ease nothing by itself.
TOO_FAR_APART = tuple(
    Override(
        "schools",
        STUCK.id,
        name,
        value,
        Period(LATER.first),
        "试行",
        "柳教发〔2027〕1号",
    )
    for name, value in {
        "leader_gap_days": 30,
        "may_relax_gap": False,
        "may_combine": False,
        "may_pool": False,
    }.items()
)

AUTUMN_CHECKS = NewSeries(
    "十月值班抽查",
    SHORT.id,
    "平督〔2026〕3号",
    "福彩3D当晚开奖号码",
    time(21, 30),
    time(23),
    places=2,
    by_visit=40,
    by_video=30,
    by_phone=30,
    night=20,
)


class Frozen(Office):
    """An office whose clock stands still on a day of duty."""

    def now(self) -> datetime:
        """The sixth of October."""
        return NOW


def open_office(folder: Path) -> Frozen:
    """The office of a data folder."""
    return Frozen(Config(folder, default_url(folder)))


def build(folder: Path) -> None:
    """Makes the small county in a folder, by the product's own steps."""
    here = open_office(folder)
    with here.records.writing() as session:
        apply(session, COUNTY, who="王办公室", now=PUBLISHED_AT)
        add_overrides(session, [OVERRIDE], who="王办公室", now=PUBLISHED_AT)
        add_accounts(session, SCHOOL.id, STUCK.id)

    generate(
        here.records,
        term_id=SHORT.id,
        unit_ids=[BUREAU.id, SCHOOL.id, STUCK.id],
        calendar=CHINA,
        books=BOOKS,
        solve=solve,
        explain=explain,
        run=one_by_one,
        who="王办公室",
        now=lambda: PUBLISHED_AT,
    )
    with here.records.writing() as session:
        publish_term(
            session,
            term_id=SHORT.id,
            author="王办公室",
            approver="李局长",
            calendar=CHINA,
            books=BOOKS,
            now=PUBLISHED_AT,
        )
    with here.records.writing() as session:
        # Whoever looks for messages looks for their own.
        session.execute(delete(MessageRow))
    here.close()


def one_by_one(tasks, *, work, on_failure, jobs=None) -> Iterator:
    for key, task in tasks:
        yield key, work(task)
