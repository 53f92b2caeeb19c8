"""Small problems in which everything but the point has a default."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from roster.people import Period
from roster.problem import (
    Assignment,
    Dated,
    EarlierDuty,
    Outcome,
    Person,
    Pin,
    Problem,
    Shift,
    Status,
)
from roster.rules.clauses import Clause

SHANGHAI = ZoneInfo("Asia/Shanghai")
SATURDAY = date(2026, 10, 17)  # a plain weekend, nothing around it


def day(number: int) -> date:
    """The n-th day from the Saturday everything begins on."""
    return SATURDAY + timedelta(days=number)


def at(when: date, hour: int = 8) -> datetime:
    """An hour of a date in China; 24 and more are the days after."""
    midnight = datetime(when.year, when.month, when.day, tzinfo=SHANGHAI)
    return midnight + timedelta(hours=hour)


def make_person(
    name: str, posts: Iterable[str | Dated] = ("duty",), **more: Any
) -> Person:
    """Somebody who fills one post and is never away."""
    tags = tuple(
        tag if isinstance(tag, Dated) else Dated(tag)
        for tag in more.pop("tags", ())
    )
    away = tuple(Period(*span) for span in more.pop("unavailable", ()))
    return Person(
        id=name,
        posts=tuple(p if isinstance(p, Dated) else Dated(p) for p in posts),
        tags=tags,
        unavailable=away,
        **more,
    )


def make_staff(*names: str, **more: Any) -> tuple[Person, ...]:
    """People alike but for their names."""
    return tuple(make_person(name, **more) for name in names)


def make_shift(
    number: int, post: str = "duty", hours: tuple[int, int] = (8, 18), **more
) -> Shift:
    """A shift on the n-th day, adding one to the total."""
    when = day(number)
    more.setdefault("id", f"d{number}/{post}")
    more.setdefault("burden", {"total": 1})
    return Shift(
        date=when,
        start=at(when, hours[0]),
        end=at(when, hours[1]),
        post=post,
        **more,
    )


def make_shifts(count: int, **more: Any) -> tuple[Shift, ...]:
    """One shift on each of so many days running."""
    return tuple(make_shift(number, **more) for number in range(count))


def earlier(number: int, post: str = "duty", **more: Any) -> EarlierDuty:
    """A duty outside the problem, on the n-th day (mostly negative)."""
    when = day(number)
    return EarlierDuty(
        date=when, start=at(when), end=at(when, 18), post=post, **more
    )


def make_problem(
    staff: Sequence[Person],
    shifts: Sequence[Shift],
    *clauses: Clause,
    **more: Any,
) -> Problem:
    """A problem of these parts."""
    return Problem(
        id="柳湾小学",
        staff=tuple(staff),
        shifts=tuple(shifts),
        clauses=clauses,
        **more,
    )


def held(*pairs: tuple[str, str]) -> tuple[Assignment, ...]:
    """Assignments from (shift, person) pairs."""
    return tuple(Assignment(shift, staff) for shift, staff in pairs)


def pin(shift: str, staff: str, *, past: bool = False) -> Pin:
    """A pin of one person on one shift."""
    return Pin(shift, staff, past)


def make_outcome(*pairs: tuple[str, str], **more: Any) -> Outcome:
    """An outcome with these assignments."""
    more.setdefault("status", Status.OPTIMAL)
    return Outcome("柳湾小学", assignments=held(*pairs), **more)
