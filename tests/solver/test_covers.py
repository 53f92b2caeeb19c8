"""Several shifts given up at once go to others, as fairly as can be."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from roster.audit import breaches, costs
from roster.problem import Assignment, Status
from roster.rules.clauses import Gap
from solver import solve
from solver.covers import covers
from tests.builders import make_problem, make_shifts, make_staff
from tests.effort import examples
from tests.solver.problems import best, rosters, small_problems


@given(small_problems(), st.randoms(use_true_random=False))
@settings(
    max_examples=examples(120),
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
def test_covers_of_all_somebody_holds_agree_with_enumeration(problem, luck):
    assume(best(problem) is not None)
    roster = frozenset(solve(problem).assignments)
    staff = luck.choice(sorted(roster)).staff
    gone = {a for a in roster if a.staff == staff and luck.random() < 0.7}
    shifts = {cell.shift for cell in gone}
    left = [
        tuple(costs(problem, other).values())
        for other in rosters(problem)
        if roster - gone <= other
        and not any(a.staff == staff and a.shift in shifts for a in other)
        and not breaches(problem, other)
    ]

    outcome = covers(problem, roster, gone)

    if not left:
        assert outcome.status is Status.INFEASIBLE
        assert outcome.conflict
        return

    assert outcome.status is Status.OPTIMAL
    assert tuple(tier.cost for tier in outcome.tiers) == min(left)
    assert roster - gone <= frozenset(outcome.assignments)


def test_a_week_is_shared_out_where_nobody_may_take_two_days_running():
    problem = make_problem(
        make_staff("王强", "李明", "张兰"),
        make_shifts(2),
        Gap(id="gap", tier=0, days=1),
        Gap(id="two", tier=1, days=2),
    )
    roster = [Assignment(f"d{n}/duty", "王强") for n in range(2)]

    outcome = covers(problem, roster, roster)

    assert {a.staff for a in outcome.assignments} == {"李明", "张兰"}
