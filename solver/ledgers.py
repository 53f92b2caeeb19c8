"""
What one min-cost flow can carry of a problem.

A unit of flow runs from a shift to a person's innermost ledger and on
through the ledgers around it; that needs ledgers which nest like a tree,
and tiers of which each balances one ledger or adds up assignments.
"""

from collections.abc import Collection, Iterator, Sequence

from roster.audit import places
from roster.auditors import Reading
from roster.auditors.balance import marginal, squares
from roster.problem import Assignment, Problem, Shift
from roster.rules.clauses import Balance, Clause, Selection
from solver.prices import LINEAR, price

Tiers = list[tuple[int, list[Clause]]]


class Ledgers:
    """
    The ledgers of a problem, how they nest, and what its tiers cost.

    Parameters
    ----------
    cells
        The assignments that may be thought of; those possible by default.
    held
        Assignments that are made in any case, as those pinned.

    Raises
    ------
    Unfit
        Where one flow cannot carry the ledgers.
    """

    def __init__(
        self,
        problem: Problem,
        cells: Collection[Assignment] | None = None,
        held: Collection[Assignment] = (),
    ) -> None:
        self.problem = problem
        self.fixed = problem.pinned.union(held)
        self.tiers: Tiers = list(_tiers(problem))
        self.balances = {
            tier: clause
            for tier, clauses in self.tiers
            for clause in clauses
            if isinstance(clause, Balance)
        }
        names = [clause.ledger for clause in self.balances.values()]
        self.parents = _tree(problem.shifts, names)
        known = problem.possible if cells is None else set(cells)
        self.cells = [
            cell
            for cell in problem.possible
            if cell in known or cell in self.fixed
        ]
        self.due = {s.id: places(problem, s) for s in problem.shifts}
        self.chains = {s.id: self._chain(s) for s in problem.shifts}
        self.prices = {
            tier: price(problem, clauses, self.cells)
            for tier, clauses in self.tiers
        }

    def _chain(self, shift: Shift) -> list[str]:
        """A shift's ledgers, the innermost first."""
        found = [n for n in self.parents if shift.burden.get(n, 0)]
        inner = {self.parents[name] for name in found}
        leaf = next((name for name in found if name not in inner), "")
        chain = []
        while leaf:
            chain.append(leaf)
            leaf = self.parents[leaf]

        return chain

    def before(self, tier: int) -> int:
        """What a tier costs before anything is assigned."""
        fixed = self.prices[tier].fixed
        clause = self.balances.get(tier)
        if clause is None:
            return fixed

        people = Reading(self.problem, clause, ()).people
        return fixed + clause.weight * squares(
            [(p.share, p.carried.get(clause.ledger, 0)) for p in people]
        )

    def steps(self, staff: str, ledger: str, top: int) -> list[int]:
        """What each further duty of a person costs in a ledger."""
        person = self.problem.person[staff]
        carried = person.carried.get(ledger, 0)
        return [marginal(person.share, carried + k) for k in range(1, top + 1)]


class Unfit(Exception):
    """One flow cannot carry these ledgers."""


def _tiers(problem: Problem) -> Iterator[tuple[int, list[Clause]]]:
    """
    Tiers the flow can carry, up to the first it cannot carry whole.

    A later tier's bound would rest on a cost the flow did not see.
    """
    goals = [clause for clause in problem.clauses if not clause.mandatory]

    for tier in sorted({clause.tier for clause in goals}):
        clauses = [clause for clause in goals if clause.tier == tier]
        fit = [c for c in clauses if _fits(c) or isinstance(c, LINEAR)]
        whole = len(fit) == len(clauses)
        balances = [c for c in clauses if isinstance(c, Balance)]
        if len(balances) > 1 or (balances and not whole):
            return

        yield tier, fit
        if not whole:
            return


def _fits(clause: Clause) -> bool:
    return (
        isinstance(clause, Balance)
        and clause.measure == "squares"
        and clause.select == Selection()
    )


def _tree(shifts: Sequence[Shift], ledgers: Sequence[str]) -> dict[str, str]:
    """
    Each ledger's parent (empty: the sink).

    Every shift adds 0 or 1 to a ledger; two ledgers hold shifts of each
    other wholly or not at all.
    """
    held = {
        ledger: frozenset(s.id for s in shifts if s.burden.get(ledger, 0))
        for ledger in ledgers
    }
    if any(s.burden.get(name, 0) > 1 for s in shifts for name in ledgers):
        raise Unfit

    # Equal sets nest in the order of the tiers they serve.
    order = sorted(
        dict.fromkeys(ledgers),
        key=lambda name: (len(held[name]), ledgers.index(name)),
    )
    parents = {}
    for place, ledger in enumerate(order):
        around = [o for o in order[place + 1 :] if held[ledger] & held[o]]
        if any(not held[ledger] <= held[other] for other in around):
            raise Unfit
        parents[ledger] = around[0] if around else ""

    return parents
