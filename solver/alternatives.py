"""
Who else could hold a shift, and what would get worse then.

For each other person the problem is solved again with them on the shift,
tier by tier, until one costs more than before; nobody else is held where
they are. Often a plain swap does as well as the flow proves can be done,
and nothing need be searched. The model is built once and shared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from time import monotonic

from roster.answers import Alternative, StandIn, Worse
from roster.audit import Breach, breaches, costs
from roster.auditors import cost, read
from roster.moves import stand_ins
from roster.problem import Assignment, Problem, Status
from roster.rules.clauses import Bar, Clause, Reserve, Spacing
from solver.conflict import conflict
from solver.flow import Relaxation
from solver.given import Given
from solver.model import Limits, Model, Roster
from solver.spacing import keep_apart
from solver.split import split
from solver.tiers import Search

AT_ONCE = 0.3  # deterministic seconds for what is hoped to be seen at once


class Alternatives:
    """
    The others for one person's shift in a roster.

    Parameters
    ----------
    roster
        The assignments to compare with, best an optimal roster's.
    time_limit
        Wall seconds for each person; without one, deterministic limits
        alone apply.

    Raises
    ------
    ValueError
        When the roster has no such assignment.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Sequence[Assignment],
        cell: Assignment,
        *,
        time_limit: float | None = None,
    ) -> None:
        if cell not in roster:
            raise ValueError(f"{cell} is not in the roster")

        self.problem = problem
        self.roster = tuple(roster)
        self.cell = cell
        self.time_limit = time_limit

    def _limits(self) -> Limits:
        """How long a question asked now may take."""
        limit = self.time_limit
        return Limits(until=None if limit is None else monotonic() + limit)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """
        Everybody who has the shift's post and is not on it.

        Whoever could simply swap or cover comes first, the best before.
        """
        shift = self.problem.shift[self.cell.shift]
        on_it = {a.staff for a in self.roster if a.shift == shift.id}
        able = dict.fromkeys(
            person.id
            for person in self.problem.staff
            if person.id not in on_it
            and person.has_post(shift.post, shift.date)
        )
        ranked = [name for name in self._moves if name in able]
        return tuple(dict.fromkeys([*ranked, *able]))

    def __iter__(self) -> Iterator[Alternative]:
        return (self.of(staff) for staff in self.people)

    def of(self, staff: str) -> Alternative:
        """What becomes of the roster with somebody else on the shift."""
        other = Assignment(self.cell.shift, staff)
        if against := self._at_first_sight(other):
            return Alternative(staff, possible=False, breaches=against)

        near = self._moves.get(staff)
        if near is not None and not any(by for _, by in near.costs):
            return Alternative(staff, possible=True)

        given, limits = self._given(other), self._limits()
        search = Search(self._part, limits, self._model.give(given))
        if near is not None and (worse := self._proven(near, search.flow)):
            return Alternative(staff, possible=True, worse=worse)

        hint = self._after(near)
        if self._hopeful(search.flow) and self._as_good(other, hint, limits):
            return Alternative(staff, possible=True)

        status, roster = search.first(hint)
        if status is Status.INFEASIBLE:
            members = conflict(self.problem, limits, given)
            return Alternative(staff, possible=False, conflict=members)

        if status is Status.UNKNOWN:
            return Alternative(staff, possible=None)

        worse = self._worse(search, roster)
        return Alternative(staff, possible=True, worse=worse)

    @cached_property
    def _moves(self) -> dict[str, StandIn]:
        """The best swap or cover of each other person, the best first."""
        best: dict[str, StandIn] = {}
        for found in stand_ins(
            self.problem, self.roster, self.cell.shift, self.cell.staff
        ):
            best.setdefault(found.staff, found)

        return best

    def _after(self, move: StandIn | None) -> Roster:
        """The roster after a swap or cover, to look near."""
        after = set(self._here)
        if move is not None:
            after -= {self.cell, Assignment(move.back, move.staff)}
            after.add(Assignment(self.cell.shift, move.staff))
            if move.back:
                after.add(Assignment(move.back, self.cell.staff))

        return tuple(sorted(after))

    def _hopeful(self, flow: Relaxation | None) -> bool:
        """Whether the flow leaves it open that nothing gets worse."""
        return flow is not None and all(
            bound <= self._costs[tier] for tier, bound in flow.costs.items()
        )

    def _as_good(
        self, other: Assignment, hint: Roster, limits: Limits
    ) -> bool:
        """
        Whether some roster is seen at once that costs no more anywhere.

        Only those on the same post are moved, and spacings are asked for
        as wide as they were: few questions are quicker.
        """
        given = self._given(other, self._elsewhere)
        model = Model(self._part, given)
        for clause, reached in self._reached:
            if isinstance(clause, Spacing):
                keep_apart(clause, model.board, clause.cap - reached)

        for tier in self._costs:
            plain = [
                (clause, reached)
                for clause, reached in self._reached
                if clause.tier == tier and not isinstance(clause, Spacing)
            ]
            if plain:
                most = sum(c.weight * reached for c, reached in plain)
                model.at_most([clause for clause, _ in plain], most)

        status, _ = model.ask_straight(limits.within(AT_ONCE), hint)
        return status is Status.FEASIBLE

    @cached_property
    def _reached(self) -> list[tuple[Clause, int]]:
        """The goals, each with what it costs now."""
        return [
            (
                clause,
                cost(read(clause, self._part, self._here), mandatory=False),
            )
            for clause in self._part.clauses
            if not clause.mandatory
        ]

    def _given(
        self, other: Assignment, held: frozenset[Assignment] = frozenset()
    ) -> Given:
        return Given(held | {other}, frozenset({self.cell}))

    @cached_property
    def _elsewhere(self) -> frozenset[Assignment]:
        """Who is on duty in other posts."""
        shifts = self.problem.shift
        post = shifts[self.cell.shift].post
        return frozenset(a for a in self._here if shifts[a.shift].post != post)

    def _proven(self, move: StandIn, flow: Relaxation | None) -> Worse | None:
        """What a move costs, where the flow proves that no less will do."""
        tier, by = next((tier, by) for tier, by in move.costs if by)
        if flow is None or by < 0:
            return None

        for number, before in self._costs.items():
            bound = flow.costs.get(number)
            if number == tier:
                least = bound is not None and bound >= before + by
                return Worse(tier, by) if least else None

            if bound != before:
                return None

        return None

    def _worse(self, search: Search, roster: Roster) -> Worse | None:
        """The first tier that costs more, served up to there."""
        for _ in search.served(roster):
            result = search.results[-1]
            more = result.cost - self._costs[result.tier]
            if more:
                proven = result.bound == result.cost
                return Worse(result.tier, more, proven) if more > 0 else None

        return None

    def _at_first_sight(self, other: Assignment) -> tuple[Breach, ...]:
        """What is against it whoever else stands where."""
        standing = self.problem.pinned - {self.cell}
        return tuple(
            breach
            for breach in breaches(self._plain, standing | {other})
            if breach.rule != "coverage" and other.staff in breach.staff
        )

    @cached_property
    def _plain(self) -> Problem:
        """The problem with what forbids single assignments, no more."""
        alone = [
            clause
            for clause in self.problem.clauses
            if isinstance(clause, Bar | Reserve)
        ]
        return replace(self.problem, clauses=tuple(alone))

    @cached_property
    def _part(self) -> Problem:
        """The part of the problem in which the shift lies."""
        return next(
            part
            for part in split(self.problem)
            if self.cell.shift in part.shift
        )

    @cached_property
    def _model(self) -> Model:
        return Model(self._part)

    @cached_property
    def _here(self) -> Roster:
        part = self._part
        return tuple(a for a in self.roster if a.shift in part.shift)

    @cached_property
    def _costs(self) -> dict[int, int]:
        return costs(self._part, self._here)
