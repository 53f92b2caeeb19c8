"""Zero reports: on which days, by whom, once, and who is reminded."""

from datetime import timedelta
from functools import partial
from threading import Thread
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from roster.days import DayKind
from roster.errors import Refused
from roster.people import Period
from roster.records import MessageRow, Records, ZeroReportRow
from roster.rules.rulebook import Override
from roster.services import zero_reports
from roster.services.ruling import add_overrides
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import SHIFTS, UNIT

FIRST, SECOND = SHIFTS[:2]
EVE = FIRST.start - timedelta(days=3)
FOUR = FIRST.start.replace(hour=16)
CELLS = {s.id: n for s, n in zip(SHIFTS, small.PEOPLE, strict=False)}


class Calendar:
    """The first shift's day is statutory, all others are weekends."""

    def day(self, when):
        first = when == FIRST.date
        kind = DayKind.STATUTORY if first else DayKind.WEEKEND
        return SimpleNamespace(kind=kind)


GIVEN = {"calendar": Calendar(), "books": BOOKS}


def settle(records: Records) -> Records:
    with records.writing() as session:
        small.settle(session)
        small.swapped(session, CELLS, now=EVE)

    return records


def taps(records: Records, staff: str = "anna", now=FOUR) -> None:
    """Somebody says that nothing happened."""
    with records.writing() as session:
        zero_reports.report_zero(
            session,
            unit_id=UNIT,
            staff_id=staff,
            who=f"{staff}（u1）",
            now=now,
            **GIVEN,
        )


def reports(records: Records, day=FIRST.date):
    with records.reading() as session:
        return zero_reports.zero_reports(session, day=day, **GIVEN)


@pytest.fixture
def school(lite) -> Records:
    return settle(lite)


@pytest.mark.parametrize(
    ("hour", "before", "after"),
    [(16, "waiting", "in-time"), (18, "missing", "late")],
)
def test_a_report_is_in_time_or_late(school, hour, before, after):
    now = FOUR.replace(hour=hour)
    (one,) = reports(school)
    assert one.standing(now) == before

    taps(school, now=now)

    (one,) = reports(school)
    assert one.standing(now + timedelta(days=9)) == after
    assert one.who == "anna（u1）"


def test_only_whoever_is_on_duty_that_day_reports(school):
    with pytest.raises(Refused, match="not-on-duty-today"):
        taps(school, "bo")
    with pytest.raises(Refused, match="not-on-duty-today"):
        taps(school, "")


def test_on_a_plain_weekend_there_is_none(school):
    assert reports(school, SECOND.date) == ()
    with pytest.raises(Refused, match="no-zero-report"):
        taps(school, "bo", SECOND.start)


def test_the_rules_say_on_which_days(school):
    everywhere = Override(
        "schools",
        "",
        "zero_report_on",
        ("法定", "双休"),
        Period(),
        "敏感期",
        "柳教发〔2026〕3号",
    )
    with school.writing() as session:
        add_overrides(session, [everywhere], who="王", now=EVE)

    assert len(reports(school, SECOND.date)) == 1
    taps(school, "bo", SECOND.start)


def test_the_days_to_choose_from_are_those_with_a_report(school):
    with school.reading() as session:
        days = zero_reports.days_of_report(
            session, first=EVE.date(), last=SECOND.date, **GIVEN
        )

    assert days == (FIRST.date,)


def test_two_taps_at_once_make_one_report(records):
    settle(records)
    told = []

    def tap() -> None:
        try:
            taps(records)
        except Refused as refused:
            told.append(refused.code)

    both = [Thread(target=tap) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert told == ["zero-reported"]
    with records.reading() as session:
        assert len(session.scalars(select(ZeroReportRow)).all()) == 1


def test_those_on_duty_are_reminded_before_and_after(school):
    def remind(hour: int, minute: int) -> int:
        now = FOUR.replace(hour=hour, minute=minute)
        with school.writing() as session:
            return zero_reports.remind(session, now=now, **GIVEN)

    told = [remind(*clock) for clock in ((15, 30), (16, 30), (16, 45))]
    assert told == [0, 1, 0]
    assert [remind(17, 30), remind(18, 30)] == [1, 0]
    with school.reading() as session:
        kind = select(MessageRow.staff).where(
            MessageRow.kind == "zero-report-due"
        )
        assert set(session.scalars(kind)) == {"anna"}


def test_whoever_has_reported_is_not_reminded(school):
    taps(school)

    with school.writing() as session:
        remind = partial(zero_reports.remind, session, **GIVEN)
        assert remind(now=FOUR.replace(hour=18)) == 0
