"""
Forty units without a roster: eight causes, each in five sizes.

Every unit is invented with luck of its own and has a roster until its
cause is planted. The first weekend is history that breaks a rule or two,
which nobody argues with.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from roster.people import Period
from roster.problem import (
    ConflictMember,
    Dated,
    Person,
    Pin,
    Problem,
    Shift,
)
from roster.rules.clauses import (
    Apart,
    Balance,
    Bar,
    Clause,
    Gap,
    Limit,
    Reserve,
    Rest,
    Selection,
)
from tests.benchmarks.office import days_off
from tests.builders import at

EVE = date(2026, 2, 16)  # New Year's Eve
WINTER = (date(2026, 1, 31), date(2026, 3, 8))
AUTUMN = (date(2026, 9, 12), date(2026, 10, 31))
TERM = (date(2026, 3, 7), date(2026, 7, 10))
SIZES = {8: AUTUMN, 20: WINTER, 45: TERM, 110: AUTUMN, 250: TERM}
SPARE = 2  # people whom luck's leave must leave to every post

HOURS = {"lead": (8, 32), "duty": (8, 20), "night": (20, 32)}
GUARDS = {"gate": (8, 20), "watch": (20, 32)}
LEADERS = Selection(posts=("lead",))
OTHERS = Selection(posts=("duty", "night"))


@dataclass(frozen=True)
class Broken:
    """
    A unit without a roster, and what is to blame.

    Parameters
    ----------
    culprits
        Demands of which each alone is enough to blame: without it there
        is a roster. No conflict can do without them.
    whole
        Whether they are a conflict by themselves.
    dates
        The only dates on which one more person would help; empty where
        several would.
    """

    problem: Problem
    culprits: frozenset[ConflictMember]
    whole: bool = True
    dates: tuple[date, ...] = ()


@dataclass
class Unit:
    """A unit that still has a roster."""

    luck: Random
    problem: Problem

    def holders(self, post: str, when: date) -> list[Person]:
        """Whoever could fill a post on a date."""
        return [
            person
            for person in self.problem.staff
            if person.has_post(post, when) and not person.away(when)
        ]

    def days(self) -> list[date]:
        """The days off after the first weekend, which is history."""
        return sorted({shift.date for shift in self.problem.shifts})[2:]

    def pairs(self) -> list[date]:
        """Days off whose morrow is one too."""
        days = self.days()
        return [day for day in days if day + timedelta(1) in days]

    def change(self, *people: Person) -> None:
        """Puts people in the place of who they were."""
        new = {person.id: person for person in people}
        staff = tuple(new.get(p.id, p) for p in self.problem.staff)
        self.problem = replace(self.problem, staff=staff)

    def add(self, *clauses: Clause) -> None:
        """Adds clauses, or puts them in the place of their namesakes."""
        new = {clause.id: clause for clause in clauses}
        kept = (c for c in self.problem.clauses if c.id not in new)
        self.problem = replace(self.problem, clauses=(*kept, *clauses))

    def send_away(
        self, post: str, when: date, but: Sequence[str] = ()
    ) -> set[ConflictMember]:
        """Gives a post's people leave on a date; their leave then."""
        sent = [p for p in self.holders(post, when) if p.id not in but]
        self.change(
            *(
                replace(
                    person,
                    unavailable=(*person.unavailable, Period(when, when)),
                )
                for person in sent
            )
        )
        return {
            ConflictMember(staff=person.id, away=period)
            for person in self.problem.staff
            if person.has_post(post, when) and person.id not in but
            for period in person.unavailable
            if when in period
        }

    def broken(
        self, culprits: Iterable[ConflictMember], **more: object
    ) -> Broken:
        """The unit as it is now."""
        return Broken(self.problem, frozenset(culprits), **more)


def leaders_away(unit: Unit) -> Broken:
    """Every leader is on leave on one date."""
    when = unit.luck.choice(unit.days())
    leave = unit.send_away("lead", when)

    return unit.broken({shift(when, "lead"), *leave}, dates=(when,))


def gap_too_long(unit: Unit) -> Broken:
    """In the days of a gap there are more duties than leaders."""
    days = unit.days()
    count = sum(p.has_post("lead", days[0]) for p in unit.problem.staff)
    spans = [
        (last - first).days
        for first, last in zip(days, days[count:], strict=False)
    ]
    unit.add(a_gap("gap-lead", min(spans) + 1, LEADERS))

    return unit.broken({clause("gap-lead")}, whole=False)


