"""`balance`: how unevenly a ledger is carried."""

from collections import Counter

import pytest

from roster.rules.clauses import Balance, Selection
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
)

PAIR = make_staff("li", "wang")
HALF = make_person("half", share=50)


def balance(
    measure="squares", ledger="total", tier=1, allow=0, **select
) -> Balance:
    """The squares of everybody's total unless said otherwise."""
    return Balance(
        id="c",
        tier=tier,
        allow=allow,
        ledger=ledger,
        measure=measure,
        select=Selection(**select),
    )


def spread(**more) -> Balance:
    """The widest difference of two people's loads."""
    return balance("spread", **more)


@pytest.mark.parametrize(
    ("li", "squares", "widest"), [(2, 8, 0), (3, 10, 2), (4, 16, 4)]
)
def test_with_full_shares_squares_and_spread_are_those_of_the_loads(
    li, squares, widest
):
    held = {"li": range(li), "wang": range(li, 4)}

    by_squares = cost(make_problem(PAIR, make_shifts(4), balance()), **held)
    by_spread = cost(make_problem(PAIR, make_shifts(4), spread()), **held)

    assert (by_squares, by_spread) == (squares, widest)


def test_what_was_carried_counts_in_its_ledger():
    li = make_person("li", carried={"total": 3, "night": 9})
    staff = [li, *make_staff("wang")]

    assert cost(make_problem(staff, make_shifts(2), balance()), li=[0]) == 16
    assert cost(make_problem(staff, make_shifts(2), spread()), li=[0]) == 4


def test_duties_before_the_period_do_not_count():
    li = make_person("li", earlier=(earlier(-1),))
    office = make_problem([li], make_shifts(1), balance())

    assert cost(office, li=[0]) == 1


def test_a_shift_adds_its_points_to_each_ledger():
    heavy = make_shift(0, burden={"total": 1, "holiday": 3})
    shifts = [heavy, make_shift(1)]

    total = make_problem(PAIR, shifts, balance())
    holiday = make_problem(PAIR, shifts, balance(ledger="holiday"))

    assert cost(total, li=[0, 1]) == 4
    assert cost(holiday, li=[0], wang=[1]) == 9


SHARES = [
    # Σ ⌊(2k − 1)·100 / share⌋: 2 + 6 + 10; 1 + 4 + 7; 0 + 1 + 2
    (50, 3, 18),
    (70, 3, 12),
    (200, 3, 3),
]


@pytest.mark.parametrize(("share", "load", "squares"), SHARES)
def test_squares_weigh_each_further_duty_by_the_share(share, load, squares):
    li = make_person("li", share=share)
    office = make_problem([li], make_shifts(load), balance())

    assert cost(office, li=range(load)) == squares


@pytest.mark.parametrize(
    ("full", "half", "widest"),
    # 100·1 − 50·2 = 0; 100·2 − 50·2 = 100; 50·3 − 100·1 = 50, rounded up
    [([0, 1], [2], 0), ([0, 1], [2, 3], 1), ([0, 1, 2], [3], 1)],
)
def test_spread_compares_loads_by_shares(full, half, widest):
    staff = [*make_staff("li"), HALF]
    office = make_problem(staff, make_shifts(4), spread())

    assert cost(office, li=full, half=half) == widest


def test_only_people_who_may_hold_a_selected_shift_are_looked_at():
    carried = {"total": 9}
    others = [
        make_person("other", ["lead"], carried=carried),
        make_person("away", unavailable=[(day(0), day(9))], carried=carried),
    ]

    for clause in (balance(), spread()):
        office = make_problem([*PAIR, *others], make_shifts(2), clause)
        alone = make_problem(PAIR, make_shifts(2), clause)

        assert cost(office, li=[0, 1]) == cost(alone, li=[0, 1])


def test_only_selected_shifts_and_people_count():
    shifts = [*make_shifts(2), make_shift(2, tags=("winter",))]
    winter = make_problem(PAIR, shifts, balance(shift_tags=("winter",)))
    wang = make_problem(PAIR, shifts, balance(staff=("wang",)))

    assert cost(winter, li=[0, 1], wang=[2]) == 1
    assert cost(wang, li=[0, 1], wang=[2]) == 1


def test_one_person_alone_has_no_spread():
    office = make_problem(make_staff("li"), make_shifts(3), spread())

    assert cost(office, li=[0, 1, 2]) == 0


def test_pins_waive_nothing():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(2), spread(tier=0), pins=pins)

    assert charged(office, li=[0, 1]) == 2
    assert impossible(office)


@pytest.mark.parametrize("clause", [balance(), spread()])
def test_whoever_carries_less_takes_more(clause):
    li = make_person("li", carried={"total": 2})
    office = make_problem([li, *make_staff("wang")], make_shifts(2), clause)

    assert solved(office) == roster(wang=[0, 1])


@pytest.mark.parametrize(("clause", "uneven"), [(balance(), 6), (spread(), 0)])
def test_half_a_share_takes_half_of_the_duties(clause, uneven):
    office = make_problem(
        [*make_staff("li"), HALF],
        make_shifts(3),
        clause,
        pins=(pin("d0/duty", "half"),),
    )

    assert solved(office) == roster(half=[0], li=[1, 2])
    assert least(office) == uneven


@pytest.mark.parametrize(("clause", "uneven"), [(balance(), 5), (spread(), 1)])
def test_heavy_shifts_are_evened_out_by_light_ones(clause, uneven):
    shifts = [make_shift(0, burden={"total": 2}), make_shift(1)]
    office = make_problem(PAIR, shifts, clause)

    assert least(office) == uneven


def test_the_least_squares_burden_the_most_burdened_least():
    seldom = make_person("li", unavailable=[(day(1), day(4))])
    office = make_problem(
        [seldom, *make_staff("wang", "zhao")], make_shifts(5), balance()
    )

    duties = Counter(held.staff for held in solved(office))

    assert duties == {"li": 1, "wang": 2, "zhao": 2}
    assert least(office) == 9


def test_a_goal_counts_pins_too():
    pins = tuple(pin(f"d{number}/duty", "li") for number in range(3))
    office = make_problem(PAIR, make_shifts(4), balance(), pins=pins)

    assert least(office) == 10


@pytest.mark.parametrize(("allow", "none"), [(0, True), (1, False)])
def test_as_a_must_the_spread_may_be_so_wide(allow, none):
    office = make_problem(PAIR, make_shifts(3), spread(tier=0, allow=allow))

    assert impossible(office) is none


@pytest.mark.parametrize(("allow", "none"), [(7, True), (8, False)])
def test_as_a_must_squares_begin_with_what_was_carried(allow, none):
    li = make_person("li", carried={"total": 2})
    office = make_problem(
        [li, *make_staff("wang")],
        make_shifts(2),
        balance(tier=0, allow=allow),
    )

    assert impossible(office) is none


@pytest.mark.parametrize(("allow", "none"), [(4, True), (5, False)])
def test_as_a_must_squares_may_come_to_so_much(allow, none):
    office = make_problem(PAIR, make_shifts(3), balance(tier=0, allow=allow))

    assert impossible(office) is none
