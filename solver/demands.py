"""
A problem's demands, each behind a literal of one model.

A mandatory clause, a pin, a shift's being filled, a range of somebody's
leave. What is not asked for is relaxed; posts, overlap and at most
``needs`` people always hold.
"""

from collections.abc import Collection, Iterable

from ortools.sat.python.cp_model import (
    INFEASIBLE,
    UNKNOWN,
    BoolVarT,
    CpModel,
    IntVar,
    LinearExpr,
)

from roster.audit import places
from roster.problem import Assignment, ConflictMember, Problem
from solver import always
from solver.board import Board
from solver.clauses import build
from solver.given import NOTHING, Given
from solver.model import STRAIGHT, Limits, straight
from solver.terms import forbid


class Demands:
    """
    A problem's demands, each behind a literal of one model.

    Parameters
    ----------
    only
        Shifts that may be held at all; the others stay empty.
    """

    def __init__(
        self,
        problem: Problem,
        given: Given = NOTHING,
        only: Collection[str] | None = None,
    ) -> None:
        self.problem = problem
        self.given = given
        self.only = only
        self.model = CpModel()
        self.members: list[tuple[IntVar, ConflictMember]] = []
        # Whose leave counts is for the conflict to say.
        cells = [
            c for c in problem.eligible if only is None or c.shift in only
        ]
        self.board = Board(problem, self.model, cells)
        always.overlaps(self.board)
        always.given(self.board, given)
        self._fill()
        self._leave()
        self._pins()
        self._clauses()

    def _demand(self, member: ConflictMember) -> IntVar:
        literal = self.model.new_bool_var("")
        self.members.append((literal, member))
        return literal

    def _demand_all(
        self, member: ConflictMember, literals: Iterable[BoolVarT]
    ) -> None:
        demand = self._demand(member)
        for literal in literals:
            self.model.add_implication(demand, literal)

    def _fill(self) -> None:
        for shift in self.problem.shifts:
            if self.only is not None and shift.id not in self.only:
                self.board.asked[shift.id] = self.model.new_constant(0)
                continue

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
                missed = [
                    self.board.cells[person.id, shift.id]
                    for shift in self.board.row(person)
                    if shift.date in period
                    and Assignment(shift.id, person.id)
                    not in self.problem.past
                ]
                if missed:
                    member = ConflictMember(staff=person.id, away=period)
                    self._demand_all(member, [~cell for cell in missed])

    def _pins(self) -> None:
        for pin in sorted(set(self.problem.pins)):
            cell = self.board.cells[pin.staff, pin.shift]
            self._demand_all(ConflictMember(pin=pin), [cell])

    def _clauses(self) -> None:
        for clause in self.problem.clauses:
            if clause.mandatory:
                holds = self._demand(
                    ConflictMember(clause=clause.id, article=clause.article)
                )
                terms = build(clause, self.board)
                forbid(self.model, clause, terms, (holds,))

    def named(self, members: Iterable[int]) -> tuple[ConflictMember, ...]:
        """The members at these places."""
        return tuple(self.members[i][1] for i in members)

    def places_of(self, members: Iterable[ConflictMember]) -> list[int]:
        """Where these members stand, those that are demanded here."""
        places = {member: i for i, (_, member) in enumerate(self.members)}
        return [places[member] for member in members if member in places]

    def core(
        self, limits: Limits, members: Iterable[int] | None = None
    ) -> list[int] | None:
        """
        Members (by place) that cannot hold together; None if they can.

        None as well where that was not settled in time.
        """
        every = range(len(self.members))
        chosen = list(every if members is None else members)
        self.model.clear_assumptions()
        self.model.add_assumptions([self.members[i][0] for i in chosen])
        solver = straight(limits.within(STRAIGHT), self.problem.seed)
        status = solver.solve(self.model)
        if status == UNKNOWN and not limits.over:
            return chosen if self._impossible(chosen, limits) else None

        if status != INFEASIBLE:
            return None

        named = set(solver.sufficient_assumptions_for_infeasibility())
        return [i for i in chosen if self.members[i][0].index in named]

    def _impossible(self, chosen: Iterable[int], limits: Limits) -> bool:
        """
        The same with the literals fixed, so that presolving sees through.

        Too many duties for too few people are refuted by adding up, for
        which assumptions stand in the way.
        """
        asked = set(chosen)
        model = self.model.clone()
        model.clear_assumptions()
        for place, (literal, _) in enumerate(self.members):
            model.add(literal == (place in asked))

        solver = limits.solver(self.problem.seed)
        solver.parameters.linearization_level = 2
        return bool(solver.solve(model) == INFEASIBLE)
