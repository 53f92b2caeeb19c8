"""
The benchmark county: 130 invented units from one seed, always the same.

A bureau and 129 units of 8–250 staff; one in five is tight: much leave,
few leaders, night duty, and gaps close to what counting people allows.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from roster.people import Period
from roster.problem import Dated, Person, Pin, Problem, Shift
from tests.benchmarks.gaps import with_gaps
from tests.benchmarks.goals import balances, couples, spacings, wishes
from tests.benchmarks.office import Office, open_office, plan
from tests.builders import at

TERM = (date(2026, 3, 1), date(2026, 7, 10))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def county(
    seed: int, units: int = 130, period: tuple[date, date] = TERM
) -> Iterator[Problem]:
    """The bureau and the other units, each with its own luck."""
    for number in range(units):
        yield unit(seed, number, period)


def unit(seed: int, number: int, period: tuple[date, date] = TERM) -> Problem:
    """One unit, with the widest gaps it can keep."""
    size, tight = plan(seed)[number]
    luck = Random(f"{seed}/{number}")
    office = open_office(luck, size, period, tight=tight)
    wished = 6 if period == YEAR else 4
    problem = _problem(office, f"unit-{number:03}", wished)
    return with_gaps(office, problem)


def _problem(office: Office, name: str, wished: int) -> Problem:
    plain = Problem(
        name,
        tuple(_person(office, number) for number in range(office.size)),
        tuple(
            _shift(office, day, post, need)
            for day in office.days
            for post, need in office.needs.items()
        ),
        (),
    )
    goals = (*balances(), wishes(office, wished), *spacings())
    return replace(
        plain,
        clauses=(couples(office), *goals),
        pins=_pins(office, plain),
    )


def _person(office: Office, number: int) -> Person:
    holiday, weekend = office.luck.randint(0, 2), office.luck.randint(0, 2)
    leave: list[Period] = office.away.get(number, [])
    return Person(
        id=f"p{number:03}",
        posts=tuple(
            Dated(post)
            for post, holders in office.posts.items()
            if number in holders
        ),
        unavailable=tuple(leave),
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


def _pins(office: Office, problem: Problem) -> tuple[Pin, ...]:
    """Three duties somebody has promised, of three people, weeks apart."""
    days = office.days
    chosen = [days[len(days) * part // 8] for part in (1, 4, 7)]
    pins: dict[str, Pin] = {}

    for day in chosen:
        shift = problem.shift[f"{day}/duty"]
        holders = [
            person.id
            for person in problem.staff
            if problem.may_hold(person, shift) and person.id not in pins
        ]
        staff = office.luck.choice(holders)
        pins[staff] = Pin(shift.id, staff)

    return tuple(pins.values())
