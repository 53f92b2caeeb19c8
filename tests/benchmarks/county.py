"""
The benchmark county: 130 invented units from one seed, always the same.

A bureau and 129 units of 8–250 staff; one in five is tight: much leave,
few leaders, night duty, and gaps close to what counting people allows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from calendars import China
from roster.people import Period
from roster.problem import Dated, Person, Pin, Problem, Shift
from roster.rules.clauses import (
    Apart,
    Balance,
    Clause,
    Gap,
    Selection,
    Spacing,
    Wish,
    Wished,
)
from solver.model import Limits, Model
from tests.builders import at

TERM = (date(2026, 3, 1), date(2026, 7, 10))
POSTS = ("lead", "duty", "night")
SIZES = ((8, 25), (20, 60), (60, 120), (120, 250))
PARTS = (30, 40, 20, 10)
SPARE = 2  # people whom leave must leave to every post on every day


@dataclass
class Office:
    """A unit while it is being invented."""

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

    def free(self, post: str, day: date) -> int:
        """How many of a post's people are there on a day."""
        return sum(
            not any(day in period for period in self.away.get(number, ()))
            for number in self.posts[post]
        )


@cache
def days_off(first: date, last: date) -> tuple[tuple[date, bool], ...]:
    """The days off of a period, each with whether it lies in a run."""
    return tuple(
        (day.date, bool(day.run and day.run.name))
        for day in China().days(first, last)
        if day.off
    )


def county(
    seed: int, units: int = 130, period: tuple[date, date] = TERM
) -> Iterator[Problem]:
    """The bureau and the other units, each with its own luck."""
    for number in range(units):
        yield unit(seed, number, period)


def unit(seed: int, number: int, period: tuple[date, date]) -> Problem:
    """One unit, with the widest gaps it can keep."""
    luck = Random(f"{seed}/{number}")
    size, tight = 60, True
    if number:
        size = luck.randint(*luck.choices(SIZES, PARTS)[0])
        tight = luck.random() < 0.2

    found = days_off(*period)
    office = Office(
        luck,
        size,
        tight,
        [day for day, _ in found],
        {day for day, in_run in found if in_run},
    )
    _give_posts(office)
    _give_leave(office)
    return _with_gaps(office, _problem(office, f"unit-{number:03}"))


