"""A problem's CP-SAT model, and how long a question to it may take."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from math import ceil
from time import monotonic

from ortools.sat.python.cp_model import (
    FEASIBLE,
    INFEASIBLE,
    OPTIMAL,
    CpModel,
    CpSolver,
    CpSolverSolutionCallback,
    LinearExpr,
    LinearExprT,
)

from roster.problem import Assignment, Problem, Status
from roster.rules.clauses import Clause
from solver import always
from solver.board import Board
from solver.clauses import build
from solver.given import NOTHING, Given
from solver.terms import AllOf, Term, forbid, total

Roster = tuple[Assignment, ...]

STRAIGHT = 0.05  # deterministic seconds of searching without presolve


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

    def within(self, effort: float) -> "Limits":
        """The same with no more than that effort."""
        return replace(self, effort=min(effort, self.effort))

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


def straight(limits: Limits, seed: int) -> CpSolver:
    """A solver that searches at once, without presolving."""
    solver = limits.solver(seed)
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    solver.parameters.symmetry_level = 0
    return solver


class _Enough(CpSolverSolutionCallback):
    """
    Ends a search at a cost that is known to be the least.

    A row that asks for at least that much would mislead the search: it
    took ten times as long on on-call rosters of 200 days.
    """

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    def on_solution_callback(self) -> None:
        """Looks at each roster found on the way."""
        if self.objective_value <= self._least:
            self.stop_search()


class Model:
    """
    Board and mandatory clauses; goals' costs are added when asked.

    Parameters
    ----------
    given
        What is taken for granted; shifts filled by it have no other cells.
    """

    def __init__(self, problem: Problem, given: Given = NOTHING) -> None:
        self.problem = problem
        self.given = given
        self.cp = CpModel()
        self.board = Board(problem, self.cp, given.cells(problem))
        always.given(self.board, given)
        always.coverage(self.board)
        always.pins(self.board)
        always.overlaps(self.board)

        # Assignments that some mandatory clause excludes by itself.
        self.barred: set[Assignment] = set()

        for clause in problem.clauses:
            if clause.mandatory:
                terms = list(build(clause, self.board))
                forbid(self.cp, clause, terms)
                if not clause.allow:
                    self.barred.update(self._barred(terms))

    def _barred(self, terms: Iterable[Term]) -> Iterator[Assignment]:
        """What may not be when everything pinned is."""
        for term in terms:
            if isinstance(term, AllOf) and not term.waived:
                names = {self.board.names.get(v.index) for v in term.literals}
                left = names - self.problem.pinned
                if len(left) == 1 and (only := left.pop()) is not None:
                    yield only

    def fork(self) -> "Model":
        """A copy to ask something of; what is added stays with it."""
        other = copy(self)
        other.cp = self.cp.clone()
        other.board = self.board.onto(other.cp)
        return other

    def give(self, given: Given) -> "Model":
        """A copy of a model of nothing given, for one question of many."""
        other = self.fork()
        other.given = given
        other.barred = self.barred | given.left
        always.given(other.board, given)
        return other

    def cost(self, clauses: Iterable[Clause]) -> LinearExprT:
        """The weighted cost of some goals, exact when minimised."""
        return LinearExpr.sum(
            [
                clause.weight * total(self.cp, build(clause, self.board))
                for clause in clauses
            ]
        )

    def at_most(self, clauses: Iterable[Clause], cost: int) -> None:
        """Asks that some goals cost no more."""
        self.cp.add(self.cost(clauses) <= cost)

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

    def hint(self, roster: Roster) -> None:
        """Tells the search where the last roster stood."""
        held = {(a.staff, a.shift) for a in roster}
        self.cp.clear_hints()

        for key, cell in self.board.cells.items():
            self.cp.add_hint(cell, key in held)

    def ask(self, limits: Limits, hint: Roster = ()) -> tuple[Status, Roster]:
        """Whether there is a roster at all."""
        if hint:
            self.hint(hint)

        return self._answer(limits.solver(self.problem.seed))

    def ask_straight(
        self, limits: Limits, hint: Roster = ()
    ) -> tuple[Status, Roster]:
        """
        The same, first by searching at once.

        Most questions about pinned loads are answered before presolving
        would have ended; the few others need it.
        """
        limited = limits.within(STRAIGHT)
        solver = straight(limited, self.problem.seed)
        status, roster = self._answer(solver)
        if status is not Status.UNKNOWN or limits.over:
            return status, roster

        return self.ask(limits, hint)

    def _answer(self, solver: CpSolver) -> tuple[Status, Roster]:
        status = solver.solve(self.cp)
        if status in (OPTIMAL, FEASIBLE):
            return Status.FEASIBLE, self.board.read(solver)

        known = status == INFEASIBLE
        return Status.INFEASIBLE if known else Status.UNKNOWN, ()

    def minimise(
        self,
        clauses: Sequence[Clause],
        limits: Limits,
        roster: Roster,
        bound: int,
    ) -> tuple[Roster, int]:
        """
        The cheapest roster found for some goals, and the bound proven.

        ``roster`` is one to begin from, ``bound`` one already proven.
        """
        cost = self.cost(clauses)
        self.cp.minimize(cost)
        self.hint(roster)
        solver = limits.solver(self.problem.seed)
        solver.parameters.linearization_level = 2
        status = solver.solve(self.cp, _Enough(bound))
        if status not in (OPTIMAL, FEASIBLE):
            return roster, bound

        proven = ceil(solver.best_objective_bound - 1e-6)
        return self.board.read(solver), max(bound, proven)
