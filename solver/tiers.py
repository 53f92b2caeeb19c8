"""
Goals in order, never traded: each tier is served, then frozen.

A tier is first asked of rosters with everybody's loads as they are, which
is quick, and of all rosters only where that does not reach the bound.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from math import ceil

from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL

from roster.audit import costs
from roster.auditors import Reading
from roster.problem import Assignment, Problem, Status, TierResult
from roster.rules.clauses import Balance, Clause, Spacing
from solver.flow import Relaxation, relax
from solver.model import Limits, Model
from solver.spacing import counting_bound, keep_apart

Roster = tuple[Assignment, ...]
Freeze = Callable[[Model], None]

QUICK = 3.0  # deterministic seconds for a question about pinned loads


class Search:
    """
    The search for one problem's roster, tier by tier.

    ``results`` grows as tiers are served; ``frozen`` are the rows that
    keep what was gained, added to every model built later.
    """

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.problem = problem
        self.limits = limits
        self.flow: Relaxation | None = relax(problem)
        self.exact = True  # every tier so far costs what the flow says
        self.frozen: list[Freeze] = []
        self.results: list[TierResult] = []

    @cached_property
    def full(self) -> Model:
        """The model of all rosters, with what is frozen so far."""
        model = Model(self.problem)
        for freeze in self.frozen:
            freeze(model)

        return model

    def first(self) -> tuple[Status, Roster]:
        """Any roster; one with the flow's loads where there is one."""
        if self.flow is not None:
            model = Model(self.problem)
            model.pin_loads(self.flow.loads)
            status, roster = self._ask(model, (), QUICK)
            if status is Status.FEASIBLE:
                return status, roster

        return self._ask(self.full, (), self.limits.effort)

    def _ask(
        self, model: Model, hint: Roster, effort: float
    ) -> tuple[Status, Roster]:
        """Whether a model has a roster at all."""
        limits = replace(self.limits, effort=effort)
        solver = limits.solver(self.problem.seed)
        model.cp.clear_objective()
        if hint:
            model.hint(hint)

        status = solver.solve(model.cp)
        if status in (OPTIMAL, FEASIBLE):
            return Status.FEASIBLE, model.board.read(solver)

        known = status == INFEASIBLE
        return Status.INFEASIBLE if known else Status.UNKNOWN, ()

    def serve(self, roster: Roster) -> Roster:
        """Serves every tier, beginning from a first roster."""
        goals = [c for c in self.problem.clauses if not c.mandatory]

        for tier in sorted({clause.tier for clause in goals}):
            clauses = [clause for clause in goals if clause.tier == tier]
            roster, result = self._tier(tier, clauses, roster)
            self.results.append(result)

        return roster

    def _tier(
        self, tier: int, clauses: Sequence[Clause], roster: Roster
    ) -> tuple[Roster, TierResult]:
        bound = self._flow_bound(tier)
        if self._cost(tier, roster) > bound and not self.limits.over:
            spaced = all(isinstance(c, Spacing) for c in clauses)
            serve = self._spaced if spaced else self._minimised
            roster, better = serve(clauses, roster, tier, bound)
            bound = max(bound, better)

        cost = self._cost(tier, roster)
        self.exact &= self.flow is not None and (
            self.flow.costs.get(tier) == cost
        )
        self._freeze(lambda model: _at_most(model, clauses, cost))
        return roster, TierResult(tier, cost, min(cost, bound))

    def _cost(self, tier: int, roster: Roster) -> int:
        return costs(self.problem, roster)[tier]

    def _flow_bound(self, tier: int) -> int:
        if self.flow is None or not self.exact:
            return 0

        return max(0, self.flow.costs.get(tier, 0))

    def _freeze(self, freeze: Freeze) -> None:
        self.frozen.append(freeze)
        if "full" in self.__dict__:
            freeze(self.full)

    def _pinned(self, roster: Roster) -> Model:
        """The model of rosters with just this roster's loads."""
        model = Model(self.problem)
        model.pin_loads(_loads(self.problem, roster))
        for result, freeze in zip(self.results, self.frozen, strict=True):
            # Balances cannot change while loads are pinned.
            if not self._balances(result.tier):
                freeze(model)

        return model

    def _balances(self, tier: int) -> bool:
        return all(
            isinstance(c, Balance)
            for c in self.problem.clauses
            if c.tier == tier
        )

    def _minimised(
        self, clauses: Sequence[Clause], roster: Roster, tier: int, bound: int
    ) -> tuple[Roster, int]:
        """Minimises a tier's cost, with the solver's bound."""
        if self.flow is not None and not self._balances(tier):
            model = self._pinned(roster)
            roster, _ = self._minimise(model, clauses, roster, bound, QUICK)
            if self._cost(tier, roster) <= bound:
                return roster, bound

        effort = self.limits.effort
        return self._minimise(self.full, clauses, roster, bound, effort)

    def _minimise(
        self,
        model: Model,
        clauses: Sequence[Clause],
        roster: Roster,
        bound: int,
        effort: float,
    ) -> tuple[Roster, int]:
        cost = model.cost(clauses)
        model.cp.add(cost >= bound)
        model.cp.minimize(cost)
        model.hint(roster)
        limits = replace(self.limits, effort=effort)
        solver = limits.solver(self.problem.seed)
        solver.parameters.linearization_level = 2
        status = solver.solve(model.cp)
        if status not in (OPTIMAL, FEASIBLE):
            return roster, bound

        proven = ceil(solver.best_objective_bound - 1e-6)
        return model.board.read(solver), max(bound, proven)

    def _spaced(
        self, clauses: Sequence[Clause], roster: Roster, tier: int, bound: int
    ) -> tuple[Roster, int]:
        """Widens each clause's spacing where they do not share people."""
        spacings = [c for c in clauses if isinstance(c, Spacing)]
        if _share_people(self.problem, spacings):
            return self._minimised(clauses, roster, tier, bound)

        total = 0
        for clause in spacings:
            roster, least = self._widen(clause, roster)
            total += clause.weight * least

        return roster, total

    def _widen(self, clause: Spacing, roster: Roster) -> tuple[Roster, int]:
        """The widest spacing of one clause, and the least cost proven."""
        now = clause.cap - _cost_of(self.problem, clause, roster)
        hoped = counting_bound(clause, self.full.board)
        width, roster = self._widest(clause, roster, now, hoped, QUICK)
        proven = hoped

        while width < proven and not self.limits.over:
            model = self._spaced_model(clause, width + 1, Model(self.problem))
            status, found = self._ask(model, roster, self.limits.effort)
            if status is Status.INFEASIBLE:
                proven = width
            elif status is Status.FEASIBLE:
                width, roster = width + 1, found
            else:
                break

        self._freeze_spacing(clause, width)
        return roster, clause.cap - proven

    def _widest(
        self,
        clause: Spacing,
        roster: Roster,
        low: int,
        high: int,
        effort: float,
    ) -> tuple[int, Roster]:
        """Bisects among rosters with the present loads, highest first."""
        loads = _loads(self.problem, roster)
        target = high

        while low < high and not self.limits.over:
            model = Model(self.problem)
            model.pin_loads(loads)
            self._spaced_model(clause, target, model)
            status, found = self._ask(model, roster, effort)
            if status is Status.FEASIBLE:
                low, roster = target, found
            else:
                high = target - 1
            target = (low + high + 1) // 2

        return low, roster

    def _spaced_model(self, clause: Spacing, days: int, model: Model) -> Model:
        for freeze in self.frozen:
            freeze(model)

        keep_apart(clause, model.board, days)
        return model

    def _freeze_spacing(self, clause: Spacing, days: int) -> None:
        self._freeze(lambda model: keep_apart(clause, model.board, days))


def _at_most(model: Model, clauses: Sequence[Clause], cost: int) -> None:
    model.cp.add(model.cost(clauses) <= cost)


def _cost_of(problem: Problem, clause: Clause, roster: Roster) -> int:
    alone = replace(problem, clauses=(replace(clause, weight=1),))
    return costs(alone, roster)[clause.tier]


def _share_people(problem: Problem, clauses: Sequence[Spacing]) -> bool:
    seen: set[str] = set()
    for clause in clauses:
        people = {p.id for p in Reading(problem, clause, ()).people}
        if seen & people:
            return True
        seen |= people

    return False


def _loads(problem: Problem, roster: Roster) -> dict[tuple[str, str], int]:
    """Everybody's points per balanced ledger in a roster."""
    ledgers = {c.ledger for c in problem.clauses if isinstance(c, Balance)}
    loads = {(p.id, name): 0 for p in problem.staff for name in ledgers}
    for assignment in roster:
        burden = problem.shift[assignment.shift].burden
        for ledger in ledgers & burden.keys():
            loads[assignment.staff, ledger] += burden[ledger]

    return loads
