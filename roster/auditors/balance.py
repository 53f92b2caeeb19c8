"""Reads `Balance`: how unevenly a ledger is carried."""

from collections.abc import Iterator

from roster.auditors.reading import Reading, Violation, points
from roster.problem import Person
from roster.rules.clauses import Balance


def balance(clause: Balance, reading: Reading) -> Iterator[Violation]:
    """One for the whole ledger: the squares, or the spread."""
    loads = [
        (person.share, load(reading, person, clause.ledger))
        for person in reading.people
    ]
    measure = spread if clause.measure == "spread" else squares
    cost = measure(loads)
    if cost:
        yield Violation(cost=cost)


def load(reading: Reading, person: Person, ledger: str) -> int:
    """What somebody carries: brought along, and of the selected shifts."""
    return person.carried.get(ledger, 0) + points(
        reading.holds(person.id), ledger
    )


def marginal(share: int, k: int) -> int:
    """What the k-th duty of somebody with that share costs (k ≥ 1)."""
    return (2 * k - 1) * 100 // share


def squares(loads: list[tuple[int, int]]) -> int:
    """The sum over people; with full shares the squares of the loads."""
    return sum(
        marginal(share, k) for share, load in loads for k in range(1, load + 1)
    )


def spread(loads: list[tuple[int, int]]) -> int:
    """The smallest b with share_i·L_j − share_j·L_i ≤ 100·b for all."""
    widest = max(
        (
            share * other_load - other_share * load
            for share, load in loads
            for other_share, other_load in loads
        ),
        default=0,
    )
    return max(0, -(-widest // 100))