def _give_posts(office: Office) -> None:
    count = max(3, office.size // (20 if office.tight else 8))
    everybody = range(office.size)
    others = list(everybody[count:])
    office.posts = {
        "lead": list(everybody[:count]),
        "duty": list(everybody) if office.size <= 15 else others,
    }
    if "night" in office.needs:
        some = office.luck.sample(others, max(8, len(others) * 45 // 100))
        office.posts["night"] = sorted(some)


def _give_leave(office: Office) -> None:
    """Leave in pieces, as long as every post keeps people to spare."""
    luck = office.luck
    first, last = office.days[0], office.days[-1]
    length = (last - first).days + 1
    if office.tight:
        for number in luck.sample(range(office.size), office.size * 3 // 100):
            _try_leave(office, number, Period(first, last))

    days = office.size * length * (22 if office.tight else 5) // 100
    for _ in range(20 * office.size):
        if days <= 0:
            return

        piece = luck.randint(1, 21 if office.tight else 7)
        begin = first + timedelta(days=luck.randrange(length))
        period = Period(begin, begin + timedelta(days=piece - 1))
        if _try_leave(office, luck.randrange(office.size), period):
            days -= piece


def _try_leave(office: Office, number: int, period: Period) -> bool:
    before = office.away.get(number, [])
    office.away[number] = [*before, period]
    thin = any(
        office.free(post, day) < need + SPARE
        for post, need in office.needs.items()
        if number in office.posts[post]
        for day in office.days
        if day in period
    )
    if thin:
        office.away[number] = before

    return not thin


def _problem(office: Office, name: str) -> Problem:
    staff = tuple(_person(office, number) for number in range(office.size))
    shifts = tuple(
        _shift(office, day, post, need)
        for day in office.days
        for post, need in office.needs.items()
    )
    plain = Problem(name, staff, shifts, ())
    return replace(
        plain,
        clauses=(_couples(office), *_balances(), _wishes(office), *_spaced()),
        pins=_pins(office, plain),
    )


def _person(office: Office, number: int) -> Person:
    holiday, weekend = office.luck.randint(0, 2), office.luck.randint(0, 2)
    return Person(
        id=f"p{number:03}",
        posts=tuple(
            Dated(post)
            for post, holders in office.posts.items()
            if number in holders
        ),
        unavailable=tuple(office.away.get(number, ())),
        carried={
            "holiday": holiday,
            "weekend": weekend,
            "total": holiday + weekend,
        },
    )


def _shift(office: Office, day: date, post: str, needs: int) -> Shift:
    start, end = (20, 32) if post == "night" else (8, 20)
    ledger = "holiday" if day in office.runs else "weekend"
    return Shift(
        id=f"{day}/{post}",
        date=day,
        start=at(day, start),
        end=at(day, end),
        post=post,
        needs=needs,
        burden={ledger: 1, "total": 1},
    )


def _couples(office: Office) -> Apart:
    pairs = office.size * (4 if office.tight else 2) // 200
    names = office.luck.sample(range(office.size), 2 * pairs)
    couples = zip(names[::2], names[1::2], strict=True)
    return Apart(
        id="couples",
        tier=0,
        pairs=tuple((f"p{a:03}", f"p{b:03}") for a, b in couples),
    )


def _balances() -> Iterator[Clause]:
    for tier, ledger in enumerate(("holiday", "weekend", "total"), 1):
        yield Balance(id=ledger, tier=tier, ledger=ledger)


def _wishes(office: Office) -> Wish:
    luck = office.luck
    some = office.size * (50 if office.tight else 30) // 100
    return Wish(
        id="wishes",
        tier=4,
        wishes=tuple(
            Wished(
                f"p{number:03}", want=False, on=day, weight=luck.randint(1, 3)
            )
            for number in sorted(luck.sample(range(office.size), some))
            for day in luck.sample(office.days, luck.randint(1, 4))
        ),
    )


def _spaced() -> Iterator[Clause]:
    leaders, others = Selection(posts=("lead",)), Selection(posts=POSTS[1:])
    yield Spacing(id="spacing-lead", tier=5, cap=22, select=leaders)
    yield Spacing(id="spacing-duty", tier=5, cap=22, select=others)


def _pins(office: Office, problem: Problem) -> tuple[Pin, ...]:
    """Three duties somebody has promised, of three people, weeks apart."""
    days = office.days
    chosen = [days[len(days) * part // 8] for part in (1, 4, 7)]
    shifts = [s for s in problem.shifts if s.post == "duty"]
    pins: dict[str, Pin] = {}

    for shift in (s for s in shifts if s.date in chosen):
        holders = [
            person.id
            for person in problem.staff
            if problem.may_hold(person, shift) and person.id not in pins
        ]
        staff = office.luck.choice(holders)
        pins[staff] = Pin(shift.id, staff)

    return tuple(pins.values())


def _with_gaps(office: Office, problem: Problem) -> Problem:
    """The widest gaps that counting people allows, less until it holds."""
    use = 0.95 if office.tight else 0.6
    most = 13 if office.tight else 6
    if office.size <= 15:
        most = 2

    rest = [post for post in office.needs if post != "lead"]
    leaders = _widest(office, ["lead"], min(most, 6), use)
    others = _widest(office, rest, most, use)

    while True:
        gaps = (
            Gap(id="gap-all", tier=0, days=1),
            _gap("gap-lead", leaders, ("lead",)),
            _gap("gap-duty", others, POSTS[1:]),
        )
        tried = replace(problem, clauses=(*gaps, *problem.clauses))
        status, roster = Model(tried).ask(Limits())
        if roster:
            return tried

        leaders, others = max(1, leaders - 1), max(1, others - 1)


def _gap(name: str, days: int, posts: tuple[str, ...]) -> Gap:
    return Gap(id=name, tier=0, days=days, select=Selection(posts=posts))


def _widest(office: Office, posts: list[str], most: int, use: float) -> int:
    for gap in range(most, 1, -1):
        windows = (
            [d for d in office.days if first <= d < first + timedelta(gap)]
            for first in office.days
        )
        if all(_enough(office, posts, days, use) for days in windows):
            return gap

    return 1


def _enough(
    office: Office, posts: list[str], days: list[date], use: float
) -> bool:
    """Whether a window's duties use up no more than so many people."""
    people = {number for post in posts for number in office.posts[post]}
    due = sum(office.needs[post] for post in posts) * len(days)
    there = sum(
        any(
            not any(day in period for period in office.away.get(number, ()))
            for day in days
        )
        for number in people
    )
    return due <= use * there
