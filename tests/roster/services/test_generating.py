"""A term's rosters come about, are stored, and are published."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from roster.errors import Refused
from roster.people import Leave, Period, Standing, Unit, UnitKind
from roster.problem import Outcome, Status
from roster.records import AssignmentRow, FeedEventRow, RosterRow
from roster.records.journal import broken
from roster.rules.rulebook import Override
from roster.services.board import county_board
from roster.services.importing import apply
from roster.services.preparing import cases
from roster.services.reviewing import submit
from roster.services.ruling import add_overrides
from roster.services.viewing import failure
from solver import explain
from tests.conftest import NOW
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT, people
from tests.roster.services.conftest import COUNTY, SCHOOL_STAFF, imported
from web.words.remedies import remedy_sentence


def board(office):
    with office.records.reading() as session:
        lines = county_board(session, term_id=SHORT.id)
        return {line.unit_id: line for line in lines}


def test_every_unit_gets_a_proven_draft(office):
    seen = []

    done = office.generate(progress=seen.append)

    assert [unit.status for unit in done.units] == ["optimal", "optimal"]
    assert [unit.done for unit in seen] == [1, 2]
    lines = board(office)
    assert {line.state for line in lines.values()} == {"draft"}
    assert lines[SCHOOL.id].open_shifts == 0
    assert lines[SCHOOL.id].shifts > 0


def test_a_unit_named_by_its_name_is_generated_alone(office):
    office.generate(SCHOOL.name)

    assert {u for u, line in board(office).items() if line.state} == {
        SCHOOL.id
    }


def test_an_unknown_unit_or_term_is_refused(office):
    with pytest.raises(Refused, match="unknown-unit"):
        office.generate("没有的学校")


def handed_in(office, unit):
    """Somebody submits a unit's draft."""
    with office.records.writing() as session:
        wanted = select(RosterRow).where(
            RosterRow.unit == unit, RosterRow.state == "draft"
        )
        row = session.scalars(wanted).one()
        submit(
            session,
            roster_id=row.id,
            revision=0,
            calendar=CHINA,
            books=BOOKS,
            who="周校长",
            now=NOW,
        )


def test_what_is_under_review_is_not_generated_anew(desk):
    desk.generate(SCHOOL.id)
    handed_in(desk, SCHOOL.id)

    with pytest.raises(Refused, match="in-review") as refusal:
        desk.generate()

    assert refusal.value.facts == {"unit": SCHOOL.name}


def test_a_new_draft_takes_the_place_of_the_old_one(office):
    office.generate()
    office.generate()

    with office.records.reading() as session:
        rows = session.scalars(select(RosterRow)).all()
        assert sorted(row.number for row in rows) == [1, 1]


def test_published_versions_are_numbered_on(office):
    office.generate()
    office.publish()
    office.generate(seed=5)

    with office.records.reading() as session:
        rows = session.scalars(select(RosterRow)).all()
        numbers = sorted((row.number, row.state) for row in rows)
        assert numbers == [
            (1, "published"),
            (1, "published"),
            (2, "draft"),
            (2, "draft"),
        ]


def test_publishing_takes_two_people(office):
    office.generate()

    with pytest.raises(Refused, match="same-person"):
        office.publish("王办公室", " 王办公室 ")

    assert {line.state for line in board(office).values()} == {"draft"}


def test_a_published_version_cannot_be_changed(office):
    office.generate()
    office.publish()

    with (
        pytest.raises(DBAPIError, match="roster_no_update"),
        office.records.writing() as session,
    ):
        session.scalars(select(RosterRow)).first().author = "别人"


def test_a_draft_somebody_altered_behind_our_back_is_not_published(office):
    office.generate()
    with office.records.writing() as session:
        row = session.scalars(
            select(AssignmentRow).where(
                AssignmentRow.staff == SCHOOL_STAFF[0].id
            )
        ).first()
        row.staff = SCHOOL_STAFF[1].id

    with pytest.raises(Refused, match="draft-altered"):
        office.publish()


def test_a_draft_of_yesterdays_calendar_is_not_published(office):
    class Changed:
        def version(self, first, last):
            return "another"

    office.generate()

    with pytest.raises(Refused, match="calendar-changed"):
        office.publish(calendar=Changed())


def test_every_change_is_in_the_journal(office):
    office.generate()
    office.publish()

    with office.records.reading() as session:
        assert broken(session) == []


def test_the_next_term_carries_on_from_this_one(office):
    office.generate()
    office.publish()
    after = replace(
        SHORT, id="2026-11", first=date(2026, 11, 1), last=date(2026, 11, 30)
    )
    with office.records.writing() as session:
        apply(session, replace(COUNTY, terms=(after,)), who="w", now=NOW)

    with office.records.reading() as session:
        (case,) = cases(
            session,
            term_id="2026-11",
            unit_ids=[SCHOOL.id],
            calendar=CHINA,
            books=BOOKS,
        )

    served = board(office)[SCHOOL.id].shifts
    assert sum(load["total"] for load in case.carried.values()) == served
    assert any(
        duty.date == date(2026, 10, 31)
        for duties in case.earlier.values()
        for duty in duties
    )


