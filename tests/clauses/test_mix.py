"""`mix`: at least so many people of a kind on a shift or date."""

import pytest

from roster.people import Period
from roster.problem import ConflictMember, Dated
from roster.rules.clauses import Mix, Selection
from solver import solve
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

PARTY = [make_person(name, tags=["party"]) for name in ("li", "wang")]
OTHERS = make_staff("zhao", "zhou")
STAFF = [*PARTY, *OTHERS]
FOR_TWO = make_shift(0, needs=2)
DAY_AND_NIGHT = [
    make_shift(0),
    make_shift(0, hours=(18, 32), id="d0/night"),
]


def mix(few=1, tier=0, allow=0, per="shift", **more) -> Mix:
    """One party member a shift unless said otherwise."""
    return Mix(
        id="c",
        tier=tier,
        allow=allow,
        min=few,
        per=per,
        for_tags=more.pop("tags", ("party",)),
        for_staff=more.pop("staff", ()),
        select=Selection(**more),
    )


def test_what_is_missing_on_each_shift_counts():
    shifts = [FOR_TWO, make_shift(1, needs=2)]
    office = make_problem(STAFF, shifts, mix(2))

    found = violations(office, li=[1], zhao=[0, 1], zhou=[0])

    assert [(v.shifts, v.cost) for v in found] == [
        (("d0/duty",), 2),
        (("d1/duty",), 1),
    ]


def test_more_than_asked_on_one_shift_make_up_for_no_other():
    shifts = [FOR_TWO, make_shift(1)]
    office = make_problem(STAFF, shifts, mix())

    assert cost(office, li=[0], wang=[0], zhao=[1]) == 1


def test_more_than_a_shift_needs_can_be_missing():
    office = make_problem(STAFF, [make_shift(0)], mix(3))

    assert cost(office, li=[0]) == 2


@pytest.mark.parametrize(("per", "missing"), [("shift", 1), ("date", 0)])
def test_per_date_the_shifts_of_a_date_are_counted_together(per, missing):
    office = make_problem(STAFF, DAY_AND_NIGHT, mix(per=per))

    assert cost(office, li=["d0/duty"], zhao=["d0/night"]) == missing


def test_per_date_somebody_on_both_shifts_is_one_person():
    office = make_problem(STAFF, DAY_AND_NIGHT, mix(2, per="date"))

    assert cost(office, li=["d0/duty", "d0/night"]) == 1
    assert cost(office, li=["d0/duty"], wang=["d0/night"]) == 0


def test_per_date_only_selected_shifts_count():
    shifts = [*DAY_AND_NIGHT, make_shift(0, "lead", id="lead")]
    office = make_problem(STAFF, shifts, mix(per="date", posts=("duty",)))

    held = {"zhao": ["d0/duty"], "zhou": ["d0/night"]}

    assert cost(office, **held, li=["lead"]) == 1


NAMED = [
    ({"tags": ("party",)}, 0),
    ({"tags": ("party", "old")}, 1),
    ({"tags": (), "staff": ("zhao",)}, 0),
    ({"tags": (), "staff": ("zhou",)}, 1),
    ({"tags": ("party",), "staff": ("zhao",)}, 1),
    ({"tags": ("party",), "staff": ("zhao", "li")}, 0),
]


@pytest.mark.parametrize(("named", "missing"), NAMED)
def test_where_tags_and_names_are_given_both_must_match(named, missing):
    office = make_problem(STAFF, [FOR_TWO], mix(**named))

    assert cost(office, li=[0], zhao=[0]) == missing


def test_a_tag_counts_on_the_dates_it_is_borne():
    party = Dated("party", Period(day(1), None))
    li = make_person("li", tags=[party])
    office = make_problem([li], [make_shift(0), make_shift(1)], mix())

    (found,) = violations(office, li=[0, 1])

    assert found.shifts == ("d0/duty",)


