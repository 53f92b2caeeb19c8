"""What one clause costs a roster, and what a solver makes of it."""

from collections.abc import Iterable

from roster.auditors import Violation, read
from roster.problem import Assignment, Outcome, Problem, Status
from solver import solve


def roster(**held: Iterable[int | str]) -> frozenset[Assignment]:
    """Who holds what: shifts by id, those of the duty post by day."""
    return frozenset(
        Assignment(f"d{shift}/duty" if isinstance(shift, int) else shift, name)
        for name, shifts in held.items()
        for shift in shifts
    )


def violations(
    problem: Problem, **held: Iterable[int | str]
) -> tuple[Violation, ...]:
    """What the problem's only clause finds in a roster."""
    (clause,) = problem.clauses
    return read(clause, problem, roster(**held))


def cost(problem: Problem, **held: Iterable[int | str]) -> int:
    """What a roster costs when the only clause is a goal."""
    return sum(found.cost for found in violations(problem, **held))


def charged(problem: Problem, **held: Iterable[int | str]) -> int:
    """What is left of the cost when pins are not argued with."""
    return sum(
        found.cost - found.waived for found in violations(problem, **held)
    )


def solved(problem: Problem) -> frozenset[Assignment]:
    """The solver's best roster."""
    return frozenset(_best(problem).assignments)


def least(problem: Problem) -> int:
    """The least cost of the only goal's tier."""
    (tier,) = _best(problem).tiers
    return tier.cost


def impossible(problem: Problem) -> bool:
    """Whether the solver proves that there is no roster."""
    return solve(problem).status is Status.INFEASIBLE


def _best(problem: Problem) -> Outcome:
    outcome = solve(problem)
    assert outcome.status is Status.OPTIMAL, outcome
    return outcome
