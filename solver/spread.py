"""
A tier of spacings: duties spread out as far as the tier's sum allows.

Each goal's widest is proven by itself. Together they may reach less; then
combinations of widths are asked for, the cheapest first. A question about
given widths is answered quickly, where proofs about their sum die.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush

from roster.auditors import cost, read
from roster.problem import Status
from roster.rules.clauses import Spacing
from solver.gained import Gained
from solver.model import Model, Roster
from solver.spacing import keep_apart, widest

Widths = tuple[int, ...]


class Spread:
    """
    The spacings of one tier.

    Parameters
    ----------
    hoped
        By goal, the widest that counting people allows.
    """

    def __init__(
        self,
        gained: Gained,
        clauses: Sequence[Spacing],
        hoped: Mapping[str, int],
    ) -> None:
        self.gained = gained
        self.clauses = clauses
        self.hoped = hoped

    def serve(self, roster: Roster) -> tuple[Roster, int]:
        """The best roster found, and what the tier is proven to cost."""
        roster = self._with_loads(roster)
        proven = []
        for clause in self.clauses:
            roster, width = self._widest(clause, roster)
            proven.append(width)

        return self._together(tuple(proven), roster)

    def widths(self, roster: Roster) -> Widths:
        """How far apart each goal's nearest duties lie, up to its cap."""
        return tuple(self._width(clause, roster) for clause in self.clauses)

    def _width(self, clause: Spacing, roster: Roster) -> int:
        violations = read(clause, self.gained.problem, roster)
        return clause.cap - cost(violations, mandatory=False)

    def _cost(self, widths: Widths) -> int:
        return sum(
            clause.weight * (clause.cap - width)
            for clause, width in zip(self.clauses, widths, strict=True)
        )

    def _better(self, one: Roster, other: Roster) -> Roster:
        return min(one, other, key=lambda r: self._cost(self.widths(r)))

    def _with_loads(self, roster: Roster) -> Roster:
        """Widens one goal after the other with everybody's loads kept."""
        model = self.gained.pinned(roster)
        for clause in self.clauses:
            ask = partial(self._ask_quickly, model, clause, roster)
            width = self._width(clause, roster)
            width, roster = widest(width, self.hoped[clause.id], roster, ask)
            keep_apart(clause, model.board, width)

        return roster

    def _ask_quickly(
        self, model: Model, clause: Spacing, hint: Roster, days: int
    ) -> tuple[Status, Roster]:
        if self.gained.limits.over:
            return Status.UNKNOWN, ()

        model = model.fork()
        keep_apart(clause, model.board, days)
        return model.ask_straight(self.gained.quick, hint)

    def _widest(self, clause: Spacing, roster: Roster) -> tuple[Roster, int]:
        """
        The widest one goal can be, whatever becomes of the others.

        With it the best roster met on the way. What pinned loads allowed
        is mostly the widest, so a day more is asked soon.
        """
        width = self._width(clause, roster)
        days = proven = self.hoped[clause.id]
        while width < proven and not self.gained.limits.over:
            status, found = self._ask([(clause, days)], roster)
            if status is Status.UNKNOWN:
                break

            if status is Status.INFEASIBLE:
                proven, days = days - 1, width + 1
                continue

            width = self._width(clause, found)
            roster = self._better(roster, found)
            days = (width + proven + 1) // 2

        return roster, proven

    def _ask(
        self, asked: Iterable[tuple[Spacing, int]], hint: Roster
    ) -> tuple[Status, Roster]:
        """Whether some goals can be so wide in any roster."""
        model = self.gained.full.fork()
        for clause, days in asked:
            keep_apart(clause, model.board, days)

        return model.ask(self.gained.limits, hint)

    def _together(self, proven: Widths, roster: Roster) -> tuple[Roster, int]:
        """The cheapest widths that have a roster; their cost is proven."""
        reached = self._cost(self.widths(roster))
        refused: list[Widths] = []
        for widths in self._staircase(proven, refused):
            least = self._cost(widths)
            if least >= reached or self.gained.limits.over:
                return roster, min(least, reached)

            asked = zip(self.clauses, widths, strict=True)
            status, found = self._ask(asked, roster)
            if status is Status.FEASIBLE:
                return found, least

            if status is Status.UNKNOWN:
                return roster, least

            refused.append(widths)

        return roster, reached

    def _staircase(
        self, top: Widths, refused: Sequence[Widths]
    ) -> Iterator[Widths]:
        """Widths from the top down, the cheapest first, not those refused."""
        seen = {top}
        heap = [(self._cost(top), top)]
        while heap:
            _, widths = heappop(heap)
            if not any(_within(small, widths) for small in refused):
                yield widths

            for place, width in enumerate(widths):
                lower = (*widths[:place], width - 1, *widths[place + 1 :])
                if width and lower not in seen:
                    seen.add(lower)
                    heappush(heap, (self._cost(lower), lower))


def _within(small: Widths, large: Widths) -> bool:
    """Whether what was refused is asked again, and more."""
    return all(s <= w for s, w in zip(small, large, strict=True))
