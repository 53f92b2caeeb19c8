"""The problem of changing little, and its answer as one like any other."""

from dataclasses import replace

import pytest

from roster.audit import audit
from roster.documents import read_problem, write_problem
from roster.problem import Assignment, Status, TierResult
from roster.rules.clauses import (
    Balance,
    Bar,
    Different,
    Gap,
    Keep,
    Reserve,
    Same,
    Selection,
    Wish,
    Wished,
)
from roster.rules.repair import KEEP, in_force, repair_problem, settled
from solver import solve
from tests.builders import (
    day,
    held,
    make_outcome,
    make_person,
    make_problem,
    make_shift,
    make_shifts,
    make_staff,
    pin,
)

EVEN = Balance(id="even", tier=1, ledger="total")
SHIFTS = make_shifts(4)
BEFORE = held(
    ("d0/duty", "an"), ("d1/duty", "bo"), ("d2/duty", "an"), ("d3/duty", "bo")
)
SINCE = day(2)


def problem(*clauses, staff=None, shifts=SHIFTS, **more):
    people = make_staff("an", "bo", "cai") if staff is None else staff
    return make_problem(people, shifts, *(clauses or (EVEN,)), **more)


def repaired(given, before=BEFORE, shifts=SHIFTS, **more):
    return repair_problem(given, shifts, before, SINCE, **more)


def answered(repair):
    """The repair solved and settled; whatever it is, it passes the audit."""
    found = settled(repair, solve(repair))
    assert audit(found.problem, found.outcome).consistent
    assert read_problem(write_problem(found.problem)) is not None
    return found


def without(name, first, last=3):
    """Three people, one of them away."""
    return [
        make_person(who, unavailable=[(day(first), day(last))])
        if who == name
        else make_person(who)
        for who in ("an", "bo", "cai")
    ]


def test_without_a_reason_nothing_changes():
    found = answered(repaired(problem()))

    assert found.outcome.assignments == BEFORE
    assert (found.changes, found.proven) == (0, True)


def test_who_is_away_gives_up_their_duties_and_no_others():
    found = answered(repaired(problem(staff=without("an", 2))))

    assert found.changes == 1
    assert set(BEFORE) - set(found.outcome.assignments) == {BEFORE[2]}


def test_what_is_past_stands_whatever_is_said_of_it_now():
    found = answered(repaired(problem(staff=without("an", 0))))

    assert set(BEFORE[:2]) <= set(found.outcome.assignments)
    assert found.problem.past == set(BEFORE[:2])


def test_who_has_left_still_has_their_past():
    staff = make_staff("bo", "cai")

    found = answered(repaired(problem(staff=staff), names={"an": "安"}))

    person = found.problem.person["an"]
    assert (person.posts, person.name) == ((), "安")
    assert BEFORE[0] in found.outcome.assignments
    assert BEFORE[2] not in found.outcome.assignments
    assert found.changes == 1


def test_shifts_before_the_date_are_those_published():
    published = tuple(replace(s, needs=1, article="旧") for s in SHIFTS)
    today = make_shifts(4, article="新", needs=2)

    repair = repaired(problem(shifts=today), shifts=published)

    assert [s.article for s in repair.shifts] == ["旧", "旧", "新", "新"]
    assert [s.needs for s in repair.shifts] == [1, 1, 2, 2]


def test_a_published_shift_is_in_the_block_of_today():
    today = make_shifts(4, block="周末")

    repair = repaired(problem(shifts=today))

    assert [shift.block for shift in repair.shifts] == ["周末"] * 4
    gone = repaired(problem(shifts=today[2:]))
    assert [s.block for s in gone.shifts] == ["", "", "周末", "周末"]


def test_new_shifts_are_filled_and_old_ones_given_up_without_a_change():
    today = (*SHIFTS[:3], make_shift(4), make_shift(5))

    found = answered(repaired(problem(shifts=today)))

    assert found.changes == 0
    held_now = {cell.shift for cell in found.outcome.assignments}
    assert held_now == {shift.id for shift in today}


def test_fewer_changes_come_before_every_tier():
    lopsided = held(*((shift.id, "an") for shift in SHIFTS))

    found = answered(repaired(problem(), before=lopsided))

    assert found.outcome.assignments == lopsided
    assert found.outcome.tiers == (TierResult(1, 16, 16),)


def test_among_the_fewest_changes_the_tiers_decide_in_order():
    rest = Wish(
        id="free", tier=2, wishes=(Wished("cai", want=False, on=day(2)),)
    )

    found = answered(repaired(problem(EVEN, rest, staff=without("an", 2))))

    assert Assignment("d2/duty", "cai") in found.outcome.assignments
    costs = [(t.tier, t.cost, t.bound) for t in found.outcome.tiers]
    assert costs == [(1, 6, 6), (2, 1, 1)]


def test_a_rule_is_kept_between_the_past_and_what_comes():
    before = held(
        ("d0/duty", "an"),
        ("d1/duty", "bo"),
        ("d2/duty", "bo"),
        ("d3/duty", "an"),
    )
    gap = Gap(id="gap", tier=0, days=2)

    found = answered(repaired(problem(gap), before=before))

    assert Assignment("d1/duty", "bo") in found.outcome.assignments
    assert Assignment("d2/duty", "bo") not in found.outcome.assignments


