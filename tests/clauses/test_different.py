"""`different`: nobody holds both shifts of a pair."""

from roster.rules.clauses import Different, Selection
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
FIRST_TWO = ("d0/duty", "d1/duty")


def different(*pairs, tier=0, allow=0, **select) -> Different:
    """The first two days in different hands unless others are named."""
    return Different(
        id="c",
        tier=tier,
        allow=allow,
        pairs=pairs or (FIRST_TWO,),
        select=Selection(**select),
    )


def test_somebody_who_holds_both_shifts_of_a_pair_counts():
    office = make_problem(PAIR, make_shifts(3), different())

    (found,) = violations(office, li=[0, 1, 2])

    assert found.cost == 1
    assert found.staff == ("li",)
    assert found.shifts == FIRST_TWO


def test_two_people_who_change_places_do_not_count():
    office = make_problem(PAIR, make_shifts(3), different())

    assert cost(office, li=[0, 2], wang=[1]) == 0


def test_people_and_pairs_are_summed():
    office = make_problem(
        PAIR,
        make_shifts(3, needs=2),
        different(FIRST_TWO, ("d1/duty", "d2/duty")),
    )

    assert cost(office, li=[0, 1, 2], wang=[0, 1]) == 3


def test_a_pair_named_twice_counts_once():
    office = make_problem(
        PAIR, make_shifts(2), different(FIRST_TWO, FIRST_TWO[::-1])
    )

    assert cost(office, li=[0, 1]) == 1


def test_only_selected_people_and_shifts_are_looked_at():
    other_people = make_problem(
        PAIR, make_shifts(2), different(staff=("wang",))
    )
    other_dates = make_problem(PAIR, make_shifts(2), different(first=day(1)))

    assert cost(other_people, li=[0, 1]) == 0
    assert cost(other_dates, li=[0, 1]) == 0


def test_somebody_pinned_on_both_is_waived():
    both = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    one = make_problem(PAIR, make_shifts(2), different(), pins=both[:1])
    two = make_problem(PAIR, make_shifts(2), different(), pins=both)

    assert charged(one, li=[0, 1]) == 1
    assert charged(two, li=[0, 1]) == 0


def test_the_second_shift_goes_to_somebody_else():
    office = make_problem(
        PAIR, make_shifts(2), different(), pins=(pin("d0/duty", "li"),)
    )

    assert solved(office) == roster(li=[0], wang=[1])


def test_one_person_alone_cannot_hold_both():
    assert impossible(
        make_problem(make_staff("li"), make_shifts(2), different())
    )


def test_a_pin_on_one_shift_excuses_nothing():
    office = make_problem(
        make_staff("li"),
        make_shifts(2),
        different(),
        pins=(pin("d0/duty", "li"),),
    )

    assert impossible(office)


def test_pins_on_both_stand():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(2), different(), pins=pins)

    assert solved(office) == roster(li=[0, 1])


def test_an_allowance_is_a_number_of_people():
    shifts = make_shifts(2, needs=2)

    assert impossible(make_problem(PAIR, shifts, different(allow=1)))
    assert not impossible(make_problem(PAIR, shifts, different(allow=2)))


def test_a_goal_repeats_as_few_people_as_can_be():
    zhao = make_person("zhao", unavailable=[(day(0), day(0))])
    office = make_problem(
        [*PAIR, zhao],
        [make_shift(number, needs=2) for number in (0, 1)],
        different(tier=1),
    )

    assert least(office) == 1
    assert roster(li=[0], wang=[0], zhao=[1]) <= solved(office)
