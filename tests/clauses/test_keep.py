"""`keep`: stay close to the previous roster."""

from roster.people import Period
from roster.problem import Dated
from roster.rules.clauses import Keep, Selection
from tests.builders import (
    day,
    held,
    make_person,
    make_problem,
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
BEFORE = held(("d0/duty", "li"), ("d1/duty", "wang"), ("d2/duty", "li"))


def keep(tier=1, allow=0, **select) -> Keep:
    """As little as possible is to change."""
    return Keep(id="c", tier=tier, allow=allow, select=Selection(**select))


def test_every_assignment_of_before_that_is_gone_counts():
    office = make_problem(PAIR, make_shifts(3), keep(), previous=BEFORE)

    found = violations(office, li=[0, 1], wang=[2])

    assert [(v.staff, v.shifts) for v in found] == [
        (("wang",), ("d1/duty",)),
        (("li",), ("d2/duty",)),
    ]


def test_what_is_new_costs_nothing_by_itself():
    office = make_problem(PAIR, make_shifts(4), keep(), previous=BEFORE[:1])

    assert cost(office, li=[0, 2], wang=[1, 3]) == 0


def test_an_assignment_named_twice_counts_once():
    office = make_problem(
        PAIR, make_shifts(1), keep(), previous=BEFORE[:1] * 2
    )

    assert cost(office, wang=[0]) == 1


def test_a_shift_that_is_gone_is_passed_over():
    office = make_problem(PAIR, make_shifts(2), keep(), previous=BEFORE)

    assert cost(office, li=[0], wang=[1]) == 0


def test_a_person_who_is_gone_counts():
    office = make_problem(
        PAIR, make_shifts(1), keep(), previous=held(("d0/duty", "zhao"))
    )

    assert cost(office, li=[0]) == 1
    assert least(office) == 1


def test_narrowed_to_people_it_passes_over_those_who_are_gone():
    gone = held(("d0/duty", "zhao"))

    for people in ({"staff": ("li",)}, {"staff_tags": ("old",)}):
        office = make_problem(
            PAIR, make_shifts(1), keep(**people), previous=gone
        )

        assert cost(office, li=[0]) == 0


def test_narrowed_to_shifts_it_still_counts_people_who_are_gone():
    gone = held(("d0/duty", "zhao"), ("d1/duty", "zhao"))
    office = make_problem(
        PAIR, make_shifts(2), keep(last=day(0)), previous=gone
    )

    assert cost(office, li=[0, 1]) == 1


def test_a_narrowed_clause_keeps_only_what_it_selects():
    by_person = make_problem(
        PAIR, make_shifts(3), keep(staff=("li",)), previous=BEFORE
    )
    by_date = make_problem(
        PAIR, make_shifts(3), keep(first=day(1)), previous=BEFORE
    )

    assert cost(by_person, wang=[0, 2], li=[1]) == 2
    assert cost(by_date, wang=[0], li=[1, 2]) == 1


def test_a_tag_counts_on_the_dates_it_is_borne():
    nursing = Dated("nursing", Period(day(1), None))
    staff = [make_person("li", tags=[nursing]), *make_staff("wang")]
    office = make_problem(
        staff, make_shifts(3), keep(staff_tags=("nursing",)), previous=BEFORE
    )

    assert cost(office, wang=[0, 1, 2]) == 1


def test_pins_waive_nothing():
    office = make_problem(
        PAIR,
        make_shifts(1),
        keep(0),
        previous=BEFORE[:1],
        pins=(pin("d0/duty", "wang"),),
    )

    assert charged(office, wang=[0]) == 1
    assert impossible(office)


def test_nothing_changes_that_need_not():
    office = make_problem(PAIR, make_shifts(3), keep(), previous=BEFORE)

    assert solved(office) == roster(li=[0, 2], wang=[1])
    assert least(office) == 0


def test_only_what_a_pin_displaces_changes():
    office = make_problem(
        PAIR,
        make_shifts(3),
        keep(),
        previous=BEFORE,
        pins=(pin("d0/duty", "wang"),),
    )

    assert solved(office) == roster(wang=[0, 1], li=[2])
    assert least(office) == 1


def test_as_a_must_the_roster_stands():
    office = make_problem(PAIR, make_shifts(3), keep(0), previous=BEFORE)

    assert solved(office) == roster(li=[0, 2], wang=[1])


def test_somebody_fallen_ill_cannot_be_kept():
    ill = make_person("li", unavailable=[(day(2), day(2))])
    staff = [ill, *make_staff("wang")]
    strict = make_problem(staff, make_shifts(3), keep(0), previous=BEFORE)
    lenient = make_problem(
        staff, make_shifts(3), keep(0, allow=1), previous=BEFORE
    )

    assert impossible(strict)
    assert solved(lenient) == roster(li=[0], wang=[1, 2])
