"""Who had a roster in time: what was in force when it was due counts."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from roster.records import MessageRow, RosterRow
from roster.services.due_rosters import roster_due
from roster.services.publishing import withdraw
from roster.services.punctuality import punctuality
from roster.services.reviewing import submit
from tests.builders import SHANGHAI
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT

# The school's October is due on 25 September, 国庆节 on the 28th.
OCTOBER, NATIONAL = "2026-10", "国庆节"


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def stands(office, now, unit=SCHOOL.id):
    """By month or holiday, how it stands and by how many days."""
    with office.records.reading() as session:
        (line,) = punctuality(
            session,
            term_id=SHORT.id,
            calendar=CHINA,
            books=BOOKS,
            now=now,
            units=[unit],
        )
        return {
            one.deadline.name or f"{one.deadline.first:%Y-%m}": (
                one.standing.value,
                one.days,
            )
            for one in line.kept
        }


def test_what_is_published_before_is_ready(desk):
    assert set(stands(desk, at(8, 21)).values()) == {("ready", 0)}


def test_what_is_not_there_waits_and_then_is_overdue(office):
    assert stands(office, at(9, 25, 23))[OCTOBER] == ("waiting", 0)
    assert stands(office, at(9, 26, 0))[OCTOBER] == ("overdue", 1)
    assert stands(office, at(9, 28, 23))[NATIONAL] == ("waiting", 0)
    assert stands(office, at(10, 2))[NATIONAL] == ("overdue", 4)


def test_the_last_day_is_still_in_time(office):
    office.now = at(9, 25, 23)
    office.generate()
    office.publish()

    assert stands(office, at(10, 9))[OCTOBER] == ("ready", 0)


def test_a_day_later_is_late_for_good(office):
    office.now = at(9, 27, 1)
    office.generate()
    office.publish()

    found = stands(office, at(12, 1))
    assert found[OCTOBER] == ("late", 2)
    assert found[NATIONAL] == ("ready", 0)


def of_the_school(session) -> int:
    return session.scalars(
        select(RosterRow.id).where(RosterRow.unit == SCHOOL.id)
    ).one()


def test_what_was_withdrawn_before_it_was_due_is_not_there(desk):
    with desk.records.writing() as session:
        withdraw(
            session,
            roster_id=of_the_school(session),
            reason="有误",
            who="李局长",
            now=at(9, 20),
        )

    assert stands(desk, at(9, 24))[OCTOBER] == ("waiting", 0)
    assert stands(desk, at(9, 29))[OCTOBER] == ("overdue", 4)


def test_what_was_withdrawn_amid_the_month_has_to_come_again(desk):
    with desk.records.writing() as session:
        withdraw(
            session,
            roster_id=of_the_school(session),
            reason="有误",
            who="李局长",
            now=at(10, 9),
        )

    found = stands(desk, at(10, 10))
    assert found[OCTOBER][0] == "overdue"
    assert found[NATIONAL] == ("ready", 0)  # it is over and was manned


def test_whoever_submitted_in_time_is_not_who_was_late(office):
    office.now = at(9, 24)
    office.generate()
    with office.records.writing() as session:
        submit(
            session,
            roster_id=of_the_school(session),
            revision=0,
            calendar=CHINA,
            books=BOOKS,
            who="周校长",
            now=at(9, 24),
        )
    office.now = at(9, 27)
    office.publish(unit_ids=[SCHOOL.id])

    with office.records.reading() as session:
        (line,) = punctuality(
            session,
            term_id=SHORT.id,
            calendar=CHINA,
            books=BOOKS,
            now=at(10, 2),
            units=[SCHOOL.id],
        )
    october = next(o for o in line.kept if o.deadline.due == at(9, 25).date())
    assert (october.standing.value, october.days) == ("late", 2)
    assert october.submitted_in_time
    assert october.published == at(9, 27)


def remind(office, now) -> list[tuple[str, dict]]:
    """What is told then, to which unit."""
    with office.records.writing() as session:
        roster_due(session, calendar=CHINA, books=BOOKS, now=now)
        rows = session.execute(
            select(MessageRow.unit, MessageRow.facts)
            .where(
                MessageRow.kind == "roster-due", MessageRow.queued_at == now
            )
            .order_by(MessageRow.unit)
        )
        return [tuple(row) for row in rows]


def test_a_unit_is_reminded_once_before_and_weekly_after(office):
    told = remind(office, at(9, 22))
    assert {unit for unit, _ in told} == {BUREAU.id, SCHOOL.id}
    assert told[1][1]["date"] == "2026-09-25"
    assert told[1][1]["span"] == ["month", "2026-10-01", ""]

    assert remind(office, at(9, 25)) == []
    assert len(remind(office, at(9, 26))) == 2
    assert remind(office, at(9, 30)) == []
    assert len(remind(office, at(10, 3))) == 2


def test_nobody_is_reminded_of_what_is_there(desk):
    for days in range(0, 40, 3):
        assert remind(desk, at(8, 24) + timedelta(days=days)) == []


@pytest.mark.parametrize("day", [1, 21])
def test_nobody_is_reminded_long_before(office, day):
    assert remind(office, at(9, day)) == []
