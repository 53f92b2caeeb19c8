"""What the records promise, on SQLite and on PostgreSQL."""

from datetime import date, timedelta
from traceback import format_exception

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from roster.people import UnitKind
from roster.problem import Assignment
from roster.records import (
    AssignmentRow,
    JournalRow,
    ReviewRow,
    RosterRow,
    SettingRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
    TermRow,
    UnitRow,
)
from roster.records.journal import HEAD, broken, chain, record, sealed
from roster.records.upgrading import check, downgrade, upgrade
from roster.services.drafts import digest_of
from tests.conftest import NOW

LATER = NOW + timedelta(days=3)


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


WITHDRAW = "UPDATE roster SET state = 'withdrawn', withdrawn_at = :now"


def withdraw(session, also: str = "") -> None:
    session.execute(text(WITHDRAW + also), {"now": NOW.isoformat(" ")})


def test_a_published_version_can_be_withdrawn_once(records):
    with records.writing() as session:
        publish(fill(session))

    with records.writing() as session:
        withdraw(session)

    for change in (WITHDRAW, "DELETE FROM roster", "DELETE FROM assignment"):
        with (
            pytest.raises(DBAPIError, match="_no_"),
            records.writing() as session,
        ):
            session.execute(text(change), {"now": NOW.isoformat(" ")})


@pytest.mark.parametrize(
    "column",
    [
        column.name
        for column in RosterRow.__table__.columns
        if column.name not in ("state", "withdrawn_at")
    ],
)
def test_withdrawing_changes_nothing_else(lite, column):
    """Also of a column that a later shape adds."""
    with lite.writing() as session:
        publish(fill(session))

    with (
        pytest.raises(DBAPIError, match="roster_no_update"),
        lite.writing() as session,
    ):
        withdraw(session, f', "{column}" = 77')


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_a_withdrawn_version_is_not_put_back(records, state):
    with records.writing() as session:
        publish(fill(session))
        session.flush()
        withdraw(session)

    with pytest.raises(DBAPIError, match="_no_"), records.writing() as session:
        session.execute(text(f"UPDATE roster SET state = '{state}'"))


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_is_under_review_keeps_its_cells(records, state):
    with records.writing() as session:
        fill(session)
        session.execute(
            text(f"UPDATE roster SET state = '{state}', approver = 'wu'")
        )

    for change in ("DELETE FROM assignment", "UPDATE shift SET post = 'x'"):
        with (
            pytest.raises(DBAPIError, match="_no_"),
            records.writing() as session,
        ):
            session.execute(text(change))


@pytest.mark.parametrize(
    "made", ["author = 'wu'", "editor = 'wu'", "approver = ''"]
)
def test_no_one_approves_what_they_made(records, made):
    with records.writing() as session:
        fill(session).approver = "wu"
        session.flush()
        session.execute(text(f"UPDATE roster SET {made}"))

    with pytest.raises(IntegrityError), records.writing() as session:
        session.execute(text("UPDATE roster SET state = 'approved'"))


def test_what_was_decided_cannot_be_rewritten(records):
    with records.writing() as session:
        fill(session)
        session.add(decision())

    for change in ("UPDATE review SET remark = 'x'", "DELETE FROM review"):
        with (
            pytest.raises(DBAPIError, match="_no_"),
            records.writing() as session,
        ):
            session.execute(text(change))


def decision() -> ReviewRow:
    return ReviewRow(
        unit="U1",
        term="t",
        number=1,
        verb="submit",
        who="li",
        at=NOW,
        remark="",
        revision=0,
        digest="",
    )


def test_a_withdrawn_version_survives_an_older_shape(records):
    with records.writing() as session:
        roster = fill(session)
        roster.digest = digest_of([Assignment("2026-10-01/lead", "p")])
        publish(roster)
        session.flush()
        roster.state, roster.withdrawn_at = "withdrawn", LATER
        digest = roster.digest

    downgrade(records, "0005")
    upgrade(records)

    with records.reading() as session:
        row = session.scalars(select(RosterRow)).one()
        assert row.state == "withdrawn"
        assert (row.withdrawn_at, row.published_at) == (LATER, NOW)
        assert row.digest == digest


