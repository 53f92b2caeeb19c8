"""What a series means, told before it is committed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from roster.checks.results import Way
from roster.draw.frame import Terms

TAIL = Fraction(1, 40)  # 2.5 % on either side


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    What the numbers of a series lead to.

    Parameters
    ----------
    floor
        The lowest chance of a unit on any day: (p − c) ÷ (n − c).
    visits
        How many checks 95 of 100 units may expect, from and to.
    load
        On-site checks an inspector of the pool may expect.
    """

    units: int
    days: int
    places: int
    floor: Fraction
    visits: tuple[int, int]
    load: Fraction


def outlook(terms: Terms, *, units: int, days: int, pool: int) -> Outlook:
    """The outlook; `check_terms` has found nothing wrong."""
    chances = [
        Fraction(terms.places - due, units - due) for due in dealt(units, days)
    ]
    on_site = Fraction(terms.places * days * terms.ways[Way.ON_SITE], 100)
    return Outlook(
        units,
        days,
        terms.places,
        min(chances),
        _range([float(chance) for chance in chances[1:]]),
        on_site * terms.on_site / pool if pool else Fraction(0),
    )


def dealt(units: int, days: int) -> list[int]:
    """How many visits each day has."""
    even, more = divmod(units, days)
    return [even + (day < more) for day in range(days)]


def _range(chances: Sequence[float]) -> tuple[int, int]:
    """One sure visit, and what comes by lot on the other days."""
    weights = [1.0]  # how likely each number of further checks is
    for chance in chances:
        weights = [
            a * (1 - chance) + b * chance
            for a, b in zip([*weights, 0.0], [0.0, *weights], strict=True)
        ]

    return 1 + _quantile(weights, TAIL), 1 + _quantile(weights, 1 - TAIL)


def _quantile(weights: Sequence[float], level: Fraction) -> int:
    total = 0.0
    for count, weight in enumerate(weights):
        total += weight
        if total >= level:
            return count

    return len(weights) - 1
