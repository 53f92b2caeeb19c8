"""
Comp-leave (补休): half-days owed after duty, and what is left of them.

What is kept are entries that never change: what a duty earned, or a
correction of it, and each half-day taken or given back. Which duty pays for
which half-day off is not kept but follows: in the order of their dates,
each takes of what expires first among all that lasts until then. So the
order in which entries were made says nothing, whatever is given back is
there again as it was, and a duty that turns out not to have been served
leaves a half-day unpaid, which the next duty pays for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from roster.days import days_between
from roster.posts import SHANGHAI
from roster.rules.rulebook import Params

NOON = 12


class Half(StrEnum):
    """The halves of a day; in the order of their values."""

    MORNING = "am"
    AFTERNOON = "pm"


@dataclass(frozen=True, slots=True, order=True)
class HalfDay:
    """A morning, until noon, or an afternoon, until midnight."""

    date: date
    half: Half

    def start(self, hour: int) -> datetime:
        """When it begins; mornings at an hour of the rules."""
        return self._at(hour if self.half is Half.MORNING else NOON)

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self._at(NOON if self.half is Half.MORNING else 24)

    def meets(self, start: datetime, end: datetime, hour: int) -> bool:
        """Whether a shift runs into it; what ends as it begins does not."""
        return start < self.end and self.start(hour) < end

    def _at(self, hour: int) -> datetime:
        midnight = datetime.combine(self.date, time(), SHANGHAI)
        return midnight + timedelta(hours=hour)


def hour_of(params: Params, day: HalfDay) -> int:
    """From when a morning counts; the rules may change with the date."""
    return int(params.get("comp_from_hour", day.date, 8))


def rests(
    params: Params, days: Iterable[HalfDay], start: datetime, end: datetime
) -> bool:
    """Whether a shift runs into any of somebody's half-days off."""
    return any(day.meets(start, end, hour_of(params, day)) for day in days)


def half_days(first: HalfDay, last: HalfDay) -> Iterator[HalfDay]:
    """Every half-day from one to another, both included."""
    for when in days_between(first.date, last.date):
        for half in Half:
            if first <= HalfDay(when, half) <= last:
                yield HalfDay(when, half)


@dataclass(frozen=True, slots=True)
class Earning:
    """
    What a duty earned, or by how much that is corrected.

    Parameters
    ----------
    on
        The duty's date.
    expires
        The last date on which it can be taken.
    halves
        How many half-days; below zero where something is taken away.
    """

    unit: str
    shift: str
    on: date
    expires: date
    halves: int

    @property
    def duty(self) -> tuple[str, str]:
        """The unit and its shift, whichever version it stands in."""
        return self.unit, self.shift


@dataclass(frozen=True, slots=True)
class Taking:
    """A half-day off taken (1) or given back (-1)."""

    day: HalfDay
    halves: int = 1


Entry = Earning | Taking


@dataclass(frozen=True, slots=True)
class Lot:
    """What one duty earned in all, and the half-days off it pays for."""

    unit: str
    shift: str
    on: date
    expires: date
    halves: int
    days: tuple[HalfDay, ...] = ()

    @property
    def left(self) -> int:
        """Half-days not taken, expired or not."""
        return self.halves - len(self.days)


@dataclass(frozen=True, slots=True)
class Balance:
    """
    What somebody's entries come to.

    ``lots`` by when they expire; ``unpaid`` are half-days taken whose duty
    was corrected away since.
    """

    lots: tuple[Lot, ...]
    unpaid: tuple[HalfDay, ...]

    @property
    def days(self) -> frozenset[HalfDay]:
        """Every half-day off that is taken."""
        paid = (day for lot in self.lots for day in lot.days)
        return frozenset((*paid, *self.unpaid))

    def left(self, today: date, until: date = date.max) -> int:
        """Half-days that can be taken, of those that expire by a date."""
        return sum(
            lot.left for lot in self.lots if today <= lot.expires <= until
        )

    def standing(self, today: date) -> int:
        """What is left when the unpaid are paid; may be below zero."""
        return self.left(today) - len(self.unpaid)

    def expires_first(self, today: date) -> date | None:
        """The next date on which something would be lost."""
        coming = (
            lot.expires
            for lot in self.lots
            if lot.left and lot.expires >= today
        )
        return next(coming, None)


def balance(entries: Iterable[Entry]) -> Balance:
    """What entries come to, in whatever order they are given."""
    taken: Counter[HalfDay] = Counter()
    earned: dict[tuple[str, str], list[Earning]] = {}
    for entry in entries:
        if isinstance(entry, Taking):
            taken[entry.day] += entry.halves
        else:
            earned.setdefault(entry.duty, []).append(entry)

    return _matched(_sums(earned), sorted(taken.elements()))


def _sums(earned: Mapping[tuple[str, str], list[Earning]]) -> list[Earning]:
    """Each duty with what it earned after corrections, if anything."""
    found = [
        Earning(
            *duty,
            min(one.on for one in some),
            max(one.expires for one in some),
            total,
        )
        for duty, some in earned.items()
        if (total := sum(one.halves for one in some)) > 0
    ]
    return sorted(found, key=lambda one: (one.expires, one.on, one.duty))


def _matched(earned: list[Earning], days: list[HalfDay]) -> Balance:
    """
    Days paid in order, each by the first to expire that lasts until then.

    No other choice leaves fewer unpaid.
    """
    paid: list[list[HalfDay]] = [[] for _ in earned]
    unpaid: list[HalfDay] = []
    for day in days:
        lasting = (
            theirs
            for one, theirs in zip(earned, paid, strict=True)
            if one.expires >= day.date and len(theirs) < one.halves
        )
        next(lasting, unpaid).append(day)

    lots = tuple(
        Lot(*one.duty, one.on, one.expires, one.halves, tuple(theirs))
        for one, theirs in zip(earned, paid, strict=True)
    )
    return Balance(lots, tuple(unpaid))


def may_take(
    entries: Iterable[Entry], days: Iterable[HalfDay], today: date
) -> bool:
    """
    Whether there is a half-day for each of some more half-days off.

    Each must last until its day, and nobody takes while that leaves them
    below zero.
    """
    before = tuple(entries)
    after = balance((*before, *map(Taking, days)))
    worse = len(after.unpaid) > len(balance(before).unpaid)
    return not worse and after.standing(today) >= 0


def corrections(
    booked: Iterable[Earning], due: Iterable[Earning], today: date
) -> Iterator[Earning]:
    """
    What makes booked earnings those that are due.

    What was booked keeps its date of expiry. What had expired before
    anybody booked it could never have been taken, and is left out.
    """
    kept: dict[tuple[str, str], list[Earning]] = {}
    for one in booked:
        kept.setdefault(one.duty, []).append(one)

    wanted = {one.duty: one for one in due}
    for duty in sorted(kept.keys() | wanted.keys()):
        old, new = kept.get(duty, []), wanted.get(duty)
        more = (new.halves if new else 0) - sum(one.halves for one in old)
        like = old[0] if old else new
        if more and like and (old or like.expires >= today):
            yield Earning(*duty, like.on, like.expires, more)
