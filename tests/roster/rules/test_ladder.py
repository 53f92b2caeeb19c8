"""What is tried, step by step, when a unit has no roster."""

from dataclasses import replace
from datetime import date

from roster.audit import audit
from roster.people import Leave, Period, Standing, Unit, UnitKind
from roster.problem import Outcome, Status
from roster.rules.case import Case
from roster.rules.ladder import climb, eased_from
from roster.rules.mending import InForce, mend
from roster.rules.pooling import may_pool, pool
from roster.rules.rulebook import Override
from solver import solve
from tests.offices import SHORT, make_case, people


def setting(param: str, value) -> Override:
    """A parameter set differently for every school, for good."""
    return Override("schools", "", param, value, Period(), "试验", "1号")


STUDENTS = setting("teacher_mode", "每个值班日都排")


def village(number: int, leaders: int, teachers: int, **more) -> Case:
    """A small school of the district with so many people."""
    unit = Unit(
        id=f"U{number:03}",
        name=f"柳湾{number}小学",
        kind=UnitKind.SCHOOL,
        parent="D1",
    )
    staff = people(
        unit,
        (Standing.PRINCIPAL, 1),
        (Standing.DEPUTY, leaders - 1),
        (Standing.STAFF, teachers),
    )
    return make_case(unit, SHORT, staff=staff, **more)


def away(case: Case, *numbers: int) -> Case:
    """Leave over the national holiday for these people."""
    leave = tuple(
        Leave(case.staff[n].id, date(2026, 10, 1), date(2026, 10, 7))
        for n in numbers
    )
    return replace(case, leave=leave)


def codes(climb) -> list[str]:
    return [step.code for step in climb.steps]


def test_a_unit_with_enough_people_needs_no_easing():
    assert codes(climb(village(1, 3, 6), solve)) == ["plain"]


def test_the_gap_is_shortened_before_anything_else():
    case = away(village(1, 3, 6), 0, 1)

    found = climb(case, solve)

    assert codes(found) == ["plain", "gap"]
    assert found.found
    assert found.steps[-1].article == "第十四条"


def test_leading_and_duty_are_joined_when_shorter_gaps_do_not_do():
    # Two of three teachers are away: the third cannot stand twice a day.
    case = away(village(1, 2, 3, overrides=(STUDENTS,)), 3, 4)

    found = climb(case, solve)

    assert codes(found) == ["plain", "gap", "combined"]
    assert found.found


def test_a_unit_that_may_not_join_posts_is_told_why_it_has_no_roster():
    firm = setting("may_combine", value=False)
    case = village(1, 2, 3, overrides=(STUDENTS, firm))

    found = climb(away(case, 3, 4), solve)

    assert codes(found) == ["plain", "gap"]
    assert found.outcome.conflict


def test_nothing_is_eased_because_time_ran_out():
    def slow(problem):
        return Outcome(problem.id, Status.UNKNOWN)

    assert codes(climb(village(1, 3, 6), slow)) == ["plain"]


def rungs(case: Case, days: int, *, combined: bool) -> list[tuple]:
    """The steps from one on: their name, and by how much gaps are cut."""
    found = eased_from(case, days, combined=combined)
    return [(code, eased.gap_cut) for code, eased in found]


def test_a_repair_begins_where_the_roster_was_found():
    gaps = setting("leader_gap_days", 4)
    case = village(1, 2, 3, overrides=(STUDENTS, gaps))

    assert rungs(case, 0, combined=False) == [
        ("plain", 0),
        ("gap", 1),
        ("gap", 2),
        ("gap", 3),
        ("combined", 3),
    ]
    assert rungs(case, 2, combined=False)[0] == ("gap", 2)
    assert rungs(case, 3, combined=True) == [("combined", 3)]


def test_a_repair_eases_no_more_than_the_unit_may_now():
    case = village(1, 2, 3, overrides=(STUDENTS,))
    parts = setting("may_combine", value=False)
    gaps = setting("may_relax_gap", value=False)
    no_parts = replace(case, overrides=(STUDENTS, parts))
    no_gaps = replace(case, overrides=(STUDENTS, gaps))

    assert rungs(case, 9, combined=False)[0] == ("gap", 1)
    assert rungs(no_parts, 1, combined=True) == [("gap", 1)]
    assert rungs(no_gaps, 1, combined=False)[0] == ("plain", 0)


def test_joined_posts_stay_joined_in_a_repair():
    case = away(village(1, 2, 3, overrides=(STUDENTS,)), 3, 4)
    found = climb(case, solve)
    roster = found.outcome.assignments
    unit = InForce(case, found.case.shifts, roster, cut=found.case.gap_cut)

    mended = mend([unit], date(2026, 10, 3), solve)

    assert codes(found)[-1] == "combined"
    assert codes(mended.climb) == ["combined"]
    assert mended.unchanged


def test_the_district_helps_a_unit_whose_leaders_are_all_away():
    failed = climb(away(village(1, 2, 3), 0, 1), solve)
    helper = climb(village(2, 4, 3), solve)

    pooled, steps = pool(failed, [helper], solve)

    assert not failed.found
    assert pooled is not None
    assert steps[-1].units == ("U001", "U002")
    assert audit(pooled.problem, pooled.climbs[0].outcome).consistent
    lent = [
        cell.shift
        for cell in pooled.assignments["U001"]
        if cell.staff.startswith("U002")
    ]
    assert {f"2026-10-0{day}/lead" for day in range(1, 8)} <= set(lent)


def test_the_school_with_most_leaders_is_asked_first():
    failed = climb(away(village(1, 2, 3), 0, 1), solve)
    helpers = [climb(village(n, n, 3), solve) for n in (3, 5, 4)]

    _, steps = pool(failed, helpers, solve)

    assert steps[0].units == ("U001", "U005")


def test_gaps_of_helpers_are_shortened_only_when_asking_more_is_no_help():
    failed = climb(away(village(1, 1, 3), 0), solve)
    helper = climb(village(2, 3, 3), solve)

    pooled, steps = pool(failed, [helper], solve)

    assert failed.case.gap_cut > helper.case.gap_cut == 0
    assert [step.status for step in steps] == ["infeasible", "optimal"]
    assert pooled is not None
    assert [c.case.gap_cut for c in pooled.climbs] == [failed.case.gap_cut] * 2


def test_two_leaders_never_stand_in_for_each_other_on_one_day():
    failed = climb(away(village(1, 2, 3), 0, 1), solve)
    helper = climb(village(2, 4, 3), solve)

    pooled, _ = pool(failed, [helper], solve)

    assert pooled is not None
    here, there = pooled.assignments["U001"], pooled.assignments["U002"]
    lent = {cell.shift for cell in here if "U002" in cell.staff}
    borrowed = {cell.shift for cell in there if "U001" in cell.staff}
    assert lent
    assert not lent & borrowed


def test_a_unit_may_keep_its_leaders_to_itself():
    alone = setting("pool_leaders", value=False)

    assert may_pool(village(1, 3, 6))
    assert not may_pool(village(1, 3, 6, overrides=(alone,)))
