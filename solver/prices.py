"""What single assignments cost by themselves in the goals that allow it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from roster.auditors import Reading, read
from roster.auditors.keep import kept
from roster.auditors.wish import is_seen
from roster.problem import Assignment, Problem
from roster.rules.clauses import Bar, Clause, Keep, Reserve, Wish

LINEAR = (Bar, Keep, Reserve, Wish)

Price = tuple[Assignment | None, int]


@dataclass(slots=True)
class Prices:
    """
    A tier's cost as a sum: ``fixed``, and ``of`` each assignment.

    A wish granted is a negative price, its weight stands in ``fixed``.
    """

    fixed: int = 0
    of: dict[Assignment, int] = field(default_factory=dict)

    def add(self, cell: Assignment | None, price: int) -> None:
        """Adds what an assignment costs, or what is paid anyway."""
        if cell is None:
            self.fixed += price
        else:
            self.of[cell] = self.of.get(cell, 0) + price


def price(
    problem: Problem, clauses: Sequence[Clause], cells: Sequence[Assignment]
) -> Prices:
    """The prices of those goals of a tier that are sums of assignments."""
    prices = Prices()
    for clause in clauses:
        if isinstance(clause, LINEAR):
            for cell, cost in _of_clause(problem, clause, cells):
                prices.add(cell, clause.weight * cost)

    return prices


def _of_clause(
    problem: Problem, clause: Clause, cells: Sequence[Assignment]
) -> Iterator[Price]:
    if isinstance(clause, Keep):
        return _kept(problem, clause, cells)

    if isinstance(clause, Wish):
        return _wished(problem, clause, cells)

    return _costly(problem, clause, cells)


def _costly(
    problem: Problem, clause: Clause, cells: Sequence[Assignment]
) -> Iterator[Price]:
    """Assignments that a bar or a reserve counts, one by one."""
    for violation in read(clause, problem, cells):
        cell = Assignment(violation.shifts[0], violation.staff[0])
        yield cell, violation.cost


def _kept(
    problem: Problem, clause: Keep, cells: Sequence[Assignment]
) -> Iterator[Price]:
    possible = set(cells)
    for before in kept(Reading(problem, clause, ())):
        yield None, 1
        if before in possible:
            yield before, -1


def _wished(
    problem: Problem, clause: Wish, cells: Sequence[Assignment]
) -> Iterator[Price]:
    """
    Wishes that one assignment alone grants or breaks.

    With two cells on a date the flow might pay twice; then it pays for
    none, which keeps the bound honest.
    """
    reading = Reading(problem, clause, cells)
    for wished in clause.wishes:
        hit = [
            Assignment(shift.id, wished.staff)
            for shift in reading.holds(wished.staff)
            if shift.id == wished.shift or shift.date == wished.on
        ]
        if not is_seen(reading, wished) or len(hit) > 1:
            continue

        if wished.want:
            yield None, wished.weight
        if hit:
            yield hit[0], -wished.weight if wished.want else wished.weight
