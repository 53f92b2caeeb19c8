"""What goes out as Excel comes in as the very same roster."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from roster.days import Term
from roster.papers.layout_xlsx import write_layout_xlsx
from roster.papers.layouts import collective, two_blocks
from roster.papers.roster_in import Expected, read_roster
from roster.papers.roster_xlsx import write_rosters_xlsx
from roster.people import Period, Presence, Standing
from roster.posts import POSTS
from roster.problem import Assignment
from roster.rules.case import Case
from roster.rules.rulebook import Override
from roster.services.exporting import roster_sheet
from roster.services.viewing import namesakes
from roster.services.views import DayView, DutyView, RosterHead, RosterView
from tests.offices import BUREAU, SCHOOL, make_case, people

# A holiday, a weekend, and two months.
TERM = Term("t", "国庆前后", date(2026, 9, 28), date(2026, 10, 11))
BOARDING = replace(SCHOOL, boarding=True)
PRESENT = Presence(SCHOOL.id, date(2026, 10, 1), date(2026, 10, 31))
# Every post there is, each in all the turns it can have.
FULL = {
    "guards_per_shift": 2,
    "guard_mode": "白班和夜班",
    "night_staff": 1,
    "dorm_staff": 1,
    "middle_staff": 1,
}
OVERRIDES = tuple(
    Override("schools", SCHOOL.id, name, value, Period(), "试行", "1号")
    for name, value in FULL.items()
)


def alike(staff):
    """Every fourth person bears the name of the one before."""
    return tuple(
        replace(m, name=staff[n - 1].name, position="教师")
        if n % 4 == 3
        else m
        for n, m in enumerate(staff)
    )


STAFF = {
    BUREAU.id: alike(
        people(BUREAU, (Standing.PRINCIPAL, 2), (Standing.STAFF, 9))
    ),
    SCHOOL.id: alike(
        people(SCHOOL, (Standing.PRINCIPAL, 2), (Standing.STAFF, 9))
    ),
}
CASES = {
    "bureau": make_case(BUREAU, TERM, staff=STAFF[BUREAU.id]),
    "school": make_case(
        BOARDING,
        TERM,
        staff=STAFF[SCHOOL.id],
        presences=(PRESENT,),
        overrides=OVERRIDES,
    ),
    "combined": make_case(
        BOARDING,
        TERM,
        staff=STAFF[SCHOOL.id],
        presences=(PRESENT,),
        combined=True,
    ),
}


def some(ids, most):
    return st.lists(st.sampled_from(ids), unique=True, max_size=most)


@st.composite
def rosters(draw, case: Case):
    """Anybody on any shift, some places left open."""
    ids = [member.id for member in case.staff]
    return frozenset(
        Assignment(shift.id, staff)
        for shift in case.shifts
        for staff in draw(
            st.lists(st.sampled_from(ids), unique=True, max_size=shift.needs)
        )
    )


def view_of(case: Case, cells: frozenset[Assignment]) -> RosterView:
    """A roster as its pages show it."""
    member = {m.id: m for m in case.staff}
    days = {}
    order = sorted(
        case.shifts, key=lambda s: (s.date, POSTS.index(s.post), s.start)
    )
    for shift in order:
        held = sorted(c.staff for c in cells if c.shift == shift.id)
        for staff in (*held, *[""] * (shift.needs - len(held))):
            person = member.get(staff)
            duty = DutyView(
                shift.id, case.unit.id, shift.post, shift.start, shift.end,
                staff, person.name if person else "",
                person.position if person else "", "", shift.tags,
            )  # fmt: skip
            days.setdefault(shift.date, []).append(duty)

    on = {day.date: day for day in case.days}
    head = RosterHead(
        roster_id=1,
        unit_id=case.unit.id,
        unit_name=case.unit.name,
        unit_phone="0933-6120001",
        term=case.term,
        number=1,
        state="draft",
        provisional=False,
        author="王办公室",
        approver="",
        published_at=None,
        calendar_version="",
        solver="",
        seed=0,
        seconds=0.0,
        status="",
    )
    found = tuple(
        DayView(on[when], students=False, vacation=False, duties=tuple(held))
        for when, held in days.items()
    )
    names = {m.id: m.name for m in case.staff}
    return RosterView(head, found, namesakes(names))


def read(case: Case, path: Path, sheet: str = "") -> frozenset[Assignment]:
    expected = Expected(
        case.unit,
        (BUREAU, SCHOOL),
        case.term,
        case.shifts,
        (*STAFF[BUREAU.id], *STAFF[SCHOOL.id]),
    )
    found = read_roster(path.read_bytes(), path.name, expected, sheet)
    assert not found.passed
    assert not found.notes
    return frozenset(found.cells)


@pytest.mark.parametrize("name", CASES)
@settings(
    max_examples=5,
    deadline=None,
    # Each example is five workbooks: a smaller one would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_every_layout_comes_back_as_the_same_roster(name, data):
    case = CASES[name]
    cells = data.draw(rosters(case))
    if not cells:
        return

    sheet = roster_sheet(view_of(case, cells))
    phones = {m.id: "13900001234" for m in case.staff}
    rung = roster_sheet(view_of(case, cells), phones)
    facts = {"title": "值班表", "printed": "2026-09-01", "phones": True}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "值班表.xlsx"
        write_rosters_xlsx([sheet], path)
        assert read(case, path, case.unit.name) == cells
        assert read(case, path, f"{case.unit.name}月历") == cells
        assert read(case, path) == cells

        write_layout_xlsx(two_blocks(rung, **facts), path)
        assert read(case, path) == cells

        both = collective([rung], unit="局", standing="第1版", **facts)
        write_layout_xlsx(both, path)
        assert read(case, path) == cells
