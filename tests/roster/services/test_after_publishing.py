"""What rests on a published roster: pages, feeds, checks, summaries."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from roster.errors import Refused, Unusable
from roster.people import Leave
from roster.records import FeedEventRow
from roster.services.checking import (
    NewCheck,
    NewFinding,
    checks,
    inspectors_for,
    record_check,
)
from roster.services.feeding.reading import FeedOf, rows_of
from roster.services.importing import apply
from roster.services.on_duty import on_duty
from roster.services.people import fairness, staff_duties
from roster.services.reporting import summary
from roster.services.ruling import params_of
from roster.services.viewing import roster
from tests.builders import SHANGHAI
from tests.conftest import NOW
from tests.offices import BOOKS, CHINA, SCHOOL, SHORT
from tests.roster.services.conftest import (
    BUREAU_STAFF,
    COUNTY,
    SCHOOL_STAFF,
)

NOON = datetime(2026, 10, 1, 12, tzinfo=SHANGHAI)
INSPECTOR = BUREAU_STAFF[10].id


def there(desk, moment=NOON):
    """Who is on duty at the school."""
    with desk.records.reading() as session:
        return on_duty(
            session,
            unit_id=SCHOOL.id,
            moment=moment,
            params=params_of(session, SCHOOL, BOOKS),
        )


def check_of(desk, result="OK", moment=NOON, **more) -> NewCheck:
    """A check of the school that finds the same of everybody."""
    check = NewCheck(
        id=str(uuid4()),
        unit_id=SCHOOL.id,
        moment=moment,
        way="on_site",
        inspectors=(INSPECTOR,),
        basis="检查事项清单 3 号",
        note="",
        findings=tuple(
            NewFinding(duty.shift_id, duty.staff_id, result)
            for duty in there(desk, moment)
        ),
        reason="接到反映",
    )
    return replace(check, **more)


def hand_in(desk, check, now=NOON):
    with desk.records.writing() as session:
        return record_check(session, check, books=BOOKS, who="周", now=now)


def codes(error) -> list[str]:
    return [mistake.code for mistake in error.value.mistakes]


def the_summary(desk):
    with desk.records.reading() as session:
        (line,) = summary(
            session,
            term_id=SHORT.id,
            calendar=CHINA,
            books=BOOKS,
            unit_ids=[SCHOOL.id],
        )
        return line


def test_the_roster_shows_every_duty_day_with_its_people(desk):
    with desk.records.reading() as session:
        view = roster(
            session,
            unit_id=SCHOOL.id,
            term_id=SHORT.id,
            calendar=CHINA,
            books=BOOKS,
        )

    first = next(d for d in view.days if d.day.date == date(2026, 10, 1))
    assert first.day.festival == "国庆节"
    assert all(duty.staff_name for day in view.days for duty in day.duties)
    assert view.head.approver == "李局长"


def test_a_person_sees_their_duties_and_nobody_elses(desk):
    with desk.records.reading() as session:
        views = [
            staff_duties(
                session,
                staff_id=member.id,
                first=SHORT.first,
                last=SHORT.last,
                calendar=CHINA,
                books=BOOKS,
            )
            for member in SCHOOL_STAFF
        ]
        loads = fairness(session, unit_id=SCHOOL.id, term_id=SHORT.id)

    counted = {view.staff_id: len(view.duties) for view in views}
    stated = {person.staff_id: person.term["total"] for person in loads.people}
    assert counted == stated
    assert sum(counted.values()) > 0


def test_leaders_share_a_term_as_evenly_as_can_be(desk):
    with desk.records.reading() as session:
        loads = fairness(session, unit_id=SCHOOL.id, term_id=SHORT.id)

    totals = [p.term["total"] for p in loads.people if "lead" in p.posts]
    assert max(totals) - min(totals) <= 1


def test_nobody_is_on_duty_on_a_working_day(desk):
    monday = datetime(2026, 10, 12, 12, tzinfo=SHANGHAI)

    assert there(desk, monday) == ()


def test_the_night_belongs_to_the_day_it_began_on(desk):
    before_dawn = datetime(2026, 10, 2, 5, tzinfo=SHANGHAI)

    (leader,) = there(desk, before_dawn)

    assert leader.shift_id == "2026-10-01/lead"


def test_a_feed_holds_exactly_the_published_duties(desk):
    member = SCHOOL_STAFF[0]
    with desk.records.reading() as session:
        rows = rows_of(session, FeedOf("person", member.id), NOW.date())
        duties = staff_duties(
            session,
            staff_id=member.id,
            first=SHORT.first,
            last=SHORT.last,
            calendar=CHINA,
            books=BOOKS,
        ).duties
        starts = [row.start for row in rows]
        assert all("带班领导" in row.summary for row in rows)

    assert starts == [duty.duty.start for duty in duties]


def events(desk):
    with desk.records.reading() as session:
        return {
            (e.shift, e.staff): (e.sequence, e.cancelled, e.start, e.modified)
            for e in session.scalars(
                select(FeedEventRow).where(FeedEventRow.unit == SCHOOL.id)
            )
        }


def test_who_falls_ill_finds_their_duty_cancelled_in_the_calendar(desk):
    before = events(desk)
    shift, staff = next(iter(before))
    ill = Leave(staff, date.fromisoformat(shift[:10]), SHORT.last)
    with desk.records.writing() as session:
        apply(session, replace(COUNTY, leave=(ill,)), who="w", now=NOW)
    desk.now = NOW + timedelta(days=1)
    desk.generate(SCHOOL.id)
    desk.publish()

    after = events(desk)

    sequence, cancelled, start, _ = after[shift, staff]
    assert (sequence, cancelled, start) == (1, True, before[shift, staff][2])
    for key, fact in before.items():
        assert after[key][0] >= fact[0]
        assert after[key][0] == fact[0] or after[key][3] > fact[3]


def test_a_check_counts_in_the_summary(desk):
    hand_in(desk, check_of(desk))

    line = the_summary(desk)

    assert line.checks == {"on_site": 1}
    assert line.on_duty.trials == 0
    extra = line.extra_on_duty
    assert (extra.hits, extra.trials) == (1, 1)
    assert line.due == line.rostered > 0
    assert line.in_time


def test_a_check_sent_twice_is_recorded_once(desk):
    check = check_of(desk)

    assert hand_in(desk, check) == hand_in(desk, check)

    with desk.records.reading() as session:
        assert len(checks(session)) == 1


def test_another_check_under_the_same_id_is_refused(desk):
    check = check_of(desk)
    hand_in(desk, check)

    with pytest.raises(Refused, match="check-differs"):
        hand_in(desk, replace(check, note="改了"))


def test_everybody_on_duty_must_be_looked_at(desk):
    with pytest.raises(Unusable) as error:
        hand_in(desk, check_of(desk, findings=()))

    assert codes(error) == ["not-looked-at"]


def test_all_mistakes_of_a_check_are_named_at_once(desk):
    good = check_of(desk)
    bad = replace(
        good,
        id="42",
        way="telepathy",
        inspectors=(SCHOOL_STAFF[0].id,),
        findings=(*good.findings, *good.findings),
    )

    with pytest.raises(Unusable) as error:
        hand_in(desk, bad)

    assert codes(error) == [
        "not-an-id",
        "not-allowed",
        "may-not-check",
        "found-twice",
    ]


def test_a_check_of_tomorrow_is_refused(desk):
    with pytest.raises(Unusable) as error:
        hand_in(desk, check_of(desk), now=NOON - timedelta(days=1))

    assert "in-the-future" in codes(error)


def test_a_leader_on_call_by_night_is_never_absent(desk):
    night = datetime(2026, 10, 1, 22, tzinfo=SHANGHAI)

    with pytest.raises(Unusable) as error:
        hand_in(desk, check_of(desk, "LEADER_ABSENT", night), now=night)

    assert codes(error) == ["makes-no-sense"]
    hand_in(desk, check_of(desk, "LEADER_ABSENT"), now=night)


def test_a_video_that_failed_is_held_against_nobody(desk):
    hand_in(desk, check_of(desk, "VIDEO_TECH", way="video"))

    line = the_summary(desk)

    assert Counter(line.extra) == {"unjudged": 1}
    assert line.extra_on_duty.trials == 0


def test_a_recused_inspector_is_not_offered(desk):
    with desk.records.reading() as session:
        offered = inspectors_for(session, unit_id=SCHOOL.id, moment=NOON)

    assert [line.id for line in offered] == [INSPECTOR]
