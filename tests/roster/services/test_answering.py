"""What questions about a roster are asked of: problem and assignments."""

from dataclasses import replace
from datetime import date

import pytest

from roster.audit import breaches
from roster.errors import Refused
from roster.people import Leave, Standing, Unit, UnitKind
from roster.services.answering import duty_asked, roster_asked
from roster.services.preparation.clashes import clashes
from roster.services.served import held_shifts
from solver import Alternatives
from tests.offices import BOOKS, SCHOOL, SHORT, people
from tests.roster.services.conftest import COUNTY, imported

DISTRICT = Unit(id="D1", name="柳湾学区", kind=UnitKind.DISTRICT)
VILLAGES = [
    Unit(
        id=f"U02{n}",
        name=f"柳湾{n}小学",
        kind=UnitKind.SCHOOL,
        parent="D1",
    )
    for n in (1, 2)
]


def asked(office, unit_id, **more):
    with office.records.reading() as session:
        return roster_asked(session, unit_id=unit_id, term_id=SHORT.id, **more)


def duty(office, shift, staff, **more):
    with office.records.reading() as session:
        return duty_asked(session, shift=shift, staff=staff, **more)


@pytest.fixture
def pooled(lite):
    """Two schools, of which the one lends the other its leaders."""
    staff = [
        people(unit, (Standing.PRINCIPAL, 1), (Standing.DEPUTY, n))
        for unit, n in zip(VILLAGES, (1, 4), strict=True)
    ]
    leave = tuple(
        Leave(m.id, date(2026, 10, 1), date(2026, 10, 7)) for m in staff[0]
    )
    office = imported(
        lite,
        replace(
            COUNTY,
            units=(*COUNTY.units, DISTRICT, *VILLAGES),
            staff=(*COUNTY.staff, *staff[0], *staff[1]),
            leave=leave,
        ),
    )
    office.generate(*(unit.id for unit in VILLAGES))
    return office


def test_a_published_roster_keeps_its_problem(desk):
    found = asked(desk, SCHOOL.id)

    assert found.state == "published"
    assert found.status == "optimal"
    assert not breaches(found.problem, found.roster)


def test_a_unit_without_a_roster_is_refused(office):
    with pytest.raises(Refused, match="no-rosters"):
        asked(office, SCHOOL.id)


def test_somebodys_duty_is_found_by_name_or_id(desk):
    found = asked(desk, SCHOOL.id)
    cell = found.roster[0]
    name = found.problem.person[cell.staff].name

    for words in (cell.staff, name):
        again, staff = duty(desk, cell.shift, words, unit_id=SCHOOL.id)
        assert again.unit == SCHOOL.id
        assert staff == cell.staff


def test_a_duty_nobody_has_is_refused(desk):
    with pytest.raises(Refused, match="no-such-duty"):
        duty(desk, "2026-10-01/lead", "没有的人")


def test_units_solved_together_are_asked_as_one(pooled):
    found = asked(pooled, VILLAGES[0].id)

    assert found.prefix == f"{VILLAGES[0].id}:"
    assert found.units == {unit.id: unit.name for unit in VILLAGES}
    assert not breaches(found.problem, found.roster)
    own = [c for c in found.roster if c.shift.startswith(found.prefix)]
    assert {found.cell(found.own(c.shift), c.staff) for c in own} == set(own)


def test_a_lent_leader_has_not_moved(pooled):
    pooled.publish()
    with pooled.records.reading() as session:
        held = {
            staff
            for _, staff, unit in session.execute(held_shifts())
            if unit == VILLAGES[0].id
        }
        found = clashes(
            session,
            unit_id=VILLAGES[0].id,
            today=SHORT.first,
            books=BOOKS,
        )

    assert any(staff.startswith(VILLAGES[1].id) for staff in held)
    assert "moved" not in {one.why for one in found}


def test_a_lent_leader_is_compared_with_those_of_both_schools(pooled):
    found = asked(pooled, VILLAGES[0].id)
    lent = next(
        c
        for c in found.roster
        if c.shift.startswith(found.prefix)
        and c.staff.startswith(VILLAGES[1].id)
    )

    again, staff = duty(
        pooled,
        found.own(lent.shift),
        lent.staff,
        unit_id=VILLAGES[0].id,
    )
    others = Alternatives(again.problem, again.roster, lent)

    assert staff == lent.staff
    homes = {name.partition("-")[0] for name in others.people}
    assert homes == {unit.id for unit in VILLAGES}
    away = [
        other for other in others if other.staff.startswith(VILLAGES[0].id)
    ]
    assert away
    assert not any(other.possible for other in away)
