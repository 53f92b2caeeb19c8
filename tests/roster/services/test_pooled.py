"""Units solved together: repaired together, and edited each by itself."""

from dataclasses import replace
from datetime import date

import pytest

from roster.audit import breaches
from roster.documents import read_problem
from roster.people import Leave, Standing, Unit, UnitKind
from roster.problem import Assignment, Problem
from roster.records import RosterRow, SolutionRow
from roster.services.editing.beginning import begin
from roster.services.importing import apply
from tests.conftest import NOW
from tests.offices import SHORT, people
from tests.roster.services.conftest import COUNTY, imported
from tests.roster.services.test_redrafting import Desk
from tests.roster.services.test_repairing import (
    SINCE,
    mended,
    override,
    past,
    ruled,
    said,
)

DISTRICT = Unit(id="D1", name="柳湾学区", kind=UnitKind.DISTRICT)
POOL = tuple(
    Unit(id=id_, name=name, kind=UnitKind.SCHOOL, parent="D1")
    for id_, name in (("U021", "柳东小学"), ("U022", "柳西小学"))
)
LENT = Leave("U021-00", date(2026, 10, 1), date(2026, 10, 7))


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


def pool_said(office, state="published"):
    return {unit.id: said(office, unit.id, state) for unit in POOL}


def test_units_solved_together_are_repaired_together(pooled):
    office, county = pooled
    before = pool_said(office)
    away = next(
        staff
        for on, _, staff in sorted(before["U021"])
        if on >= SINCE and staff.startswith("U022")
    )
    leave = Leave(away, SINCE, SHORT.last)
    with office.records.writing() as session:
        apply(session, replace(county, leave=(LENT, leave)), who="w", now=NOW)

    found = mended(office, POOL[1].id)

    after = pool_said(office, "draft")
    lost = {
        (unit, cell)
        for unit, cells in before.items()
        for cell in cells
        if cell[2] == away and cell[0] >= SINCE
    }
    given_up = {
        (unit, cell)
        for unit, cells in before.items()
        for cell in cells - after[unit]
    }
    assert found.proven
    assert lost <= given_up
    assert found.changes == len(given_up)
    assert all(past(before[u]) == past(after[u]) for u in before)
    assert [unit.unit_id for unit in found.units] == ["U021", "U022"]
    assert found.steps[-1].code == "pooled"
    office.publish()
    assert pool_said(office) == after


def test_a_pool_without_a_reason_to_change_is_left_alone(pooled):
    office, _ = pooled

    found = mended(office, POOL[0].id)

    assert found.unchanged
    assert found.steps[0].cuts == (1, 0)


def test_a_change_at_one_unit_of_a_pool_is_a_change(pooled):
    office, county = pooled
    before = pool_said(office)
    on, _, staff = max(before["U022"])
    leave = (LENT, Leave(staff, on, on))
    with office.records.writing() as session:
        apply(session, replace(county, leave=leave), who="w", now=NOW)

    found = mended(office, POOL[0].id, since=on)

    after = pool_said(office, "draft")
    assert (found.changes, found.unchanged) == (1, False)
    assert after["U021"] == before["U021"]
    assert len(before["U022"] - after["U022"]) == 1


def test_a_pool_can_be_repaired_again_and_again(pooled):
    office, county = pooled
    leave = Leave("U022-04", SINCE, SHORT.last)
    with office.records.writing() as session:
        apply(session, replace(county, leave=(LENT, leave)), who="w", now=NOW)
    mended(office, POOL[0].id)
    office.publish()

    assert mended(office, POOL[1].id).unchanged


def test_a_unit_that_leaves_the_pool_is_repaired_alone(pooled):
    office, _ = pooled
    alone = override("pool_leaders", value=False, first=None)
    ruled(office, replace(alone, unit=POOL[1].id))

    found = mended(office, POOL[1].id)

    assert [unit.unit_id for unit in found.units] == ["U022"]
    assert past(said(office, "U022")) == past(
        said(office, "U022", "draft") or said(office, "U022")
    )


def begun(office, unit: str) -> Desk:
    """A unit's draft that begins as its version in force."""
    with office.records.writing() as session:
        row = begin(
            session, unit_id=unit, term_id=SHORT.id, who="小李", now=NOW
        )
        return Desk(office.records, row.id)


def test_the_rest_of_one_units_draft_leaves_its_neighbours_roster(pooled):
    office, _ = pooled
    before = pool_said(office)
    draft = begun(office, "U021")
    shift, leader = min(
        (shift, staff)
        for _, shift, staff in before["U021"]
        if staff == "U021-00"
    )
    draft.change(shift, leader, "U022-00")
    draft.pin(shift, "U022-00")

    answer = draft.resolve(SHORT.first, fewest=False)

    after = {**pool_said(office), "U021": said(office, "U021", "draft")}
    together = [
        Assignment(f"{unit}:{shift}", staff)
        for unit, cells in after.items()
        for _, shift, staff in cells
    ]
    assert answer.resolved.outcome.status == "optimal"
    assert Assignment(shift, "U022-00") in draft.pins
    assert after["U022"] == before["U022"]
    assert breaches(problem_of(draft), together) == ()


def problem_of(draft: Desk) -> Problem:
    """What a draft rests on."""
    with draft.records.reading() as session:
        row = session.get_one(RosterRow, draft.roster)
        return read_problem(session.get_one(SolutionRow, row.solution).problem)
