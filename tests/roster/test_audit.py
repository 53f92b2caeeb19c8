"""An outcome is read as if it had come from a stranger."""

import pytest

from roster.audit import Audit, Breach, audit, costs
from roster.problem import Outcome, Status, TierResult
from roster.rules.clauses import Balance, Bar, Gap, Limit, Selection
from tests.builders import (
    day,
    make_outcome,
    make_person,
    make_problem,
    make_shift,
    make_shifts,
    make_staff,
    pin,
)

PAIR = make_staff("li", "wang")
GAP = Gap(id="gap", article="第八条", tier=0, days=2)
BALANCE = Balance(id="fair", tier=1, ledger="total")


def rules(found: Audit) -> list[str]:
    """The names of what is wrong."""
    return [breach.rule for breach in found.breaches]


def said(cost: int, bound: int, *more: TierResult, status: str = "optimal"):
    """An even roster of two days, with this said of its first tier."""
    return make_outcome(
        ("d0/duty", "li"),
        ("d1/duty", "wang"),
        status=Status(status),
        tiers=(TierResult(1, cost, bound), *more),
    )


def test_a_roster_that_keeps_everything_is_consistent():
    office = make_problem(PAIR, make_shifts(2), GAP, BALANCE)

    found = audit(office, said(2, 2))

    assert found.consistent
    assert found == Audit((), (), {1: 2})


def test_an_empty_place_is_a_matter_of_coverage():
    shift = make_shift(0, needs=2, article="第三条")
    office = make_problem(PAIR, [shift])

    found = audit(office, make_outcome(("d0/duty", "li")))

    assert found.breaches == (
        Breach(
            "coverage",
            "第三条",
            ("li",),
            ("d0/duty",),
            (day(0),),
            {"needs": 2, "holders": 1},
        ),
    )


def test_one_too_many_is_a_matter_of_coverage():
    office = make_problem(PAIR, make_shifts(1))

    found = audit(office, make_outcome(("d0/duty", "li"), ("d0/duty", "wang")))

    assert rules(found) == ["coverage"]


def test_an_assignment_named_twice_counts_once():
    office = make_problem(PAIR, make_shifts(1))

    found = audit(office, make_outcome(("d0/duty", "li"), ("d0/duty", "li")))

    assert found.consistent


def test_somebody_without_the_post_is_not_eligible():
    office = make_problem([make_person("li", ["lead"])], make_shifts(1))

    (found,) = audit(office, make_outcome(("d0/duty", "li"))).breaches

    assert found.rule == "eligible"
    assert found.staff == ("li",)
    assert found.shifts == ("d0/duty",)
    assert found.dates == (day(0),)


@pytest.mark.parametrize(
    "stranger", [("d0/duty", "nobody"), ("no shift", "li")]
)
def test_whom_or_what_the_problem_does_not_know_is_not_eligible(stranger):
    office = make_problem(PAIR, make_shifts(1), GAP)

    found = audit(office, make_outcome(stranger))

    assert rules(found) == ["eligible", "coverage"]


def test_somebody_away_is_not_available():
    away = make_person("li", unavailable=[(day(-1), day(0))])
    office = make_problem([away], make_shifts(2))

    found = audit(office, make_outcome(("d0/duty", "li"), ("d1/duty", "li")))

    assert [(b.rule, b.dates) for b in found.breaches] == [
        ("available", (day(0),))
    ]


def test_two_shifts_at_one_time_overlap():
    shifts = [make_shift(0), make_shift(0, hours=(17, 30), id="night")]
    office = make_problem(PAIR, shifts)

    (found,) = audit(
        office, make_outcome(("d0/duty", "li"), ("night", "li"))
    ).breaches

    assert found.rule == "overlap"
    assert found.staff == ("li",)
    assert found.shifts == ("d0/duty", "night")


def test_touching_ends_do_not_overlap():
    shifts = [make_shift(0), make_shift(0, hours=(18, 30), id="night")]
    office = make_problem(PAIR, shifts)

    found = audit(office, make_outcome(("d0/duty", "li"), ("night", "li")))

    assert found.consistent


