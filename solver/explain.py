"""What could be done about a problem without a roster."""

from time import monotonic

from roster.answers import Explanation
from roster.problem import Problem
from solver.model import Limits
from solver.recruits import recruits
from solver.relax import relaxations


def explain(
    problem: Problem, *, time_limit: float | None = None
) -> Explanation:
    """
    Patches and people that would be enough, each seen to be.

    Parameters
    ----------
    time_limit
        Wall seconds; what is not settled by then is left out.
    """
    until = None if time_limit is None else monotonic() + time_limit
    limits = Limits(until=until)
    return Explanation(relaxations(problem, limits), recruits(problem, limits))
