"""Who takes several shifts off somebody, when nobody else is moved."""

from collections.abc import Collection

from roster.problem import Assignment, Outcome, Problem
from solver.given import Given
from solver.solve import solve


def covers(
    problem: Problem,
    roster: Collection[Assignment],
    gone: Collection[Assignment],
    *,
    time_limit: float | None = None,
) -> Outcome:
    """
    The fairest way to fill shifts that somebody gives up.

    Parameters
    ----------
    roster
        The assignments as they stand; all but those given up are kept.
    gone
        The assignments given up; whoever held one takes none of them.

    Returns
    -------
    Outcome
        The whole roster then; or, infeasible, the demands in the way.
    """
    kept = frozenset(roster) - frozenset(gone)
    never = {
        Assignment(cell.shift, other.staff) for cell in gone for other in gone
    }
    given = Given(kept, frozenset(never) - kept)
    return solve(problem, time_limit=time_limit, given=given)
