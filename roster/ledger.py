"""
What each person has carried so far, from term to term.

A ledger counts duties of a kind of day. Newcomers start at the average of
the others, so that nobody pays for the years before they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LEDGERS = ("spring", "holiday", "weekend", "total")


@dataclass(frozen=True, slots=True)
class Served:
    """One duty somebody has served, with what it added to each ledger."""

    staff: str
    date: date
    burden: Mapping[str, int]


def carried(
    served: Iterable[Served],
    groups: Sequence[Sequence[str]],
    newcomers: Iterable[str],
    since: date,
) -> dict[str, dict[str, int]]:
    """
    What everybody brings into a term.

    Parameters
    ----------
    served
        Duties before the term; those before ``since`` are forgotten.
    groups
        Staff ids of people alike; each person is in one group.
    newcomers
        Staff ids without a past of their own: they start at the rounded
        average of the others in their group, if there are any.
    """
    loads: dict[str, dict[str, int]] = {
        staff: dict.fromkeys(LEDGERS, 0) for group in groups for staff in group
    }
    for duty in served:
        if duty.staff in loads and duty.date >= since:
            for ledger in LEDGERS:
                loads[duty.staff][ledger] += duty.burden.get(ledger, 0)

    fresh = set(newcomers)
    for group in groups:
        old = [staff for staff in group if staff not in fresh]
        for staff in fresh.intersection(group) if old else ():
            loads[staff] = _average([loads[other] for other in old])

    return loads


def _average(loads: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {
        ledger: round(sum(load[ledger] for load in loads) / len(loads))
        for ledger in LEDGERS
    }


def months_before(when: date, months: int) -> date:
    """The first day of the month so many months before a date's."""
    index = when.year * 12 + when.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