def test_a_swap_stands_even_where_another_change_would_be_fairer():
    # Whoever holds d2 or d3 may be relieved of the one or of the other.
    gap = Gap(id="gap", tier=0, days=2)
    before = (*BEFORE[:2], *held(("d2/duty", "cai"), ("d3/duty", "cai")))
    rest = Wish(
        id="free", tier=1, wishes=(Wished("cai", want=False, on=day(3)),)
    )
    given = problem(gap, rest)

    free = answered(repaired(given, before=before))
    swapped = answered(repaired(given, before=before, swapped=before[3:]))

    assert before[3] not in free.outcome.assignments
    assert before[3] in swapped.outcome.assignments
    assert before[3] not in swapped.problem.past


@pytest.mark.parametrize(
    "given",
    [
        problem(staff=without("an", 2)),
        problem(shifts=(*SHIFTS[:2], SHIFTS[3])),
        problem(Bar(id="bar", tier=0, select=Selection(staff=("an",)))),
        problem(Reserve(id="for-bo", tier=0, for_staff=("bo",))),
        problem(pins=(pin("d2/duty", "cai"),)),
        problem(staff=make_staff("bo", "cai")),
    ],
    ids=["away", "gone", "barred", "reserved", "pinned", "left"],
)
def test_a_swap_is_not_forced_where_it_cannot_stand(given):
    found = answered(repaired(given, swapped=[BEFORE[2]]))

    assert BEFORE[2] not in found.outcome.assignments


def test_a_swap_does_not_run_into_a_night_that_is_past():
    night = make_shift(1, hours=(18, 56))
    shifts = (SHIFTS[0], night, *SHIFTS[2:])
    before = (*BEFORE[:2], *held(("d2/duty", "bo"), ("d3/duty", "an")))

    found = answered(
        repaired(
            problem(shifts=shifts),
            before=before,
            shifts=shifts,
            swapped=[before[2]],
        )
    )

    assert before[2] not in found.outcome.assignments


def test_pins_of_today_stand_from_the_date_on_and_not_before():
    given = problem(pins=(pin("d0/duty", "cai"), pin("d3/duty", "cai")))

    repair = repaired(given)

    assert repair.pinned - repair.past == set(held(("d3/duty", "cai")))
    assert repair.past == set(BEFORE[:2])


def test_clauses_forget_the_shifts_that_are_gone():
    gone, new = "d0/duty", "d3/duty"
    clauses = (
        Bar(id="bar", tier=0, select=Selection(shifts=(gone, new))),
        Bar(id="none", tier=0, select=Selection(shifts=(gone,))),
        Same(id="same", tier=1, groups=((gone, new), (gone,))),
        Different(id="two", tier=1, pairs=((gone, new), ("d2/duty", new))),
        Wish(
            id="wish",
            tier=1,
            wishes=(
                Wished("an", want=True, shift=gone),
                Wished("an", want=True, shift=new),
                Wished("an", want=True, on=day(0)),
            ),
        ),
    )

    # Published with other shifts, so that d0/duty is in neither.
    repair = repaired(problem(*clauses), shifts=SHIFTS[1:], before=BEFORE[1:])

    assert repair.clause["bar"].select.shifts == (new,)
    assert "none" not in repair.clause
    assert repair.clause["same"].groups == ((new,),)
    assert repair.clause["two"].pairs == (("d2/duty", new),)
    assert [w.shift for w in repair.clause["wish"].wishes] == [new, ""]
    assert read_problem(write_problem(repair)) is not None


def test_the_changes_come_first_and_go_back_to_being_a_condition():
    repair = repaired(problem(staff=without("an", 2)))
    assert repair.clause[KEEP] == Keep(
        id=KEEP, tier=1, select=Selection(first=SINCE)
    )
    assert repair.clause["even"].tier == 2

    found = settled(repair, solve(repair))

    keep = found.problem.clause[KEEP]
    assert (keep.tier, keep.allow) == (0, 1)
    assert found.problem.clause["even"] == EVEN
    assert [tier.tier for tier in found.outcome.tiers] == [1]


def test_changes_that_are_not_proven_the_fewest_make_no_optimum():
    cells = [(cell.shift, cell.staff) for cell in BEFORE]
    outcome = make_outcome(
        *cells,
        status=Status.FEASIBLE,
        tiers=(TierResult(1, 2, 1), TierResult(2, 8, 8)),
    )

    found = settled(repaired(problem()), outcome)

    assert (found.changes, found.proven) == (2, False)
    assert found.outcome.status is Status.FEASIBLE
    assert found.outcome.tiers == (TierResult(1, 8, 8),)


def test_where_there_is_no_roster_there_is_no_condition_either():
    alone = [make_person("an", unavailable=[(day(2), day(2))])]
    repair = repaired(problem(staff=alone), before=BEFORE[:2])

    found = settled(repair, solve(repair))

    assert found.outcome.status is Status.INFEASIBLE
    assert found.problem.clauses == (EVEN,)
    assert audit(found.problem, found.outcome).consistent


def test_the_roster_in_force_is_read_by_the_same_goals():
    today = (*SHIFTS, make_shift(4))
    wish = Wish(
        id="wish", tier=2, wishes=(Wished("cai", want=True, shift="d4/duty"),)
    )
    found = answered(repaired(problem(EVEN, wish, shifts=today)))

    before = in_force(found.problem, SHIFTS)

    assert before.shifts == SHIFTS
    assert [c.id for c in before.clauses] == ["even", "wish"]
    assert before.staff == found.problem.staff
    assert before.clause["wish"].wishes == ()
