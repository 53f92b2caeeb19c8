"""
Duties as rest, gap and spacing count them: a block's run is one duty.

Shifts of one block that one person holds on consecutive dates form a run;
nothing is compared inside it, outside only its first and last shift.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from roster.auditors.reading import Reading
from roster.problem import EarlierDuty, Person, Shift


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift, one run of a block, or one earlier duty of a person."""

    first: date
    last: date
    start: datetime
    end: datetime
    fixed: bool  # pinned as a whole, or earlier
    earlier: bool = False
    shifts: tuple[str, ...] = ()


def duties(reading: Reading, person: Person) -> list[Duty]:
    """Everything of a person that a clause compares, by start."""
    held = [
        _run(reading, person, run) for run in runs(reading.holds(person.id))
    ]
    before = [_earlier(duty) for duty in reading.earlier(person)]
    return sorted(held + before, key=lambda d: (d.first, d.start, d.end))


def runs(shifts: Sequence[Shift]) -> Iterator[list[Shift]]:
    """One person's shifts, those of a block on consecutive dates joined."""
    blocks: dict[str, list[Shift]] = {}

    for shift in shifts:
        if shift.block:
            blocks.setdefault(shift.block, []).append(shift)
        else:
            yield [shift]

    for block in blocks.values():
        yield from _consecutive(sorted(block, key=lambda s: s.date))


def _consecutive(shifts: list[Shift]) -> Iterator[list[Shift]]:
    run = shifts[:1]

    for shift in shifts[1:]:
        if (shift.date - run[-1].date).days > 1:
            yield run
            run = []
        run.append(shift)

    yield run


def _run(reading: Reading, person: Person, run: list[Shift]) -> Duty:
    return Duty(
        first=run[0].date,
        last=run[-1].date,
        start=min(s.start for s in run if s.date == run[0].date),
        end=max(s.end for s in run if s.date == run[-1].date),
        fixed=all(reading.pinned(person.id, shift) for shift in run),
        shifts=tuple(shift.id for shift in run),
    )


def _earlier(duty: EarlierDuty) -> Duty:
    return Duty(
        first=duty.date,
        last=duty.date,
        start=duty.start,
        end=duty.end,
        fixed=True,
        earlier=True,
    )


def pairs(found: Sequence[Duty]) -> Iterator[tuple[Duty, Duty]]:
    """All pairs that count: two earlier duties are history."""
    return (
        (one, other)
        for one, other in combinations(found, 2)
        if not (one.earlier and other.earlier)
    )


def days_between(one: Duty, other: Duty) -> int:
    """Dates from the one's last to the other's first, 0 inside a span."""
    first, second = sorted((one, other), key=lambda d: (d.first, d.last))
    return max(0, (second.first - first.last).days)


def seconds_between(one: Duty, other: Duty) -> float:
    """From the end of the first to the start of the second; may be < 0."""
    first, second = sorted((one, other), key=lambda d: (d.start, d.end))
    return (second.start - first.end).total_seconds()
