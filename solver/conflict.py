"""
Why no roster exists: a set of demands of which none can be left out.

Every demand is an assumption of one model: a mandatory clause, a pin, a
shift's being filled, a range of somebody's leave. What is not assumed is
relaxed; posts, overlap and at most ``needs`` people always hold.
"""

from collections.abc import Iterable

from ortools.sat.python.cp_model import (
    INFEASIBLE,
    CpModel,
    CpSolver,
    IntVar,
    LinearExpr,
)

from roster.audit import places
from roster.problem import ConflictMember, Pin, Problem
from solver import always
from solver.board import Board
from solver.clauses import build
from solver.model import Limits
from solver.terms import forbid


def conflict(problem: Problem, limits: Limits) -> tuple[ConflictMember, ...]:
    """An irreducible conflict of a problem that has no roster."""
    return Demands(problem).irreducible(limits)


class Demands:
    """A problem's demands, each behind a literal of one model."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = CpModel()
        self.members: list[tuple[IntVar, ConflictMember]] = []
        self.board = Board(problem, self.model, ignore_leave=True)
        always.overlaps(self.board)
        self._fill()
        self._leave()
        self._pins()
        self._clauses()

    def _demand(self, member: ConflictMember) -> IntVar:
        literal = self.model.new_bool_var("")
        self.members.append((literal, member))
        return literal

    def _fill(self) -> None:
        for shift in self.problem.shifts:
            column = LinearExpr.sum(self.board.column(shift))
            due = places(self.problem, shift)
            asked = self._demand(
                ConflictMember(shift=shift.id, article=shift.article)
            )
            self.board.asked[shift.id] = asked
            self.model.add(column <= due)
            self.model.add(column >= due).only_enforce_if(asked)

    def _leave(self) -> None:
        for person in self.problem.staff:
            for period in dict.fromkeys(person.unavailable):
                away = self._demand(
                    ConflictMember(staff=person.id, away=period)
                )
                for shift in self.board.row(person):
                    pin = Pin(shift.id, person.id).assignment
                    if shift.date in period and pin not in self.problem.past:
                        cell = self.board.cells[person.id, shift.id]
                        self.model.add_implication(away, ~cell)

    def _pins(self) -> None:
        for pin in sorted(set(self.problem.pins)):
            stands = self._demand(ConflictMember(pin=pin))
            cell = self.board.cells[pin.staff, pin.shift]
            self.model.add_implication(stands, cell)

    def _clauses(self) -> None:
        for clause in self.problem.clauses:
            if clause.mandatory:
                holds = self._demand(
                    ConflictMember(clause=clause.id, article=clause.article)
                )
                terms = build(clause, self.board)
                forbid(self.model, clause, terms, (holds,))

    def holdable(
        self, members: Iterable[int], limits: Limits
    ) -> tuple[bool, list[int]]:
        """Whether these members (by index) can hold, else a core."""
        chosen = list(members)
        self.model.clear_assumptions()
        self.model.add_assumptions([self.members[i][0] for i in chosen])
        solver = CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.problem.seed
        solver.parameters.max_deterministic_time = limits.effort

        if solver.solve(self.model) != INFEASIBLE:
            return True, []

        core = set(solver.sufficient_assumptions_for_infeasibility())
        return False, [i for i in chosen if self.members[i][0].index in core]

    def irreducible(self, limits: Limits) -> tuple[ConflictMember, ...]:
        """Leaves members out one by one while the rest cannot hold."""
        holdable, core = self.holdable(range(len(self.members)), limits)
        if holdable:
            core = list(range(len(self.members)))

        for member in list(core):
            if limits.over or member not in core:
                continue

            rest = [other for other in core if other != member]
            holdable, smaller = self.holdable(rest, limits)
            if not holdable:
                core = smaller

        return tuple(self.members[i][1] for i in core)
