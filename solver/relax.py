"""
What would have to give way: patches of clauses that make a roster possible.

Every set of patches that does not suffice has a conflict, and whatever
suffices must change a clause of it; so only those are eased further, the
fewest and mildest first.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush

from roster.auditors.reading import selects_shift
from roster.problem import ConflictMember, Patch, Problem, Status
from roster.rules.easing import eased
from solver.conflict import conflicts, shortage
from solver.model import Limits, Model
from solver.split import split

Levels = tuple[int, ...]  # by relaxable clause: 0 as it stands, 1 …

MOST = 5  # relaxations offered
ASKED = 400  # sets of patches looked at
EFFORT = 2.0  # deterministic seconds for each question


def relaxations(
    problem: Problem, limits: Limits
) -> tuple[tuple[Patch, ...], ...]:
    """
    Sets of patches with which there is a roster, at most `MOST`.

    Each was seen to have one. They come by the number of patches, then by
    how mild they are, and none eases all that an earlier one eases.
    """
    easing = _Easing(problem, limits)
    found: list[Levels] = []
    for levels in easing.enough():
        found.append(levels)
        if len(found) == MOST:
            break

    return tuple(easing.patches(levels) for levels in found)


class _Easing:
    """A problem without a roster, and the clauses that may be eased."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.problem = problem
        self.limits = limits.within(EFFORT)
        self.clauses = [
            clause
            for clause in problem.clauses
            if clause.mandatory and clause.relax
        ]
        self.looks_at = [
            {s.id for s in problem.shifts if selects_shift(clause.select, s)}
            for clause in self.clauses
        ]
        self._known: dict[tuple[frozenset[str], Levels], Status] = {}

    def patches(self, levels: Levels) -> tuple[Patch, ...]:
        """What these levels mean, as patches."""
        return tuple(
            Patch(clause.id, clause.relax[level - 1])
            for clause, level in zip(self.clauses, levels, strict=True)
            if level
        )

    def enough(self) -> Iterator[Levels]:
        """Levels that suffice, the fewest and mildest first."""
        start = (0,) * len(self.clauses)
        seen, heap = {start}, [(0, 0, start)]
        found: list[Levels] = []
        for _ in range(ASKED):
            if not heap or self.limits.over:
                return

            _, _, levels = heappop(heap)
            if any(_eases_all(levels, other) for other in found):
                continue

            status, conflict = self._asked(levels)
            if status is Status.FEASIBLE:
                found.append(levels)
                yield levels
                continue

            for place in conflict:
                more = self._further(levels, place)
                if more and more not in seen:
                    seen.add(more)
                    count = sum(level > 0 for level in more)
                    heappush(heap, (count, sum(more), more))

    def _asked(self, levels: Levels) -> tuple[Status, Sequence[int]]:
        """Whether there is a roster then, else what may be eased further."""
        wanted = self._at(levels)
        if members := shortage(wanted, self.limits):
            return Status.INFEASIBLE, self._relaxable(members)

        status = self._status(wanted, levels)
        if status is Status.INFEASIBLE:
            first = next(conflicts(wanted, self.limits))
            return status, self._relaxable(first)

        # Where nothing was proven in time, any of them may be eased.
        return status, range(len(levels))

    def _further(self, levels: Levels, place: int) -> Levels | None:
        level = levels[place] + 1
        if level > len(self.clauses[place].relax):
            return None

        return (*levels[:place], level, *levels[place + 1 :])

    def _at(self, levels: Levels) -> Problem:
        return eased(self.problem, self.patches(levels))

    def _status(self, wanted: Problem, levels: Levels) -> Status:
        """Whether there is a roster at these levels."""
        parts = split(wanted)
        for part in sorted(parts, key=lambda part: len(part.shifts)):
            status = self._part_status(part, levels)
            if status is not Status.FEASIBLE:
                return status

        return Status.FEASIBLE

    def _part_status(self, part: Problem, levels: Levels) -> Status:
        """The same for one part; what looks elsewhere changes nothing."""
        shifts = frozenset(part.shift)
        here = tuple(
            level if shifts & looked_at else 0
            for level, looked_at in zip(levels, self.looks_at, strict=True)
        )
        if (shifts, here) not in self._known:
            status, _ = Model(part).ask_straight(self.limits)
            self._known[shifts, here] = status

        return self._known[shifts, here]

    def _relaxable(self, members: Iterable[ConflictMember]) -> list[int]:
        """The clauses (by place) of a conflict that may be eased."""
        named = {member.clause for member in members}
        return [i for i, c in enumerate(self.clauses) if c.id in named]


def _eases_all(levels: Levels, other: Levels) -> bool:
    """Whether the one eases everything at least as much as the other."""
    return all(a >= b for a, b in zip(levels, other, strict=True))
