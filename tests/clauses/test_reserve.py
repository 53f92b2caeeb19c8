"""`reserve`: these shifts only for those people."""

import pytest

from roster.people import Period
from roster.problem import Dated
from roster.rules.clauses import Reserve, Selection
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

MEN = make_staff("li", "wang", tags=["man"])
WOMAN = make_person("zhao")
STAFF = [*MEN, WOMAN]


def reserve(tags=("man",), staff=(), tier=0, allow=0, **select) -> Reserve:
    """Shifts for men unless others are named."""
    return Reserve(
        id="c",
        tier=tier,
        allow=allow,
        for_tags=tags,
        for_staff=staff,
        select=Selection(**select),
    )


def test_every_assignment_to_anybody_else_counts():
    office = make_problem(STAFF, make_shifts(3), reserve())

    (one, _) = violations(office, li=[0], zhao=[1, 2])

    assert one.staff == ("zhao",)
    assert one.shifts == ("d1/duty",)
    assert one.dates == (day(1),)


def test_only_selected_shifts_are_reserved():
    shifts = [make_shift(0, tags=("night",)), make_shift(1)]
    office = make_problem(STAFF, shifts, reserve(shift_tags=("night",)))

    assert cost(office, zhao=[1], li=[0]) == 0
    assert cost(office, zhao=[0], li=[1]) == 1


NAMED = [
    ({"tags": ("man",)}, 1),
    ({"tags": ("man", "old")}, 2),
    ({"tags": (), "staff": ("zhao",)}, 2),
    ({"tags": (), "staff": ("li", "wang", "zhao")}, 0),
    ({"tags": ("man",), "staff": ("li", "zhao")}, 2),
]


@pytest.mark.parametrize(("named", "others"), NAMED)
def test_where_tags_and_names_are_given_both_must_match(named, others):
    staff = [
        make_person("li", tags=["man", "old"]),
        make_person("wang", tags=["man"]),
        WOMAN,
    ]
    office = make_problem(staff, make_shifts(3), reserve(**named))

    assert cost(office, li=[0], wang=[1], zhao=[2]) == others


def test_a_tag_counts_on_the_dates_it_is_borne():
    trained = Dated("trained", Period(day(1), None))
    li = make_person("li", tags=[trained])
    office = make_problem([li], make_shifts(2), reserve(tags=("trained",)))

    (found,) = violations(office, li=[0, 1])

    assert found.shifts == ("d0/duty",)


def test_a_pinned_assignment_is_waived_by_itself():
    pins = (pin("d0/duty", "zhao"),)
    office = make_problem(STAFF, make_shifts(2), reserve(), pins=pins)

    assert charged(office, zhao=[0, 1]) == 1


def test_a_reserved_shift_goes_to_one_of_them():
    shifts = [make_shift(0, needs=2), make_shift(0, "lead", id="lead")]
    staff = [*MEN, make_person("zhao", ["duty", "lead"])]
    office = make_problem(staff, shifts, reserve(posts=("duty",)))

    assert solved(office) == roster(li=[0], wang=[0], zhao=["lead"])


def test_none_of_them_there_is_impossible():
    office = make_problem([WOMAN], make_shifts(1), reserve())

    assert impossible(office)


def test_a_pin_puts_anybody_on_a_reserved_shift():
    office = make_problem(
        [WOMAN, *MEN[:1]],
        make_shifts(2),
        reserve(),
        pins=(pin("d0/duty", "zhao"),),
    )

    assert solved(office) == roster(zhao=[0], li=[1])


def test_an_allowance_is_a_number_of_assignments():
    two = make_shifts(2)

    assert impossible(make_problem([WOMAN], two, reserve(allow=1)))
    assert not impossible(make_problem([WOMAN], two, reserve(allow=2)))


def test_a_goal_lets_others_in_only_where_it_must():
    li = make_person("li", tags=["man"], unavailable=[(day(1), day(1))])
    office = make_problem([li, WOMAN], make_shifts(3), reserve(tier=1))

    assert solved(office) == roster(li=[0, 2], zhao=[1])
    assert least(office) == 1


def test_a_goal_counts_pins_too():
    pins = (pin("d0/duty", "zhao"),)
    office = make_problem(STAFF, make_shifts(1), reserve(tier=1), pins=pins)

    assert least(office) == 1
