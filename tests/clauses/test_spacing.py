"""`spacing`: the smallest distance between neighbouring duties."""

import pytest

from roster.rules.clauses import Selection, Spacing
from tests.builders import (
    day,
    earlier,
    make_person,
    make_problem,
    make_shift,
    make_shifts,
    make_staff,
    pin,
)
from tests.clauses.readings import (
    charged,
    cost,
    impossible,
    least,
    roster,
    solved,
    violations,
)

ALONE = make_staff("li")
PAIR = make_staff("li", "wang")


def spacing(cap=5, tier=1, allow=0, weight=1, **select) -> Spacing:
    """Five days apart are as good as any more."""
    return Spacing(
        id="c",
        tier=tier,
        allow=allow,
        weight=weight,
        cap=cap,
        select=Selection(**select),
    )


def test_the_smallest_distance_of_all_people_counts():
    office = make_problem(PAIR, make_shifts(6), spacing())

    assert cost(office, li=[0, 3], wang=[1, 5]) == 2


def test_more_days_than_the_cap_gain_nothing():
    office = make_problem(ALONE, make_shifts(9), spacing())

    assert cost(office, li=[0, 5]) == 0
    assert cost(office, li=[0, 8]) == 0


def test_nobody_with_two_duties_costs_nothing():
    office = make_problem(PAIR, make_shifts(2), spacing())

    assert cost(office, li=[0], wang=[1]) == 0


def test_two_duties_on_one_date_cost_the_whole_cap():
    shifts = [make_shift(0), make_shift(0, "night", (18, 32))]
    office = make_problem(ALONE, shifts, spacing())

    assert cost(office, li=[0, "d0/night"]) == 5


def test_the_violation_names_the_two_nearest_duties():
    office = make_problem(PAIR, make_shifts(6), spacing())

    (found,) = violations(office, li=[0, 3], wang=[1, 5])

    assert found.staff == ("li",)
    assert found.shifts == ("d0/duty", "d3/duty")


@pytest.mark.parametrize("number", [-2, 2])
def test_an_earlier_duty_is_a_neighbour_on_whichever_side_it_lies(number):
    li = make_person("li", earlier=(earlier(number),))
    office = make_problem([li], make_shifts(1), spacing())

    assert cost(office, li=[0]) == 3


def test_two_earlier_duties_say_nothing():
    li = make_person("li", earlier=(earlier(-9), earlier(-8)))
    office = make_problem([li], make_shifts(1), spacing())

    assert cost(office, li=[0]) == 0


@pytest.mark.parametrize(
    "select",
    [{"shifts": ("d0/duty",)}, {"posts": ("lead",)}, {"first": day(0)}],
)
def test_an_earlier_duty_that_is_not_selected_says_nothing(select):
    li = make_person("li", earlier=(earlier(-1),))
    office = make_problem([li], make_shifts(1), spacing(**select))

    assert cost(office, li=[0]) == 0


def test_a_narrowed_clause_looks_only_at_its_people():
    office = make_problem(PAIR, make_shifts(4), spacing(staff=("li",)))

    assert cost(office, li=[0, 3], wang=[1, 2]) == 2


def test_a_run_is_one_duty():
    shifts = [*make_shifts(2, block="w"), make_shift(4)]
    office = make_problem(ALONE, shifts, spacing())

    assert cost(office, li=[0, 1]) == 0
    assert cost(office, li=[0, 1, 4]) == 2


def test_two_pinned_duties_are_skipped_even_by_a_goal():
    office = make_problem(
        ALONE,
        make_shifts(4),
        spacing(),
        pins=(pin("d0/duty", "li"), pin("d1/duty", "li")),
    )

    assert cost(office, li=[0, 1]) == 0
    assert cost(office, li=[0, 1, 3]) == 3


def test_a_pinned_duty_after_an_earlier_one_is_skipped():
    li = make_person("li", earlier=(earlier(-1),))
    pins = (pin("d0/duty", "li"),)
    office = make_problem([li], make_shifts(1), spacing(), pins=pins)

    assert cost(office, li=[0]) == 0


def test_the_duty_after_a_pinned_run_is_its_neighbour():
    lesson = make_shift(1, "night", (18, 32))
    shifts = [*make_shifts(3, block="w"), lesson, make_shift(3)]
    pinned = ["d0/duty", "d1/duty", "d2/duty", "d1/night"]
    office = make_problem(
        make_staff("li", posts=("duty", "night")),
        shifts,
        spacing(),
        pins=tuple(pin(shift, "li") for shift in pinned),
    )

    assert cost(office, li=[*pinned, 3]) == 4
    assert least(office) == 4


def test_duties_are_spread_as_wide_as_they_go():
    office = make_problem(
        PAIR, make_shifts(4), spacing(), pins=(pin("d0/duty", "li"),)
    )

    assert solved(office) == roster(li=[0, 2], wang=[1, 3])
    assert least(office) == 3


def test_a_goal_is_weighed():
    office = make_problem(ALONE, make_shifts(2), spacing(weight=3))

    assert least(office) == 12


def test_a_run_is_left_whole_where_that_is_wider():
    shifts = [*make_shifts(2, block="w"), *make_shifts(4)[2:]]
    office = make_problem(PAIR, shifts, spacing(cap=2))

    assert least(office) == 0


def test_as_a_must_nobody_returns_within_the_cap():
    four = make_problem(PAIR, make_shifts(4), spacing(cap=2, tier=0))
    pinned = make_problem(
        PAIR, four.shifts, *four.clauses, pins=(pin("d1/duty", "li"),)
    )

    assert solved(pinned) == roster(li=[1, 3], wang=[0, 2])
    assert impossible(make_problem(PAIR, four.shifts, spacing(3, tier=0)))


def test_an_allowance_is_a_number_of_days_short_of_the_cap():
    one = make_problem(PAIR, make_shifts(4), spacing(3, tier=0, allow=1))
    two = make_problem(PAIR, make_shifts(4), spacing(4, tier=0, allow=1))

    assert not impossible(one)
    assert impossible(two)


def test_as_a_must_it_does_not_argue_with_pins():
    office = make_problem(
        ALONE,
        make_shifts(2),
        spacing(tier=0),
        pins=(pin("d0/duty", "li"), pin("d1/duty", "li")),
    )

    assert charged(office, li=[0, 1]) == 0
    assert solved(office) == roster(li=[0, 1])
