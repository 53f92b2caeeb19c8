"""Two rosters side by side."""

from roster.comparing import alike, compare
from roster.rules import clauses as c
from tests.builders import (
    at,
    day,
    held,
    make_person,
    make_problem,
    make_shift,
    make_shifts,
    make_staff,
)

LI_AND_WANG = make_staff("li", "wang")
BALANCE = c.Balance(id="C1", tier=2, ledger="total")


def test_a_roster_does_not_differ_from_itself():
    problem = make_problem(LI_AND_WANG, make_shifts(2), BALANCE)
    roster = held(("d0/duty", "li"), ("d1/duty", "wang"))

    found = compare((problem, roster), (problem, roster[::-1]))

    assert (found.shifts, found.loads) == ((), ())
    assert found.tiers == ((2, 2, 2),)


def test_a_shift_handed_on_names_who_left_and_who_came():
    problem = make_problem(LI_AND_WANG, make_shifts(2))
    before = held(("d0/duty", "li"), ("d1/duty", "li"))
    after = held(("d0/duty", "li"), ("d1/duty", "wang"))

    found = compare((problem, before), (problem, after))

    (change,) = found.shifts
    assert (change.left, change.came) == (("li",), ("wang",))
    assert change.before is change.after is problem.shifts[1]
    assert found.dates == (day(1),)
    assert found.staff == ("li", "wang")


def test_changes_are_listed_by_date_and_hour():
    shifts = [
        make_shift(1),
        make_shift(0, hours=(18, 32), id="night"),
        make_shift(0),
    ]
    problem = make_problem(LI_AND_WANG, shifts)
    roster = held(*((shift.id, "li") for shift in shifts))

    found = compare((problem, ()), (problem, roster))

    names = [change.after.id for change in found.shifts]
    assert names == ["d0/duty", "night", "d1/duty"]


def test_a_shift_that_is_new_or_gone_counts_if_anybody_holds_it():
    old = make_problem(LI_AND_WANG, [make_shift(0), make_shift(1)])
    new = make_problem(LI_AND_WANG, [make_shift(2), make_shift(3)])

    found = compare(
        (old, held(("d0/duty", "li"))), (new, held(("d3/duty", "wang")))
    )

    gone, come = found.shifts
    assert (gone.before, gone.after) == (old.shifts[0], None)
    assert (gone.left, gone.came) == (("li",), ())
    assert (come.before, come.after) == (None, new.shifts[1])
    assert (come.left, come.came) == ((), ("wang",))


def test_a_shift_at_other_hours_is_listed_though_its_holder_stays():
    old = make_problem(LI_AND_WANG, [make_shift(0), make_shift(1)])
    new = make_problem(
        LI_AND_WANG, [make_shift(0, hours=(9, 18)), make_shift(1, needs=2)]
    )
    roster = held(("d0/duty", "li"))

    (change,) = compare((old, roster), (new, roster)).shifts

    assert change.after.start == at(day(0), 9)
    assert (change.left, change.came) == ((), ())


def test_a_shift_moved_to_another_day_stands_under_the_new_date():
    old = make_problem(LI_AND_WANG, [make_shift(0, id="fair")])
    new = make_problem(LI_AND_WANG, [make_shift(5, id="fair")])

    found = compare((old, ()), (new, ()))

    assert found.dates == (day(5),)


def test_loads_count_what_was_carried_in_every_ledger_there_is():
    staff = [
        make_person("li", carried={"total": 3, "old": 9}),
        *LI_AND_WANG[1:],
    ]
    old = make_problem(staff, [make_shift(0)])
    new = make_problem(
        staff, [make_shift(0, burden={"total": 1, "holiday": 2})]
    )
    roster = held(("d0/duty", "li"))

    (load,) = compare((old, roster), (new, roster)).loads

    assert load.staff == "li"
    assert load.before == {"holiday": 0, "total": 4}
    assert load.after == {"holiday": 2, "total": 4}


def test_the_largest_change_of_load_comes_first():
    staff = make_staff("li", "sun", "wang", "zhao")
    problem = make_problem(staff, make_shifts(3))
    before = held(*((f"d{n}/duty", "zhao") for n in range(3)))
    after = held(("d0/duty", "wang"), ("d1/duty", "li"), ("d2/duty", "zhao"))

    found = compare((problem, before), (problem, after))

    assert [load.staff for load in found.loads] == ["zhao", "li", "wang"]


