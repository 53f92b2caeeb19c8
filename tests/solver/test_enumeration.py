"""The solver against counting every roster of small problems."""

from hypothesis import HealthCheck, given, settings

from roster.audit import audit
from roster.problem import Status
from solver import solve
from tests.effort import examples
from tests.solver.problems import best, small_problems


@given(small_problems())
@settings(
    max_examples=examples(300),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_tier_is_the_least_that_counting_finds(problem):
    outcome = solve(problem)

    least = best(problem)

    if least is None:
        assert outcome.status is Status.INFEASIBLE
        return

    assert outcome.status is Status.OPTIMAL
    assert tuple(tier.cost for tier in outcome.tiers) == least
    assert audit(problem, outcome).consistent
