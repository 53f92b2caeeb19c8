"""Problem in, Outcome out."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from time import monotonic

from roster.audit import audit
from roster.errors import RosterError
from roster.problem import Outcome, Problem, Status, TierResult
from solver.conflict import conflict
from solver.given import NOTHING, Given
from solver.kept import all_kept
from solver.model import Limits, Model
from solver.split import split
from solver.tiers import Search


class SolverDisagrees(RosterError):
    """The solver's answer does not stand a plain reading; facts inside."""

    def __init__(self, problem: str, breaches: tuple[object, ...]) -> None:
        self.problem = problem
        self.breaches = breaches
        super().__init__(f"{problem}: {breaches}")


def solve(
    problem: Problem,
    *,
    workers: int = 1,
    time_limit: float | None = None,
    given: Given = NOTHING,
) -> Outcome:
    """
    The fairest roster that keeps every mandatory clause, or why not.

    Parameters
    ----------
    workers
        Solver threads; more promises the same costs, not the same roster.
    time_limit
        Wall seconds; without one, deterministic limits alone apply.
    given
        What the question takes for granted.

    Raises
    ------
    SolverDisagrees
        When the answer does not pass `roster.audit`.
    """
    began = monotonic()
    until = None if time_limit is None else began + time_limit
    limits = Limits(until=until, workers=workers)
    outcome = _answer(problem, limits, given)
    outcome = _signed(problem, outcome, monotonic() - began)

    if found := audit(problem, outcome).breaches:
        raise SolverDisagrees(problem.id, found)

    return outcome


def _answer(problem: Problem, limits: Limits, given: Given) -> Outcome:
    if given == NOTHING and (kept := all_kept(problem)) is not None:
        parts = _parts(problem, limits, kept)
        if all(part.status is Status.FEASIBLE for part in parts):
            return _joined(problem.id, parts)

    parts = _parts(problem, limits, given)
    if parts and parts[-1].status is Status.INFEASIBLE:
        members = conflict(problem, limits, given)
        return Outcome(problem.id, Status.INFEASIBLE, conflict=members)

    if any(part.status is Status.UNKNOWN for part in parts):
        return Outcome(problem.id, Status.UNKNOWN)

    return _joined(problem.id, parts)


def _parts(problem: Problem, limits: Limits, given: Given) -> list[Outcome]:
    """Every part's outcome, up to the first that has no roster."""
    found = []
    for part in split(problem, given.cells(problem)):
        found.append(_part(part, limits, given.within(part)))
        if found[-1].status is Status.INFEASIBLE:
            break

    return found


def _part(problem: Problem, limits: Limits, given: Given) -> Outcome:
    search = Search(problem, limits, Model(problem, given))
    status, roster = search.first()
    if status is not Status.FEASIBLE:
        return Outcome(problem.id, status)

    roster = search.serve(roster)
    return Outcome(problem.id, status, roster, tuple(search.results))


def _joined(problem: str, parts: Sequence[Outcome]) -> Outcome:
    """The parts' rosters together; what each tier costs adds up."""
    tiers: dict[int, TierResult] = {}
    for part in parts:
        for result in part.tiers:
            before = tiers.get(result.tier, TierResult(result.tier, 0, 0))
            tiers[result.tier] = TierResult(
                result.tier,
                before.cost + result.cost,
                before.bound + result.bound,
            )

    proven = all(tier.cost == tier.bound for tier in tiers.values())
    return Outcome(
        problem,
        Status.OPTIMAL if proven else Status.FEASIBLE,
        tuple(sorted(a for part in parts for a in part.assignments)),
        tuple(tiers[tier] for tier in sorted(tiers)),
    )


def _signed(problem: Problem, outcome: Outcome, seconds: float) -> Outcome:
    names = version("duty-roster"), version("ortools")
    return replace(
        outcome,
        seed=problem.seed,
        seconds=round(seconds, 3),
        solver="duty-roster {} / OR-Tools {}".format(*names),
    )
