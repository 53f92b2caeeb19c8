"""What is missing before a term is told, and the next term proposed."""

from dataclasses import replace
from datetime import date

from roster.county import County
from roster.days import Term
from roster.people import (
    Limit,
    LimitKind,
    Period,
    Presence,
    Standing,
    Unit,
    UnitKind,
)
from roster.services.preparation.readiness import readiness
from roster.services.preparation.terms import next_term
from tests.conftest import NOW
from tests.offices import (
    AUTUMN_2026,
    BOOKS,
    BUREAU,
    CHINA,
    SCHOOL,
    SHORT,
    people,
)
from tests.roster.services.conftest import COUNTY, SCHOOL_STAFF, imported

DISTRICT = Unit(
    id="D1", name="石梁学区", kind=UnitKind.DISTRICT, parent=BUREAU.id
)
READY_STAFF = tuple(replace(m, phone="13900000000") for m in (*COUNTY.staff,))
READY = replace(
    COUNTY,
    units=tuple(replace(u, phone="0933-6120001") for u in COUNTY.units),
    staff=READY_STAFF,
)


def looked_at(records, county, unit=SCHOOL, term=SHORT):
    """The points of a unit, by code."""
    imported(records, county)
    with records.reading() as session:
        (found,) = readiness(
            session,
            term_id=term.id,
            unit_ids=[unit.id],
            calendar=CHINA,
            books=BOOKS,
            now=NOW,
        )
    return {point.code: point for point in found.points}


def test_a_unit_that_lacks_nothing_has_nothing_to_look_at(records):
    assert looked_at(records, READY) == {}


def test_a_unit_without_people_cannot_be_put_on_duty(lite):
    empty = replace(SCHOOL, id="U099", name="野狐沟小学")
    county = replace(READY, units=(*READY.units, empty))

    points = looked_at(lite, county, empty)

    assert points["no-staff"].stops
    assert set(points) == {"no-staff", "no-duty-phone"}


def test_without_a_leader_nothing_goes_but_with_a_district(lite):
    alone = Unit(id="U098", name="一小", kind=UnitKind.SCHOOL)
    below = Unit(
        id="U099", name="二小", kind=UnitKind.SCHOOL, parent=DISTRICT.id
    )
    county = replace(
        READY,
        units=(*READY.units, DISTRICT, alone, below),
        staff=(
            *READY_STAFF,
            *people(alone, (Standing.STAFF, 3)),
            *people(below, (Standing.STAFF, 3)),
        ),
    )

    assert looked_at(lite, county, alone)["no-leader"].stops
    assert not looked_at(lite, county, below)["no-leader-of-its-own"].stops


def test_a_post_that_nobody_fills_is_named(lite):
    students = Presence(SCHOOL.id, date(2026, 10, 17), date(2026, 10, 18))
    leaders = tuple(m for m in READY_STAFF if m.standing != Standing.STAFF)
    county = replace(READY, staff=leaders, presences=(students,))

    points = looked_at(lite, county)

    assert points["nobody-for-post"].facts == {"post": "duty"}


def test_what_is_only_doubtful_is_told_too(lite):
    twin = replace(READY_STAFF[-1], id="twin", phone="")
    leaver = replace(
        READY_STAFF[-2], employed=Period(None, date(2026, 10, 10))
    )
    county = replace(
        READY,
        units=tuple(replace(u, boarding=True) for u in READY.units),
        staff=(*READY_STAFF[:-2], leaver, READY_STAFF[-1], twin),
        limits=(
            Limit(
                SCHOOL_STAFF[3].id,
                LimitKind.NO_NIGHT,
                Period(None, date(2026, 9, 20)),
            ),
            Limit(SCHOOL_STAFF[4].id, LimitKind.NO_NIGHT, Period()),
            Limit(
                SCHOOL_STAFF[5].id,
                LimitKind.NO_NIGHT,
                Period(None, date(2026, 6, 30)),
            ),
        ),
    )

    points = looked_at(lite, county)

    assert set(points) == {
        "no-phones",
        "same-names",
        "leaving",
        "no-presence",
        "limits-ending",
    }
    assert points["limits-ending"].facts["names"] == [SCHOOL_STAFF[3].name]
    assert points["no-phones"].facts["count"] == 1
    assert not any(point.stops for point in points.values())


def test_a_term_in_a_year_without_a_notice_is_told(lite):
    later = Term("2027-05", "2027年5月", date(2027, 5, 1), date(2027, 5, 31))
    county = replace(READY, terms=(later,))

    points = looked_at(lite, county, term=later)

    assert points["calendar-provisional"].facts == {"year": 2027}


SPRING = Term(
    "2026-spring",
    "2026年春季学期",
    date(2026, 3, 2),
    date(2026, 8, 30),
    ((date(2026, 7, 11), date(2026, 8, 30)),),
)


def test_the_next_term_is_the_same_season_a_year_later():
    found = next_term([SPRING, AUTUMN_2026])

    assert found == Term(
        "2027-spring",
        "2027年春季学期",
        date(2027, 3, 1),
        date(2027, 8, 30),
        ((date(2027, 7, 11), date(2027, 8, 30)),),
    )


def test_the_next_term_leaves_no_gap_and_overlaps_nothing():
    terms = [SPRING, AUTUMN_2026]

    for _ in range(6):
        found = next_term(terms)
        assert (found.first - terms[-1].last).days == 1
        terms.append(found)

    assert [term.id for term in terms[2:5]] == [
        "2027-spring",
        "2027-autumn",
        "2028-spring",
    ]


def test_the_first_next_term_is_as_long_as_the_only_one():
    found = next_term([SHORT])

    assert (found.id, found.name) == ("", "")
    assert found.first == date(2026, 11, 1)
    assert found.last - found.first == SHORT.last - SHORT.first


def test_without_any_term_there_is_no_next():
    assert next_term([]) is None
    assert County().terms == ()
