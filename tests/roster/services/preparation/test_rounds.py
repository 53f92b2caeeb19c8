"""A unit asks for wishes until a date; each answers for themselves."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from roster.errors import Refused, Unusable
from roster.records import JournalRow, MessageRow, StaffRow
from roster.records.journal import broken
from roster.records.values import county_of
from roster.services.preparation.fulfilment import Met, fulfilment
from roster.services.preparation.listing import lines
from roster.services.preparation.readiness import readiness
from roster.services.preparation.rounds import (
    answer,
    close_round,
    enter,
    open_round,
    round_of,
    rounds_for,
    take_back,
)
from roster.services.reminding import wish_round_closing
from tests.builders import SHANGHAI
from tests.conftest import NOW
from tests.offices import BOOKS, CHINA, SCHOOL, SHORT
from tests.roster.services.conftest import (
    BUREAU_STAFF,
    SCHOOL_STAFF,
    imported,
)

CLOSES = NOW + timedelta(days=7)
ONE, OTHER = SCHOOL_STAFF[3].id, SCHOOL_STAFF[4].id
WISH = {"dates": "2026-10-01", "until": "2026-10-02", "want": "愿休息"}
LEAVE = {"first": "2026-10-05", "kind": "事假"}


@pytest.fixture
def small(lite):
    """The small county where the database does not matter."""
    return imported(lite).records


def opens(records, closes=CLOSES, now=NOW, unit=SCHOOL):
    with records.writing() as session:
        return open_round(
            session,
            unit_id=unit.id,
            term_id=SHORT.id,
            closes_at=closes,
            who="张伟",
            now=now,
        )


def enters(records, number, kind="wish", /, *, staff=ONE, now=NOW, **fields):
    with records.writing() as session:
        enter(
            session,
            number,
            kind,
            fields or WISH,
            staff_id=staff,
            who="王强",
            now=now,
        )


def stands(records, now=NOW):
    with records.reading() as session:
        return round_of(session, unit_id=SCHOOL.id, term_id=SHORT.id, now=now)


def refused(act):
    with pytest.raises(Refused) as error:
        act()
    return error.value.code


def test_whoever_is_asked_answers_and_the_editor_sees_who_has_not(records):
    imported(records)
    number = opens(records)
    enters(records, number)
    enters(records, number, "leave", **LEAVE)
    with records.writing() as session:
        answer(session, number, staff_id=OTHER, now=NOW)

    found = stands(records)

    assert found.open
    assert {m.id for m in found.answered} == {ONE, OTHER}
    assert len(found.waiting) == len(SCHOOL_STAFF) - 2
    with records.reading() as session:
        county = county_of(session)
        (asked,) = rounds_for(session, staff_id=ONE, now=NOW)
        assert rounds_for(session, staff_id=BUREAU_STAFF[0].id, now=NOW) == ()
        assert broken(session) == []
    assert [(w.staff, str(w.date)) for w in county.wishes] == [
        (ONE, "2026-10-01"),
        (ONE, "2026-10-02"),
    ]
    assert county.leave[0].staff == ONE
    assert asked.id == number


def test_after_the_closing_nothing_is_taken_any_more(records):
    imported(records)
    number = opens(records)
    enters(records, number)
    (line,) = the_wishes(records)[:1]

    for act in (
        lambda: enters(records, number, now=CLOSES),
        lambda: enters(records, number, "leave", now=CLOSES, **LEAVE),
        lambda: takes_back(records, number, line, now=CLOSES),
        lambda: answers(records, number, now=CLOSES),
        lambda: closes(records, now=CLOSES),
    ):
        assert refused(act) == "round-closed"

    assert not stands(records, now=CLOSES).open
    assert len(the_wishes(records)) == 2
    opens(records, CLOSES + timedelta(days=1), now=CLOSES)
    enters(records, number, now=CLOSES, dates="2026-10-03", want="愿值班")


def the_wishes(records):
    with records.reading() as session:
        return lines(
            session, "wish", today=date(2026, 9, 1), unit_id=SCHOOL.id
        )


def takes_back(records, number, line, staff=ONE, now=NOW):
    with records.writing() as session:
        take_back(
            session,
            number,
            "wish",
            line.id,
            seen=line.seal,
            staff_id=staff,
            who="王强",
            now=now,
        )


def answers(records, number, now):
    with records.writing() as session:
        answer(session, number, staff_id=OTHER, now=now)


def closes(records, now):
    with records.writing() as session:
        close_round(
            session,
            unit_id=SCHOOL.id,
            term_id=SHORT.id,
            who="张伟",
            now=now,
        )


def test_nobody_enters_or_takes_back_for_another(small):
    number = opens(small)
    enters(small, number)
    line = the_wishes(small)[0]

    assert refused(lambda: takes_back(small, number, line, OTHER)) == (
        "gone-meanwhile"
    )
    stranger = BUREAU_STAFF[0].id
    assert refused(lambda: enters(small, number, staff=stranger)) == (
        "not-asked"
    )
    assert refused(lambda: enters(small, number, staff="")) == "not-asked"
    assert refused(lambda: enters(small, 10**30)) == "not-asked"
    assert refused(lambda: enters(small, number, "limit")) == "not-asked"
    enters(small, number, dates="2026-10-17", want="愿休息", id=OTHER)
    assert {v.fields["id"] for v in the_wishes(small)} == {ONE}


def test_whoever_has_left_is_not_asked(small):
    number = opens(small)
    with small.writing() as session:
        session.get_one(StaffRow, ONE).employed_until = SHORT.first - (
            timedelta(days=1)
        )

    assert refused(lambda: enters(small, number)) == "not-asked"
    assert ONE not in [m.id for m in stands(small).waiting]


def test_what_is_entered_lies_in_the_term(small):
    number = opens(small)

    for kind, fields in (
        ("wish", WISH | {"dates": "2026-12-05", "until": ""}),
        ("leave", LEAVE | {"first": "2026-12-05"}),
    ):
        with pytest.raises(Unusable) as error:
            enters(small, number, kind, **fields)
        assert error.value.mistakes[0].code == "outside-the-term"

    assert the_wishes(small) == ()
    assert stands(small).answered == ()


@pytest.mark.parametrize(
    ("closing", "code"),
    [
        (NOW, "closes-in-the-past"),
        (datetime(2026, 11, 1, 8, tzinfo=SHANGHAI), "closes-after-the-term"),
    ],
)
def test_a_round_closes_in_the_future_and_in_the_term(small, closing, code):
    assert refused(lambda: opens(small, closing)) == code
    assert stands(small) is None


def test_the_editor_may_close_early_and_open_again(small):
    number = opens(small)
    closes(small, NOW)
    assert not stands(small).open

    assert opens(small, CLOSES + timedelta(days=1)) == number

    assert stands(small).open
    with small.reading() as session:
        verbs = session.scalars(
            select(JournalRow.verb).where(JournalRow.noun == "wish round")
        )
        assert list(verbs) == ["open", "close", "open"]


def test_an_open_round_is_told_before_generating(small):
    opens(small)

    with small.reading() as session:
        (found,) = readiness(
            session,
            term_id=SHORT.id,
            unit_ids=[SCHOOL.id],
            calendar=CHINA,
            books=BOOKS,
            now=NOW,
        )

    facts = {p.code: p.facts for p in found.points}["round-open"]
    assert facts["count"] == len(SCHOOL_STAFF)


def told(records):
    """Who is told of a round, and until when."""
    with records.reading() as session:
        rows = session.scalars(
            select(MessageRow).where(MessageRow.kind == "wish-round")
        )
        return [(row.staff, row.facts["date"]) for row in rows]


def test_everybody_is_told_and_of_another_closing_whoever_is_missing(small):
    number = opens(small)
    assert {staff for staff, _ in told(small)} == {
        member.id for member in SCHOOL_STAFF
    }
    opens(small)
    assert len(told(small)) == len(SCHOOL_STAFF)
    enters(small, number)

    later = CLOSES + timedelta(days=1)
    opens(small, later)

    again = [staff for staff, on in told(small) if on == str(later.date())]
    assert len(again) == len(SCHOOL_STAFF) - 1
    assert ONE not in again


def reminded(records, *moments):
    """Who is told that a round is closing, by and by, as the clock does."""
    for now in moments:
        with records.writing() as session:
            wish_round_closing(session, now=now)
    with records.reading() as session:
        rows = session.scalars(
            select(MessageRow).where(MessageRow.kind == "wish-round-closing")
        )
        return [(row.staff, row.facts["date"]) for row in rows]


def test_a_day_before_the_closing_whoever_is_missing_is_told_once(records):
    imported(records)
    number = opens(records)
    enters(records, number)
    early = CLOSES - timedelta(hours=25)
    late = [CLOSES - timedelta(hours=n) for n in (24, 23, 1)]
    assert reminded(records, early) == []

    found = reminded(records, *late, CLOSES, CLOSES + timedelta(hours=1))

    everybody = {member.id for member in SCHOOL_STAFF}
    assert sorted(staff for staff, _ in found) == sorted(everybody - {ONE})


def test_whoever_was_only_just_asked_is_not_reminded_at_once(small):
    closes = NOW + timedelta(hours=20)
    opens(small, closes)
    assert reminded(small, NOW + timedelta(hours=1)) == []

    later = closes + timedelta(days=1)
    opens(small, later, now=NOW + timedelta(hours=2))

    assert reminded(small, NOW + timedelta(hours=22)) == []
    found = reminded(small, NOW + timedelta(hours=27))
    assert {on for _, on in found} == {str(later.astimezone(SHANGHAI).date())}
    assert len(found) == len(SCHOOL_STAFF)


def test_nobody_is_reminded_of_a_round_that_was_closed(small):
    opens(small)
    with small.writing() as session:
        close_round(
            session,
            unit_id=SCHOOL.id,
            term_id=SHORT.id,
            who="张伟",
            now=CLOSES - timedelta(hours=20),
        )

    assert reminded(small, CLOSES - timedelta(hours=10)) == []


def test_wishes_are_counted_from_the_roster_itself(desk):
    records = desk.records
    number = opens(records)
    with records.reading() as session:
        assert fulfilment(
            session, unit_id=SCHOOL.id, term_id=SHORT.id, drafts=False
        ).total == Met(0, 0)
    leaders = [m.id for m in SCHOOL_STAFF[:7]]
    for staff in leaders:
        enters(records, number, staff=staff, dates="2026-10-01", want="愿休息")
        enters(records, number, staff=staff, dates="2026-10-02", want="愿值班")
        enters(records, number, staff=staff, dates="2026-10-12", want="愿休息")

    with records.reading() as session:
        found = fulfilment(
            session, unit_id=SCHOOL.id, term_id=SHORT.id, drafts=False
        )

    # One leads on each day; Monday the 12th is no day of duty.
    assert found.total == Met(len(leaders) - 1 + 1, 2 * len(leaders))
    assert {one.all for one in found.by_staff.values()} == {2}
