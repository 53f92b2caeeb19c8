"""A school of three people and four shifts, drafted without a solver."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select

from roster.documents import write_outcome, write_problem
from roster.people import UnitKind
from roster.problem import Assignment, Problem
from roster.records import (
    AssignmentRow,
    RosterRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
    SwapRow,
    TermRow,
    UnitRow,
)
from roster.rules.clauses import Clause
from roster.services.drafts import digest_of, drop_drafts
from roster.services.served import number_in_force
from roster.services.turning import roster_in_force, turn
from tests.builders import day, make_outcome, make_problem, make_shifts
from tests.builders import make_staff as problem_staff
from tests.conftest import NOW

UNIT, TERM = "U1", "t"
PEOPLE = ("anna", "bo", "chen")
SHIFTS = make_shifts(4, post="lead")

Cells = Mapping[str, str]  # who holds which shift


class Calendar:
    """A calendar that says nothing but its version."""

    def __init__(self, words: str = "one") -> None:
        self.words = words

    def version(self, _first: date, _last: date) -> str:
        """What drafts are made under."""
        return self.words


CALENDAR = Calendar()


def settle(session, *units: str) -> None:
    """Schools, their people, and the term of four shifts."""
    session.add(
        TermRow(id=TERM, name="秋", first=day(0), last=day(10), vacations=[])
    )
    for unit in units or (UNIT,):
        session.add(
            UnitRow(
                id=unit,
                name=f"小学{unit}",
                kind=UnitKind.SCHOOL,
                boarding=False,
                public=True,
                phone="",
            )
        )
        session.flush()
        for name in PEOPLE:
            session.add(_person(unit, name))

    session.flush()


def staff_id(unit: str, name: str) -> str:
    """A person's id; the first unit's are plain names."""
    return name if unit == UNIT else f"{unit}-{name}"


def _person(unit: str, name: str) -> StaffRow:
    return StaffRow(
        id=staff_id(unit, name),
        name=name,
        unit=unit,
        gender="男",
        standing="班子成员",
        position="",
        phone="",
        share=100,
        hometown_away=False,
    )


def solution(session, now: datetime, *clauses: Clause, **more) -> int:
    """Something drafts rest on; three people who may do anything."""
    problem = more.pop("problem", None) or make_problem(
        problem_staff(*PEOPLE, posts=("lead",)), SHIFTS, *clauses
    )
    row = SolutionRow(
        unit=more.pop("unit", UNIT),
        term=TERM,
        problem=write_problem(problem),
        outcome=write_outcome(make_outcome()),
        status="optimal",
        tiers=[],
        steps=[{"code": "plain", "article": "", "units": [], "days": 0}],
        conflict=[],
        remedies=None,
        book="",
        calendar=CALENDAR.words,
        provisional=False,
        seed=0,
        seconds=0.1,
        solver="",
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def draft(
    session,
    cells: Cells,
    *,
    who: str,
    now: datetime,
    solved: int = 0,
    unit: str = UNIT,
) -> RosterRow:
    """A new draft in place of the one before, as generating stores it."""
    revision = drop_drafts(session, unit, TERM)
    row = _add(session, cells, who, now, solved, unit)
    row.revision = revision
    session.flush()
    return row


def swapped(
    session, cells: Cells, *, now: datetime, solved: int = 0
) -> RosterRow:
    """A version beside any draft, in force at once, as a swap makes it."""
    before = roster_in_force(session, UNIT, TERM)
    row = _add(session, cells, "bo", now, solved, UNIT)
    row.state, row.approver, row.published_at = "published", "chen", now
    session.flush()
    turn(session, before, row, now)
    return row


def _add(
    session, cells: Cells, who: str, now: datetime, solved: int, unit: str
) -> RosterRow:
    newest = select(func.max(RosterRow.number)).where(RosterRow.unit == unit)
    roster = RosterRow(
        unit=unit,
        term=TERM,
        number=(session.scalar(newest) or 0) + 1,
        state="draft",
        solution=solved or solution(session, now),
        author=who,
        editor=who,
        approver="",
        base=number_in_force(session, unit, TERM),
        drafted_at=now,
        digest=_digest(unit, cells),
    )
    session.add(roster)
    session.flush()
    for shift in SHIFTS:
        row = ShiftRow(
            shift=shift.id,
            on=shift.date,
            start=shift.start,
            end=shift.end,
            post=shift.post,
            needs=1,
            tags=[],
            burden={"total": 1},
            article="",
        )
        if shift.id in cells:
            name = staff_id(unit, cells[shift.id])
            row.held = [AssignmentRow(staff=name)]
        roster.shifts.append(row)

    session.flush()
    return roster


def edit(session, roster_id: int, shift: str, name: str, who: str) -> None:
    """Somebody gives a shift of a draft to another person."""
    roster = session.get_one(RosterRow, roster_id)
    row = next(row for row in roster.shifts if row.shift == shift)
    row.held[0].staff = name
    roster.revision += 1
    roster.editor = who
    roster.digest = _digest(
        roster.unit, {s.shift: s.held[0].staff for s in roster.shifts}
    )
    session.flush()


def _digest(unit: str, cells: Cells) -> str:
    return digest_of(
        [Assignment(s, staff_id(unit, name)) for s, name in cells.items()]
    )


def everything_to(name: str) -> dict[str, str]:
    """One person on every shift."""
    return {shift.id: name for shift in SHIFTS}


def joint(*units: str) -> Problem:
    """One problem of several units, as a district's is."""
    people = [
        problem_staff(staff_id(unit, name), posts=(f"{unit}/lead",))[0]
        for unit in units
        for name in PEOPLE
    ]
    shifts = [
        replace(shift, id=f"{unit}:{shift.id}", post=f"{unit}/lead")
        for unit in units
        for shift in SHIFTS
    ]
    return make_problem(people, shifts)


def asked_for(
    unit: str, term: str, shift: str, staff: str, partner: str
) -> SwapRow:
    """Somebody has asked another to stand in for them."""
    return SwapRow(
        unit=unit,
        term=term,
        shift=shift,
        staff=staff,
        partner=partner,
        back="",
        owed=False,
        emergency=False,
        state="proposed",
        word="",
        answer="",
        behalf="",
        proposed_by="王",
        proposed_at=NOW,
        agreed_by="",
        settled_by="",
    )