def test_older_drafts_know_what_they_were_made_on(records):
    with records.writing() as session:
        first = fill(session)
        publish(first)
        session.flush()
        session.add(
            RosterRow(
                unit="U1",
                term="t",
                number=2,
                state="submitted",
                solution=first.solution,
                author="zhao",
                approver="",
                drafted_at=LATER,
                digest="",
            )
        )

    downgrade(records, "0005")
    upgrade(records)

    with records.reading() as session:
        rows = session.scalars(select(RosterRow).order_by(RosterRow.number))
        said = [(row.state, row.base, row.editor) for row in rows]
        assert said == [("published", 0, "li"), ("draft", 1, "zhao")]


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
        ("UPDATE journal SET at = '2026-08-20 01:30:01' WHERE id = 2", [2]),
        ("UPDATE journal SET facts = '{\"a\": 1}' WHERE id = 3", [3]),
        ("UPDATE journal SET seal = 'x' WHERE id = 3", [3]),
        ("DELETE FROM journal WHERE id = 1", [1, 2]),
        ("DELETE FROM journal WHERE id = 2", [2, 3]),
        ("DELETE FROM journal WHERE id = 3", [3]),
        ("DELETE FROM journal WHERE id > 1", [2, 3]),
        ("DELETE FROM journal", [1, 2, 3]),
        ("UPDATE journal SET id = 9 WHERE id = 2", [2, 3, 4, 5, 6, 7, 8, 9]),
        (
            "INSERT INTO journal SELECT 4, at, who, verb, noun, thing, facts,"
            " seal, 'x' FROM journal WHERE id = 3",
            [4],
        ),
    ],
)
def test_a_tampered_journal_names_the_row(lite, tamper, named):
    with lite.writing() as session:
        for thing in ("a", "b", "c"):
            enter(session, thing)

    without_triggers(lite, tamper)

    with lite.reading() as session:
        assert broken(session) == named


def without_triggers(records, words: str) -> None:
    """Somebody at the file itself."""
    with records.writing() as session:
        session.execute(text("DROP TRIGGER IF EXISTS journal_no_update"))
        session.execute(text("DROP TRIGGER IF EXISTS journal_no_delete"))
        session.execute(text(words))


def test_a_chain_sealed_anew_from_some_entry_on_is_named(lite):
    with lite.writing() as session:
        for thing in ("a", "b"):
            enter(session, thing)
    without_triggers(lite, "DELETE FROM journal WHERE id = 2")
    with lite.writing() as session:
        note = session.get_one(SettingRow, HEAD).value
        enter(session, "c")
        session.get_one(SettingRow, HEAD).value = note

    with lite.reading() as session:
        assert broken(session) == [2]
        number, _, seal = note.partition(":")
        assert not sealed(session, int(number), seal)


def test_a_journal_begun_before_there_were_notes_holds(lite):
    with lite.writing() as session:
        enter(session, "a")
        session.execute(text("DELETE FROM setting"))
    with lite.reading() as session:
        assert broken(session) == []

    with lite.writing() as session:
        enter(session, "b")
    without_triggers(lite, "DELETE FROM journal WHERE id = 2")
    with lite.reading() as session:
        assert broken(session) == [2]


def test_what_is_known_to_hold_is_not_read_again(lite):
    with lite.writing() as session:
        enter(session, "a")
    with lite.reading() as session:
        known = chain(session)
    with lite.writing() as session:
        enter(session, "b")
        enter(session, "c")
    without_triggers(lite, "UPDATE journal SET who = 'x' WHERE id = 3")

    with lite.reading() as session:
        found = chain(session, known)
        assert found == chain(session)
        assert (found.last, found.wrong) == (3, (3,))
        assert chain(session, found) == found


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


@pytest.mark.parametrize("wrong", [{"id": "p"}, {"id": "q", "gender": None}])
def test_a_database_error_tells_no_value_of_a_row(records, wrong):
    """Errors are logged, and rows hold names and telephone numbers."""
    somebody = {
        "name": "赵不宣",
        "unit": "U1",
        "gender": "女",
        "standing": "职工",
        "position": "",
        "phone": "13800138000",
        "share": 100,
        "hometown_away": False,
        **wrong,
    }
    with records.writing() as session:
        fill(session)

    with pytest.raises(IntegrityError) as error, records.writing() as session:
        session.add(StaffRow(**somebody))

    said = "".join(format_exception(error.value))
    assert "staff" in said
    for personal in ("赵不宣", "13800138000", "(p)"):
        assert personal not in said