def test_a_pin_that_does_not_stand_is_named():
    office = make_problem(PAIR, make_shifts(1), pins=(pin("d0/duty", "li"),))

    found = audit(office, make_outcome(("d0/duty", "wang")))

    assert found.breaches == (
        Breach("pin", staff=("li",), shifts=("d0/duty",)),
    )


def test_a_past_pin_excuses_a_missing_post_and_a_leave():
    li = make_person("li", ["lead"], unavailable=[(day(0), day(0))])
    pins = (pin("d0/duty", "li", past=True),)
    office = make_problem([li], make_shifts(1), pins=pins)

    found = audit(office, make_outcome(("d0/duty", "li")))

    assert found.consistent


def test_a_past_pin_excuses_nobody_elsewhere():
    li = make_person("li", ["lead"])
    pins = (pin("d0/duty", "li", past=True),)
    office = make_problem([li], make_shifts(2), pins=pins)

    found = audit(office, make_outcome(("d0/duty", "li"), ("d1/duty", "li")))

    assert rules(found) == ["eligible"]


@pytest.mark.parametrize(
    ("second", "wrong"), [(True, []), (False, ["overlap"])]
)
def test_only_two_past_pins_may_overlap(second, wrong):
    shifts = [make_shift(0), make_shift(0, hours=(8, 32), id="long")]
    pins = (pin("d0/duty", "li", past=True), pin("long", "li", past=second))
    office = make_problem(PAIR, shifts, pins=pins)

    found = audit(office, make_outcome(("d0/duty", "li"), ("long", "li")))

    assert rules(found) == wrong


def test_more_past_pins_than_needed_hold_the_shift_alone():
    staff = make_staff("li", "wang", "zhao")
    pins = tuple(pin("d0/duty", name, past=True) for name in ("li", "wang"))
    office = make_problem(staff, make_shifts(1), pins=pins)
    both = [("d0/duty", "li"), ("d0/duty", "wang")]

    exactly = audit(office, make_outcome(*both))
    fewer = audit(office, make_outcome(*both[:1]))
    more = audit(office, make_outcome(*both, ("d0/duty", "zhao")))

    assert exactly.consistent
    assert rules(fewer) == ["coverage", "pin"]
    assert rules(more) == ["coverage"]


def test_a_broken_clause_is_named_with_its_article_person_and_dates():
    office = make_problem(PAIR, make_shifts(2), GAP)

    found = audit(office, make_outcome(("d0/duty", "li"), ("d1/duty", "li")))

    assert found.breaches == (
        Breach(
            "gap",
            "第八条",
            ("li",),
            ("d0/duty", "d1/duty"),
            (day(0), day(1)),
            {"cost": 1, "allow": 0},
        ),
    )


def test_a_clause_within_its_allowance_is_kept():
    clause = Gap(id="gap", tier=0, days=2, allow=1)
    office = make_problem(PAIR, make_shifts(3), clause)

    once = audit(
        office,
        make_outcome(
            ("d0/duty", "li"), ("d1/duty", "li"), ("d2/duty", "wang")
        ),
    )
    twice = audit(
        office,
        make_outcome(("d0/duty", "li"), ("d1/duty", "li"), ("d2/duty", "li")),
    )

    assert once.consistent
    assert rules(twice) == ["gap", "gap"]


def test_what_pins_excuse_is_no_breach_but_named():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(2), GAP, pins=pins)

    found = audit(office, make_outcome(("d0/duty", "li"), ("d1/duty", "li")))

    assert found.consistent
    (waived,) = found.waived
    assert (waived.rule, waived.article) == ("gap", "第八条")
    assert waived.staff == ("li",)
    assert waived.facts == {"waived": 1}


def test_beside_a_breach_what_pins_excuse_is_still_no_breach():
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(4), GAP, pins=pins)

    found = audit(
        office,
        make_outcome(
            ("d0/duty", "li"),
            ("d1/duty", "li"),
            ("d2/duty", "wang"),
            ("d3/duty", "wang"),
        ),
    )

    assert [(b.rule, b.staff) for b in found.breaches] == [("gap", ("wang",))]
    assert [w.staff for w in found.waived] == [("li",)]


