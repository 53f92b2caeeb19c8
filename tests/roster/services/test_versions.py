"""Two versions of a unit's roster, read alike and told as the unit's own."""

from dataclasses import replace
from datetime import date

import pytest

from roster.errors import Refused
from roster.people import Leave, Period, Standing, Unit, UnitKind
from roster.records import StaffRow
from roster.rules.rulebook import Override
from roster.services.importing import apply
from roster.services.repairing import repair
from roster.services.ruling import add_overrides
from roster.services.versions import compared, versions
from roster.services.viewing import roster_head, shown_roster
from solver import solve
from tests.conftest import NOW
from tests.offices import BOOKS, CHINA, SCHOOL, SHORT, people
from tests.roster.services.conftest import COUNTY, imported

SINCE = date(2026, 10, 5)
DISTRICT = Unit(id="D1", name="柳湾学区", kind=UnitKind.DISTRICT)
POOL = tuple(
    Unit(id=id_, name=name, kind=UnitKind.SCHOOL, parent="D1")
    for id_, name in (("U021", "柳东小学"), ("U022", "柳西小学"))
)
LENT = Leave("U021-00", date(2026, 10, 1), date(2026, 10, 7))


def mended(office, unit=SCHOOL.id, since=SINCE, **more):
    return repair(
        office.records,
        term_id=SHORT.id,
        unit_id=unit,
        since=since,
        calendar=CHINA,
        books=BOOKS,
        solve=solve,
        who="王办公室",
        now=lambda: office.now,
        **more,
    )


def between(office, unit=SCHOOL.id, **more):
    with office.records.reading() as session:
        return compared(session, unit_id=unit, term_id=SHORT.id, **more)


def numbers(found):
    return found.before.number, found.after.number


def on_leave(office, *leave, county=COUNTY):
    with office.records.writing() as session:
        apply(session, replace(county, leave=leave), who="w", now=NOW)


def leader(office, unit=SCHOOL.id, since=SINCE):
    """Who leads first from a date on, in the unit's newest version."""
    with office.records.reading() as session:
        every = versions(session, unit_id=unit, term_id=SHORT.id)
    found = between(office, unit, before=every[0].number)
    problem = found.after.problem
    led = [
        (problem.shift[cell.shift].start, cell.staff)
        for cell in found.after.roster
        if problem.shift[cell.shift].post.endswith("lead")
        and cell.shift.startswith(found.after.prefix)
        and problem.shift[cell.shift].date >= since
    ]
    return min(led)[1]


def test_a_draft_is_compared_with_the_version_in_force(desk):
    on_leave(desk, Leave(leader(desk), SINCE, SHORT.last))
    mended(desk)

    found = between(desk)

    assert numbers(found) == (1, 2)
    assert (found.before.state, found.after.state) == ("published", "draft")


def test_without_a_draft_the_last_two_published_are_compared(desk):
    for _ in range(2):
        desk.generate(SCHOOL.id, seed=7)
        desk.publish()

    assert numbers(between(desk)) == (2, 3)
    assert numbers(between(desk, before=1)) == (1, 3)
    assert numbers(between(desk, before=3, after=1)) == (3, 1)


def test_versions_bear_the_date_of_their_publication(desk):
    with desk.records.reading() as session:
        (only,) = versions(session, unit_id=SCHOOL.id, term_id=SHORT.id)

    assert (only.number, only.state) == (1, "published")
    assert only.made_at == NOW


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "nothing-to-compare"),
        ({"after": 7}, "no-such-version"),
        ({"before": 7}, "no-such-version"),
        ({"unit": "nowhere"}, "no-rosters"),
    ],
)
def test_what_is_not_there_to_compare_is_refused(desk, more, code):
    with pytest.raises(Refused, match=code):
        between(desk, **more)


def test_a_repair_is_read_as_it_was_when_it_was_made(desk):
    on_leave(desk, Leave(leader(desk), SINCE, SHORT.last))
    made = mended(desk)

    found = between(desk)

    assert found.found.changes == made.changes
    assert found.same_goals
    assert [tier for tier, _, after in found.found.tiers] == [1, 2, 3, 4, 5, 6]
    with desk.records.reading() as session:
        row = shown_roster(session, SCHOOL.id, SHORT.id, found.after.number)
        stored = roster_head(session, row).tiers
    assert [after for _, _, after in found.found.tiers] == [
        tier.cost for tier in stored
    ]


def test_who_has_left_keeps_name_and_load(desk):
    gone = leader(desk)
    with desk.records.writing() as session:
        session.get_one(StaffRow, gone).unit = "U001"
    desk.generate(SCHOOL.id)

    found = between(desk)

    load = next(one for one in found.found.loads if one.staff == gone)
    assert load.before["total"] > load.after["total"]
    assert found.read_by.person[gone].name == f"甲{gone[-2:]}"
    assert all(before is not None for _, before, _ in found.found.tiers)


@pytest.fixture
def pooled(lite):
    """A school whose only leader is away, helped by its neighbour."""
    county = replace(
        COUNTY,
        units=(*COUNTY.units, DISTRICT, *POOL),
        staff=(
            *COUNTY.staff,
            *people(POOL[0], (Standing.PRINCIPAL, 1)),
            *people(POOL[1], (Standing.PRINCIPAL, 5)),
        ),
        leave=(LENT,),
    )
    office = imported(lite, county)
    office.generate("D1")
    office.publish()
    return office, county


def test_of_a_pool_only_the_units_own_shifts_are_told(pooled):
    office, county = pooled
    away = leader(office, "U022")
    on_leave(office, LENT, Leave(away, SINCE, SHORT.last), county=county)
    made = mended(office, "U022")

    here, there = (between(office, unit.id) for unit in POOL)

    assert here.found.changes + there.found.changes == made.changes
    for found in (here, there):
        shifts = [c.after or c.before for c in found.found.shifts]
        assert all(":" not in shift.id for shift in shifts)
        assert all("/" not in shift.post for shift in shifts)
        assert found.same_goals
        assert sorted(found.after.units) == ["U021", "U022"]
    # The pool's goals are one, wherever they are looked at from.
    assert here.found.tiers == there.found.tiers


def test_loads_are_those_of_the_whole_pool_for_whoever_serves_here(pooled):
    office, county = pooled
    away = leader(office, "U022")
    on_leave(office, LENT, Leave(away, SINCE, SHORT.last), county=county)
    made = mended(office, "U022")

    here, there = (between(office, unit.id) for unit in POOL)

    loads = [
        {load.staff: load for load in found.found.loads}
        for found in (here, there)
    ]
    both = loads[0].keys() & loads[1].keys()
    assert both
    assert all(loads[0][staff] == loads[1][staff] for staff in both)
    duties = sum(cell.staff == away for cell in made.before[1])
    assert loads[1][away].before["total"] == duties


def test_with_another_pool_the_goals_do_not_compare(pooled):
    office, _ = pooled
    alone = Override(
        *("schools", POOL[1].id, "pool_leaders", False),
        *(Period(None), "试验", "1号"),
    )
    with office.records.writing() as session:
        add_overrides(session, [alone], who="w", now=NOW)
    office.generate(POOL[1].id, seed=7)

    found = between(office, POOL[1].id)

    assert (found.before.prefix, found.after.prefix) == ("U022:", "")
    assert not found.same_goals
    assert found.found.tiers == ()
    for change in found.found.shifts:
        # The days are the same; no shift is only renamed.
        assert change.before is not None
        assert change.after is not None
        assert change.left
