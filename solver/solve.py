"""Problem in, Outcome out."""

from dataclasses import replace
from importlib.metadata import version
from time import monotonic

from roster.audit import audit
from roster.errors import RosterError
from roster.problem import Outcome, Problem, Status
from solver.conflict import conflict
from solver.model import Limits
from solver.tiers import Search


class SolverDisagrees(RosterError):
    """The solver's answer does not stand a plain reading; facts inside."""

    def __init__(self, problem: str, breaches: tuple[object, ...]) -> None:
        self.problem = problem
        self.breaches = breaches
        super().__init__(f"{problem}: {breaches}")


def solve(
    problem: Problem, *, workers: int = 1, time_limit: float | None = None
) -> Outcome:
    """
    The fairest roster that keeps every mandatory clause, or why not.

    Parameters
    ----------
    workers
        Solver threads; more promises the same costs, not the same roster.
    time_limit
        Wall seconds; without one, deterministic limits alone apply.

    Raises
    ------
    SolverDisagrees
        When the answer does not pass `roster.audit`.
    """
    began = monotonic()
    until = None if time_limit is None else began + time_limit
    outcome = _answer(problem, Limits(until=until, workers=workers))
    outcome = _signed(problem, outcome, monotonic() - began)

    if found := audit(problem, outcome).breaches:
        raise SolverDisagrees(problem.id, found)

    return outcome


def _answer(problem: Problem, limits: Limits) -> Outcome:
    search = Search(problem, limits)
    status, roster = search.first()

    if status is Status.INFEASIBLE:
        reasons = conflict(problem, limits)
        return Outcome(problem.id, status, conflict=reasons)

    if status is Status.UNKNOWN:
        return Outcome(problem.id, status)

    roster = search.serve(roster)
    proven = all(tier.cost == tier.bound for tier in search.results)
    return Outcome(
        problem.id,
        Status.OPTIMAL if proven else Status.FEASIBLE,
        roster,
        tuple(search.results),
    )


def _signed(problem: Problem, outcome: Outcome, seconds: float) -> Outcome:
    names = version("duty-roster"), version("ortools")
    return replace(
        outcome,
        seed=problem.seed,
        seconds=round(seconds, 3),
        solver="duty-roster {} / OR-Tools {}".format(*names),
    )
