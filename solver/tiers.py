"""
Goals in order, never traded: each tier is minimised, then frozen.

A bound is the solver's proof given that no earlier tier costs more than
reported; 0 where nothing is known.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from time import monotonic

from ortools.sat.python.cp_model import (
    FEASIBLE,
    INFEASIBLE,
    OPTIMAL,
    CpModel,
    CpSolver,
    LinearExpr,
    LinearExprT,
)

from roster.audit import costs
from roster.problem import Assignment, Problem, Status, TierResult
from solver import always
from solver.board import Board
from solver.clauses import build
from solver.terms import Term, forbid, total


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How long a search may take.

    ``effort`` is CP-SAT's deterministic time for one question, so that a
    roster does not depend on how busy the machine is; ``until`` is the
    wall clock's last moment (`time.monotonic`), None without one.
    """

    effort: float = 30.0
    until: float | None = None
    workers: int = 1

    @property
    def over(self) -> bool:
        """Whether the wall time is spent."""
        return self.until is not None and monotonic() >= self.until


class Model:
    """A problem's complete model: board, mandatory clauses, tiers."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = CpModel()
        self.board = Board(problem, self.cp)
        always.coverage(self.board)
        always.pins(self.board)
        always.overlaps(self.board)

        for clause in problem.clauses:
            if clause.mandatory:
                forbid(self.cp, clause, build(clause, self.board))

        self.costs = dict(self._costs())

    def _costs(self) -> Iterator[tuple[int, LinearExprT]]:
        parts: defaultdict[int, list[LinearExprT]] = defaultdict(list)

        for clause in self.problem.clauses:
            if not clause.mandatory:
                terms: list[Term] = list(build(clause, self.board))
                parts[clause.tier].append(
                    clause.weight * total(self.cp, terms)
                )

        for tier in sorted(parts):
            yield tier, LinearExpr.sum(parts[tier])

    def hint(self, assignments: tuple[Assignment, ...]) -> None:
        """Tells the search where the last roster stood."""
        held = set(assignments)
        self.cp.clear_hints()

        for (staff, shift), cell in self.board.cells.items():
            self.cp.add_hint(cell, Assignment(shift, staff) in held)

    def solver(self, limits: Limits) -> CpSolver:
        """A solver set up to give the same answer every time."""
        solver = CpSolver()
        solver.parameters.random_seed = self.problem.seed
        solver.parameters.num_workers = limits.workers
        solver.parameters.max_deterministic_time = limits.effort
        if limits.until is not None:
            solver.parameters.max_time_in_seconds = max(
                0.01, limits.until - monotonic()
            )

        return solver


@dataclass(frozen=True, slots=True)
class Served:
    """The best roster found, tier by tier."""

    assignments: tuple[Assignment, ...]
    tiers: tuple[TierResult, ...]


def first_roster(
    model: Model, limits: Limits
) -> tuple[Status, tuple[Assignment, ...]]:
    """Any roster that keeps every mandatory clause, with the status."""
    solver = model.solver(limits)
    model.cp.clear_objective()
    status = solver.solve(model.cp)
    if status in (OPTIMAL, FEASIBLE):
        return Status.FEASIBLE, model.board.read(solver)

    known = status == INFEASIBLE
    return Status.INFEASIBLE if known else Status.UNKNOWN, ()


def serve(
    model: Model, assignments: tuple[Assignment, ...], limits: Limits
) -> Served:
    """Minimises each tier in turn and never gives back what it gained."""
    results = []

    for tier, cost in model.costs.items():
        found, result = _serve_one(model, tier, cost, assignments, limits)
        assignments = found
        results.append(result)
        model.cp.add(cost <= result.cost)

    return Served(assignments, tuple(results))


def _serve_one(
    model: Model,
    tier: int,
    cost: LinearExprT,
    assignments: tuple[Assignment, ...],
    limits: Limits,
) -> tuple[tuple[Assignment, ...], TierResult]:
    if limits.over:
        real = costs(model.problem, assignments)[tier]
        return assignments, TierResult(tier, real, 0)

    model.hint(assignments)
    model.cp.minimize(cost)
    solver = model.solver(limits)
    solver.parameters.linearization_level = 2
    status = solver.solve(model.cp)

    if status == INFEASIBLE:
        raise AssertionError("a tier cannot lose the roster it began with")

    bound = max(0, ceil(solver.best_objective_bound - 1e-6))
    if status in (OPTIMAL, FEASIBLE):
        assignments = model.board.read(solver)

    real = costs(model.problem, assignments)[tier]
    return assignments, TierResult(tier, real, min(bound, real))
