"""What falls due is done once, by whichever process, as a whole."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from calendars import China
from roster.records import JobRunRow, MessageRow
from roster.services.clock import begin, do_once, last_due
from roster.services.message_views import message_views
from roster.services.reminding import calendar_provisional, duty_tomorrow
from tests.builders import SHANGHAI
from tests.conftest import NOW
from tests.offices import BUREAU, CHINA, SCHOOL
from tests.roster.services.outbox import open_way, states
from tests.roster.services.racing import live, minutes, together

DAY = timedelta(days=1)
DUES = 60
EVE = datetime(2026, 9, 30, 18, tzinfo=SHANGHAI)


def test_two_processes_do_each_job_and_send_each_message_once(office):
    open_way(office.records)

    first, second = together(live, office.records, SCHOOL.id, DUES)

    assert sorted(first[0] + second[0]) == minutes(DUES)
    assert sorted(first[1] + second[1]) == list(range(1, DUES + 1))
    assert states(office.records) == [("sent", "")] * DUES


def work(session, **more) -> int | None:
    return do_once(
        session,
        job="reminder",
        due=more.pop("due", NOW),
        now=NOW,
        work=more.pop("work", lambda: 3),
    )


def test_what_was_done_is_not_done_again(office):
    with office.records.writing() as session:
        assert work(session) == 3

    with office.records.writing() as session:
        assert work(session) is None
        assert work(session, due=NOW + DAY) == 3


def test_what_broke_off_was_not_done(office):
    def broken() -> int:
        raise RuntimeError

    with pytest.raises(RuntimeError), office.records.writing() as session:
        work(session, work=broken)

    with office.records.writing() as session:
        assert work(session) == 3


def test_the_database_itself_refuses_a_second_time(office):
    row = {"job": "x", "due": NOW, "done_at": NOW, "count": 0}
    with (
        pytest.raises(IntegrityError),
        office.records.writing() as session,
    ):
        session.add_all([JobRunRow(**row), JobRunRow(**row)])


def test_times_yet_to_come_were_a_wrong_clock(desk):
    with desk.records.writing() as session:
        begin(session, job="reminder", now=NOW)
        begin(session, job="reminder", now=NOW + DAY)
        work(session, due=NOW + 40 * DAY)

        assert last_due(session, job="reminder", now=NOW + DAY) == NOW


def told(desk, due=EVE, now=EVE):
    """What is queued for the duties of the day after."""
    with desk.records.writing() as session:
        count = duty_tomorrow(session, due=due, now=now)

    with desk.records.reading() as session:
        rows = session.scalars(select(MessageRow)).all()
        return count, message_views(session, rows)


def test_everybody_on_duty_tomorrow_is_told_where_and_when(desk):
    count, views = told(desk)

    first = next(view for view in views if view.unit_id == SCHOOL.id)
    assert count == len(views) >= 2
    assert {view.unit_id for view in views} == {SCHOOL.id, BUREAU.id}
    assert first.facts["date"] == "2026-10-01"
    assert first.due_at == EVE
    assert told(desk)[0] == 0


def test_nobody_is_told_of_a_duty_that_has_begun(desk):
    noon = EVE + timedelta(hours=18)

    count, views = told(desk, now=noon)

    starts = [datetime.fromisoformat(v.facts["hours"][0]) for v in views]
    assert count == len(views)
    assert all(start > noon for start in starts)


def test_nobody_is_told_on_the_eve_of_a_working_day(desk):
    monday = datetime(2026, 10, 12, 18, tzinfo=SHANGHAI)

    assert told(desk, due=monday, now=monday) == (0, ())


@pytest.mark.parametrize(
    ("calendar", "now", "years"),
    [
        (CHINA, NOW, []),
        (China({}), NOW, [2026]),
        (China({}), NOW + 100 * DAY, []),
    ],
    ids=["announced", "not announced", "past"],
)
def test_the_bureau_is_told_of_a_year_without_a_notice(
    desk, calendar, now, years
):
    with desk.records.writing() as session:
        calendar_provisional(session, calendar=calendar, due=now, now=now)
        calendar_provisional(session, calendar=calendar, due=now, now=now)
        rows = session.scalars(select(MessageRow)).all()

        assert [row.facts["year"] for row in rows] == years
        assert all(row.unit == BUREAU.id for row in rows)
