"""`limit`: at most so many duties a person, ever or in a window."""

import pytest

from roster.rules.clauses import Limit, Selection
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
HEAVY = {"burden": {"total": 3}}


def limit(most=1, days=None, ledger="", tier=0, allow=0, **select) -> Limit:
    """One duty in the whole period unless said otherwise."""
    return Limit(
        id="c",
        tier=tier,
        allow=allow,
        max=most,
        window_days=days,
        ledger=ledger,
        select=Selection(**select),
    )


def test_each_duty_beyond_the_most_costs_one():
    office = make_problem(PAIR, make_shifts(5), limit(1))

    assert cost(office, li=[0, 1, 2], wang=[3, 4]) == 3


def test_points_of_a_ledger_are_counted_where_one_is_named():
    office = make_problem(
        ALONE, make_shifts(2, **HEAVY), limit(4, ledger="total")
    )

    assert cost(office, li=[0]) == 0
    assert cost(office, li=[0, 1]) == 2


def test_a_ledger_that_no_shift_adds_to_stays_empty():
    office = make_problem(ALONE, make_shifts(2), limit(0, ledger="night"))

    assert cost(office, li=[0, 1]) == 0


def test_what_was_carried_and_held_before_does_not_count():
    li = make_person("li", carried={"total": 7}, earlier=(earlier(-1),))

    for clause in (limit(1), limit(1, ledger="total"), limit(1, days=3)):
        assert cost(make_problem([li], make_shifts(1), clause), li=[0]) == 0


def test_every_window_that_begins_on_a_shifts_date_is_counted():
    office = make_problem(ALONE, make_shifts(4), limit(1, days=2))

    found = violations(office, li=[0, 1, 2])

    assert [v.dates for v in found] == [(day(0), day(1)), (day(1), day(2))]


def test_a_window_has_so_many_calendar_days():
    office = make_problem(ALONE, make_shifts(4), limit(1, days=3))

    assert cost(office, li=[0, 2]) == 1
    assert cost(office, li=[0, 3]) == 0


def test_a_window_reaches_past_the_periods_end():
    office = make_problem(ALONE, make_shifts(3), limit(1, days=30))

    found = violations(office, li=[1, 2])

    assert [v.dates for v in found] == [
        (day(0), day(29)),
        (day(1), day(30)),
    ]


def test_several_shifts_of_a_date_begin_one_window():
    shifts = [
        make_shift(0),
        make_shift(0, "night", (18, 32)),
        make_shift(0, "lead"),
    ]
    office = make_problem(ALONE, shifts, limit(0, days=1))

    assert cost(office, li=[0, "d0/night"]) == 2


def test_windows_begin_on_selected_shifts_only():
    shifts = [make_shift(0, "lead"), *make_shifts(3)[1:]]
    office = make_problem(ALONE, shifts, limit(1, days=3, posts=("duty",)))

    assert cost(office, li=[1, 2]) == 1


def test_other_peoples_shifts_begin_windows_too():
    office = make_problem(
        PAIR, make_shifts(3), limit(1, days=3, staff=("li",))
    )

    assert cost(office, li=[1, 2], wang=[0]) == 2


def test_only_selected_people_are_limited():
    office = make_problem(PAIR, make_shifts(4), limit(1, staff=("wang",)))

    assert cost(office, li=[0, 1, 2], wang=[3]) == 0


def test_of_a_person_and_window_what_pins_exceed_is_waived():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(ALONE, make_shifts(3), limit(1), pins=pins)

    assert charged(office, li=[0, 1]) == 0
    assert charged(office, li=[0, 1, 2]) == 1


def test_pins_within_the_most_waive_nothing():
    office = make_problem(
        ALONE, make_shifts(2), limit(1), pins=(pin("d0/duty", "li"),)
    )

    assert charged(office, li=[0, 1]) == 1


def test_whoever_has_done_their_most_is_passed_over():
    office = make_problem(
        PAIR,
        make_shifts(3),
        limit(1, staff=("li",)),
        pins=(pin("d0/duty", "li"),),
    )

    assert solved(office) == roster(li=[0], wang=[1, 2])


def test_more_duties_than_all_may_hold_are_impossible():
    assert impossible(make_problem(PAIR, make_shifts(3), limit(1)))
    assert not impossible(make_problem(PAIR, make_shifts(2), limit(1)))


def test_in_a_window_duties_are_kept_few():
    office = make_problem(
        PAIR,
        make_shifts(4),
        limit(1, days=2),
        pins=(pin("d1/duty", "li"),),
    )

    assert solved(office) == roster(li=[1, 3], wang=[0, 2])
    assert impossible(make_problem(PAIR, make_shifts(3), limit(1, days=3)))


def test_heavy_shifts_go_to_those_who_have_points_left():
    shifts = [make_shift(0, **HEAVY), make_shift(1), make_shift(2)]
    office = make_problem(
        PAIR,
        shifts,
        limit(3, ledger="total"),
        pins=(pin("d0/duty", "wang"),),
    )

    assert solved(office) == roster(li=[1, 2], wang=[0])


def test_pins_beyond_the_most_stand_and_nothing_joins_them():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(3), limit(1), pins=pins)

    assert solved(office) == roster(li=[0, 1], wang=[2])


@pytest.mark.parametrize(("allow", "none"), [(1, True), (2, False)])
def test_an_allowance_is_excess_in_all(allow, none):
    office = make_problem(PAIR, make_shifts(4), limit(1, allow=allow))

    assert impossible(office) is none


def test_a_goal_leaves_the_least_excess():
    office = make_problem(PAIR, make_shifts(5), limit(2, tier=1))
    windows = make_problem(ALONE, make_shifts(3), limit(1, days=2, tier=1))

    assert least(office) == 1
    assert least(windows) == 2


def test_a_goal_counts_pins_too():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(2), limit(1, tier=1), pins=pins)

    assert least(office) == 1
