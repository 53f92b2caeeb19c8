"""What is told is queued with the deed, and once."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from roster.messages.kinds import DUTIES_CHANGED
from roster.records import MessageRow
from roster.services.messaging import queue
from tests.conftest import NOW
from tests.offices import SCHOOL
from tests.roster.services.conftest import SCHOOL_STAFF

ANNA, BERT = SCHOOL_STAFF[0].id, SCHOOL_STAFF[1].id
FACTS = {"dates": ["2026-10-01"]}


def tell(session, *staff, key="publish/1", **more):
    """Queues that duties have changed."""
    return queue(
        session,
        kind=more.pop("kind", DUTIES_CHANGED),
        staff=staff,
        facts=FACTS,
        key=key,
        now=NOW,
        **more,
    )


def queued(records):
    with records.reading() as session:
        rows = session.scalars(select(MessageRow).order_by(MessageRow.id))
        return [(row.staff, row.unit, row.key, row.state) for row in rows]


def test_everybody_concerned_is_told_and_nobody_twice(office):
    with office.records.writing() as session:
        assert tell(session, ANNA, BERT, ANNA) == 2

    with office.records.writing() as session:
        assert tell(session, ANNA, BERT) == 0
        assert tell(session, BERT, key="publish/2") == 1

    assert queued(office.records) == [
        (ANNA, SCHOOL.id, f"duties-changed/publish/1/{ANNA}", "queued"),
        (BERT, SCHOOL.id, f"duties-changed/publish/1/{BERT}", "queued"),
        (BERT, SCHOOL.id, f"duties-changed/publish/2/{BERT}", "queued"),
    ]


def test_a_unit_is_told_once_too(office):
    with office.records.writing() as session:
        assert tell(session, unit=SCHOOL.id) == 1
        assert tell(session, unit=SCHOOL.id) == 0


def test_what_is_for_later_waits(desk):
    later = NOW + timedelta(hours=3)
    with desk.records.writing() as session:
        tell(session, ANNA, due=later)

    with desk.records.reading() as session:
        row = session.scalars(select(MessageRow)).one()
        assert row.queued_at == NOW
        assert row.due_at == row.next_try == later


def test_nothing_is_told_of_a_deed_that_was_not_done(desk):
    class Interrupted(Exception):
        pass

    def broken_off():
        with desk.records.writing() as session:
            tell(session, ANNA)
            raise Interrupted

    with pytest.raises(Interrupted):
        broken_off()

    assert queued(desk.records) == []


def test_a_message_must_be_of_a_known_kind_and_to_somebody(desk):
    with desk.records.writing() as session:
        with pytest.raises(ValueError, match="no kind"):
            tell(session, ANNA, kind="gossip")
        with pytest.raises(ValueError, match="somebody"):
            tell(session)


def test_a_message_to_nobody_we_know_is_refused(office):
    with pytest.raises(IntegrityError), office.records.writing() as session:
        tell(session, "nobody", unit=SCHOOL.id)
