"""
Who else could hold a shift, and what would get worse then.

For each other person the problem is solved again with them on the shift,
tier by tier, until one costs more than before; nobody else is held where
they are. The model is built once and shared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from roster.answers import Alternative, Worse
from roster.audit import Breach, breaches, costs
from roster.problem import Assignment, Problem, Status
from roster.rules.clauses import Bar, Reserve
from solver.conflict import conflict
from solver.given import Given
from solver.model import Limits, Model, Roster
from solver.split import split
from solver.tiers import Search


class Alternatives:
    """
    The others for one person's shift in a roster.

    Parameters
    ----------
    roster
        The assignments to compare with, best an optimal roster's.

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
        limits: Limits | None = None,
    ) -> None:
        if cell not in roster:
            raise ValueError(f"{cell} is not in the roster")

        self.problem = problem
        self.roster = tuple(roster)
        self.cell = cell
        self.limits = limits or Limits()

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody who has the shift's post and is not on it."""
        shift = self.problem.shift[self.cell.shift]
        on_it = {a.staff for a in self.roster if a.shift == shift.id}
        return tuple(
            person.id
            for person in self.problem.staff
            if person.id not in on_it
            and person.has_post(shift.post, shift.date)
        )

    def __iter__(self) -> Iterator[Alternative]:
        return (self.of(staff) for staff in self.people)

    def of(self, staff: str) -> Alternative:
        """What becomes of the roster with somebody else on the shift."""
        other = Assignment(self.cell.shift, staff)
        if against := self._at_first_sight(other):
            return Alternative(staff, possible=False, breaches=against)

        given = Given(frozenset({other}), frozenset({self.cell}))
        search = Search(self._part, self.limits, self._model.give(given))
        status, roster = search.first()
        if status is Status.INFEASIBLE:
            members = conflict(self.problem, self.limits, given)
            return Alternative(staff, possible=False, conflict=members)

        if status is Status.UNKNOWN:
            return Alternative(staff, possible=None)

        worse = self._worse(search, roster)
        return Alternative(staff, possible=True, worse=worse)

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
