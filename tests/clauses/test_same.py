"""`same`: a group of shifts in as few hands as possible."""

import pytest

from roster.rules.clauses import Same, Selection
from tests.builders import (
    day,
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

PAIR = make_staff("li", "wang")
THREE = make_staff("li", "wang", "zhao")
WEEKEND = ("d0/duty", "d1/duty")


def same(*groups, tier=0, allow=0, **select) -> Same:
    """The first weekend in one pair of hands unless others are named."""
    return Same(
        id="c",
        tier=tier,
        allow=allow,
        groups=groups or (WEEKEND,),
        select=Selection(**select),
    )


def test_people_beyond_the_largest_need_count():
    office = make_problem(PAIR, make_shifts(2), same())

    (found,) = violations(office, li=[0], wang=[1])

    assert found.cost == 1
    assert found.staff == ("li", "wang")
    assert found.shifts == WEEKEND


def test_one_pair_of_hands_costs_nothing():
    office = make_problem(PAIR, make_shifts(2), same())

    assert cost(office, li=[0, 1]) == 0


@pytest.mark.parametrize(
    ("second", "people"), [(["wang"], 0), (["zhao"], 1), (["wang", "li"], 0)]
)
def test_the_shift_that_needs_most_says_how_many_hands(second, people):
    shifts = [make_shift(0, needs=2), make_shift(1, needs=len(second))]
    office = make_problem(THREE, shifts, same())
    held = {"li": [0], "wang": [0], "zhao": []}
    for name in second:
        held[name].append(1)

    assert cost(office, **held) == people


def test_fewer_hands_than_needed_gain_nothing_elsewhere():
    shifts = [make_shift(0, needs=2), *make_shifts(4)[1:]]
    groups = (WEEKEND, ("d2/duty", "d3/duty"))
    office = make_problem(PAIR, shifts, same(*groups))

    assert cost(office, li=[0, 1, 2], wang=[3]) == 1


def test_groups_are_summed():
    groups = (WEEKEND, ("d1/duty", "d2/duty"))
    office = make_problem(PAIR, make_shifts(3), same(*groups))

    assert cost(office, li=[0, 2], wang=[1]) == 2


def test_what_is_not_selected_is_passed_over_with_its_need():
    shifts = [make_shift(0, needs=2), *make_shifts(3)[1:]]
    group = ("d0/duty", "d1/duty", "d2/duty")
    office = make_problem(THREE, shifts, same(group, first=day(1)))

    assert cost(office, li=[0, 1], wang=[0, 2]) == 1


def test_only_selected_people_are_counted():
    office = make_problem(THREE, make_shifts(2), same(staff=("wang", "zhao")))

    assert cost(office, li=[0], wang=[1]) == 0


def test_of_a_group_what_pins_exceed_is_waived():
    group = ("d0/duty", "d1/duty", "d2/duty")
    pins = (pin("d0/duty", "li"), pin("d1/duty", "wang"))
    office = make_problem(THREE, make_shifts(3), same(group), pins=pins)

    assert charged(office, li=[0], wang=[1, 2]) == 0
    assert charged(office, li=[0], wang=[1], zhao=[2]) == 1


def test_whoever_has_saturday_takes_sunday_too():
    office = make_problem(
        PAIR, make_shifts(2), same(), pins=(pin("d1/duty", "wang"),)
    )

    assert solved(office) == roster(wang=[0, 1])


def test_nobody_there_on_both_days_is_impossible():
    staff = [
        make_person("li", unavailable=[(day(0), day(0))]),
        make_person("wang", unavailable=[(day(1), day(1))]),
    ]

    assert impossible(make_problem(staff, make_shifts(2), same()))


def test_pins_in_different_hands_stand_and_no_third_joins():
    group = ("d0/duty", "d1/duty", "d2/duty")
    away = [
        make_person(name, unavailable=[(day(2), day(2))])
        for name in ("li", "wang")
    ]
    pins = (pin("d0/duty", "li"), pin("d1/duty", "wang"))

    stands = make_problem(PAIR, make_shifts(2), same(), pins=pins)
    joined = make_problem(
        [*away, *make_staff("zhao")], make_shifts(3), same(group), pins=pins
    )

    assert solved(stands) == roster(li=[0], wang=[1])
    assert impossible(joined)


def test_an_allowance_is_a_number_of_people_too_many():
    staff = [
        make_person("li", unavailable=[(day(0), day(0))]),
        make_person("wang", unavailable=[(day(1), day(1))]),
    ]
    office = make_problem(staff, make_shifts(2), same(allow=1))

    assert solved(office) == roster(li=[1], wang=[0])


def test_a_goal_uses_as_few_hands_as_can_be():
    staff = [
        make_person("li", unavailable=[(day(2), day(2))]),
        make_person("wang", unavailable=[(day(0), day(1))]),
        make_person("zhao", unavailable=[(day(0), day(0)), (day(2), day(2))]),
    ]
    group = ("d0/duty", "d1/duty", "d2/duty")
    office = make_problem(staff, make_shifts(3), same(group, tier=1))

    assert least(office) == 1
    assert solved(office) == roster(li=[0, 1], wang=[2])


def test_a_goal_counts_pins_too():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "wang"))
    office = make_problem(PAIR, make_shifts(2), same(tier=1), pins=pins)

    assert least(office) == 1