def test_whoever_joined_or_left_has_one_load_only():
    old = make_problem(make_staff("li"), make_shifts(1))
    new = make_problem(make_staff("wang"), make_shifts(1))

    found = compare(
        (old, held(("d0/duty", "li"))), (new, held(("d0/duty", "wang")))
    )

    assert [(load.before, load.after) for load in found.loads] == [
        ({"total": 1}, {}),
        ({}, {"total": 1}),
    ]


def test_tiers_are_joined_by_their_number():
    old = make_problem(LI_AND_WANG, make_shifts(2), BALANCE)
    new = make_problem(
        LI_AND_WANG,
        make_shifts(2),
        BALANCE,
        c.AtLeast(id="C2", tier=1, min=1),
    )
    roster = held(("d0/duty", "li"), ("d1/duty", "li"))

    found = compare((old, roster), (new, roster))

    assert found.tiers == ((1, None, 1), (2, 4, 4))


def test_assignments_to_shifts_nobody_knows_are_passed_over():
    problem = make_problem(LI_AND_WANG, make_shifts(1), BALANCE)

    found = compare((problem, held(("d9/duty", "li"))), (problem, ()))

    assert (found.shifts, found.loads) == ((), ())


# Read by the same, two rosters tell better from worse.

EVEN = c.Balance(id="even", tier=1, ledger="total")
BOTH = held(("d0/duty", "li"), ("d1/duty", "li"))
ONE_EACH = held(("d0/duty", "li"), ("d1/duty", "wang"))


def test_both_are_read_by_the_goals_of_the_later_one():
    old = make_problem(LI_AND_WANG, make_shifts(2), BALANCE)
    new = make_problem(LI_AND_WANG, make_shifts(2), EVEN)

    before, after = alike((old, BOTH), (new, ONE_EACH))

    assert compare(before, after).tiers == ((1, 4, 2),)


def test_what_is_carried_is_what_the_later_one_knows():
    burdened = make_staff("li", "wang", carried={"total": 3})
    old = make_problem(burdened, make_shifts(2), EVEN)
    new = make_problem(LI_AND_WANG, make_shifts(2), EVEN)

    found = compare(*alike((old, BOTH), (new, BOTH)))

    assert (found.loads, found.tiers) == ((), ((1, 4, 4),))


def test_who_is_gone_keeps_their_load_and_weighs_in_no_goal():
    gone = make_person("zhao", carried={"total": 9})
    old = make_problem([*LI_AND_WANG, gone], make_shifts(2), EVEN)
    new = make_problem(LI_AND_WANG, make_shifts(2), EVEN)
    roster = held(("d0/duty", "li"), ("d1/duty", "zhao"))

    found = compare(*alike((old, roster), (new, ONE_EACH)))

    loads = {load.staff: (load.before, load.after) for load in found.loads}
    assert loads["zhao"] == ({"total": 10}, {"total": 9})
    assert found.tiers == ((1, 1, 2),)


def test_who_came_is_in_both_and_had_no_duty_before():
    old = make_problem(LI_AND_WANG[:1], make_shifts(2), EVEN)
    new = make_problem(LI_AND_WANG, make_shifts(2), EVEN)

    found = compare(*alike((old, BOTH), (new, ONE_EACH)))

    loads = {load.staff: (load.before, load.after) for load in found.loads}
    assert loads["wang"] == ({"total": 0}, {"total": 1})
    assert found.tiers == ((1, 4, 2),)


def test_the_earlier_shifts_stay_as_they_were():
    old = make_problem(LI_AND_WANG, [make_shift(0), make_shift(5)], EVEN)
    new = make_problem(LI_AND_WANG, [make_shift(0), make_shift(6)], EVEN)

    before, after = alike((old, ()), (new, ()))

    assert [shift.date for shift in before[0].shifts] == [day(0), day(5)]
    assert [shift.date for shift in after[0].shifts] == [day(0), day(6)]


def test_an_assignment_that_changes_hands_counts_once():
    problem = make_problem(LI_AND_WANG, make_shifts(3))
    before = held(("d0/duty", "li"), ("d1/duty", "li"))
    after = held(("d0/duty", "wang"), ("d1/duty", "li"), ("d2/duty", "li"))

    assert compare((problem, before), (problem, after)).changes == 2
