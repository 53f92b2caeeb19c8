"""A problem's CP-SAT model, and how long a question to it may take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import monotonic

from ortools.sat.python.cp_model import (
    CpModel,
    CpSolver,
    LinearExpr,
    LinearExprT,
)

from roster.problem import Assignment, Problem
from roster.rules.clauses import Clause
from solver import always
from solver.board import Board
from solver.clauses import build
from solver.terms import forbid, total


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How long a search may take.

    ``effort`` is CP-SAT's deterministic time for one question, so that a
    roster does not depend on how busy the machine is; ``until`` is the
    wall clock's last moment (`time.monotonic`), None without one.
    """

    effort: float = 20.0
    until: float | None = None
    workers: int = 1

    @property
    def over(self) -> bool:
        """Whether the wall time is spent."""
        return self.until is not None and monotonic() >= self.until

    def solver(self, seed: int) -> CpSolver:
        """A solver set up to give the same answer every time."""
        solver = CpSolver()
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = self.workers
        solver.parameters.max_deterministic_time = self.effort
        if self.until is not None:
            left = self.until - monotonic()
            solver.parameters.max_time_in_seconds = max(0.01, left)

        return solver


class Model:
    """Board and mandatory clauses; goals' costs are added when asked."""

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

    def cost(self, clauses: Iterable[Clause]) -> LinearExprT:
        """The weighted cost of some goals, exact when minimised."""
        return LinearExpr.sum(
            [
                clause.weight * total(self.cp, build(clause, self.board))
                for clause in clauses
            ]
        )

    def pin_loads(self, loads: Mapping[tuple[str, str], int]) -> None:
        """Asks everybody to carry just these duties per ledger."""
        for (staff, ledger), load in loads.items():
            row = self.board.row(self.problem.person[staff])
            held = [s for s in row if s.burden.get(ledger, 0)]
            expr = LinearExpr.weighted_sum(
                [self.board.cells[staff, s.id] for s in held],
                [s.burden[ledger] for s in held],
            )
            self.cp.add(expr == load)

    def hint(self, assignments: Iterable[Assignment]) -> None:
        """Tells the search where the last roster stood."""
        held = set(assignments)
        self.cp.clear_hints()

        for (staff, shift), cell in self.board.cells.items():
            self.cp.add_hint(cell, Assignment(shift, staff) in held)
