"""
Goals in order, never traded: each tier is served, then frozen.

The first question hopes for every tier at its bound at once; a roster that
answers it ends the search. Where there is none, a tier is first asked of
rosters with everybody's loads as they are, which is quick, and of all
rosters only where that does not reach the bound.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby

from roster.auditors import cost, read
from roster.problem import Problem, Status, TierResult
from roster.rules.clauses import Balance, Clause, Selection, Spacing
from solver.flow import Relaxation, relax
from solver.model import Limits, Model, Roster
from solver.spacing import counting_bound, keep_apart, widest

Freeze = Callable[[Model], None]

QUICK = 1.0  # deterministic seconds for a question that mostly is quick,
CELLS = 4000  # and one more for so many cells
STEPS = 4  # times a bound is raised by one before minimising


class Search:
    """
    The search for one problem's roster, tier by tier.

    ``results`` grows as tiers are served; ``frozen`` are the rows that
    keep what was gained, with whether pinned loads keep it anyway.
    """

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.problem = problem
        self.limits = limits
        self.base = Model(problem)
        self.quick = limits.within(QUICK + len(self.base.board.cells) / CELLS)
        self.flow: Relaxation | None = relax(problem, self.base.barred)
        self.exact = True  # every tier so far costs what the flow says
        self.frozen: list[tuple[bool, Freeze]] = []
        self.results: list[TierResult] = []
        self._full: Model | None = None
        self._applied = 0

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
    def hoped(self) -> dict[str, int]:
        """The widest that counting allows, by spacing goal."""
        return {
            clause.id: counting_bound(clause, self.base.board)
            for clauses in self.tiers.values()
            for clause in clauses
            if isinstance(clause, Spacing)
        }

    @property
    def full(self) -> Model:
        """The model of all rosters, with what is frozen so far."""
        if self._full is None:
            self._full = self.base.fork()

        for _, freeze in self.frozen[self._applied :]:
            freeze(self._full)

        self._applied = len(self.frozen)
        return self._full

    def first(self) -> tuple[Status, Roster]:
        """Any roster; one with all tiers at their bounds if there is one."""
        for rows in self._hopes():
            if self.limits.over:
                break

            model = self.base.fork()
            for row in rows:
                row(model)
            status, roster = model.ask_straight(self.quick)
            if status is Status.FEASIBLE:
                return status, roster

        return self.base.ask(self.limits)

    def _hopes(self) -> Iterator[list[Freeze]]:
        """What to hope for, less and less of it."""
        if self.flow is None:
            return

        loads = partial(_pin, loads=self.flow.loads)
        others = [
            partial(_at_most, clauses=plain, cost=self.flow.costs.get(tier, 0))
            for tier, clauses in self.tiers.items()
            if (plain := [c for c in clauses if not _spaces(c)])
            and not _kept_by_loads(plain)
        ]
        spaced = [
            partial(_spread_out, clause=clause, days=self.hoped[clause.id])
            for clauses in self.tiers.values()
            for clause in clauses
            if isinstance(clause, Spacing)
        ]
        if spaced:
            yield [loads, *others, *spaced]
        if others:
            yield [loads, *others]
        yield [loads]

    def serve(self, roster: Roster) -> Roster:
        """Serves every tier, beginning from a first roster."""
        for tier, clauses in self.tiers.items():
            roster, result = self._tier(tier, clauses, roster)
            self.results.append(result)

        return roster

    def _tier(
        self, tier: int, clauses: Sequence[Clause], roster: Roster
    ) -> tuple[Roster, TierResult]:
        bound = self._floor(tier, clauses)
        if self._open(clauses, roster, bound):
            spaced = all(_spaces(clause) for clause in clauses)
            serve = self._spaced if spaced else self._minimised
            roster, better = serve(clauses, roster, bound)
            bound = max(bound, better)

        cost = self._cost(clauses, roster)
        self.exact &= self.flow is not None and (
            self.flow.costs.get(tier) == cost
        )
        freeze = partial(_at_most, clauses=clauses, cost=cost)
        self.frozen.append((_kept_by_loads(clauses), freeze))
        return roster, TierResult(tier, cost, min(cost, bound))

    def _cost(self, clauses: Sequence[Clause], roster: Roster) -> int:
        return sum(
            clause.weight
            * cost(read(clause, self.problem, roster), mandatory=False)
            for clause in clauses
        )

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

    def _pinned(self, roster: Roster) -> Model:
        """The model of rosters with just this roster's loads."""
        model = self.base.fork()
        model.pin_loads(_loads(self.problem, roster))
        for by_loads, freeze in self.frozen:
            if not by_loads:
                freeze(model)

        return model

    def _minimised(
        self, clauses: Sequence[Clause], roster: Roster, bound: int
    ) -> tuple[Roster, int]:
        """A tier's cheapest roster and its bound, first with these loads."""
        if not self._by_loads(clauses):
            model = self._pinned(roster)
            model.at_most(clauses, bound)
            status, found = model.ask_straight(self.quick, roster)
            if status is Status.FEASIBLE:
                return found, bound

        return self._closed(clauses, roster, bound)

    def _closed(
        self, clauses: Sequence[Clause], roster: Roster, bound: int
    ) -> tuple[Roster, int]:
        """
        Closes in on a tier's least cost from both sides, as far as it can.

        Asking whether the bound can be met is quick where minimising is
        not: a cost that is fixed is seen through by presolving.
        """
        roster, bound = self._raised(clauses, roster, bound, self.quick)
        if not self._by_loads(clauses) and self._open(clauses, roster, bound):
            model = self._pinned(roster)
            roster, _ = model.minimise(clauses, self.quick, roster, bound)

        if self._open(clauses, roster, bound):
            model = self.full.fork()
            roster, bound = model.minimise(clauses, self.limits, roster, bound)

        return self._raised(clauses, roster, bound, self.limits)

    def _open(
        self, clauses: Sequence[Clause], roster: Roster, bound: int
    ) -> bool:
        """Whether there is something to gain, and time to gain it in."""
        return self._cost(clauses, roster) > bound and not self.limits.over

    def _by_loads(self, clauses: Sequence[Clause]) -> bool:
        """Whether rosters with the same loads cannot differ in a tier."""
        return self.flow is None or _kept_by_loads(clauses)

    def _raised(
        self,
        clauses: Sequence[Clause],
        roster: Roster,
        bound: int,
        limits: Limits,
    ) -> tuple[Roster, int]:
        """Asks whether the bound can be met, and raises it where not."""
        for _ in range(STEPS):
            if not self._open(clauses, roster, bound):
                break

            model = self.full.fork()
            model.at_most(clauses, bound)
            status, found = model.ask(limits, roster)
            if status is Status.FEASIBLE:
                return found, bound
            if status is Status.UNKNOWN:
                break
            bound += 1

        return roster, bound

    def _spaced(
        self, clauses: Sequence[Clause], roster: Roster, bound: int
    ) -> tuple[Roster, int]:
        """
        Spreads duties out: each clause's widest is asked for by itself.

        Together they may reach less; then the tier is closed in on as any
        other.
        """
        spacings = [c for c in clauses if isinstance(c, Spacing)]
        roster = self._spread_pinned(spacings, roster)
        bound = 0
        for clause in spacings:
            roster, width = self._widest(clause, clauses, roster)
            bound += clause.weight * (clause.cap - width)

        return self._closed(clauses, roster, bound)

    def _spread_pinned(
        self, clauses: Sequence[Spacing], roster: Roster
    ) -> Roster:
        """Widens one clause after the other with everybody's loads kept."""
        model = self._pinned(roster)
        for clause in clauses:
            ask = partial(self._ask_apart, model, clause, roster)
            width = self._width(clause, roster)
            width, roster = widest(width, self.hoped[clause.id], roster, ask)
            keep_apart(clause, model.board, width)

        return roster

    def _widest(
        self, clause: Spacing, clauses: Sequence[Clause], roster: Roster
    ) -> tuple[Roster, int]:
        """
        The widest one clause can be, whatever becomes of the others.

        With it the tier's cheapest roster met on the way.
        """
        width, proven = self._width(clause, roster), self.hoped[clause.id]
        days = width + 1
        while width < proven and not self.limits.over:
            model = self.full.fork()
            keep_apart(clause, model.board, days)
            status, found = model.ask(self.limits, roster)
            if status is Status.UNKNOWN:
                break
            if status is Status.INFEASIBLE:
                proven = days - 1
            else:
                width = self._width(clause, found)
                roster = min(roster, found, key=partial(self._cost, clauses))
            days = (width + proven + 1) // 2

        return roster, proven

    def _width(self, clause: Spacing, roster: Roster) -> int:
        return clause.cap - self._cost([clause], roster) // clause.weight

    def _ask_apart(
        self, model: Model, clause: Spacing, hint: Roster, days: int
    ) -> tuple[Status, Roster]:
        """Whether a model's rosters can lie so far apart."""
        if self.limits.over:
            return Status.UNKNOWN, ()

        model = model.fork()
        keep_apart(clause, model.board, days)
        return model.ask_straight(self.quick, hint)


def _pin(model: Model, loads: dict[tuple[str, str], int]) -> None:
    model.pin_loads(loads)


def _at_most(model: Model, clauses: Sequence[Clause], cost: int) -> None:
    model.at_most(clauses, cost)


def _spread_out(model: Model, clause: Spacing, days: int) -> None:
    keep_apart(clause, model.board, days)


def _spaces(clause: Clause) -> bool:
    return isinstance(clause, Spacing)


def _kept_by_loads(clauses: Sequence[Clause]) -> bool:
    """Whether goals cost the same as long as everybody's loads do."""
    return all(
        isinstance(clause, Balance) and clause.select == Selection()
        for clause in clauses
    )


def _loads(problem: Problem, roster: Roster) -> dict[tuple[str, str], int]:
    """Everybody's points per balanced ledger in a roster."""
    balances = (c for c in problem.clauses if isinstance(c, Balance))
    ledgers = dict.fromkeys(clause.ledger for clause in balances)
    loads = {(p.id, name): 0 for p in problem.staff for name in ledgers}
    for assignment in roster:
        burden = problem.shift[assignment.shift].burden
        for ledger in ledgers.keys() & burden.keys():
            loads[assignment.staff, ledger] += burden[ledger]

    return loads
