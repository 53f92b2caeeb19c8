"""What earlier tiers gained, and the models that all questions keep it in."""

from collections.abc import Callable, Sequence

from roster.problem import Problem
from roster.rules.clauses import Balance, Clause, Selection
from solver.model import Limits, Model, Roster

Freeze = Callable[[Model], None]
Loads = dict[tuple[str, str], int]

QUICK = 1.0  # deterministic seconds for a question that mostly is quick,
CELLS = 4000  # and one more for so many cells


class Gained:
    """
    The models of a problem, with a row for whatever was gained.

    ``base`` knows the mandatory clauses alone. ``quick`` are limits for
    questions that need not be answered.
    """

    def __init__(
        self, problem: Problem, limits: Limits, base: Model | None = None
    ) -> None:
        self.problem = problem
        self.limits = limits
        self.base = base or Model(problem)
        self.quick = limits.within(QUICK + len(self.base.board.cells) / CELLS)
        self._rows: list[tuple[bool, Freeze]] = []
        self._full: Model | None = None
        self._applied = 0

    def keep(self, clauses: Sequence[Clause], cost: int) -> None:
        """From now on these goals cost no more."""

        def row(model: Model) -> None:
            model.at_most(clauses, cost)

        self._rows.append((kept_by_loads(clauses), row))

    @property
    def full(self) -> Model:
        """The model of all rosters that keep what was gained."""
        if self._full is None:
            self._full = self.base.fork()

        for _, row in self._rows[self._applied :]:
            row(self._full)

        self._applied = len(self._rows)
        return self._full

    def pinned(self, roster: Roster) -> Model:
        """The same, of rosters with just this roster's loads; quicker."""
        model = self.base.fork()
        model.pin_loads(_loads(self.problem, roster))
        for by_loads, row in self._rows:
            if not by_loads:
                row(model)

        return model


def kept_by_loads(clauses: Sequence[Clause]) -> bool:
    """Whether goals cost the same as long as everybody's loads do."""
    return all(
        isinstance(clause, Balance) and clause.select == Selection()
        for clause in clauses
    )


def _loads(problem: Problem, roster: Roster) -> Loads:
    """Everybody's points per balanced ledger in a roster."""
    balances = (c for c in problem.clauses if isinstance(c, Balance))
    ledgers = dict.fromkeys(clause.ledger for clause in balances)
    loads = {(p.id, name): 0 for p in problem.staff for name in ledgers}
    for assignment in roster:
        burden = problem.shift[assignment.shift].burden
        for ledger in ledgers.keys() & burden.keys():
            loads[assignment.staff, ledger] += burden[ledger]

    return loads
