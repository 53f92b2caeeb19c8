"""
One tier, closed in on from both sides: rosters from above, proofs from below.

Asking whether a bound can be met is quick where minimising is not, since
presolving sees through a cost that is fixed; so that is asked first, and
first of rosters with everybody's loads as they are.
"""

from collections.abc import Mapping, Sequence

from roster.auditors import cost, read
from roster.problem import Status
from roster.rules.clauses import Clause, Spacing
from solver.gained import Gained, kept_by_loads
from solver.model import Limits, Roster
from solver.spread import Spread

STEPS = 4  # times a bound is raised by one before minimising


class Tier:
    """
    The goals of one tier.

    Parameters
    ----------
    hoped
        By spacing goal, the widest that counting people allows.
    share_loads
        Whether it is worth trying with everybody's loads as they are.
    """

    def __init__(
        self,
        gained: Gained,
        clauses: Sequence[Clause],
        hoped: Mapping[str, int],
        *,
        share_loads: bool,
    ) -> None:
        self.gained = gained
        self.clauses = clauses
        self.hoped = hoped
        self.share_loads = share_loads and not kept_by_loads(clauses)

    def cost(self, roster: Roster) -> int:
        """What a roster costs in this tier, by plain reading."""
        return sum(self._cost_of(clause, roster) for clause in self.clauses)

    def _cost_of(self, clause: Clause, roster: Roster) -> int:
        violations = read(clause, self.gained.problem, roster)
        return clause.weight * cost(violations, mandatory=False)

    def serve(self, roster: Roster, bound: int) -> tuple[Roster, int]:
        """
        The cheapest roster found, and the greatest bound proven.

        Parameters
        ----------
        roster
            One that keeps what was gained, to begin from.
        bound
            What the tier costs at least, as far as is known.
        """
        if not self._open(roster, bound):
            return roster, bound

        spacings = [c for c in self.clauses if isinstance(c, Spacing)]
        if len(spacings) == len(self.clauses):
            return Spread(self.gained, spacings, self.hoped).serve(roster)

        return self._minimised(roster, bound)

    def _open(self, roster: Roster, bound: int) -> bool:
        """Whether there is something to gain, and time to gain it in."""
        return self.cost(roster) > bound and not self.gained.limits.over

    def _minimised(self, roster: Roster, bound: int) -> tuple[Roster, int]:
        if self.share_loads:
            model = self.gained.pinned(roster)
            model.at_most(self.clauses, bound)
            status, found = model.ask_straight(self.gained.quick, roster)
            if status is Status.FEASIBLE:
                return found, bound

        return self._closed(roster, bound)

    def _closed(self, roster: Roster, bound: int) -> tuple[Roster, int]:
        """Raises the bound, lowers the cost, raises the bound."""
        gained = self.gained
        roster, bound = self._raised(roster, bound, gained.quick)
        if self.share_loads and self._open(roster, bound):
            model = gained.pinned(roster)
            roster, _ = model.minimise(
                self.clauses, gained.quick, roster, bound
            )

        if self._open(roster, bound):
            model = gained.full.fork()
            roster, bound = model.minimise(
                self.clauses, gained.limits, roster, bound
            )

        return self._raised(roster, bound, gained.limits)

    def _raised(
        self, roster: Roster, bound: int, limits: Limits
    ) -> tuple[Roster, int]:
        """Asks whether the bound can be met, and raises it where not."""
        for _ in range(STEPS):
            if not self._open(roster, bound):
                break

            model = self.gained.full.fork()
            model.at_most(self.clauses, bound)
            status, found = model.ask(limits, roster)
            if status is Status.FEASIBLE:
                return found, bound

            if status is Status.UNKNOWN:
                break

            bound += 1

        return roster, bound
