"""Incidents: who reports and reads them, the clock, and who is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from roster.errors import Refused, Unusable
from roster.people import Unit, UnitKind
from roster.records import (
    ChannelRow,
    JournalRow,
    MessageRow,
    Records,
    UnitRow,
)
from roster.records.values import unit_row
from roster.rights import Grant, Role, Visitor
from roster.services import incident_views, incidents
from roster.services.incidents import NewIncident
from roster.services.message_views import message_views
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import SHIFTS, UNIT
from web.words.messages import parcel_text

FIRST = SHIFTS[0]
EVE = FIRST.start - timedelta(days=3)
TEN = FIRST.start + timedelta(hours=2)
BUREAU = "B1"
PARENTS = {BUREAU: "", UNIT: BUREAU}
CELLS = {s.id: n for s, n in zip(SHIFTS, small.PEOPLE, strict=False)}
FALL = NewIncident(UNIT, TEN, "一名学生从楼梯摔下", "教学楼", "一人", "已送医")


def somebody(name: str, *roles: Role, unit: str = UNIT) -> Visitor:
    grants = tuple(Grant(role, unit) for role in roles)
    return Visitor(1, name, name, name, grants=grants, parents=PARENTS)


ANNA, BO = somebody("anna"), somebody("bo")
EDITOR = somebody("editor", Role.UNIT_EDITOR)
ADMIN = somebody("admin", Role.BUREAU_ADMIN, unit="")


def settle(records: Records) -> Records:
    """A school whose four shifts are published."""
    with records.writing() as session:
        small.settle(session)
        small.swapped(session, CELLS, now=EVE)

    return records


@pytest.fixture
def school(lite) -> Records:
    return settle(lite)


def report(records: Records, who=ANNA, new=FALL, now=TEN) -> int:
    with records.writing() as session:
        return incidents.report(session, new, visitor=who, now=now)


def step(records, number, kind, minutes, who=ANNA, words="局办公室") -> None:
    at = TEN + timedelta(minutes=minutes)
    with records.writing() as session:
        incidents.add_step(
            session,
            incident_id=number,
            kind=kind,
            at=at,
            words=words,
            visitor=who,
            now=at,
        )


def view(records: Records, number: int, who=ANNA, now=TEN):
    with records.reading() as session:
        return incident_views.incident(
            session, incident_id=number, visitor=who, books=BOOKS, now=now
        )


def test_the_clock_counts_from_when_it_happened(records):
    number = report(settle(records))
    one = view(records, number)
    assert one.phone.due_at == TEN + timedelta(minutes=30)
    assert one.written.due_at == TEN + timedelta(minutes=60)
    assert one.phone.standing(TEN + timedelta(minutes=31)) == "overdue"
    assert one.phone.standing(TEN) == "waiting"

    step(records, number, "phone", 12)
    step(records, number, "written", 75)
    step(records, number, "follow", 90)
    step(records, number, "closed", 120, words="")

    one = view(records, number)
    later = TEN + timedelta(days=9)
    assert one.phone.standing(later) == "in-time"
    assert one.written.standing(later) == "late"
    assert one.closed_at == TEN + timedelta(hours=2)
    assert [s.kind for s in one.steps] == [
        "phone",
        "written",
        "follow",
        "closed",
    ]
    with pytest.raises(Refused, match="incident-over"):
        step(records, number, "follow", 130)


def test_who_is_on_duty_reports_and_the_editor(school):
    assert report(school, ANNA)
    assert report(school, EDITOR)
    for other in (BO, ADMIN, somebody("x", Role.HEAD)):
        with pytest.raises(Refused, match="may-not-report"):
            report(school, other)


def test_who_may_read_it(school):
    number = report(school)
    for reader in (ANNA, EDITOR, ADMIN, somebody("x", Role.HEAD)):
        assert view(school, number, reader), reader.name
    for other in (
        BO,
        somebody("y", Role.STAFF),
        somebody("z", Role.HEAD, unit=BUREAU),
    ):
        assert view(school, number, other) is None
        with pytest.raises(Refused, match="no-such-incident"):
            step(school, number, "follow", 5, other)


def test_outside_the_unit_one_only_tells_what_followed(school):
    number = report(school)

    step(school, number, "follow", 20, ADMIN, "局长已知")
    with pytest.raises(Refused, match="may-only-follow"):
        step(school, number, "phone", 20, ADMIN)


def test_a_written_report_is_there_once(school):
    number = report(school)
    step(school, number, "written", 20)

    with pytest.raises(Refused, match="reported-already"):
        step(school, number, "written", 25)


def test_mistakes_are_told_together(school):
    wrong = NewIncident(UNIT, TEN + timedelta(hours=1), " ", "甲" * 101)

    with pytest.raises(Unusable) as told:
        report(school, new=wrong)

    assert {(m.code, m.where) for m in told.value.mistakes} == {
        ("not-in-the-past", ("at",)),
        ("no-words", ("situation",)),
        ("too-long", ("place",)),
    }
    number = report(school)
    with pytest.raises(Unusable, match="not-a-step"):
        step(school, number, "dance", 3)
    with pytest.raises(Unusable, match="not-in-the-past"):
        step(school, number, "phone", -3)


@pytest.mark.parametrize("table", ["incident", "incident_step"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET who = 'x'", "DELETE FROM {}"])
def test_what_was_reported_stays(records, table, verb):
    number = report(settle(records))
    step(records, number, "phone", 3)

    with pytest.raises(DBAPIError), records.writing() as session:
        session.execute(text(verb.format(table)))


def test_neither_journal_nor_message_tells_what_happened(school):
    report(school)

    with school.reading() as session:
        facts = session.scalars(
            select(JournalRow.facts).where(JournalRow.noun == "incident")
        ).all()
        sent = session.scalars(select(MessageRow.facts)).all()
    assert len(facts) == 1
    assert "摔" not in str(facts) + str(sent)


def groups(records: Records) -> list[MessageRow]:
    """What was queued for groups, the newest last."""
    with records.reading() as session:
        found = select(MessageRow).where(MessageRow.staff.is_(None))
        rows = list(session.scalars(found.order_by(MessageRow.id)))
        session.expunge_all()
        return rows


def test_the_groups_that_have_a_robot_are_told_without_names(school):
    report(school)
    assert groups(school) == []
    with school.writing() as session:
        bureau = Unit(id=BUREAU, name="县教科局", kind=UnitKind.BUREAU)
        session.add(unit_row(bureau))
        session.flush()
        for unit in (UNIT, BUREAU):
            session.add(
                ChannelRow(
                    unit=unit,
                    kind="wecom",
                    address="x",
                    secret="",
                    made_by="?",
                    made_at=EVE,
                )
            )

    number = report(school)

    rows = groups(school)
    assert {row.unit for row in rows} == {UNIT, BUREAU}
    with school.reading() as session:
        name = session.get_one(UnitRow, UNIT).name
        for row in session.scalars(
            select(MessageRow).where(MessageRow.staff.is_(None))
        ):
            (view,) = message_views(session, [row])
            said = parcel_text([view], personal=False)
            assert f"{name}报告突发情况" in said
            assert "学生" not in said
            assert row.facts["incident"] == number
