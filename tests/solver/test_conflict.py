"""Conflicts are themselves impossible, and not when a member is dropped."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings

from roster.problem import ConflictMember, Problem, Status
from solver import solve
from tests.solver.problems import best, small_problems
from tests.solver.relaxed import any_roster


def demands(problem: Problem) -> list[ConflictMember]:
    """Every demand a problem makes, as a conflict would name it."""
    return [
        *(ConflictMember(clause=c.id) for c in problem.clauses if c.mandatory),
        *(ConflictMember(pin=pin) for pin in problem.pins),
        *(ConflictMember(shift=shift.id) for shift in problem.shifts),
        *(
            ConflictMember(staff=person.id, away=period)
            for person in problem.staff
            for period in person.unavailable
        ),
    ]


def bare(member: ConflictMember) -> ConflictMember:
    """A member without the words it carries for people."""
    return replace(member, article="")


@given(small_problems())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
def test_a_conflict_is_made_of_demands_of_the_problem(problem):
    assume(best(problem) is None)

    outcome = solve(problem)

    assert outcome.status is Status.INFEASIBLE
    assert outcome.conflict
    assert {bare(m) for m in outcome.conflict} <= set(demands(problem))


@given(small_problems())
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
def test_a_conflict_holds_no_member_too_many(problem):
    assume(best(problem) is None)

    members = solve(problem).conflict

    assert not any_roster(problem, members)
    for left_out in members:
        assert any_roster(problem, [m for m in members if m != left_out])
