"""One draw: the units, the way, the time and the inspectors of a day."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from roster.checks.results import Way
from roster.draw.frame import WAYS, Frame
from roster.draw.hashing import lot, number_below, seed_of, unit_ticket
from roster.draw.visits import visits_on

STEP = 5  # minutes; checks begin on the fives

# On site from 08:30 to 20:00. A remote check lies between the hand-over at
# eight and the next one, by night from 22:00 to 06:00.
ON_SITE = tuple(range(510, 1201, STEP))
NIGHT = tuple(range(1320, 1800, STEP))
BY_DAY = (*range(480, 1320, STEP), *range(1800, 1920, STEP))


@dataclass(frozen=True, slots=True)
class Place:
    """
    A check that was drawn.

    Parameters
    ----------
    minute
        When it begins, counted from the day's midnight; past 1440 it is
        the morning after.
    order
        Everybody who may make it, by label, the drawn ones first.
    need
        How many make it.
    """

    unit: str
    way: Way
    minute: int
    order: tuple[str, ...]
    need: int

    def inspectors(self, recused: Collection[str] = ()) -> tuple[str, ...]:
        """Who makes it, after those recused themselves later."""
        able = (label for label in self.order if label not in recused)
        return tuple(able)[: self.need]

    def starts(self, day: date) -> datetime:
        """When it begins on the office's clock."""
        return datetime.combine(day, time()) + timedelta(minutes=self.minute)


def draw(
    key: bytes, frame: Frame, *, number: int, day: date, value: str
) -> tuple[Place, ...]:
    """
    The places of a day, in the order they were drawn.

    First the units whose visit day it is, then the smallest tickets; each
    place takes those inspectors who have the fewest places that day.
    """
    seed = seed_of(key, number, frame.hash, value)
    return tuple(_places(seed, frame, day, visits_on(key, frame, day)))


def chosen(
    seed: bytes, frame: Frame, visits: Collection[str]
) -> tuple[str, ...]:
    """The day's visits, and by lot up to the number of places."""
    order = sorted(frame.units, key=lambda unit: unit_ticket(seed, unit))
    due = [unit for unit in order if unit in visits]
    rest = [unit for unit in order if unit not in visits]
    return tuple(due + rest[: max(0, frame.terms.places - len(due))])


def _places(
    seed: bytes, frame: Frame, day: date, visits: Collection[str]
) -> Iterator[Place]:
    load: Counter[str] = Counter()
    for unit in chosen(seed, frame, visits):
        way = way_of(seed, frame, unit)
        minute = minute_of(seed, frame, unit, way)
        people = able(frame, day, unit, way, minute)
        order = _order(seed, unit, people, load)
        terms = frame.terms
        need = terms.on_site if way is Way.ON_SITE else terms.remote
        load.update(order[:need])
        yield Place(unit, way, minute, order, need)


def _order(
    seed: bytes, unit: str, people: Collection[str], load: Counter[str]
) -> tuple[str, ...]:
    """Whoever has the fewest places that day first, then by lot."""
    return tuple(
        sorted(
            people,
            key=lambda one: (load[one], lot(seed, "inspector", unit, one)),
        )
    )


def way_of(seed: bytes, frame: Frame, unit: str) -> Way:
    """On site, by video or by telephone, in the declared proportions."""
    drawn = number_below(lot(seed, "way", unit), 100)
    ends = accumulate(frame.terms.ways[way] for way in WAYS)
    return next(w for w, end in zip(WAYS, ends, strict=True) if drawn < end)


def minute_of(seed: bytes, frame: Frame, unit: str, way: Way) -> int:
    """When it begins; a declared share of remote checks is by night."""
    if way is Way.ON_SITE:
        hours: tuple[int, ...] = ON_SITE
    elif number_below(lot(seed, "night", unit), 100) < frame.terms.night:
        hours = NIGHT
    else:
        hours = BY_DAY

    return hours[number_below(lot(seed, "minute", unit), len(hours))]


def able(
    frame: Frame, day: date, unit: str, way: Way, minute: int
) -> list[str]:
    """Who may make a check: there that day, and not recused."""
    if way is Way.ON_SITE:
        there = [label for label, days in frame.pool.items() if day in days]
    else:
        there = [
            label
            for label, start, end in frame.duty.get(day, ())
            if start <= minute < end
        ]

    return [
        label
        for label in dict.fromkeys(there)
        if unit not in frame.recused.get(label, ())
    ]
