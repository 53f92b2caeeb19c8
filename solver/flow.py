"""
The flow gives the proof: a bound on every balance tier, and loads to try.

Coverage is a transportation problem and the balance goals are convex and
separable, so without gaps, pairs and the other side clauses one min-cost
flow finds the exact optimum of all balance tiers at once. Dropping clauses
only lowers costs: what the flow reaches is a bound for the full problem.

A unit of flow runs from a shift to a person's innermost ledger and on
through the ledgers around it; the k-th unit on a ledger costs the k-th
marginal of its square. Tiers are lexicographic weights.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from roster.audit import places
from roster.auditors import Reading, read
from roster.auditors.balance import marginal, squares
from roster.problem import Assignment, Problem, Shift
from roster.rules.clauses import (
    Balance,
    Bar,
    Clause,
    Reserve,
    Selection,
    Wish,
)

INT64 = 2**63 - 1

LINEAR = (Bar, Reserve, Wish)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """
    The optimum without the side clauses.

    ``costs`` bounds each tier given that all tiers before it cost just
    what is said here; ``loads`` are duties by person and ledger.
    """

    costs: dict[int, int]
    loads: dict[tuple[str, str], int]


def relax(problem: Problem) -> Relaxation | None:
    """The flow's optimum; None where the ledgers do not form a tree."""
    tiers = list(_tiers(problem))
    ledgers = [
        clause.ledger
        for _, clauses in tiers
        for clause in clauses
        if isinstance(clause, Balance)
    ]
    parents = _tree(problem.shifts, ledgers)
    if parents is None or not ledgers:
        return None

    ground = Ground(problem, tiers, parents)
    costs = dict(ground.constants)
    loads: dict[tuple[str, str], int] = {}

    for cells in components(ground.allowed):
        found = _component(ground, cells)
        if found is None:
            return None

        loads |= found.loads
        for tier, cost in found.costs.items():
            costs[tier] += cost

    return Relaxation(costs, loads)


def _component(ground: "Ground", cells: list[Assignment]) -> Relaxation | None:
    """
    The optimum of people and shifts that hang together.

    A cap on the new duties of a person keeps the weights small; where
    nobody reaches it, convexity makes the capped optimum the optimum.
    """
    people = {cell.staff for cell in cells}
    due = sum(ground.due[shift] for shift in {c.shift for c in cells})
    cap = 2 + due // len(people)
    while True:
        network = Network(ground, cells, cap)
        found = network.solve()
        if not network.capped:
            return found

        cap *= 2