def nobody_for_nights(unit: Unit) -> Broken:
    """Whoever may do nights is away; the others must not."""
    when = unit.luck.choice(unit.days())
    people = unit.holders("night", when)
    nursing = unit.luck.sample(people, len(people) // 2)
    tag = Dated("nursing", Period(when, when + timedelta(1)))
    unit.change(*(replace(p, tags=(*p.tags, tag)) for p in nursing))
    leave = unit.send_away("night", when, [p.id for p in nursing])

    # Those of them who are away anyhow are no reason.
    culprits = {shift(when, "night"), clause("no-nights"), *leave}
    return unit.broken(culprits, dates=(when,))


def principals_away(unit: Unit) -> Broken:
    """New Year's Eve is the principals', and they are away."""
    when = unit.luck.choice(unit.days())
    shifts = tuple(
        replace(s, tags=("除夕",)) if (s.date, s.post) == (when, "lead") else s
        for s in unit.problem.shifts
    )
    unit.problem = replace(unit.problem, shifts=shifts)
    others = [
        person.id
        for person in unit.problem.staff
        if not person.has_tag("principal", when)
    ]
    leave = unit.send_away("lead", when, others)

    return unit.broken(
        {shift(when, "lead"), clause("new-year"), *leave}, dates=(when,)
    )


def couple_alone(unit: Unit) -> Broken:
    """One of a couple alone could lead, the other alone do the night."""
    when = unit.luck.choice(unit.days())
    leader = unit.luck.choice(unit.holders("lead", when)).id
    other = unit.luck.choice(unit.holders("night", when)).id
    pairs = unit.problem.clause["couples"].pairs
    pairs = tuple(p for p in pairs if not {leader, other} & {*p})
    unit.add(
        Apart(
            id="couples",
            tier=0,
            article="第六条",
            pairs=(*pairs, (other, leader)),
            relax=({"pairs": [list(pair) for pair in pairs]},),
        )
    )
    leave = unit.send_away("lead", when, [leader])
    leave |= unit.send_away("night", when, [other])
    shifts = {shift(when, "lead"), shift(when, "night")}

    return unit.broken({clause("couples"), *shifts, *leave}, dates=(when,))


def limit_too_low(unit: Unit) -> Broken:
    """In a window there are more nights than people may do together."""
    days = unit.days()
    count = sum(p.has_post("night", days[0]) for p in unit.problem.staff)
    window = min(
        (last - first).days + 1
        for first, last in zip(days, days[count:], strict=False)
    )
    unit.add(
        Limit(
            id="nights",
            tier=0,
            article="第八条",
            max=1,
            window_days=window,
            ledger=unit.luck.choice(("", "total")),
            relax=({"max": 2}, {"max": 4}, {"max": 8}),
            select=Selection(posts=("night",)),
        )
    )

    return unit.broken({clause("nights")}, whole=False)


def rest_too_long(unit: Unit) -> Broken:
    """The guards are too few for so much rest between day and night."""
    count = 2 + (len(unit.problem.staff) > 20)
    guards = [
        Person(f"g{n}", (Dated("gate"), Dated("watch"))) for n in range(count)
    ]
    days = sorted({shift.date for shift in unit.problem.shifts})
    shifts = [
        a_shift(day, post, hours)
        for day in days
        for post, hours in GUARDS.items()
    ]
    unit.problem = replace(
        unit.problem,
        staff=(*unit.problem.staff, *guards),
        shifts=(*unit.problem.shifts, *shifts),
    )
    unit.add(
        Rest(
            id="rest-guards",
            tier=0,
            article="第九条",
            hours=12 * count,
            relax=tuple({"hours": 12 * n} for n in range(count - 1, -1, -1)),
            select=Selection(posts=tuple(GUARDS)),
        )
    )

    return unit.broken({clause("rest-guards")}, whole=False)


def pin_in_the_way(unit: Unit) -> Broken:
    """The only leader of a date is pinned to the next."""
    when = unit.luck.choice(unit.pairs())
    morrow = when + timedelta(1)
    free = [p.id for p in unit.holders("lead", when) if not p.away(morrow)]
    leader = unit.luck.choice(free)
    leave = unit.send_away("lead", when, [leader])
    pin = Pin(f"{morrow}/lead", leader)
    unit.problem = replace(unit.problem, pins=(*unit.problem.pins, pin))

    return unit.broken(
        {
            shift(when, "lead"),
            clause("gap-lead"),
            ConflictMember(pin=pin),
            *leave,
        },
        dates=(when,),
    )


CAUSES: dict[str, Callable[[Unit], Broken]] = {
    "leaders-away": leaders_away,
    "gap-too-long": gap_too_long,
    "nobody-for-nights": nobody_for_nights,
    "principals-away": principals_away,
    "couple-alone": couple_alone,
    "limit-too-low": limit_too_low,
    "rest-too-long": rest_too_long,
    "pin-in-the-way": pin_in_the_way,
}


@cache
def broken(cause: str, size: int) -> Broken:
    """A unit of so many people, broken in this way."""
    luck = Random(f"{cause}/{size}")
    return CAUSES[cause](Unit(luck, healthy(luck, size)))


def shift(when: date, post: str) -> ConflictMember:
    """That a date's post is to be filled."""
    return ConflictMember(shift=f"{when}/{post}", article="第三条")


def clause(name: str) -> ConflictMember:
    """A clause, without its article."""
    return ConflictMember(clause=name)


def healthy(luck: Random, size: int) -> Problem:
    """A unit with leave, couples, history and gaps, and with a roster."""
    days = [day for day, _ in days_off(*SIZES[size])]
    posts = _posts(luck, size)
    needs = {"lead": 1, "duty": 1 + (size > 20) + (size > 100), "night": 1}
    shifts = tuple(
        a_shift(day, post, hours, needs[post])
        for day in days
        for post, hours in HOURS.items()
    )
    away = _leave(luck, posts, days)
    staff = tuple(
        Person(
            f"p{number:03}",
            tuple(Dated(post) for post in mine),
            tags=(Dated("principal"),) if number < 2 else (),
            unavailable=away.get(number, ()),
            carried={"total": luck.randint(0, 2)},
        )
        for number, mine in enumerate(posts)
    )
    problem = Problem("柳湾小学", staff, shifts, tuple(_clauses(luck, posts)))
    return _with_history(Unit(luck, problem), days[0])


def _posts(luck: Random, size: int) -> list[tuple[str, ...]]:
    """Leaders lead; of the others some do nights as well."""
    leaders, nights = max(3, size // 20), max(3, size // 15)
    some = luck.sample(range(leaders, size), nights)
    return [
        ("lead",)
        if number < leaders
        else ("duty", "night")
        if number in some
        else ("duty",)
        for number in range(size)
    ]


def a_shift(
    when: date, post: str, hours: tuple[int, int], needs: int = 1
) -> Shift:
    """A shift that adds one to the total."""
    return Shift(
        f"{when}/{post}",
        when,
        at(when, hours[0]),
        at(when, hours[1]),
        post,
        needs,
        burden={"total": 1},
        article="第三条",
    )


def a_gap(name: str, days: int, select: Selection) -> Gap:
    """A gap that may be eased day by day, as the articles have it."""
    relax = tuple({"days": n} for n in range(days - 1, 0, -1))
    return Gap(
        id=name,
        tier=0,
        article="第十三条",
        days=days,
        relax=relax,
        select=select,
    )


def _clauses(
    luck: Random, posts: Sequence[tuple[str, ...]]
) -> Iterable[Clause]:
    leaders = sum("lead" in mine for mine in posts)
    names = [f"p{number:03}" for number in range(len(posts))]
    some = luck.sample(names, 2 * max(1, len(posts) // 50))
    yield Rest(id="rest", tier=0, article="第九条", hours=11, select=OTHERS)
    yield Gap(id="once-a-day", tier=0, article="第九条", days=1)
    yield a_gap("gap-lead", max(2, leaders // 2), LEADERS)
    yield a_gap("gap-duty", 1 + (len(posts) > 20), OTHERS)
    yield Bar(
        id="no-nights",
        tier=0,
        article="第十条",
        select=Selection(posts=("night",), staff_tags=("nursing",)),
    )
    yield Reserve(
        id="new-year",
        tier=0,
        article="第四条",
        for_tags=("principal",),
        select=Selection(posts=("lead",), shift_tags=("除夕",)),
    )
    yield Apart(
        id="couples",
        tier=0,
        article="第六条",
        pairs=tuple(zip(some[::2], some[1::2], strict=True)),
    )
    yield Balance(id="even", tier=1, ledger="total")


def _leave(
    luck: Random, posts: Sequence[tuple[str, ...]], days: Sequence[date]
) -> dict[int, tuple[Period, ...]]:
    """Leave for one in three, where every post keeps some to spare."""
    away: dict[int, tuple[Period, ...]] = {}
    for number in luck.sample(range(len(posts)), len(posts) // 3):
        first = luck.choice(days[2:])
        period = Period(first, first + timedelta(luck.randint(0, 9)))
        left = min(
            sum(
                post in posts[other]
                and not any(day in p for p in away.get(other, ()))
                for other in range(len(posts))
                if other != number
            )
            for post in posts[number]
            for day in days
            if day in period
        )
        if left > SPARE:
            away[number] = (period,)

    return away


def _with_history(unit: Unit, first: date) -> Problem:
    """One leader led both days, though on leave on the second."""
    leader = unit.luck.choice(unit.holders("lead", first))
    second = first + timedelta(1)
    leave = (*leader.unavailable, Period(second, second))
    unit.change(replace(leader, unavailable=leave))
    pins = tuple(
        Pin(f"{day}/lead", leader.id, past=True) for day in (first, second)
    )
    return replace(unit.problem, pins=pins)
