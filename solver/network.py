"""One min-cost flow: shifts, people's ledgers, and a sink."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from roster.problem import Assignment
from solver.ledgers import Ledgers

INT64 = 2**63 - 1

Loads = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """
    The optimum without the side clauses.

    ``costs`` bounds each tier given that all tiers before it cost just
    what is said here; ``loads`` are duties by person and ledger.
    """

    costs: dict[int, int]
    loads: Loads


class Network:
    """
    The flow of people and shifts that hang together.

    Parameters
    ----------
    cap
        The most new duties a person may carry in a ledger; it keeps the
        weights small. ``capped`` tells whether it stood in the way.
    """

    def __init__(
        self, ledgers: Ledgers, cells: Sequence[Assignment], cap: int
    ) -> None:
        self.ledgers = ledgers
        self.cells = cells
        self.cap = cap
        self.capped = False
        self.shifts = list(dict.fromkeys(cell.shift for cell in cells))
        self.pinned = [c for c in cells if c in ledgers.fixed]
        self.flow = SimpleMinCostFlow()
        self.nodes: dict[tuple[str, ...], int] = {}
        self.arcs: dict[int, Assignment] = {}
        self.most = self._count(cells)
        self.weights = self._weights()

    def _node(self, *name: str) -> int:
        return self.nodes.setdefault(name, len(self.nodes))

    def _count(self, cells: Sequence[Assignment]) -> Loads:
        """The units that so many assignments put on people's ledgers."""
        loads: Loads = {}
        for cell in cells:
            for ledger in self.ledgers.chains[cell.shift]:
                key = cell.staff, ledger
                loads[key] = loads.get(key, 0) + 1

        return loads

    def _weights(self) -> dict[int, int]:
        """Each tier outweighs all that lower tiers can differ by."""
        weights: dict[int, int] = {}
        weight = 1

        for tier, _ in reversed(self.ledgers.tiers):
            weights[tier] = weight
            weight *= 1 + self._swing(tier)

        # The cost-scaling search multiplies costs by the nodes.
        nodes = len(self.shifts) + len(self.most) + 1
        return weights if weight * nodes < INT64 else {}

    def _swing(self, tier: int) -> int:
        """The most by which two rosters can differ in a tier."""
        of = self.ledgers.prices[tier].of
        prices = [of.get(cell, 0) for cell in self.cells]
        due = self.ledgers.due
        swing = sum(due[s] for s in self.shifts) * (max(prices) - min(prices))

        if clause := self.ledgers.balances.get(tier):
            units = sum(
                due[shift]
                for shift in self.shifts
                if clause.ledger in self.ledgers.chains[shift]
            )
            steps = [
                step
                for (staff, ledger), top in self.most.items()
                if ledger == clause.ledger
                for step in self._steps(staff, ledger, top)
            ]
            widest = max(steps, default=0) - min(steps, default=0)
            swing += clause.weight * units * widest

        return swing

    def _steps(self, staff: str, ledger: str, top: int) -> list[int]:
        return self.ledgers.steps(staff, ledger, min(top, self.cap))

    def solve(self) -> Relaxation | None:
        """Builds and solves; None when there is nothing it can prove."""
        wide = any(top > self.cap for top in self.most.values())
        if not self.weights:
            return None

        self._add_supplies()
        self._add_cells()
        lasts = self._add_ledgers()
        status = self.flow.solve()
        if status != self.flow.OPTIMAL:
            # The cap alone may have left shifts unfilled.
            self.capped = wide and status == self.flow.INFEASIBLE
            return None

        self.capped = any(
            top > self.cap and self.flow.flow(last) == 1 for last, top in lasts
        )
        return self._read()

    def _head(self, cell: Assignment) -> int:
        chain = self.ledgers.chains[cell.shift]
        return self._node(cell.staff, chain[0]) if chain else self._sink

    @property
    def _sink(self) -> int:
        return self._node("sink")

    def _add_supplies(self) -> None:
        """What is pinned begins at its person, all else at its shift."""
        supply = {
            self._node("shift", shift): self.ledgers.due[shift]
            for shift in self.shifts
        }
        supply[self._sink] = -sum(supply.values())
        for cell in self.pinned:
            supply[self._node("shift", cell.shift)] -= 1
            head = self._head(cell)
            supply[head] = supply.get(head, 0) + 1

        for node, units in supply.items():
            self.flow.set_node_supply(node, units)

    def _add_cells(self) -> None:
        prices = [
            (self.weights[tier], self.ledgers.prices[tier].of)
            for tier in self.weights
            if self.ledgers.prices[tier].of
        ]
        pinned = set(self.pinned)
        for cell in self.cells:
            if cell not in pinned:
                arc = self.flow.add_arc_with_capacity_and_unit_cost(
                    self._node("shift", cell.shift),
                    self._head(cell),
                    1,
                    sum(weight * of.get(cell, 0) for weight, of in prices),
                )
                self.arcs[arc] = cell

    def _add_ledgers(self) -> list[tuple[int, int]]:
        """The convex arcs; each ledger's last arc with its full width."""
        factor: dict[str, int] = {}
        for tier, clause in self.ledgers.balances.items():
            weight = self.weights[tier] * clause.weight
            factor[clause.ledger] = factor.get(clause.ledger, 0) + weight

        lasts = []
        for (staff, ledger), top in self.most.items():
            around = self.ledgers.parents[ledger]
            tail = self._node(staff, ledger)
            head = self._node(staff, around) if around else self._sink
            arc = 0

            for step in self._steps(staff, ledger, top):
                arc = self.flow.add_arc_with_capacity_and_unit_cost(
                    tail, head, 1, factor[ledger] * step
                )
            lasts.append((arc, top))

        return lasts

    def _read(self) -> Relaxation:
        found = [
            cell for arc, cell in self.arcs.items() if self.flow.flow(arc)
        ]
        found += self.pinned
        loads = dict.fromkeys(self.most, 0) | self._count(found)
        costs = {}

        for tier, prices in self.ledgers.prices.items():
            costs[tier] = sum(prices.of.get(cell, 0) for cell in found)
            if clause := self.ledgers.balances.get(tier):
                added = self._added(clause.ledger, loads)
                costs[tier] += clause.weight * added

        return Relaxation(costs, loads)

    def _added(
        self, balanced: str, loads: Mapping[tuple[str, str], int]
    ) -> int:
        """What the new duties cost in one ledger."""
        return sum(
            sum(self.ledgers.steps(staff, ledger, load))
            for (staff, ledger), load in loads.items()
            if ledger == balanced
        )
