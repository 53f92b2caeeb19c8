"""
Goals in order, never traded: each tier is served, then kept.

The first question hopes for every tier at its bound at once; a roster that
answers it ends the search.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from roster.problem import Problem, Status, TierResult
from roster.rules.clauses import Clause, Spacing
from solver.flow import Relaxation, relax
from solver.gained import Gained, kept_by_loads
from solver.model import Limits, Model, Roster
from solver.spacing import counting_bound, keep_apart
from solver.tier import Tier

Ask = Callable[[Model], None]


class Search:
    """
    The search for one problem's roster; ``results`` grow by tier.

    Parameters
    ----------
    base
        The problem's model where it is known, with what is given in it.
    """

    def __init__(
        self, problem: Problem, limits: Limits, base: Model | None = None
    ) -> None:
        self.problem = problem
        self.limits = limits
        self.gained = Gained(problem, limits, base)
        base = self.gained.base
        cells = [c for c in base.board.names.values() if c not in base.barred]
        self.flow: Relaxation | None = relax(problem, cells, base.given.held)
        self.exact = True  # every tier so far costs what the flow says
        self.results: list[TierResult] = []

    @cached_property
    def tiers(self) -> dict[int, list[Clause]]:
        """The goals by tier."""
        goals = [c for c in self.problem.clauses if not c.mandatory]
        goals.sort(key=lambda clause: clause.tier)
        return {
            tier: list(clauses)
            for tier, clauses in groupby(goals, key=lambda c: c.tier)
        }

    @cached_property
    def spacings(self) -> list[Spacing]:
        """The goals that duties be spread out, by tier."""
        every = (c for clauses in self.tiers.values() for c in clauses)
        return [clause for clause in every if isinstance(clause, Spacing)]

    @cached_property
    def hoped(self) -> dict[str, int]:
        """The widest that counting allows, by spacing goal."""
        board = self.gained.base.board
        return {c.id: counting_bound(c, board) for c in self.spacings}

    def first(self, hint: Roster = ()) -> tuple[Status, Roster]:
        """
        Any roster; one with all tiers at their bounds if there is one.

        Parameters
        ----------
        hint
            A roster to look near, where one is known.
        """
        for hope in self._hopes():
            if self.limits.over:
                break

            model = self.gained.base.fork()
            for ask in hope:
                ask(model)
            status, roster = model.ask_straight(self.gained.quick, hint)
            if status is Status.FEASIBLE:
                return status, roster

        return self.gained.base.ask(self.limits, hint)

    def _hopes(self) -> Iterator[list[Ask]]:
        """What to hope for, less and less of it."""
        if self.flow is None:
            return

        for also in [[self._spread], []] if self.spacings else [[]]:
            yield [self._loads, self._others, *also]
            yield [self._costs, *also]

        yield [self._loads]

    def _loads(self, model: Model) -> None:
        """Everybody's loads as the flow has them."""
        if self.flow is not None:
            model.pin_loads(self.flow.loads)

    def _others(self, model: Model) -> None:
        """Tiers that loads alone do not decide, at what the flow says."""
        self._costs(model, but=kept_by_loads)

    def _costs(
        self,
        model: Model,
        but: Callable[[Sequence[Clause]], bool] = lambda _: False,
    ) -> None:
        """All tiers at what the flow says, whoever carries how much."""
        for tier, clauses in self.tiers.items():
            plain = [c for c in clauses if not isinstance(c, Spacing)]
            if self.flow is not None and plain and not but(plain):
                model.at_most(plain, self.flow.costs.get(tier, 0))

    def _spread(self, model: Model) -> None:
        """Every spacing as wide as can be hoped for."""
        for clause in self.spacings:
            keep_apart(clause, model.board, self.hoped[clause.id])

    def serve(self, roster: Roster) -> Roster:
        """Serves every tier, beginning from a first roster."""
        *_, last = roster, *self.served(roster)
        return last

    def served(self, roster: Roster) -> Iterator[Roster]:
        """The same, with the roster after each tier."""
        for number, clauses in self.tiers.items():
            tier = Tier(
                self.gained,
                clauses,
                self.hoped,
                share_loads=self.flow is not None,
            )
            floor = self._floor(number, clauses)
            roster, bound = tier.serve(roster, floor)
            cost = tier.cost(roster)
            bound = min(cost, max(bound, floor))
            self.results.append(TierResult(number, cost, bound))
            self.gained.keep(clauses, cost)
            flow = self.flow.costs.get(number) if self.flow else None
            self.exact &= flow == cost
            yield roster

    def _floor(self, tier: int, clauses: Sequence[Clause]) -> int:
        """What a tier costs at least, by flow and by counting people."""
        counted = sum(
            clause.weight * (clause.cap - self.hoped[clause.id])
            for clause in clauses
            if isinstance(clause, Spacing)
        )
        if self.flow is None or not self.exact:
            return counted

        return counted + max(0, self.flow.costs.get(tier, 0))
