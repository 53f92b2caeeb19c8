"""
A unit of the benchmark county while it is being invented.

Its size, its posts and its people's leave; the rest hangs on these.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from calendars import China
from roster.people import Period

BUREAU = (60, True)
SMALL = 15  # up to here leaders do duty as well
SIZES = {(8, 25): 39, (20, 60): 51, (60, 120): 26, (120, 250): 13}
SPARE = 2  # people whom leave must leave to every post on every day


@dataclass
class Office:
    """Who fills which post and who is away; people are numbers."""

    luck: Random
    size: int
    tight: bool
    days: list[date]
    runs: set[date]
    posts: dict[str, list[int]] = field(default_factory=dict)
    away: dict[int, list[Period]] = field(default_factory=dict)

    @property
    def needs(self) -> dict[str, int]:
        """People a day by post."""
        duty = 3
        if self.size <= 12:
            duty = 1
        elif self.size <= 40:
            duty = 1 + self.size % 2
        elif self.size <= 100:
            duty = 2

        night = {"night": 1} if self.tight and self.size >= 30 else {}
        return {"lead": 1, "duty": duty, **night}

    @property
    def length(self) -> int:
        """Calendar days from the first day off to the last."""
        return (self.days[-1] - self.days[0]).days + 1

    def is_away(self, number: int, day: date) -> bool:
        """Whether somebody's leave lies on a day."""
        return any(day in period for period in self.away.get(number, ()))

    def free(self, post: str, day: date) -> int:
        """How many of a post's people are there on a day."""
        return sum(not self.is_away(n, day) for n in self.posts[post])


@cache
def plan(seed: int) -> tuple[tuple[int, bool], ...]:
    """
    Size and tightness of all 130 units, the bureau first.

    The shares are kept exactly, one unit of five in each class is tight,
    and the order is mixed, so that the first few are a fair sample.
    """
    luck = Random(f"{seed}/county")
    classes = [span for span, count in SIZES.items() for _ in range(count)]
    units = [
        (luck.randint(*span), place % 5 == 0)
        for place, span in enumerate(classes)
    ]
    luck.shuffle(units)
    return BUREAU, *units


@cache
def days_off(first: date, last: date) -> tuple[tuple[date, bool], ...]:
    """The days off of a period, each with whether it lies in a run."""
    return tuple(
        (day.date, bool(day.run and day.run.name))
        for day in China().days(first, last)
        if day.off
    )


def open_office(
    luck: Random, size: int, period: tuple[date, date], *, tight: bool
) -> Office:
    """An office with its posts filled and its leave granted."""
    days = days_off(*period)
    office = Office(
        luck,
        size,
        tight,
        [day for day, _ in days],
        {day for day, in_run in days if in_run},
    )
    _give_posts(office)
    _give_leave(office)
    return office


def _give_posts(office: Office) -> None:
    count = max(3, office.size // (20 if office.tight else 8))
    everybody = range(office.size)
    others = list(everybody[count:])
    office.posts = {
        "lead": list(everybody[:count]),
        "duty": list(everybody) if office.size <= SMALL else others,
    }
    if "night" in office.needs:
        some = office.luck.sample(others, len(others) * 45 // 100)
        office.posts["night"] = sorted(some)


def _give_leave(office: Office) -> None:
    """Leave in pieces, as long as every post keeps people to spare."""
    luck = office.luck
    first, last = office.days[0], office.days[-1]
    left = office.size * office.length * (22 if office.tight else 5) // 100
    if office.tight:
        gone = round(office.size * 0.03)
        for number in luck.sample(range(office.size), gone):
            if _try_leave(office, number, Period(first, last)):
                left -= office.length

    for _ in range(20 * office.size):
        if left <= 0:
            return

        piece = luck.randint(1, 21 if office.tight else 7)
        begin = first + timedelta(days=luck.randrange(office.length))
        end = min(last, begin + timedelta(days=piece - 1))
        number = luck.randrange(office.size)
        if _try_leave(office, number, Period(begin, end)):
            left -= (end - begin).days + 1


def _try_leave(office: Office, number: int, period: Period) -> bool:
    """Grants leave that overlaps none and leaves enough people."""
    before = office.away.get(number, [])
    if any(p.first in period or period.first in p for p in before):
        return False

    thin = any(
        office.free(post, day) - 1 < need + SPARE
        for post, need in office.needs.items()
        if number in office.posts[post]
        for day in office.days
        if day in period
    )
    if not thin:
        office.away[number] = [*before, period]

    return not thin
