"""A problem with some clauses eased, and the step that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from roster.problem import Patch, Problem, Status
from roster.rules.ladder import POOLED, RELAXED, Step
from roster.rules.patching import patched


def eased(problem: Problem, patches: Sequence[Patch]) -> Problem:
    """The problem with its clauses as the patches have them."""
    new = {
        patch.clause: patched(problem.clause[patch.clause], patch.fields)
        for patch in patches
    }
    clauses = tuple(new.get(c.id, c) for c in problem.clauses)
    return replace(problem, clauses=clauses)


def eased_again(problem: Problem, step: Step) -> Problem:
    """Today's problem eased as in that step, where it still may be."""
    patches = [Patch(told["clause"], told["to"]) for told in step.patches]
    allowed = [
        patch
        for patch in patches
        if patch.clause in problem.clause
        and patch.fields in problem.clause[patch.clause].relax
    ]
    return eased(problem, allowed)


def articles_of(problem: Problem, patches: Sequence[Patch]) -> str:
    """The articles that are eased, each once."""
    articles = [problem.clause[patch.clause].article for patch in patches]
    return "、".join(dict.fromkeys(filter(None, articles)))


def relaxed_step(
    problem: Problem,
    patches: Sequence[Patch],
    told: Sequence[Mapping[str, Any]],
    status: Status,
    before: Sequence[Step],
) -> Step:
    """
    What was tried beyond the article's own steps.

    Parameters
    ----------
    told
        What a sentence about each patch needs to say.
    before
        The steps of the attempt whose problem it is.
    """
    alone = [step for step in before if step.code != POOLED]
    days = alone[-1].days if alone else 0
    article = articles_of(problem, patches)
    return Step(RELAXED, article, status, days, patches=tuple(told))