def test_a_unit_asked_for_alone_carries_the_same(office):
    office.generate()
    office.publish()
    after = replace(
        SHORT, id="2026-11", first=date(2026, 11, 1), last=date(2026, 11, 30)
    )
    with office.records.writing() as session:
        apply(session, replace(COUNTY, terms=(after,)), who="w", now=NOW)

    with office.records.reading() as session:
        every, alone = (
            cases(
                session,
                term_id=after.id,
                unit_ids=unit_ids,
                calendar=CHINA,
                books=BOOKS,
            )
            for unit_ids in (None, [SCHOOL.id])
        )

    assert alone == tuple(c for c in every if c.unit.id == SCHOOL.id)
    assert alone[0].earlier


def test_publishing_the_same_again_leaves_every_calendar_alone(office):
    office.generate()
    office.publish()
    office.now += timedelta(days=1)
    office.generate()

    touched = [version.touched for version in office.publish()]

    assert touched == [0, 0]
    with office.records.reading() as session:
        events = session.scalars(select(FeedEventRow)).all()
        assert {event.sequence for event in events} == {0}


def test_a_unit_without_a_roster_says_why_and_the_others_go_on(lite):
    leaders = [m for m in SCHOOL_STAFF if m.standing != Standing.STAFF]
    leave = tuple(
        Leave(m.id, date(2026, 10, 1), date(2026, 10, 7)) for m in leaders
    )
    office = imported(lite, replace(COUNTY, leave=leave))

    done = office.generate()

    assert {unit.unit_id for unit in done.failed} == {SCHOOL.id}
    assert board(office)[SCHOOL.id].status == "infeasible"
    with office.records.reading() as session:
        found = failure(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    assert [step.code for step in found.steps][:2] == ["plain", "gap"]
    assert {line.code for line in found.conflict} == {"aways", "shift"}
    assert all(line.article for line in found.conflict)
    (away,) = [line for line in found.conflict if line.code == "aways"]
    assert set(away.facts["names"]) == {m.name for m in leaders}


def test_a_unit_without_a_roster_is_told_who_would_be_enough(lite):
    leaders = [m for m in SCHOOL_STAFF if m.standing != Standing.STAFF]
    leave = tuple(
        Leave(m.id, date(2026, 10, 3), date(2026, 10, 3)) for m in leaders
    )
    office = imported(lite, replace(COUNTY, leave=leave))

    office.generate(SCHOOL.id, explain=explain)

    with office.records.reading() as session:
        found = failure(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    (remedy,) = found.remedies
    (people,) = remedy.facts["people"]
    # Whoever leaves in the morning cannot lead the night before.
    assert people["dates"] == ["2026-10-02", "2026-10-03"]
    assert people["count"] == 1
    assert remedy_sentence(remedy) == (
        "再有 1 名可任带班领导的人员，2026-10-02、2026-10-03到岗"
    )


def test_a_rule_eased_a_little_is_told_to_be_enough(lite):
    """Where the unit may not shorten the gap of its own accord."""
    settings = {"leader_gap_days": 30, "may_relax_gap": False}
    office = imported(lite)
    with office.records.writing() as session:
        add_overrides(
            session,
            [
                Override("bureau", "", param, value, Period(), "试验", "1号")
                for param, value in settings.items()
            ],
            who="王办公室",
            now=NOW,
        )

    office.generate(BUREAU.id, explain=explain)

    with office.records.reading() as session:
        found = failure(session, unit_id=BUREAU.id, term_id=SHORT.id)
    first = found.remedies[0]
    (patch,) = first.facts["patches"]
    assert patch["kind"] == "gap"
    assert patch["to"]["days"] < 30


def test_the_district_lends_a_leader_where_all_are_away(lite):
    district = Unit(id="D1", name="柳湾学区", kind=UnitKind.DISTRICT)
    units = [
        Unit(
            id=f"U02{n}",
            name=f"柳湾{n}小学",
            kind=UnitKind.SCHOOL,
            parent="D1",
        )
        for n in (1, 2)
    ]
    staff = [
        people(u, (Standing.PRINCIPAL, 1), (Standing.DEPUTY, n))
        for u, n in zip(units, (1, 4), strict=True)
    ]
    leave = tuple(
        Leave(m.id, date(2026, 10, 1), date(2026, 10, 7)) for m in staff[0]
    )
    office = imported(
        lite,
        replace(
            COUNTY,
            units=(*COUNTY.units, district, *units),
            staff=(*COUNTY.staff, *staff[0], *staff[1]),
            leave=leave,
        ),
    )

    done = office.generate("柳湾学区")

    assert not done.failed
    lines = board(office)
    assert lines["U021"].step == lines["U022"].step == "pooled"
    assert lines["U021"].open_shifts == 0


def test_a_solver_out_of_time_is_reported_as_such(office):
    def slow(problem):
        return Outcome(problem.id, Status.UNKNOWN)

    done = office.generate(solve=slow)

    assert {unit.status for unit in done.failed} == {"unknown"}


def test_what_is_finished_stays_when_the_rest_is_broken_off(office):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.generate(progress=stop)

    states = sorted(line.state for line in board(office).values())
    assert states == ["", "draft"]
