"""
The flow gives the proof: a bound on every tier it carries, and loads to try.

Coverage is a transportation problem and the balance goals are convex and
separable, so without gaps, pairs and the other side clauses one min-cost
flow finds the exact optimum of all balance tiers at once. Dropping clauses
only lowers costs: what the flow reaches is a bound for the full problem.
"""

from collections.abc import Collection, Sequence

from roster.problem import Assignment, Problem
from solver.ledgers import Ledgers, Unfit
from solver.network import Loads, Network
from solver.network import Relaxation as Relaxation
from solver.union import Union


def relax(
    problem: Problem,
    cells: Collection[Assignment] | None = None,
    held: Collection[Assignment] = (),
) -> Relaxation | None:
    """
    The flow's optimum; None where one flow cannot carry the tiers.

    Parameters
    ----------
    cells
        The assignments that may be thought of; those possible by default.
    held
        Assignments that are made in any case, as those pinned.
    """
    try:
        ledgers = Ledgers(problem, cells, held)
    except Unfit:
        return None

    costs = {tier: ledgers.before(tier) for tier, _ in ledgers.tiers}
    loads: Loads = {}
    for cells in components(ledgers.cells):
        found = _component(ledgers, cells)
        if found is None:
            return None

        loads |= found.loads
        for tier, cost in found.costs.items():
            costs[tier] += cost

    return Relaxation(costs, loads) if costs else None


def components(cells: Sequence[Assignment]) -> list[list[Assignment]]:
    """Cells split where neither people nor shifts are shared."""
    union = Union()
    for cell in cells:
        union.tie(f"p{cell.staff}", f"s{cell.shift}")

    groups: dict[str, list[Assignment]] = {}
    for cell in cells:
        groups.setdefault(union.root(f"s{cell.shift}"), []).append(cell)

    return list(groups.values())


def _component(
    ledgers: Ledgers, cells: Sequence[Assignment]
) -> Relaxation | None:
    """
    The optimum of people and shifts that hang together.

    Where nobody reaches the cap on new duties, convexity makes the capped
    optimum the optimum.
    """
    people = {cell.staff for cell in cells}
    due = sum(ledgers.due[shift] for shift in {c.shift for c in cells})
    cap = 2 + due // len(people)

    while True:
        network = Network(ledgers, cells, cap)
        found = network.solve()
        if not network.capped:
            return found

        cap *= 2
