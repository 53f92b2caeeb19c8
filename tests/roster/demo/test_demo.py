"""The invented county is as large and as hard as a real one."""

from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from roster.days import days_between
from roster.demo import demonstration_county
from roster.demo.terms import TERMS
from roster.demo.units import PLANS, Strain, may_lead, schools
from roster.papers.workbook_in import read_workbook
from roster.people import UnitKind
from web.cli.demonstration import TODAY

COUNTY = demonstration_county()
STAFF = Counter(member.unit for member in COUNTY.staff)


def units(*kinds):
    return [unit for unit in COUNTY.units if unit.kind in kinds]


def test_the_shipped_workbook_is_what_the_seed_makes():
    shipped = (files("roster.demo") / "county.xlsx").read_bytes()

    assert read_workbook(shipped) == COUNTY


def test_another_seed_makes_other_people():
    assert demonstration_county(7).staff != COUNTY.staff


def test_it_has_a_real_countys_scale():
    [bureau] = units(UnitKind.BUREAU)

    assert STAFF[bureau.id] == 60
    assert len(units(UnitKind.DISTRICT)) == 6
    assert (
        len(
            units(
                UnitKind.SCHOOL, UnitKind.KINDERGARTEN, UnitKind.TEACHING_POINT
            )
        )
        == 60
    )
    assert 1550 <= len(COUNTY.staff) <= 1700


def test_a_fifth_of_the_units_is_hard_to_roster():
    strained = [plan for plan in PLANS if plan.strain is not Strain.NONE]

    assert len(strained) >= len(PLANS) / 5


def test_a_school_of_strained_leave_lacks_a_fifth_of_its_leaders_each_term():
    for unit, plan in schools():
        if plan.strain is not Strain.LEAVE:
            continue

        leaders = {
            member.id
            for member in COUNTY.staff
            if member.unit == unit.id and may_lead(member, plan)
        }
        for term in TERMS:
            away = {
                leave.staff
                for leave in COUNTY.leave
                if leave.first <= term.first and leave.last >= term.last
            }
            assert len(leaders & away) >= len(leaders) / 5


def test_village_schools_have_four_people():
    small = [u for u in units(UnitKind.TEACHING_POINT) if STAFF[u.id] == 4]

    assert len(small) >= 5


def test_terms_follow_each_other_without_a_gap():
    days = [day for term in TERMS for day in term]

    assert days == list(days_between(date(2025, 9, 1), date(2027, 2, 28)))


def test_the_day_of_today_lies_in_the_last_term():
    today = date.fromisoformat(TODAY)

    assert TERMS[-1].first <= today <= TERMS[-1].last


@pytest.mark.parametrize("sheet", ["leave", "limits", "relations", "wishes"])
def test_people_have_lives_of_their_own(sheet):
    rows = getattr(COUNTY, sheet)

    assert len(rows) >= 20


def test_no_telephone_number_is_anybodys():
    """Neither the prefix of the mobiles nor the area code is in use."""
    mobiles = {member.phone[:3] for member in COUNTY.staff if member.phone}
    fixed = {unit.phone[:4] for unit in COUNTY.units if unit.phone}

    assert mobiles == {"100"}
    assert fixed == {"0900"}
