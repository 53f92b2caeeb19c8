"""Somebody goes to another unit from a day on, with all that follows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from roster.errors import Refused, Unusable
from roster.people import Leave, Limit, LimitKind, Period, Wish
from roster.records import (
    AccountRow,
    JournalRow,
    MessageRow,
    StaffRow,
    SwapRow,
)
from roster.records.journal import broken
from roster.records.values import county_of
from roster.rights import Grant, Role
from roster.services.importing import apply
from roster.services.logins import grants_of
from roster.services.preparation import moving
from roster.services.preparation.changing import depart
from roster.services.preparation.clashes import clashes
from roster.services.preparation.listing import line
from tests.conftest import NOW
from tests.offices import BOOKS, BUREAU, SCHOOL, SHORT
from tests.roster.services.conftest import COUNTY, SCHOOL_STAFF
from tests.roster.services.small import asked_for
from tests.roster.services.test_repairing import (
    SINCE,
    leader_after,
    mended,
    said,
)
from tests.web.accounts import add_account


def looked(office, staff, to=BUREAU.id, first=SINCE, today=SINCE):
    with office.records.reading() as session:
        return moving.look(session, staff, to=to, first=first, today=today)


def moves(office, staff, to=BUREAU.id, first=SINCE, today=SINCE, **more):
    seen = more.pop("seen", None) or looked(office, staff, to, first, today)
    with office.records.writing() as session:
        return moving.move(
            session,
            staff,
            to=to,
            first=first,
            seen=getattr(seen, "seal", seen),
            today=today,
            may_govern=more.get("may_govern", True),
            who="李局长",
            now=NOW,
        )


def county(office):
    with office.records.reading() as session:
        assert broken(session) == []
        return county_of(session)


def person(office, staff):
    (found,) = (m for m in county(office).staff if m.id == staff)
    return found


def clashing(office, unit=SCHOOL):
    with office.records.reading() as session:
        return clashes(session, unit_id=unit.id, today=SINCE, books=BOOKS)


def wrong(act):
    with pytest.raises(Unusable) as error:
        act()
    return [mistake.code for mistake in error.value.mistakes]


def test_the_duties_left_behind_are_told_and_taken_by_others(desk):
    staff = leader_after(desk)
    before = said(desk)
    left = sorted(c[0] for c in before if c[2] == staff and c[0] >= SINCE)

    found = looked(desk, staff)
    assert [duty.date for duty, _ in found.duties] == left
    assert clashing(desk) == ()
    moves(desk, staff)

    assert person(desk, staff).unit == BUREAU.id
    assert [(c.why, c.date) for c in clashing(desk)] == [
        ("moved", day) for day in left
    ]
    assert clashing(desk, BUREAU) == ()
    mended(desk)
    after = said(desk, state="draft")
    assert {c for c in after if c[2] == staff} == {
        c for c in before if c[2] == staff and c[0] < SINCE
    }


def test_what_is_theirs_goes_with_them(desk):
    staff, other = SCHOOL_STAFF[8].id, SCHOOL_STAFF[9].id
    theirs = replace(
        COUNTY,
        leave=(Leave(staff, date(2026, 11, 2), date(2026, 11, 3)),),
        limits=(Limit(other, LimitKind.NO_NIGHT, Period()),),
        wishes=(Wish(staff, date(2026, 10, 31), want=False),),
    )
    with desk.records.writing() as session:
        apply(session, theirs, who="w", now=NOW)
    before = county(desk)

    moves(desk, staff)

    after = county(desk)
    assert (after.leave, after.wishes) == (before.leave, before.wishes)
    assert after.limits == before.limits
    assert [m for m in after.staff if m.id != staff] == [
        m for m in before.staff if m.id != staff
    ]
    facts = {"unit": [SCHOOL.id, BUREAU.id], "first": str(SINCE)}
    assert journal(desk, "move") == [(staff, facts)]


def journal(office, verb):
    with office.records.reading() as session:
        rows = session.scalars(
            select(JournalRow).where(JournalRow.verb == verb)
        )
        return [(row.thing, row.facts) for row in rows]


def account(office, staff, *grants):
    with office.records.writing() as session:
        add_account(session, "zhao", "赵", *grants, staff_id=staff)
        # Somebody must go on governing.
        add_account(session, "wang", "王", Grant(Role.BUREAU_ADMIN))


def roles(office):
    with office.records.reading() as session:
        row = session.query(AccountRow).filter_by(login="zhao").one()
        return {(one.role, one.unit) for one in grants_of(session, row.id)}


def test_roles_of_the_old_unit_fall_away_as_was_said_before(desk):
    staff = SCHOOL_STAFF[8].id
    old = Grant(Role.STAFF, SCHOOL.id), Grant(Role.APPROVER, SCHOOL.id)
    account(desk, staff, *old, Grant(Role.INSPECTOR))

    found = looked(desk, staff)
    moves(desk, staff)

    assert found.login == "zhao"
    assert {grant.role for grant in found.lost} == {Role.STAFF, Role.APPROVER}
    assert [grant.role for grant in found.kept] == [Role.INSPECTOR]
    assert roles(desk) == {(Role.STAFF, BUREAU.id), (Role.INSPECTOR, "")}


def test_only_who_governs_takes_more_than_a_staff_members_role(desk):
    staff = SCHOOL_STAFF[8].id
    account(desk, staff, Grant(Role.STAFF, SCHOOL.id))
    moves(desk, staff, may_govern=False)
    assert roles(desk) == {(Role.STAFF, BUREAU.id)}
    with desk.records.writing() as session:
        add_account(session, "x", "x", staff_id=SCHOOL_STAFF[9].id)
    other = SCHOOL_STAFF[9].id
    before = county(desk)
    with desk.records.writing() as session:
        row = session.query(AccountRow).filter_by(login="x").one()
        grant = Grant(Role.HEAD, SCHOOL.id)
        moving.accounting.grant(
            session, account_id=row.id, grant=grant, who="w", now=NOW
        )

    with pytest.raises(Refused) as error:
        moves(desk, other, may_govern=False)

    assert error.value.code == "account-of-another"
    assert county(desk) == before


def test_the_last_administrator_does_not_move_away(desk):
    staff = COUNTY.staff[0].id
    with desk.records.writing() as session:
        only = Grant(Role.BUREAU_ADMIN, BUREAU.id, below=True)
        add_account(session, "zhao", "赵", only, staff_id=staff)
    day = max(c[0] for c in said(desk, BUREAU.id)) + timedelta(days=1)
    before = county(desk)

    with pytest.raises(Refused) as error:
        moves(desk, staff, SCHOOL.id, day, today=day)

    assert error.value.code == "last-admin"
    assert county(desk) == before


def test_every_mistake_is_told_and_nothing_changes(desk):
    staff = SCHOOL_STAFF[8].id
    with desk.records.writing() as session:
        session.get_one(StaffRow, staff).employed_from = SINCE
    before = county(desk)

    assert wrong(lambda: looked(desk, staff, SCHOOL.id)) == ["moves-nowhere"]
    early = SINCE - timedelta(days=1)
    found = wrong(lambda: looked(desk, staff, "U999", early))
    assert found == ["empty-cell", "moves-before-coming"]
    late = SINCE + timedelta(days=400)
    assert "moves-too-late" in wrong(lambda: looked(desk, staff, first=late))
    assert county(desk) == before


def test_a_day_to_come_asks_that_no_duty_lies_before_it(desk):
    staff = leader_after(desk)
    last = max(c[0] for c in said(desk) if c[2] == staff)
    assert wrong(
        lambda: looked(desk, staff, first=last + timedelta(days=1))
    ) == ["duties-before-moving"]

    day = date(2026, 11, 9)
    after = max(c[0] for c in said(desk)) + timedelta(days=1)
    with desk.records.writing() as session:
        seal = line(
            session, "staff", staff, today=SINCE, unit_id=SCHOOL.id
        ).seal
        depart(
            session,
            staff,
            day - timedelta(days=1),
            seen=seal,
            unit_id=SCHOOL.id,
            who="w",
            now=NOW,
        )
    moves(desk, staff, first=day, today=after)

    assert person(desk, staff).employed == Period(day, None)


def test_whoever_is_there_already_keeps_their_ledger(desk):
    staff = SCHOOL_STAFF[8].id

    moves(desk, staff)

    assert person(desk, staff).employed == Period(None, None)


def test_open_swaps_end_and_both_are_told(desk):
    staff, partner = SCHOOL_STAFF[1].id, SCHOOL_STAFF[2].id
    shift = min(c for c in said(desk) if c[2] == staff)[1]
    with desk.records.writing() as session:
        session.add(asked_for(SCHOOL.id, SHORT.id, shift, staff, partner))
    found = looked(desk, staff)

    moves(desk, staff)

    assert found.swaps == 1
    with desk.records.reading() as session:
        assert session.scalars(select(SwapRow.state)).one() == "ended"
        told = select(MessageRow.staff).where(MessageRow.kind == "swap-ended")
        assert set(session.scalars(told)) == {staff, partner}


def test_what_changed_since_it_was_looked_at_is_not_overwritten(desk):
    staff = SCHOOL_STAFF[8].id
    found = looked(desk, staff)
    with desk.records.writing() as session:
        session.get_one(StaffRow, staff).position = "会计"

    with pytest.raises(Refused) as error:
        moves(desk, staff, seen=found)

    assert error.value.code == "moved-meanwhile"
    assert person(desk, staff).unit == SCHOOL.id


def test_a_draft_that_counts_on_them_is_named(desk):
    staff = leader_after(desk)
    desk.generate(SCHOOL.id)

    assert looked(desk, staff).drafts == (SHORT.name,)
