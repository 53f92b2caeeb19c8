"""`bar`: these people not on these shifts."""

import pytest

from roster.people import Period
from roster.problem import Dated
from roster.rules.clauses import Bar, Selection
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


def bar(tier=0, weight=1, allow=0, **select) -> Bar:
    """Who may not hold what; without a selection nobody anything."""
    return Bar(
        id="c",
        tier=tier,
        weight=weight,
        allow=allow,
        select=Selection(**select),
    )


def test_every_assignment_of_a_barred_person_counts():
    office = make_problem(PAIR, make_shifts(3), bar(staff=("li",)))

    assert cost(office, li=[0, 2], wang=[1]) == 2


def test_a_violation_names_who_what_and_when():
    office = make_problem(PAIR, make_shifts(2), bar(staff=("li",)))

    (found,) = violations(office, li=[1], wang=[0])

    assert found.staff == ("li",)
    assert found.shifts == ("d1/duty",)
    assert found.dates == (day(1),)


def test_an_empty_selection_narrows_nothing():
    office = make_problem(PAIR, make_shifts(2), bar())

    assert cost(office, li=[0], wang=[1]) == 2


SELECTIONS = [
    ({"posts": ("lead",)}, 1),
    ({"posts": ("lead", "duty")}, 3),
    ({"posts": ("nobody fills it",)}, 0),
    ({"shift_tags": ("night",)}, 2),
    ({"shift_tags": ("night", "statutory")}, 1),
    ({"shifts": ("d0/duty", "d2/lead")}, 2),
    ({"staff": ("wang",)}, 1),
    ({"staff": ("li", "wang")}, 3),
    ({"staff_tags": ("old",)}, 1),
    ({"staff_tags": ("old", "nursing")}, 0),
    ({"first": day(1)}, 2),
    ({"last": day(1)}, 2),
    ({"first": day(1), "last": day(1)}, 1),
    ({"staff": ("li",), "posts": ("lead",)}, 1),
]


@pytest.mark.parametrize(("select", "count"), SELECTIONS)
def test_selectors_narrow_the_assignments_looked_at(select, count):
    office = make_problem(
        [
            make_person("li", ["duty", "lead"]),
            make_person("wang", tags=["old"]),
        ],
        [
            make_shift(0, tags=("night",)),
            make_shift(1, tags=("night", "statutory")),
            make_shift(2, "lead"),
        ],
        bar(**select),
    )

    assert cost(office, li=[0, "d2/lead"], wang=[1]) == count


def test_a_tag_counts_on_the_dates_it_is_borne():
    nursing = Dated("nursing", Period(day(1), day(2)))
    office = make_problem(
        make_staff("li", tags=[nursing]),
        make_shifts(4),
        bar(staff_tags=("nursing",)),
    )

    found = violations(office, li=[0, 1, 2, 3])

    assert {v.shifts for v in found} == {("d1/duty",), ("d2/duty",)}


def test_a_pinned_assignment_is_waived_by_itself():
    office = make_problem(
        PAIR, make_shifts(2), bar(staff=("li",)), pins=(pin("d0/duty", "li"),)
    )

    assert cost(office, li=[0, 1]) == 2
    assert charged(office, li=[0, 1]) == 1


def test_a_barred_person_is_passed_over():
    office = make_problem(PAIR, make_shifts(2), bar(staff=("li",)))

    assert solved(office) == roster(wang=[0, 1])


def test_nobody_left_for_a_shift_is_impossible():
    office = make_problem(make_staff("li"), make_shifts(1), bar(staff=("li",)))

    assert impossible(office)


def test_a_pin_puts_a_barred_person_on_duty():
    office = make_problem(
        PAIR, make_shifts(2), bar(staff=("li",)), pins=(pin("d0/duty", "li"),)
    )

    assert solved(office) == roster(li=[0], wang=[1])


def test_an_allowance_is_a_number_of_assignments():
    alone = make_staff("li")

    assert impossible(make_problem(alone, make_shifts(2), bar(allow=1)))
    assert not impossible(make_problem(alone, make_shifts(2), bar(allow=2)))


def test_what_pins_cost_does_not_use_up_the_allowance():
    office = make_problem(
        make_staff("li"),
        make_shifts(2),
        bar(allow=1),
        pins=(pin("d0/duty", "li"),),
    )

    assert solved(office) == roster(li=[0, 1])


def test_a_goal_is_served_as_far_as_people_reach():
    away = make_person("wang", unavailable=[(day(1), day(1))])
    office = make_problem(
        [*make_staff("li"), away], make_shifts(3), bar(1, staff=("li",))
    )

    assert solved(office) == roster(li=[1], wang=[0, 2])
    assert least(office) == 1


def test_a_goals_cost_is_weighed_and_its_allowance_says_nothing():
    office = make_problem(
        make_staff("li"), make_shifts(2), bar(1, weight=5, allow=1)
    )

    assert least(office) == 10


def test_a_goal_counts_pins_too():
    office = make_problem(
        make_staff("li"), make_shifts(1), bar(1), pins=(pin("d0/duty", "li"),)
    )

    assert least(office) == 1
