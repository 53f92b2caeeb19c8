"""`rest`: hours between two duties of one person."""

from dataclasses import replace
from datetime import UTC

import pytest

from roster.people import Period
from roster.problem import Dated, EarlierDuty
from roster.rules.clauses import Rest, Selection
from tests.builders import (
    at,
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


def rest(hours=24, tier=0, allow=0, **select) -> Rest:
    """A day's rest unless said otherwise."""
    return Rest(
        id="c",
        tier=tier,
        allow=allow,
        hours=hours,
        select=Selection(**select),
    )


@pytest.mark.parametrize(("hours", "pairs"), [(0, 0), (14, 0), (15, 1)])
def test_rest_runs_from_the_end_of_one_to_the_start_of_the_next(hours, pairs):
    office = make_problem(ALONE, make_shifts(2), rest(hours))

    assert cost(office, li=[0, 1]) == pairs


def test_all_pairs_count_not_only_neighbours():
    office = make_problem(ALONE, make_shifts(3), rest(48))

    found = violations(office, li=[0, 1, 2])

    assert [v.shifts for v in found] == [
        ("d0/duty", "d1/duty"),
        ("d0/duty", "d2/duty"),
        ("d1/duty", "d2/duty"),
    ]


def test_two_peoples_duties_do_not_meet():
    office = make_problem(PAIR, make_shifts(2), rest())

    assert cost(office, li=[0], wang=[1]) == 0


def test_clocks_of_other_zones_show_the_same_instants():
    first, second = make_shifts(2)
    in_utc = replace(second, start=second.start.astimezone(UTC))
    office = make_problem(ALONE, [first, in_utc], rest(14))

    assert cost(office, li=[0, 1]) == 0


@pytest.mark.parametrize("number", [-1, 1])
def test_an_earlier_duty_is_read_on_whichever_side_it_lies(number):
    li = make_person("li", earlier=(earlier(number),))
    office = make_problem([li], make_shifts(1), rest())

    assert cost(office, li=[0]) == 1


def test_two_earlier_duties_are_no_pair():
    li = make_person("li", earlier=(earlier(-2), earlier(-1)))
    office = make_problem([li], make_shifts(4), rest())

    assert cost(office, li=[3]) == 0


EARLIER_SEEN = [
    ({"posts": ("duty",)}, 1),
    ({"posts": ("lead",)}, 0),
    ({"shift_tags": ("night",)}, 1),
    ({"shift_tags": ("night", "statutory")}, 0),
    ({"first": day(-1)}, 1),
    ({"first": day(0)}, 0),
    ({"last": day(0)}, 1),
    ({"shifts": ("d0/duty",)}, 0),
]


@pytest.mark.parametrize(("select", "pairs"), EARLIER_SEEN)
def test_selectors_are_asked_of_earlier_duties_too(select, pairs):
    li = make_person(
        "li", ["duty", "lead"], earlier=(earlier(-1, tags=("night",)),)
    )
    shifts = [
        make_shift(0, tags=("night", "statutory")),
        make_shift(0, "lead", id="lead"),
    ]
    office = make_problem([li], shifts, rest(**select))

    assert cost(office, li=[0]) == pairs


def test_tags_of_people_are_not_asked_of_earlier_duties():
    old = Dated("old", Period(day(0), None))
    li = make_person("li", tags=[old], earlier=(earlier(-1),))
    office = make_problem([li], make_shifts(1), rest(staff_tags=("old",)))

    assert cost(office, li=[0]) == 1


def test_nothing_is_compared_inside_a_run_of_a_block():
    weekend = make_shifts(2, block="w")
    office = make_problem(ALONE, weekend, rest())

    assert cost(office, li=[0, 1]) == 0


def test_outside_a_run_its_first_and_last_shift_are_compared():
    li = make_person("li", earlier=(earlier(-1),))
    shifts = [*make_shifts(3, block="w"), make_shift(3)]
    office = make_problem([li], shifts, rest())

    found = violations(office, li=[0, 1, 2, 3])

    weekend = ("d0/duty", "d1/duty", "d2/duty")
    assert [v.shifts for v in found] == [weekend, (*weekend, "d3/duty")]


def test_a_date_left_out_breaks_a_run():
    office = make_problem(ALONE, make_shifts(3, block="w"), rest(48))

    assert cost(office, li=[0, 2]) == 1


def test_two_shifts_of_a_block_on_one_date_are_in_one_run():
    shifts = [
        make_shift(0, block="w", hours=(8, 12), id="early"),
        make_shift(0, block="w", hours=(14, 18), id="late"),
    ]
    office = make_problem(ALONE, shifts, rest())

    assert cost(office, li=["early", "late"]) == 0


def test_a_duty_inside_a_run_is_too_close_for_every_rest():
    shifts = [*make_shifts(3, block="w"), make_shift(1, "night", (18, 32))]
    office = make_problem(ALONE, shifts, rest(0))

    assert cost(office, li=[0, 1, 2, "d1/night"]) == 1


def test_runs_are_formed_among_the_selected_shifts():
    staff = make_staff("li", posts=("duty", "lead"))
    shifts = [
        make_shift(0, block="w"),
        make_shift(1, "lead", block="w"),
        make_shift(2, block="w"),
    ]
    office = make_problem(staff, shifts, rest(48, posts=("duty",)))

    assert cost(office, li=[0, "d1/lead", 2]) == 1


@pytest.mark.parametrize(("pinned", "left"), [((), 1), ((0,), 1), ((0, 1), 0)])
def test_a_pair_of_two_pinned_duties_is_waived(pinned, left):
    pins = tuple(pin(f"d{number}/duty", "li") for number in pinned)
    office = make_problem(ALONE, make_shifts(2), rest(), pins=pins)

    assert charged(office, li=[0, 1]) == left


def test_an_earlier_duty_counts_as_pinned():
    li = make_person("li", earlier=(earlier(-1),))
    office = make_problem(
        [li], make_shifts(1), rest(), pins=(pin("d0/duty", "li"),)
    )

    assert cost(office, li=[0]) == 1
    assert charged(office, li=[0]) == 0


@pytest.mark.parametrize(("pinned", "left"), [((0,), 1), ((0, 1), 0)])
def test_a_run_counts_as_pinned_when_all_of_it_is(pinned, left):
    li = make_person("li", earlier=(earlier(-1),))
    pins = tuple(pin(f"d{number}/duty", "li") for number in pinned)
    office = make_problem([li], make_shifts(2, block="w"), rest(), pins=pins)

    assert charged(office, li=[0, 1]) == left


def test_duty_goes_to_whoever_has_rested():
    tired = make_person("li", earlier=(earlier(-1),))
    office = make_problem([tired, *make_staff("wang")], make_shifts(2), rest())

    assert solved(office) == roster(wang=[0], li=[1])


def test_one_person_cannot_hold_two_days_running():
    office = make_problem(ALONE, make_shifts(2), rest())

    assert impossible(office)


def test_a_weekend_in_one_block_may_be_held_by_one_person():
    office = make_problem(ALONE, make_shifts(2, block="w"), rest())

    assert solved(office) == roster(li=[0, 1])


def test_pins_too_close_stand():
    office = make_problem(
        ALONE,
        make_shifts(2),
        rest(),
        pins=(pin("d0/duty", "li"), pin("d1/duty", "li")),
    )

    assert solved(office) == roster(li=[0, 1])


def test_a_long_earlier_duty_is_read_at_its_end():
    week = EarlierDuty(day(-7), at(day(-7)), at(day(0), 4), "duty")
    tired = make_person("li", earlier=(week,))

    alone = make_problem([tired], make_shifts(1), rest())
    helped = make_problem([tired, *make_staff("wang")], alone.shifts, rest())

    assert impossible(alone)
    assert solved(helped) == roster(wang=[0])


def test_a_duty_begun_long_before_its_date_is_read_at_its_start():
    march = make_shift(9, id="march", block="w")
    march = replace(march, start=at(day(1)))
    office = make_problem(ALONE, [make_shift(0), march], rest())

    assert impossible(office)


def test_an_allowance_is_a_number_of_pairs():
    twice = make_problem(ALONE, make_shifts(2), rest(allow=1))
    thrice = make_problem(ALONE, make_shifts(3), rest(allow=1))

    assert solved(twice) == roster(li=[0, 1])
    assert impossible(thrice)


def test_a_goal_leaves_as_few_pairs_as_people_allow():
    alone = make_problem(ALONE, make_shifts(3), rest(tier=1))
    three = make_problem(PAIR, make_shifts(3), rest(hours=48, tier=1))

    assert least(alone) == 2
    assert least(three) == 1


def test_a_goal_counts_pins_too():
    office = make_problem(
        ALONE,
        make_shifts(2),
        rest(tier=1),
        pins=(pin("d0/duty", "li"), pin("d1/duty", "li")),
    )

    assert least(office) == 1
