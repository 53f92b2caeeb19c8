"""
What is tried, in the article's order, when a unit has no roster.

First as the articles stand; then with shorter gaps; then with leading and
duty joined into one post. What a district may do beyond that stands in
`roster.rules.pooling`. Every step is recorded and shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Any

from roster.problem import Outcome, Problem, Status
from roster.rules.case import Case
from roster.rules.drafting import draft_problem

PLAIN, GAP, COMBINED, POOLED = "plain", "gap", "combined", "pooled"
RELAXED = "relaxed"  # by somebody's choice, beyond what the article allows

Solve = Callable[[Problem], Outcome]
Rungs = Iterable[tuple[str, Case]]


@dataclass(frozen=True, slots=True)
class Step:
    """
    One rung: what was eased and what came of it.

    ``days`` is by how many days the gaps were shortened; ``units`` are
    the units solved together, ``cuts`` the days at each of them;
    ``patches`` tell which clauses were eased by choice, and how far.
    """

    code: str
    article: str
    status: Status
    days: int = 0
    units: tuple[str, ...] = ()
    cuts: tuple[int, ...] = ()
    patches: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Climb:
    """The last case tried, its problem and outcome, and the way there."""

    case: Case
    problem: Problem
    outcome: Outcome
    steps: tuple[Step, ...]

    @property
    def found(self) -> bool:
        """Whether there is a roster."""
        return self.outcome.status in (Status.OPTIMAL, Status.FEASIBLE)


def climb(
    case: Case,
    solve: Solve,
    rungs: Rungs | None = None,
    draft: Callable[[Case], Problem] = draft_problem,
) -> Climb:
    """
    Tries step after step until a roster is found.

    It stops as well where the solver ran out of time: that proves nothing,
    and no article is eased without proof that it must be.

    Parameters
    ----------
    rungs
        Which steps to try; those of `eased_cases` by default.
    draft
        Makes a step's problem.
    """
    steps: list[Step] = []
    for code, eased in eased_cases(case) if rungs is None else rungs:
        problem = draft(eased)
        outcome = solve(problem)
        article = step_article(case, code)
        steps.append(Step(code, article, outcome.status, eased.gap_cut))
        if outcome.status is not Status.INFEASIBLE:
            break

    return Climb(eased, problem, outcome, tuple(steps))


def eased_cases(case: Case) -> Iterator[tuple[str, Case]]:
    """The case with more and more eased, as far as the unit may."""
    yield PLAIN, case

    if may_ease(case, "may_relax_gap"):
        for days in range(1, _longest_gap(case)):
            case = replace(case, gap_cut=days)
            yield GAP, case

    if may_ease(case, "may_combine"):
        joined = replace(case, combined=True)
        if joined.shifts != case.shifts:
            yield COMBINED, joined


def eased_from(case: Case, days: int, *, combined: bool) -> Rungs:
    """
    The steps from the one at which a roster in force was found.

    Where the unit may no longer ease so much, it begins as near as it may.
    """
    rungs = list(eased_cases(case))
    days = min(days, max(eased.gap_cut for _, eased in rungs))
    combined = combined and any(eased.combined for _, eased in rungs)
    return dropwhile(
        lambda rung: rung[1].gap_cut < days or rung[1].combined < combined,
        rungs,
    )


def step_article(case: Case, code: str) -> str:
    """The article that allows a step; none for the articles as they are."""
    params = {
        GAP: "may_relax_gap",
        COMBINED: "may_combine",
        POOLED: "may_pool",
    }
    holder = case.book.article_of.get(params.get(code, ""))
    return holder.name if holder else ""


def may_ease(case: Case, param: str) -> bool:
    """Whether the unit may take that step in this term."""
    return bool(case.params.get(param, case.term.first, False))


def _longest_gap(case: Case) -> int:
    return max(
        int(value)
        for param in ("leader_gap_days", "min_gap_days")
        for _, _, value in case.params.spans(
            param, case.term.first, case.term.last
        )
    )
