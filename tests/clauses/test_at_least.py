"""`at_least`: everybody who can does at least so much."""

from roster.people import Period
from roster.problem import Dated
from roster.rules.clauses import AtLeast, Selection
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

PAIR = make_staff("li", "wang")


def at_least(few=1, ledger="", tier=0, allow=0, **select) -> AtLeast:
    """One duty each unless said otherwise."""
    return AtLeast(
        id="c",
        tier=tier,
        allow=allow,
        min=few,
        ledger=ledger,
        select=Selection(**select),
    )


def test_what_is_missing_is_summed_over_people():
    office = make_problem(PAIR, make_shifts(3), at_least(3))

    found = violations(office, li=[0, 1], wang=[2])

    assert [(v.staff, v.cost) for v in found] == [(("li",), 1), (("wang",), 2)]


def test_more_than_the_least_makes_up_for_nobody():
    office = make_problem(PAIR, make_shifts(3), at_least(1))

    assert cost(office, li=[0, 1, 2]) == 1


def test_points_of_a_ledger_are_counted_where_one_is_named():
    heavy = make_shifts(2, burden={"total": 3})
    office = make_problem(PAIR, heavy, at_least(3, ledger="total"))

    assert cost(office, li=[0], wang=[1]) == 0
    assert cost(office, li=[0, 1]) == 3


def test_what_was_carried_and_held_before_does_not_count():
    li = make_person("li", carried={"total": 7}, earlier=(earlier(-1),))

    for clause in (at_least(1), at_least(1, ledger="total")):
        assert cost(make_problem([li], make_shifts(1), clause)) == 1


def test_nothing_is_asked_of_people_who_may_hold_nothing():
    staff = [
        make_person("away", unavailable=[(day(0), day(9))]),
        make_person("other", ["lead"]),
        make_person("gone", [Dated("duty", Period(None, day(-1)))]),
    ]
    office = make_problem(staff, make_shifts(2), at_least())

    assert cost(office) == 0


def test_whoever_may_hold_a_single_shift_is_asked():
    li = make_person("li", unavailable=[(day(1), day(9))])
    office = make_problem([li], make_shifts(2), at_least())

    assert cost(office) == 1


def test_a_history_that_was_not_eligible_asks_nothing():
    other = make_person("other", ["lead"])
    office = make_problem(
        [other, *PAIR],
        make_shifts(3),
        at_least(2),
        pins=(pin("d0/duty", "other", past=True),),
    )

    assert cost(office, other=[0], li=[1], wang=[2]) == 2


def test_only_selected_shifts_count_and_only_selected_people_are_asked():
    staff = make_staff("li", "wang", posts=("duty", "lead"))
    shifts = [make_shift(0), make_shift(1, "lead")]
    office = make_problem(
        staff, shifts, at_least(posts=("lead",), staff=("li",))
    )

    assert cost(office, li=[0], wang=["d1/lead"]) == 1
    assert cost(office, li=["d1/lead"], wang=[0]) == 0


def test_pins_waive_nothing():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(2), at_least(), pins=pins)

    assert charged(office, li=[0, 1]) == 1
    assert impossible(office)


def test_everybody_has_their_turn():
    office = make_problem(
        PAIR, make_shifts(2), at_least(), pins=(pin("d0/duty", "li"),)
    )

    assert solved(office) == roster(li=[0], wang=[1])


def test_fewer_duties_than_people_are_impossible():
    assert impossible(make_problem(PAIR, make_shifts(1), at_least()))


def test_somebody_away_the_whole_time_is_not_waited_for():
    away = make_person("away", unavailable=[(day(0), day(9))])
    office = make_problem([*PAIR, away], make_shifts(2), at_least())

    assert not impossible(office)


def test_an_allowance_is_a_shortfall_in_all():
    office = make_problem(PAIR, make_shifts(2), at_least(2, allow=2))
    harder = make_problem(PAIR, make_shifts(2), at_least(2, allow=1))

    assert not impossible(office)
    assert impossible(harder)


def test_a_goal_leaves_the_least_shortfall():
    staff = make_staff("li", "wang", "zhao")
    office = make_problem(staff, make_shifts(2), at_least(tier=1))

    assert least(office) == 1


def test_a_goal_prefers_the_shifts_that_bring_points():
    shifts = [make_shift(0, burden={"total": 2}), make_shift(1, burden={})]
    office = make_problem(
        PAIR,
        shifts,
        at_least(2, ledger="total", tier=1, staff=("li",)),
    )

    assert roster(li=[0]) <= solved(office)
