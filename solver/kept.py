"""
Whether everything can be kept, where keeping comes first.

A repair changes a few assignments of hundreds. What is no longer possible
is lost in any case; a roster that keeps all the rest proves that this is
the least, and every other that changes as little keeps the same.
"""

from roster.auditors import Reading
from roster.auditors.keep import kept
from roster.problem import Problem
from roster.rules.clauses import Keep
from solver.given import Given


def all_kept(problem: Problem) -> Given | None:
    """What to keep first of all; None where something else comes first."""
    goals = [clause for clause in problem.clauses if not clause.mandatory]
    first = min((clause.tier for clause in goals), default=0)
    top = [clause for clause in goals if clause.tier == first]
    if len(top) != 1 or not isinstance(top[0], Keep):
        return None

    possible = set(problem.possible)
    before = kept(Reading(problem, top[0], ()))
    return Given(frozenset(cell for cell in before if cell in possible))