def components(cells: list[Assignment]) -> list[list[Assignment]]:
    """Cells split where neither people nor shifts are shared."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for cell in cells:
        leader[find(f"p{cell.staff}")] = find(f"s{cell.shift}")

    groups: dict[str, list[Assignment]] = {}
    for cell in cells:
        groups.setdefault(find(f"s{cell.shift}"), []).append(cell)

    return list(groups.values())


def _tiers(problem: Problem) -> Iterator[tuple[int, list[Clause]]]:
    """
    Tiers the flow can carry, up to the first it cannot carry whole.

    A later tier's bound would rest on a cost the flow did not see.
    """
    goals = [clause for clause in problem.clauses if not clause.mandatory]

    for tier in sorted({clause.tier for clause in goals}):
        clauses = [clause for clause in goals if clause.tier == tier]
        whole = all(_fits(c) or isinstance(c, LINEAR) for c in clauses)
        balances = [c for c in clauses if isinstance(c, Balance)]
        if len(balances) > 1 or (balances and not whole):
            return

        yield tier, [c for c in clauses if _fits(c) or isinstance(c, LINEAR)]
        if not whole:
            return


def _fits(clause: Clause) -> bool:
    return (
        isinstance(clause, Balance)
        and clause.measure == "squares"
        and clause.select == Selection()
    )


def _tree(
    shifts: Sequence[Shift], ledgers: Sequence[str]
) -> dict[str, str] | None:
    """
    Each ledger's parent (empty: the sink), if they nest like a tree.

    Every shift adds 0 or 1 to a ledger; two ledgers hold shifts of each
    other wholly or not at all.
    """
    held = {
        ledger: frozenset(s.id for s in shifts if s.burden.get(ledger, 0))
        for ledger in ledgers
    }
    if any(s.burden.get(name, 0) > 1 for s in shifts for name in ledgers):
        return None

    # Equal sets nest in the order of the tiers they serve.
    order = sorted(
        ledgers, key=lambda name: (len(held[name]), ledgers.index(name))
    )
    parents = {}
    for place, ledger in enumerate(order):
        around = [o for o in order[place + 1 :] if held[ledger] & held[o]]
        if any(not held[ledger] <= held[other] for other in around):
            return None
        parents[ledger] = around[0] if around else ""

    return parents


class Ground:
    """What all components of a problem rest on."""

    def __init__(
        self,
        problem: Problem,
        tiers: list[tuple[int, list[Clause]]],
        parents: Mapping[str, str],
    ) -> None:
        self.problem = problem
        self.tiers = tiers
        self.parents = parents
        self.allowed = allowed_cells(problem)
        self.due = {s.id: places(problem, s) for s in problem.shifts}
        self.chains = {s.id: self._chain(s) for s in problem.shifts}
        self.alone = {
            tier: _prices(problem, clauses, self.allowed)
            for tier, clauses in tiers
        }
        self.constants = {
            tier: sum(
                self._carried(clause)
                for clause in clauses
                if isinstance(clause, Balance)
            )
            for tier, clauses in tiers
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

    def _carried(self, clause: Balance) -> int:
        """What a balance costs before anything is assigned."""
        people = Reading(self.problem, clause, ()).people
        return clause.weight * squares(
            [(p.share, p.carried.get(clause.ledger, 0)) for p in people]
        )

    def steps(self, staff: str, ledger: str, top: int) -> list[int]:
        """What each further duty of a person costs in a ledger."""
        person = self.problem.person[staff]
        carried = person.carried.get(ledger, 0)
        return [marginal(person.share, carried + k) for k in range(1, top + 1)]


class Network:
    """A component's shifts, people's ledgers and sink, with their arcs."""

    def __init__(
        self, ground: Ground, cells: list[Assignment], cap: int
    ) -> None:
        self.ground = ground
        self.cells = cells
        self.cap = cap
        self.capped = False
        self.shifts = list(dict.fromkeys(cell.shift for cell in cells))
        self.flow = SimpleMinCostFlow()
        self.nodes: dict[tuple[str, ...], int] = {}
        self.arcs: dict[int, Assignment] = {}
        self.most = self._most()
        self.weights = self._weights()

    def _node(self, *name: str) -> int:
        return self.nodes.setdefault(name, len(self.nodes))

    def _most(self) -> dict[tuple[str, str], int]:
        """The most units each person's ledgers could take."""
        most: dict[tuple[str, str], int] = {}
        for cell in self.cells:
            for ledger in self.ground.chains[cell.shift]:
                key = cell.staff, ledger
                most[key] = most.get(key, 0) + 1

        return most

    def _weights(self) -> dict[int, int]:
        """Each tier outweighs all that lower tiers can differ by."""
        weights: dict[int, int] = {}
        weight = 1

        for tier, clauses in reversed(self.ground.tiers):
            weights[tier] = weight
            weight *= 1 + self._swing(tier, clauses)

        # The cost-scaling search multiplies costs by the nodes.
        nodes = len(self.shifts) + len(self.most) + 1
        return weights if weight * nodes < INT64 else {}

    def _swing(self, tier: int, clauses: list[Clause]) -> int:
        """The most by which two rosters can differ in a tier."""
        alone = self.ground.alone[tier]
        prices = [alone.get(cell, 0) for cell in self.cells]
        due = self.ground.due
        swing = sum(due[s] for s in self.shifts) * (max(prices) - min(prices))

        for clause in clauses:
            if isinstance(clause, Balance):
                units = sum(
                    due[shift]
                    for shift in self.shifts
                    if clause.ledger in self.ground.chains[shift]
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
        return self.ground.steps(staff, ledger, min(top, self.cap))

    def solve(self) -> Relaxation | None:
        """Builds and solves; None when there is nothing it can prove."""
        wide = any(top > self.cap for top in self.most.values())
        if not self.weights:
            return None

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

    def _add_cells(self) -> None:
        sink = self._node("sink")
        due = self.ground.due

        for shift in self.shifts:
            self.flow.set_node_supply(self._node("shift", shift), due[shift])

        self.flow.set_node_supply(sink, -sum(due[s] for s in self.shifts))
        for cell in self.cells:
            chain = self.ground.chains[cell.shift]
            head = self._node(cell.staff, chain[0]) if chain else sink
            price = sum(
                self.weights[tier] * prices.get(cell, 0)
                for tier, prices in self.ground.alone.items()
            )
            arc = self.flow.add_arc_with_capacity_and_unit_cost(
                self._node("shift", cell.shift), head, 1, price
            )
            self.arcs[arc] = cell

    def _add_ledgers(self) -> list[tuple[int, int]]:
        """The convex arcs; each ledger's last arc with its full width."""
        factor = {
            clause.ledger: self.weights[tier] * clause.weight
            for tier, clauses in self.ground.tiers
            for clause in clauses
            if isinstance(clause, Balance)
        }
        lasts = []

        for (staff, ledger), top in self.most.items():
            around = self.ground.parents[ledger]
            tail = self._node(staff, ledger)
            head = self._node(staff, around) if around else self._node("sink")
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
        loads: dict[tuple[str, str], int] = dict.fromkeys(self.most, 0)
        for cell in found:
            for ledger in self.ground.chains[cell.shift]:
                loads[cell.staff, ledger] += 1

        costs = {
            tier: sum(self.ground.alone[tier].get(cell, 0) for cell in found)
            + sum(
                self._added(clause, loads)
                for clause in clauses
                if isinstance(clause, Balance)
            )
            for tier, clauses in self.ground.tiers
        }
        return Relaxation(costs, loads)

    def _added(
        self, clause: Balance, loads: Mapping[tuple[str, str], int]
    ) -> int:
        return clause.weight * sum(
            sum(self.ground.steps(staff, ledger, load))
            for (staff, ledger), load in loads.items()
            if ledger == clause.ledger
        )


def allowed_cells(problem: Problem) -> list[Assignment]:
    """Assignments that no mandatory bar or reserve excludes by itself."""
    cells = problem.possible
    barred = {
        Assignment(violation.shifts[0], violation.staff[0])
        for clause in problem.clauses
        if clause.mandatory
        and not clause.allow
        and isinstance(clause, Bar | Reserve)
        for violation in read(clause, problem, cells)
        if violation.cost > violation.waived
    }
    return [cell for cell in cells if cell not in barred]


def _prices(
    problem: Problem, clauses: list[Clause], cells: list[Assignment]
) -> dict[Assignment, int]:
    """What single assignments cost by themselves in the linear goals."""
    prices: dict[Assignment, int] = {}

    for clause in clauses:
        if not isinstance(clause, Balance):
            for cell, cost in _alone(problem, clause, cells):
                prices[cell] = prices.get(cell, 0) + clause.weight * cost

    return prices


def _alone(
    problem: Problem, clause: Clause, cells: list[Assignment]
) -> Iterator[tuple[Assignment, int]]:
    """Assignments that cost something whatever else is done."""
    if not isinstance(clause, Wish):
        for violation in read(clause, problem, cells):
            cell = Assignment(violation.shifts[0], violation.staff[0])
            yield cell, violation.cost
        return

    yield from _wishes(problem, clause, cells)


def _wishes(
    problem: Problem, clause: Wish, cells: list[Assignment]
) -> Iterator[tuple[Assignment, int]]:
    """
    Wishes to be free, where one assignment alone breaks them.

    With two cells on a date the flow might pay twice; then it pays for
    none, which keeps the bound honest.
    """
    reading = Reading(problem, clause, cells)
    for wished in clause.wishes:
        hit = [
            shift.id
            for shift in reading.holds(wished.staff)
            if shift.id == wished.shift or shift.date == wished.on
        ]
        if len(hit) == 1 and not wished.want:
            yield Assignment(hit[0], wished.staff), wished.weight
