"""A workbook's county comes into the records whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from roster.county import County
from roster.people import (
    Inspector,
    Leave,
    Limit,
    LimitKind,
    PastDuty,
    Period,
    Presence,
    Relation,
    Wish,
)
from roster.records.journal import broken
from roster.records.values import county_of
from roster.services.importing import apply, preview
from tests.conftest import NOW
from tests.offices import AUTUMN_2026, BUREAU, SCHOOL, school_staff

STAFF = school_staff(12)
COUNTY = County(
    units=(SCHOOL, BUREAU),  # a child before its parent
    staff=STAFF,
    leave=(Leave(STAFF[0].id, date(2026, 10, 1), date(2026, 10, 3)),),
    limits=(Limit(STAFF[8].id, LimitKind.NO_NIGHT, Period(None)),),
    relations=(Relation(STAFF[8].id, STAFF[9].id),),
    wishes=(Wish(STAFF[9].id, date(2026, 10, 4), want=False, weight=3),),
    terms=(AUTUMN_2026,),
    presences=(Presence(SCHOOL.id, date(2026, 9, 5), date(2026, 9, 6)),),
    inspectors=(Inspector(STAFF[1].id, Period(), (SCHOOL.id,)),),
    past=(PastDuty(STAFF[2].id, date(2026, 5, 1), "lead"),),
)


def bring_in(records, county):
    with records.writing() as session:
        return apply(session, county, who="li", now=NOW)


def test_what_goes_in_is_what_is_there(records):
    bring_in(records, COUNTY)

    with records.reading() as session:
        found = county_of(session)
        assert set(found.units) == set(COUNTY.units)
        assert replace(found, units=()) == replace(COUNTY, units=())
        assert broken(session) == []


def test_importing_twice_changes_nothing(records):
    bring_in(records, COUNTY)

    assert bring_in(records, COUNTY).empty


def test_the_preview_says_who_is_new_changed_or_left_out(lite):
    bring_in(lite, COUNTY)
    moved = replace(STAFF[3], position="总务主任")
    staff = (*STAFF[:3], moved, *STAFF[4:-1])

    with lite.reading() as session:
        changes = preview(session, replace(COUNTY, staff=staff))

    people = changes.sheets["人员"]
    assert people.changed == (moved.id,)
    assert people.left_out == (STAFF[-1].id,)
    assert people.added == ()


def test_whoever_is_left_out_stays(lite):
    bring_in(lite, COUNTY)
    bring_in(lite, replace(COUNTY, staff=STAFF[:-1]))

    with lite.reading() as session:
        assert county_of(session).staff == STAFF


def test_an_import_that_fails_changes_nothing(records):
    stray = replace(COUNTY, leave=(Leave("nobody", *[date(2026, 10, 1)] * 2),))

    with pytest.raises(DBAPIError):
        bring_in(records, stray)

    with records.reading() as session:
        assert county_of(session) == County()
