"""`wish`: people's wishes to be on duty or free."""

from roster.people import Period
from roster.problem import Dated
from roster.rules.clauses import Selection, Wish, Wished
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
ON, FREE = True, False


def wish(*wishes, tier=1, allow=0, weight=1, **select) -> Wish:
    """A clause that carries these wishes."""
    return Wish(
        id="c",
        tier=tier,
        allow=allow,
        weight=weight,
        wishes=wishes,
        select=Selection(**select),
    )


def test_a_wish_to_be_free_is_broken_by_any_duty_of_the_date():
    shifts = [*make_shifts(2), make_shift(0, "night", (18, 32))]
    office = make_problem(PAIR, shifts, wish(Wished("li", FREE, day(0))))

    assert cost(office, li=[1], wang=[0, "d0/night"]) == 0
    assert cost(office, li=["d0/night"], wang=[0, 1]) == 1
    assert cost(office, li=[0, "d0/night"], wang=[1]) == 1


def test_a_wish_to_be_on_duty_is_met_by_any_duty_of_the_date():
    shifts = [*make_shifts(2), make_shift(0, "night", (18, 32))]
    office = make_problem(PAIR, shifts, wish(Wished("li", ON, day(0))))

    assert cost(office, li=["d0/night"], wang=[0, 1]) == 0
    assert cost(office, li=[1], wang=[0, "d0/night"]) == 1


def test_a_wish_may_name_one_shift():
    shifts = [make_shift(0), make_shift(0, "night", (18, 32))]
    night = "d0/night"
    free = make_problem(PAIR, shifts, wish(Wished("li", FREE, shift=night)))
    on = make_problem(PAIR, shifts, wish(Wished("li", ON, shift=night)))

    assert cost(free, li=[0], wang=[night]) == 0
    assert cost(free, li=[night], wang=[0]) == 1
    assert cost(on, li=[0], wang=[night]) == 1
    assert cost(on, li=[night], wang=[0]) == 0


def test_weights_of_wishes_not_met_are_summed():
    wishes = (
        Wished("li", FREE, day(0), weight=5),
        Wished("wang", ON, day(0), weight=3),
        Wished("wang", FREE, day(1)),
    )
    office = make_problem(PAIR, make_shifts(2), wish(*wishes))

    found = violations(office, li=[0], wang=[1])

    assert [v.cost for v in found] == [5, 3, 1]
    assert found[0].staff == ("li",)
    assert found[0].dates == (day(0),)


def test_a_wish_for_a_date_without_shifts_is_never_met():
    office = make_problem(
        PAIR,
        make_shifts(1),
        wish(Wished("li", ON, day(9)), Wished("wang", FREE, day(9))),
    )

    assert cost(office, li=[0]) == 1
    assert least(office) == 1


def test_wishes_of_people_not_selected_are_passed_over():
    wishes = (Wished("li", ON, day(0)), Wished("wang", ON, day(0)))
    office = make_problem(PAIR, make_shifts(2), wish(*wishes, staff=("li",)))

    assert cost(office, li=[1], wang=[1]) == 1


def test_a_tag_of_people_is_asked_on_the_wishs_date():
    nursing = Dated("nursing", Period(None, day(0)))
    li = make_person("li", tags=[nursing])
    wishes = (Wished("li", FREE, day(0)), Wished("li", FREE, day(1)))
    office = make_problem(
        [li], make_shifts(2), wish(*wishes, staff_tags=("nursing",))
    )

    (found,) = violations(office, li=[0, 1])

    assert found.dates == (day(0),)


def test_wishes_for_shifts_not_selected_are_passed_over():
    wished = Wished("li", ON, shift="d0/duty")
    office = make_problem(PAIR, make_shifts(2), wish(wished, first=day(1)))

    assert cost(office, wang=[0], li=[1]) == 0


def test_on_a_date_only_selected_shifts_meet_or_break_a_wish():
    shifts = [make_shift(0), make_shift(0, "night", (18, 32))]
    free = make_problem(
        PAIR, shifts, wish(Wished("li", FREE, day(0)), posts=("night",))
    )
    on = make_problem(
        PAIR, shifts, wish(Wished("li", ON, day(0)), posts=("night",))
    )

    assert cost(free, li=[0], wang=["d0/night"]) == 0
    assert cost(on, li=[0], wang=["d0/night"]) == 1


def test_a_pin_waives_a_wish_to_be_free():
    office = make_problem(
        PAIR,
        make_shifts(1),
        wish(Wished("li", FREE, day(0), weight=4)),
        pins=(pin("d0/duty", "li"),),
    )

    assert cost(office, li=[0]) == 4
    assert charged(office, li=[0]) == 0


def test_a_pin_waives_no_wish_to_be_on_duty():
    office = make_problem(
        PAIR,
        make_shifts(1),
        wish(Wished("li", ON, day(0)), tier=0),
        pins=(pin("d0/duty", "wang"),),
    )

    assert charged(office, wang=[0]) == 1
    assert impossible(office)


def test_wishes_that_must_be_met_are():
    office = make_problem(
        PAIR,
        make_shifts(3),
        wish(
            Wished("li", FREE, day(0)),
            Wished("li", ON, day(1)),
            Wished("wang", FREE, shift="d2/duty"),
            tier=0,
        ),
    )

    assert solved(office) == roster(wang=[0], li=[1, 2])


def test_everybody_free_on_a_day_of_duty_is_impossible():
    wishes = (Wished("li", FREE, day(0)), Wished("wang", FREE, day(0)))

    assert impossible(
        make_problem(PAIR, make_shifts(1), wish(*wishes, tier=0))
    )


def test_duty_on_a_day_away_is_impossible():
    li = make_person("li", unavailable=[(day(0), day(0))])
    wished = Wished("li", ON, day(0))
    office = make_problem(
        [li, *make_staff("wang")], make_shifts(1), wish(wished, tier=0)
    )

    assert impossible(office)


def test_a_must_lets_stand_what_pins_break():
    office = make_problem(
        PAIR,
        make_shifts(1),
        wish(Wished("li", FREE, day(0)), tier=0),
        pins=(pin("d0/duty", "li"),),
    )

    assert solved(office) == roster(li=[0])


def test_an_allowance_is_the_weight_of_wishes_broken():
    wishes = (
        Wished("li", FREE, day(0), weight=3),
        Wished("wang", FREE, day(0), weight=2),
    )
    two = make_problem(PAIR, make_shifts(1), wish(*wishes, tier=0, allow=2))
    one = make_problem(PAIR, make_shifts(1), wish(*wishes, tier=0, allow=1))

    assert solved(two) == roster(wang=[0])
    assert impossible(one)


def test_a_goal_breaks_the_lightest_wishes():
    wishes = (
        Wished("li", FREE, day(0), weight=3),
        Wished("wang", FREE, day(0), weight=2),
        Wished("wang", ON, day(1)),
    )
    office = make_problem(PAIR, make_shifts(2), wish(*wishes, weight=10))

    assert solved(office) == roster(wang=[0, 1])
    assert least(office) == 20


def test_a_goal_counts_pins_too():
    office = make_problem(
        PAIR,
        make_shifts(1),
        wish(Wished("li", FREE, day(0))),
        pins=(pin("d0/duty", "li"),),
    )

    assert least(office) == 1
