"""Offices with the usual goals, in every order, against counting."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roster.problem import Problem, Status, TierResult
from roster.rules.clauses import (
    Apart,
    Balance,
    Gap,
    Selection,
    Spacing,
    Wish,
    Wished,
)
from solver import solve
from tests.builders import (
    day,
    earlier,
    make_person,
    make_problem,
    make_shift,
    make_staff,
    pin,
)
from tests.effort import examples
from tests.solver.problems import best, legal_pins

DATES = [0, 1, 4, 5, 7]
NAMES = ["li", "wang", "zhao"]


@st.composite
def usual_offices(draw) -> Problem:
    """Weekend duty, some days heavier, in few hands."""
    staff = [
        make_person(
            name,
            carried={"total": draw(st.integers(0, 2))},
            share=draw(st.sampled_from([100, 100, 50])),
            earlier=tuple(
                earlier(n)
                for n in draw(st.lists(st.sampled_from([-2, 6]), max_size=1))
            ),
        )
        for name in NAMES
    ]
    shifts = [
        make_shift(
            number,
            burden={"total": 1, **draw(st.sampled_from([{}, {"holiday": 1}]))},
            block=draw(st.sampled_from(["", "", f"w{number // 3}"])),
        )
        for number in draw(
            st.lists(
                st.sampled_from(DATES), min_size=2, max_size=5, unique=True
            )
        )
    ]
    tiers = draw(st.permutations([1, 2, 3, 4]))
    narrow = Selection(
        staff=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=1)))
    )
    wishes = st.builds(
        Wished,
        st.sampled_from(NAMES),
        st.booleans(),
        st.sampled_from(DATES).map(day),
        weight=st.integers(1, 3),
    )
    goals = [
        Balance(id="holiday", tier=tiers[0], ledger="holiday"),
        Balance(id="total", tier=tiers[1], ledger="total"),
        Wish(
            id="wish",
            tier=tiers[2],
            wishes=tuple(draw(st.lists(wishes, max_size=3))),
        ),
        Spacing(
            id="spacing",
            tier=tiers[3],
            cap=draw(st.integers(1, 6)),
            select=narrow,
            weight=draw(st.integers(1, 2)),
        ),
    ]
    must = [
        Gap(id="gap", tier=0, days=draw(st.integers(1, 4))),
        Apart(id="couple", tier=0, pairs=(("li", "wang"),)),
    ]
    pairs = st.builds(
        pin,
        st.sampled_from([shift.id for shift in shifts]),
        st.sampled_from(NAMES),
    )
    plain = make_problem(staff, shifts)
    pins = legal_pins(plain, draw(st.lists(pairs, max_size=2)))
    kept = draw(st.lists(st.sampled_from(goals), min_size=2, unique_by=id))
    return make_problem(staff, shifts, *must, *kept, pins=pins)


@given(usual_offices())
@settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_the_usual_goals_are_served_in_whatever_order_they_stand(office):
    outcome = solve(office)

    least = best(office)

    if least is None:
        assert outcome.status is Status.INFEASIBLE
        return

    assert outcome.status is Status.OPTIMAL
    assert tuple(tier.cost for tier in outcome.tiers) == least


def test_spacings_that_hinder_each_other_are_weighed_together():
    """Alone leaders reach 2 days, and leave others 2; 1 and 3 is better."""
    leaders = [make_person(name, ["lead"]) for name in ("li", "wang")]
    others = make_staff("zhao", "qian", "sun")
    shifts = [
        make_shift(n, post) for n in range(5) for post in ("lead", "duty")
    ]
    couples = (("wang", "qian"), ("wang", "zhao"), ("li", "sun"))
    office = make_problem(
        [*leaders, *others],
        shifts,
        Apart(id="couples", tier=0, pairs=couples),
        *(
            Spacing(
                id=f"spacing-{post}",
                tier=1,
                cap=4,
                weight=weight,
                select=Selection(posts=(post,)),
            )
            for post, weight in (("lead", 1), ("duty", 2))
        ),
    )

    outcome = solve(office)

    assert outcome.tiers == (TierResult(tier=1, cost=5, bound=5),)
