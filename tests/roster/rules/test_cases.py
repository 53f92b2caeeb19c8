"""Numbered cases of the office that end with rules: 6, 7, 8 and 14."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roster.documents import read_problem, write_problem
from roster.people import (
    Gender,
    Leave,
    Period,
    Presence,
    StaffMember,
    Standing,
    Unit,
    UnitKind,
)
from roster.problem import Status
from roster.rules.case import Case
from roster.rules.ladder import climb
from roster.rules.pooling import joint_problem, pool
from roster.rules.rulebook import Override
from roster.services.conflicts import conflict_lines
from solver import solve
from tests.offices import AUTUMN_2026, SHORT, make_case, member, people
from tests.roster.rules.relaxation import can_hold
from web.words.conflicts import conflict_sentence

VILLAGE = Unit(
    id="U030",
    name="柳湾村小学",
    kind=UnitKind.SCHOOL,
    parent="D1",
    boarding=True,
)


def setting(param: str, value) -> Override:
    """What a paper orders for the schools, for good."""
    return Override(
        "schools", "", param, value, Period(), "上级通知", "教发〔2026〕8号"
    )


def village(*overrides: Override) -> Case:
    """A man who leads, three women who teach, a man at the gate."""
    teachers = tuple(
        member(VILLAGE, n, Standing.STAFF, gender=Gender.FEMALE)
        for n in (1, 2, 3)
    )
    staff = (
        member(VILLAGE, 0, Standing.PRINCIPAL, gender=Gender.MALE),
        *teachers,
        member(VILLAGE, 4, Standing.GUARD, gender=Gender.MALE),
    )
    guarded = setting("guards_per_shift", 1)
    return make_case(
        VILLAGE, SHORT, staff=staff, overrides=(guarded, *overrides)
    )


def test_case_6_a_village_school_has_a_roster_without_its_teachers():
    case = village()

    found = climb(case, solve)

    # One leader for every day: the gap is shortened and that is shown.
    assert [step.code for step in found.steps] == ["plain", "gap"]
    assert found.outcome.status is Status.OPTIMAL
    assert {cell.staff for cell in found.outcome.assignments} == {
        case.staff[0].id,
        case.staff[4].id,
    }


def test_case_6_with_teachers_ordered_for_the_night_the_articles_are_named():
    case = village(
        setting("teacher_mode", "每个值班日都排"),
        setting("night_staff", 1),
    )

    found = climb(case, solve)

    assert [step.code for step in found.steps] == ["plain", "gap", "combined"]
    assert found.outcome.status is Status.INFEASIBLE
    assert not can_hold(found.problem, found.outcome.conflict)
    lines = conflict_lines(case, found.problem, found.outcome.conflict)
    said = {
        line.article: conflict_sentence(line, "zh", personal=True)
        for line in lines
    }
    assert set(said) == {"第九条", "第十条"}
    assert said["第十条"] == "夜班、女职工：不得排这类班次"
    assert said["第九条"].endswith("的值班员须有 1 人")


def test_case_6_the_night_is_filled_once_women_are_only_spared_it():
    case = village(
        setting("teacher_mode", "每个值班日都排"),
        setting("day_staff", 1),
        setting("night_staff", 1),
        setting("female_night", "尽量不排"),
    )

    found = climb(case, solve)

    assert found.found
    held = {cell.shift for cell in found.outcome.assignments}
    assert "2026-10-01/duty-night" in held


KINDERGARTEN = Unit(
    id="U040", name="柳湾幼儿园", kind=UnitKind.KINDERGARTEN, parent="D1"
)
SPRING_2026 = replace(
    AUTUMN_2026,
    id="2026-spring",
    first=date(2026, 3, 1),
    last=date(2026, 7, 10),
    vacations=(),
)
EVERYBODY = people(
    KINDERGARTEN,
    (Standing.PRINCIPAL, 1),
    (Standing.DEPUTY, 2),
    (Standing.STAFF, 6),
)


def kindergarten(**more) -> Case:
    return make_case(KINDERGARTEN, SPRING_2026, staff=EVERYBODY, **more)


@pytest.mark.parametrize("students", [False, True])
def test_case_7_the_children_are_off_on_the_first_of_june_and_nobody_stands(
    students,
):
    first_of_june = date(2026, 6, 1)  # a Monday
    there = Presence(KINDERGARTEN.id, first_of_june, first_of_june)

    case = kindergarten(presences=(there,) if students else ())

    assert first_of_june not in {shift.date for shift in case.shifts}


def test_case_7_womens_day_on_a_sunday_is_a_sunday_like_the_next():
    sunday = date(2026, 3, 8)
    case = kindergarten()

    its, next_ones = (
        [
            (s.post, s.needs, s.tags, s.burden, s.start.time(), s.end.time())
            for s in case.shifts
            if s.date == when
        ]
        for when in (sunday, sunday + timedelta(days=7))
    )

    assert its
    assert its == next_ones


def test_case_7_womens_day_on_a_working_day_needs_no_duty():
    monday = date(2027, 3, 8)
    term = replace(SPRING_2026, first=date(2027, 3, 1), last=date(2027, 3, 31))

    case = make_case(KINDERGARTEN, term, staff=EVERYBODY)

    assert monday not in {shift.date for shift in case.shifts}


BOARDING = Unit(
    id="U050",
    name="柳湾寄宿中学",
    kind=UnitKind.SCHOOL,
    parent="D1",
    boarding=True,
)
# 大小周: the students stay over one weekend, and go home over the next.
STAYING = [
    (date(2026, 10, 17), date(2026, 10, 18)),
    (date(2026, 10, 31), date(2026, 10, 31)),
]


def boarding(presences) -> Case:
    staff = (
        *people(
            BOARDING,
            (Standing.PRINCIPAL, 1),
            (Standing.DEPUTY, 3),
            (Standing.STAFF, 14),
        ),
        member(BOARDING, 30, Standing.DORM, gender=Gender.FEMALE),
        member(BOARDING, 31, Standing.DORM, gender=Gender.FEMALE),
    )
    return make_case(
        BOARDING,
        SHORT,
        staff=staff,
        presences=presences,
        overrides=(setting("night_staff", 1), setting("dorm_staff", 1)),
    )


def test_case_8_teachers_and_keepers_stand_on_the_weekends_students_stay():
    stays = tuple(Presence(BOARDING.id, *span) for span in STAYING)

    case = boarding(stays)

    manned = {
        post: sorted({s.date for s in case.shifts if s.post == post})
        for post in ("duty", "dorm")
    }
    days = [date(2026, 10, 17), date(2026, 10, 18), date(2026, 10, 31)]
    assert manned == {"duty": days, "dorm": days}
    tagged = {s.date for s in case.shifts if "students" in s.tags}
    assert tagged == set(days)


def test_case_8_a_school_with_boarders_every_other_weekend_has_a_roster():
    stays = tuple(Presence(BOARDING.id, *span) for span in STAYING)
    case = boarding(stays)

    found = climb(case, solve)

    assert found.outcome.status is Status.OPTIMAL
    assert [step.code for step in found.steps] == ["plain"]
    keepers = {
        cell.staff
        for cell in found.outcome.assignments
        if cell.shift.endswith("/dorm")
    }
    assert keepers == {"U050-30", "U050-31"}


def test_case_8_without_students_there_is_nobody_for_the_dormitory():
    case = boarding(())

    assert {shift.post for shift in case.shifts} == {"lead"}


def neighbour(number: int, *standings) -> Case:
    """A small school of the district."""
    unit = Unit(
        id=f"U06{number}",
        name=f"柳湾{number}小学",
        kind=UnitKind.SCHOOL,
        parent="D1",
    )
    return make_case(unit, SHORT, staff=people(unit, *standings), gap_cut=1)


def leaders(case: Case) -> list[StaffMember]:
    return [m for m in case.staff if m.standing is not Standing.STAFF]


def test_case_14_one_leader_alone_cannot_be_at_two_schools_at_once():
    alone = neighbour(1, (Standing.PRINCIPAL, 1))
    without = neighbour(2, (Standing.STAFF, 2))

    problem = joint_problem([without, alone])
    found = solve(problem)

    assert found.status is Status.INFEASIBLE
    days = {problem.shift[m.shift].date for m in found.conflict if m.shift}
    assert len(days) == 1
    assert sorted(m.shift.split(":")[0] for m in found.conflict) == [
        "U061",
        "U062",
    ]


def test_case_14_two_schools_that_share_leaders_never_share_one_at_a_time():
    without = climb(neighbour(1, (Standing.STAFF, 2)), solve)
    helper = climb(
        neighbour(2, (Standing.PRINCIPAL, 1), (Standing.DEPUTY, 1)), solve
    )

    pooled, steps = pool(without, [helper], solve)

    assert pooled is not None
    assert steps[-1].article == "第十四条"
    here, there = (set(pooled.assignments[u]) for u in ("U061", "U062"))
    shared = {m.id for m in leaders(helper.case)}
    assert {cell.staff for cell in here | there} == shared
    assert not here & there
    # Both are led on every day of duty.
    due = {shift.id for shift in helper.case.shifts}
    assert {cell.shift for cell in here} == due
    assert {cell.shift for cell in there} == due


def test_case_14_what_two_schools_were_solved_from_can_be_read_again():
    stay = Presence(BOARDING.id, *STAYING[0])
    home = boarding((stay,))
    sunday = STAYING[0][1]
    away = Leave(home.staff[5].id, sunday, sunday)
    day_school = neighbour(1, (Standing.PRINCIPAL, 2))

    problem = joint_problem([replace(home, leave=(away,)), day_school])

    # The night before leave is barred by its id, which only one of them has.
    assert read_problem(write_problem(problem)) == problem
    (before_leave,) = (c for c in problem.clauses if c.select.shifts)
    assert before_leave.select.shifts == ("U050:2026-10-17/duty-night",)


def test_case_14_the_helping_school_lends_its_leaders_and_nobody_else():
    without = climb(neighbour(1, (Standing.STAFF, 2)), solve)
    helper = climb(
        neighbour(
            2,
            (Standing.PRINCIPAL, 1),
            (Standing.DEPUTY, 2),
            (Standing.STAFF, 3),
        ),
        solve,
    )

    pooled, _ = pool(without, [helper], solve)

    assert pooled is not None
    lent = {cell.staff for cell in pooled.assignments["U061"]}
    assert lent <= {m.id for m in leaders(helper.case)}