def test_what_exceeds_the_pins_is_a_breach_beside_what_they_excuse():
    most = Limit(id="most", tier=0, max=1)
    pins = (pin("d0/duty", "li"), pin("d1/duty", "li"))
    office = make_problem(PAIR, make_shifts(3), most, pins=pins)

    found = audit(
        office,
        make_outcome(*((f"d{number}/duty", "li") for number in range(3))),
    )

    assert rules(found) == ["most"]
    assert [w.facts for w in found.waived] == [{"waived": 1}]


def test_goals_have_nothing_waived():
    office = make_problem(
        PAIR,
        make_shifts(1),
        Bar(id="free", tier=1, select=Selection(staff=("li",))),
        pins=(pin("d0/duty", "li"),),
    )

    found = audit(
        office,
        make_outcome(("d0/duty", "li"), tiers=(TierResult(1, 1, 1),)),
    )

    assert found == Audit((), (), {1: 1})


def test_costs_are_summed_by_weight_and_tier():
    office = make_problem(
        PAIR,
        make_shifts(2),
        Bar(id="a", tier=2, weight=3, select=Selection(staff=("li",))),
        Bar(id="b", tier=2),
        Bar(id="must", tier=0),
        BALANCE,
    )

    found = costs(office, said(2, 2).assignments)

    assert found == {1: 2, 2: 5}


def test_a_wrong_cost_is_corrected():
    office = make_problem(PAIR, make_shifts(2), BALANCE)

    found = audit(office, said(1, 1))

    assert found.breaches == (
        Breach("tier 1", facts={"cost": 1, "bound": 1, "real": 2}),
    )
    assert found.costs == {1: 2}


def test_a_bound_above_the_cost_is_no_bound():
    office = make_problem(PAIR, make_shifts(2), BALANCE)

    found = audit(office, said(2, 3, status="feasible"))

    assert rules(found) == ["tier 1"]


def test_optimal_means_that_the_bound_is_met():
    office = make_problem(PAIR, make_shifts(2), BALANCE)

    assert rules(audit(office, said(2, 1))) == ["tier 1"]
    assert audit(office, said(2, 1, status="feasible")).consistent


def test_every_tier_with_a_goal_is_stated_once_and_in_order():
    second = Bar(id="nobody", tier=2)
    office = make_problem(PAIR, make_shifts(2), BALANCE, second)
    tier = TierResult(2, 2, 2)

    assert audit(office, said(2, 2, tier)).consistent
    assert rules(audit(office, said(2, 2))) == ["tiers"]
    assert rules(audit(office, said(2, 2, tier, tier))) == ["tiers"]


def test_a_tier_without_a_goal_is_nothing_to_speak_of():
    office = make_problem(PAIR, make_shifts(2), GAP)

    assert rules(audit(office, said(0, 0))) == ["tiers", "tier 1"]


def test_an_outcome_of_another_problem_is_told():
    office = make_problem(PAIR, make_shifts(0))

    found = audit(office, Outcome("别的学校", Status.OPTIMAL))

    assert rules(found) == ["problem"]


@pytest.mark.parametrize("status", ["infeasible", "unknown"])
def test_no_roster_is_consistent_when_there_is_said_to_be_none(status):
    office = make_problem(PAIR, make_shifts(2), GAP, BALANCE)

    found = audit(office, make_outcome(status=Status(status)))

    assert found == Audit((), (), {})


@pytest.mark.parametrize("status", ["optimal", "feasible"])
def test_no_roster_breaks_coverage_when_there_is_said_to_be_one(status):
    office = make_problem(PAIR, make_shifts(2))

    found = audit(office, make_outcome(status=Status(status)))

    assert rules(found) == ["coverage", "coverage"]


@pytest.mark.parametrize("status", ["infeasible", "unknown"])
def test_a_roster_that_is_said_not_to_exist_is_told(status):
    office = make_problem(PAIR, make_shifts(2), BALANCE)

    found = audit(office, said(2, 2, status=status))

    assert rules(found) == ["status"]


def test_without_a_roster_no_tier_has_a_cost():
    office = make_problem(PAIR, make_shifts(2), BALANCE)
    tiers = (TierResult(1, 0, 0),)

    found = audit(office, make_outcome(status=Status.INFEASIBLE, tiers=tiers))

    assert rules(found) == ["status"]