def test_a_shift_is_waived_when_all_its_places_are_pinned():
    pins = (pin("d0/duty", "zhao"), pin("d0/duty", "zhou"))
    half = make_problem(STAFF, [FOR_TWO], mix(), pins=pins[:1])
    full = make_problem(STAFF, [FOR_TWO], mix(), pins=pins)

    assert charged(half, zhao=[0], zhou=[0]) == 1
    assert charged(full, zhao=[0], zhou=[0]) == 0


def test_a_date_is_waived_when_all_places_of_all_its_shifts_are_pinned():
    pins = (pin("d0/duty", "zhao"), pin("d0/night", "zhou"))
    clause = mix(per="date")
    half = make_problem(STAFF, DAY_AND_NIGHT, clause, pins=pins[:1])
    full = make_problem(STAFF, DAY_AND_NIGHT, clause, pins=pins)

    assert charged(half, zhao=["d0/duty"], zhou=["d0/night"]) == 1
    assert charged(full, zhao=["d0/duty"], zhou=["d0/night"]) == 0


def test_one_place_of_a_shift_is_kept_for_them():
    office = make_problem(
        [PARTY[0], *OTHERS],
        [FOR_TWO],
        mix(),
        pins=(pin("d0/duty", "zhao"),),
    )

    assert solved(office) == roster(li=[0], zhao=[0])


def test_per_date_one_of_them_on_any_shift_will_do():
    li = make_person("li", ["night"], tags=["party"])
    shifts = [make_shift(0), make_shift(0, "night", (18, 32))]
    staff = [li, make_person("zhao", ["duty", "night"])]
    office = make_problem(staff, shifts, mix(per="date"))

    assert solved(office) == roster(li=["d0/night"], zhao=[0])


def test_per_date_one_of_them_on_two_shifts_is_one():
    office = make_problem(PARTY[:1], DAY_AND_NIGHT, mix(2, per="date"))

    assert impossible(office)


def test_nobody_of_the_kind_is_impossible():
    assert impossible(make_problem(OTHERS, [FOR_TWO], mix()))


def test_more_than_a_shift_needs_are_impossible():
    assert impossible(make_problem(STAFF, [make_shift(0)], mix(2)))


def test_a_full_shift_of_pins_is_not_argued_with():
    pins = (pin("d0/duty", "zhao"), pin("d0/duty", "zhou"))
    office = make_problem(STAFF, [FOR_TWO], mix(), pins=pins)

    assert solved(office) == roster(zhao=[0], zhou=[0])


def test_an_allowance_is_people_missing_in_all():
    shifts = [FOR_TWO, make_shift(1, needs=2)]

    assert impossible(make_problem(OTHERS, shifts, mix(allow=1)))
    assert not impossible(make_problem(OTHERS, shifts, mix(allow=2)))


def test_what_pins_cost_does_not_use_up_the_allowance():
    pins = (pin("d0/duty", "zhao"),)
    shifts = [make_shift(0), make_shift(1)]
    office = make_problem(OTHERS, shifts, mix(allow=1), pins=pins)

    assert not impossible(office)


@pytest.mark.parametrize("per", ["shift", "date"])
def test_a_conflict_names_the_shifts_that_lack_them(per):
    shifts = [make_shift(0), make_shift(1)]
    office = make_problem(OTHERS, shifts, mix(allow=1, per=per))

    conflict = solve(office).conflict

    assert set(conflict) == {
        ConflictMember(clause="c"),
        ConflictMember(shift="d0/duty"),
        ConflictMember(shift="d1/duty"),
    }


def test_a_goal_leaves_as_few_missing_as_can_be():
    away = make_person("li", tags=["party"], unavailable=[(day(1), day(1))])
    shifts = [FOR_TWO, make_shift(1, needs=2)]
    office = make_problem([away, *OTHERS], shifts, mix(tier=1))

    assert least(office) == 1
    assert roster(li=[0], zhao=[1], zhou=[1]) <= solved(office)


def test_a_goal_counts_pins_too():
    pins = (pin("d0/duty", "zhao"), pin("d0/duty", "zhou"))
    office = make_problem(STAFF, [FOR_TWO], mix(tier=1), pins=pins)

    assert least(office) == 1
