"""`apart`: two people not on duty on one date."""

from roster.rules.clauses import Apart, Selection
from tests.builders import (
    day,
    make_person,
    make_problem,
    make_shift,
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
BOTH_ENDS = [
    make_shift(number, hours=hours, id=f"d{number}/{name}")
    for number in (0, 1)
    for name, hours in (("duty", (8, 18)), ("night", (18, 32)))
]


def apart(*pairs, tier=0, allow=0, **select) -> Apart:
    """Li and Wang, who are married, unless others are named."""
    return Apart(
        id="c",
        tier=tier,
        allow=allow,
        pairs=pairs or (("li", "wang"),),
        select=Selection(**select),
    )


def test_a_date_on_which_both_are_on_duty_counts_once():
    office = make_problem(PAIR, [make_shift(0, needs=2)], apart())

    (found,) = violations(office, li=[0], wang=[0])

    assert found.cost == 1
    assert found.staff == ("li", "wang")
    assert found.dates == (day(0),)


def test_it_need_not_be_the_same_shift():
    office = make_problem(PAIR, BOTH_ENDS, apart())

    assert cost(office, li=["d0/duty"], wang=["d0/night"]) == 1
    assert cost(office, li=["d0/duty"], wang=["d1/night"]) == 0


def test_several_duties_of_a_date_are_one_date():
    office = make_problem(THREE, BOTH_ENDS, apart())

    both = cost(office, li=["d0/duty", "d0/night"], wang=["d0/duty"])

    assert both == 1


def test_the_duty_day_counts_not_the_hours():
    late = make_shift(0, hours=(20, 32), id="late")
    early = make_shift(1, hours=(4, 12), id="early")
    office = make_problem(PAIR, [late, early], apart())

    assert cost(office, li=["late"], wang=["early"]) == 0


def test_pairs_and_dates_are_summed():
    office = make_problem(
        THREE,
        [make_shift(0, needs=3), make_shift(1, needs=2)],
        apart(("li", "wang"), ("wang", "zhao")),
    )

    assert cost(office, li=[0, 1], wang=[0, 1], zhao=[0]) == 3


def test_a_pair_named_twice_counts_once():
    office = make_problem(
        PAIR,
        [make_shift(0, needs=2)],
        apart(("li", "wang"), ("wang", "li")),
    )

    assert cost(office, li=[0], wang=[0]) == 1


def test_only_selected_shifts_are_looked_at():
    office = make_problem(PAIR, BOTH_ENDS, apart(first=day(1)))

    assert cost(office, li=["d0/duty"], wang=["d0/night"]) == 0
    assert cost(office, li=["d1/duty"], wang=["d1/night"]) == 1


def test_a_pair_is_looked_at_only_where_both_are_selected():
    office = make_problem(PAIR, BOTH_ENDS, apart(staff=("li",)))

    assert cost(office, li=["d0/duty"], wang=["d0/night"]) == 0


def test_a_pair_and_date_is_waived_when_pins_put_both_there():
    both = (pin("d0/duty", "li"), pin("d0/night", "wang"))
    one = make_problem(PAIR, BOTH_ENDS, apart(), pins=both[:1])
    two = make_problem(PAIR, BOTH_ENDS, apart(), pins=both)

    assert charged(one, li=["d0/duty"], wang=["d0/night"]) == 1
    assert charged(two, li=["d0/duty"], wang=["d0/night"]) == 0
    assert charged(two, li=["d1/duty"], wang=["d1/night"]) == 1


def test_one_of_a_couple_stays_at_home():
    office = make_problem(
        THREE,
        [make_shift(0, needs=2)],
        apart(),
        pins=(pin("d0/duty", "wang"),),
    )

    assert solved(office) == roster(wang=[0], zhao=[0])


def test_a_couple_alone_cannot_fill_a_shift_for_two():
    assert impossible(make_problem(PAIR, [make_shift(0, needs=2)], apart()))


def test_a_pin_on_one_of_a_couple_excuses_nothing():
    office = make_problem(
        PAIR,
        [make_shift(0, needs=2)],
        apart(),
        pins=(pin("d0/duty", "wang"),),
    )

    assert impossible(office)


def test_a_couple_that_pins_put_together_stays():
    office = make_problem(
        PAIR,
        BOTH_ENDS[:2],
        apart(),
        pins=(pin("d0/duty", "li"), pin("d0/night", "wang")),
    )

    assert solved(office) == roster(li=["d0/duty"], wang=["d0/night"])


def test_an_allowance_is_a_number_of_pairs_and_dates():
    for_two = [make_shift(number, needs=2) for number in (0, 1)]

    assert impossible(make_problem(PAIR, for_two, apart(allow=1)))
    assert not impossible(make_problem(PAIR, for_two, apart(allow=2)))


def test_a_goal_puts_them_together_as_seldom_as_can_be():
    away = make_person("zhao", unavailable=[(day(0), day(0))])
    office = make_problem(
        [*PAIR, away],
        [make_shift(number, needs=2) for number in (0, 1)],
        apart(tier=1),
    )

    assert least(office) == 1
    assert roster(li=[0], wang=[0], zhao=[1]) <= solved(office)
