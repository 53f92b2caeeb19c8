"""`gap`: dates between two duties of one person."""

import pytest

from roster.people import Period
from roster.problem import Dated
from roster.rules.clauses import Gap, Selection
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


def gap(days=2, tier=0, allow=0, **select) -> Gap:
    """Not two days running unless said otherwise."""
    return Gap(
        id="c", tier=tier, allow=allow, days=days, select=Selection(**select)
    )


@pytest.mark.parametrize(("days", "pairs"), [(3, 0), (4, 1)])
def test_dates_are_counted_from_duty_to_duty(days, pairs):
    office = make_problem(ALONE, make_shifts(4), gap(days))

    assert cost(office, li=[0, 3]) == pairs


def test_a_gap_of_one_means_not_twice_on_one_date():
    shifts = [*make_shifts(2), make_shift(0, "night", (18, 32))]
    office = make_problem(ALONE, shifts, gap(1))

    assert cost(office, li=[0, 1]) == 0
    assert cost(office, li=[0, "d0/night"]) == 1


def test_the_duty_day_counts_not_the_day_it_starts_on():
    small_hours = make_shift(0, hours=(24, 30), id="after midnight")
    office = make_problem(ALONE, [small_hours, make_shift(1)], gap(2))

    assert cost(office, li=["after midnight", 1]) == 1


def test_all_pairs_count_not_only_neighbours():
    office = make_problem(ALONE, make_shifts(3), gap(3))

    assert cost(office, li=[0, 1, 2]) == 3


def test_two_peoples_duties_do_not_meet():
    office = make_problem(PAIR, make_shifts(2), gap())

    assert cost(office, li=[0], wang=[1]) == 0


@pytest.mark.parametrize("number", [-1, 0, 1])
def test_an_earlier_duty_is_read_on_whichever_side_it_lies(number):
    li = make_person("li", earlier=(earlier(number),))
    office = make_problem([li], make_shifts(1), gap())

    assert cost(office, li=[0]) == 1


def test_two_earlier_duties_are_no_pair():
    li = make_person("li", earlier=(earlier(-3), earlier(-2)))
    office = make_problem([li], make_shifts(1), gap())

    assert cost(office, li=[0]) == 0


def test_a_clause_that_names_shifts_sees_no_earlier_duty():
    li = make_person("li", earlier=(earlier(-1),))
    office = make_problem([li], make_shifts(1), gap(shifts=("d0/duty",)))

    assert cost(office, li=[0]) == 0


def test_a_narrowed_clause_compares_only_what_it_selects():
    staff = make_staff("li", posts=("duty", "lead"))
    shifts = [*make_shifts(2), make_shift(1, "lead", (18, 32))]
    office = make_problem(staff, shifts, gap(posts=("duty",)))

    assert cost(office, li=[0, "d1/lead"]) == 0
    assert cost(office, li=[0, 1]) == 1


def test_a_tag_counts_on_the_dates_it_is_borne():
    nursing = Dated("nursing", Period(day(1), None))
    li = make_person("li", tags=[nursing])
    office = make_problem([li], make_shifts(3), gap(staff_tags=("nursing",)))

    found = violations(office, li=[0, 1, 2])

    assert [v.shifts for v in found] == [("d1/duty", "d2/duty")]


def test_a_run_is_left_at_its_last_date_and_met_at_its_first():
    shifts = [*make_shifts(2, block="w"), make_shift(3)]
    li = make_person("li", earlier=(earlier(-2),))

    two = make_problem([li], shifts, gap(2))
    three = make_problem([li], shifts, gap(3))

    assert cost(two, li=[0, 1, 3]) == 0
    assert cost(three, li=[0, 1, 3]) == 2


def test_a_duty_inside_a_run_is_no_days_away():
    shifts = [*make_shifts(3, block="w"), make_shift(1, "night", (18, 32))]
    office = make_problem(ALONE, shifts, gap(1))

    assert cost(office, li=[0, 1, 2, "d1/night"]) == 1


