"""
What each person has carried so far, from term to term.

A ledger counts duties of a kind of day. Newcomers start at the average of
the others, so that nobody pays for the years before they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LEDGERS = ("spring", "holiday", "weekend", "total")

Loads = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Served:
    """One duty somebody has served, with what it added to each ledger."""

    staff: str
    date: date
    burden: Mapping[str, int]


def carried(
    served: Iterable[Served],
    groups: Sequence[Sequence[str]],
    arrivals: Mapping[str, date],
    since: date,
) -> Loads:
    """
    What everybody brings into a term.

    Parameters
    ----------
    served
        Duties before the term; those before ``since`` are forgotten.
    groups
        Staff ids of people alike; each person is in one group.
    arrivals
        When newcomers came. They are given what the others of their
        group bore on average from ``since`` until that date (rounded
        down, never against them), and bear their own on top of it.
    """
    remembered = [duty for duty in served if duty.date >= since]
    loads = _loads(remembered, [s for group in groups for s in group])

    for group in groups:
        old = [staff for staff in group if staff not in arrivals]
        for staff in group if old else ():
            if staff in arrivals:
                before = [d for d in remembered if d.date < arrivals[staff]]
                credit = _average(_loads(before, old))
                for ledger in LEDGERS:
                    loads[staff][ledger] += credit[ledger]

    return loads


def _loads(served: Iterable[Served], staff: Iterable[str]) -> Loads:
    loads = {id_: dict.fromkeys(LEDGERS, 0) for id_ in staff}
    for duty in served:
        if duty.staff in loads:
            for ledger in LEDGERS:
                loads[duty.staff][ledger] += duty.burden.get(ledger, 0)

    return loads


def _average(loads: Loads) -> dict[str, int]:
    return {
        ledger: sum(load[ledger] for load in loads.values()) // len(loads)
        for ledger in LEDGERS
    }


def months_before(when: date, months: int) -> date:
    """The first day of the month so many months before a date's."""
    index = when.year * 12 + when.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
