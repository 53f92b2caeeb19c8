"""What the records promise, on SQLite and on PostgreSQL."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from roster.people import UnitKind
from roster.records import (
    AssignmentRow,
    JournalRow,
    RosterRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
    TermRow,
    UnitRow,
)
from roster.records.journal import broken, record
from roster.records.upgrading import check, downgrade, upgrade
from tests.conftest import NOW


def fill(session) -> RosterRow:
    """A school with one drafted shift that one person holds."""
    session.add(
        UnitRow(
            id="U1",
            name="柳湾小学",
            kind=UnitKind.SCHOOL,
            boarding=False,
            public=True,
            phone="",
        )
    )
    session.add(
        TermRow(
            id="t",
            name="秋",
            first=date(2026, 8, 31),
            last=date(2027, 2, 28),
            vacations=[],
        )
    )
    session.flush()
    session.add(
        StaffRow(
            id="p",
            name="王强",
            unit="U1",
            gender="男",
            standing="职工",
            position="",
            phone="",
            share=100,
            hometown_away=False,
        )
    )
    solution = SolutionRow(
        unit="U1",
        term="t",
        problem="{}",
        outcome="{}",
        status="optimal",
        tiers=[],
        steps=[],
        conflict=[],
        book="",
        calendar="",
        provisional=False,
        seed=0,
        seconds=0.1,
        solver="",
        made_at=NOW,
    )
    session.add(solution)
    session.flush()
    roster = RosterRow(
        unit="U1",
        term="t",
        number=1,
        state="draft",
        solution=solution.id,
        author="li",
        approver="",
        drafted_at=NOW,
        digest="",
    )
    shift = ShiftRow(
        shift="2026-10-01/lead",
        on=date(2026, 10, 1),
        start=NOW,
        end=NOW,
        post="lead",
        needs=1,
        tags=[],
        burden={},
        article="",
    )
    shift.held.append(AssignmentRow(staff="p"))
    roster.shifts.append(shift)
    session.add(roster)
    session.flush()
    return roster


def publish(roster: RosterRow) -> None:
    roster.state, roster.approver, roster.published_at = "published", "wu", NOW


def test_rows_and_tables_have_not_come_apart(records):
    check(records)


def test_every_step_can_be_gone_back_and_forth(records):
    with records.writing() as session:
        fill(session)

    downgrade(records, "0001")
    upgrade(records)

    with records.reading() as session:
        assert session.scalars(select(AssignmentRow.staff)).all() == ["p"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE roster SET author = 'x'",
        "DELETE FROM roster",
        "UPDATE shift SET post = 'x'",
        "DELETE FROM shift",
        "UPDATE assignment SET staff = 'p'",
        "DELETE FROM assignment",
        "INSERT INTO assignment (shift, staff) SELECT shift, staff"
        " FROM assignment",
    ],
)
def test_a_published_version_cannot_change(records, change):
    with records.writing() as session:
        publish(fill(session))

    with pytest.raises(DBAPIError, match="_no_"), records.writing() as session:
        session.execute(text(change))


def test_a_draft_can_still_change(records):
    with records.writing() as session:
        fill(session)

    with records.writing() as session:
        session.execute(text("UPDATE roster SET author = 'x'"))
        session.execute(text("DELETE FROM assignment"))


def test_nobody_publishes_alone(records):
    with records.writing() as session:
        fill(session)

    with pytest.raises(IntegrityError), records.writing() as session:
        session.execute(
            text("UPDATE roster SET state = 'published', approver = 'li'")
        )


def test_the_journal_cannot_be_rewritten(records):
    with records.writing() as session:
        enter(session, "first")

    for change in ("UPDATE journal SET who = 'x'", "DELETE FROM journal"):
        with (
            pytest.raises(DBAPIError, match="_no_"),
            records.writing() as session,
        ):
            session.execute(text(change))


def enter(session, thing: str) -> None:
    record(
        session, who="li", verb="publish", noun="roster", thing=thing, now=NOW
    )


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        ("UPDATE journal SET who = 'x' WHERE id = 2", [2]),
        ("UPDATE journal SET facts = '{\"a\": 1}' WHERE id = 3", [3]),
        ("DELETE FROM journal WHERE id = 2", [2, 3]),
    ],
)
def test_a_tampered_journal_names_the_row(lite, tamper, named):
    with lite.writing() as session:
        for thing in ("a", "b", "c"):
            enter(session, thing)

    with lite.writing() as session:
        session.execute(text("DROP TRIGGER journal_no_update"))
        session.execute(text("DROP TRIGGER journal_no_delete"))
        session.execute(text(tamper))

    with lite.reading() as session:
        assert broken(session) == named


def test_an_untouched_journal_holds(records):
    with records.writing() as session:
        for thing in ("a", "b", "c"):
            enter(session, thing)

    with records.reading() as session:
        assert broken(session) == []
        assert len(session.scalars(select(JournalRow)).all()) == 3


def test_what_fails_changes_nothing(records):
    class Interrupted(Exception):
        pass

    def interrupted() -> None:
        with records.writing() as session:
            fill(session)
            raise Interrupted

    with pytest.raises(Interrupted):
        interrupted()

    with records.reading() as session:
        assert session.scalars(select(UnitRow)).all() == []


def test_sqlite_never_acknowledges_what_is_not_on_the_disk(lite):
    with lite.engine.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        assert mode in ("wal", "truncate")