def test_other_peoples_shifts_of_a_block_leave_two_runs():
    office = make_problem(PAIR, make_shifts(3, block="w"), gap(3))

    assert cost(office, li=[0, 1, 2]) == 0
    assert cost(office, li=[0, 2], wang=[1]) == 1


@pytest.mark.parametrize(("pinned", "left"), [((), 1), ((0,), 1), ((0, 1), 0)])
def test_a_pair_of_two_pinned_duties_is_waived(pinned, left):
    pins = tuple(pin(f"d{number}/duty", "li") for number in pinned)
    office = make_problem(ALONE, make_shifts(2), gap(), pins=pins)

    assert charged(office, li=[0, 1]) == left


def test_a_pinned_duty_beside_an_earlier_one_is_waived():
    li = make_person("li", earlier=(earlier(-1),))
    pins = (pin("d0/duty", "li"),)
    office = make_problem([li], make_shifts(1), gap(), pins=pins)

    assert charged(office, li=[0]) == 0


def test_a_run_pinned_in_part_is_not_waived():
    li = make_person("li", earlier=(earlier(-1),))
    pins = (pin("d0/duty", "li"),)
    office = make_problem([li], make_shifts(2, block="w"), gap(), pins=pins)

    assert charged(office, li=[0, 1]) == 1
    assert charged(office, li=[0]) == 0


def test_duty_goes_round():
    office = make_problem(
        PAIR, make_shifts(4), gap(), pins=(pin("d0/duty", "li"),)
    )

    assert solved(office) == roster(li=[0, 2], wang=[1, 3])


def test_duty_just_before_the_period_is_remembered():
    li = make_person("li", earlier=(earlier(-1),))
    office = make_problem([li, *make_staff("wang")], make_shifts(2), gap())

    assert solved(office) == roster(wang=[0], li=[1])


@pytest.mark.parametrize("number", [-1, 0, 1])
def test_nobody_is_on_duty_near_an_earlier_duty(number):
    li = make_person("li", earlier=(earlier(number),))

    assert impossible(make_problem([li], make_shifts(1), gap()))


def test_nobody_is_on_duty_near_a_pin():
    pins = (pin("d1/duty", "li"),)

    assert impossible(make_problem(ALONE, make_shifts(2), gap(), pins=pins))


def test_three_days_need_three_people_when_nobody_returns_so_soon():
    assert impossible(make_problem(PAIR, make_shifts(3), gap(3)))


def test_a_run_that_a_pin_begins_may_not_come_too_near():
    li = make_person("li", earlier=(earlier(-1),))
    shifts = make_shifts(2, block="w")
    office = make_problem(
        [li, *make_staff("wang")], shifts, gap(), pins=(pin("d0/duty", "li"),)
    )

    assert solved(office) == roster(li=[0], wang=[1])


def test_pins_too_near_each_other_stand():
    office = make_problem(
        ALONE,
        make_shifts(2),
        gap(),
        pins=(pin("d0/duty", "li"), pin("d1/duty", "li")),
    )

    assert solved(office) == roster(li=[0, 1])


def test_an_allowance_is_a_number_of_pairs():
    twice = make_problem(ALONE, make_shifts(2), gap(allow=1))
    thrice = make_problem(ALONE, make_shifts(3), gap(allow=1))

    assert solved(twice) == roster(li=[0, 1])
    assert impossible(thrice)


def test_a_goal_leaves_as_few_pairs_as_people_allow():
    alone = make_problem(ALONE, make_shifts(3), gap(tier=1))
    four = make_problem(PAIR, make_shifts(4), gap(days=3, tier=1))

    assert least(alone) == 2
    assert least(four) == 1


def test_a_goal_counts_pins_too():
    office = make_problem(
        ALONE,
        make_shifts(2),
        gap(tier=1),
        pins=(pin("d0/duty", "li"), pin("d1/duty", "li")),
    )

    assert least(office) == 1
