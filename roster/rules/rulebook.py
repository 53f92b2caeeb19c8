"""
A rule document as values: articles, their parameters, and overrides.

Code knows kinds, the document knows numbers. Whatever the bureau may set
differently is a parameter with a name, a label and what is allowed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from roster.people import Period

Value = bool | int | str | tuple[str, ...]

# How a text must be written, with an example to show.
FORMS = {"hours": "08:00-18:00", "month-day": "05-01", "time": "17:00"}
PATTERNS = {
    "hours": re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d"),
    "month-day": re.compile(r"((0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
}


class Force(StrEnum):
    """What an article asks for."""

    MANDATORY = "mandatory"  # no roster breaks it
    GOAL = "goal"  # served in the order of tiers
    INFORMATION = "information"  # shown, and followed by people


@dataclass(frozen=True, slots=True)
class Param:
    """
    A number or choice of an article that may be set differently.

    ``one_of`` lists the allowed values; ``least`` and ``most`` bound a
    number; a tuple's members are each one of ``one_of``; ``form`` says
    how a text must be written, as the hours of a shift are.
    """

    name: str
    label: str
    value: Value
    one_of: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    form: str = ""

    def problem_with(self, value: Any) -> str:
        """The code of what is wrong with a value; empty when nothing."""
        if type(value) is not type(self.value):
            return "param-type"

        if isinstance(value, tuple):
            known = all(isinstance(v, str) for v in value)
            return "" if known and self._known(value) else "param-choice"

        if isinstance(value, str) and not self._known((value,)):
            return "param-choice"

        if self.form and not PATTERNS[self.form].fullmatch(str(value)):
            return "param-form"

        if isinstance(value, int) and not self._in_range(value):
            return "param-range"

        return ""

    def _known(self, values: Sequence[str]) -> bool:
        return not self.one_of or set(values) <= set(self.one_of)

    def _in_range(self, value: int) -> bool:
        low = self.least if self.least is not None else value
        high = self.most if self.most is not None else value
        return low <= value <= high


@dataclass(frozen=True, slots=True)
class Article:
    """
    One article: its words, its parameters, and what it asks for.

    ``tier`` is set for goals only (1–6). ``workflow`` articles are kept by
    the product's work steps rather than by a roster's content.
    """

    number: int
    chapter: str
    text: str
    force: Force
    tier: int | None = None
    workflow: bool = False
    params: tuple[Param, ...] = ()

    @property
    def name(self) -> str:
        """第十五条."""
        return f"第{chinese(self.number)}条"


@dataclass(frozen=True)
class RuleBook:
    """One issued (or, as 拟稿, proposed) rule document."""

    id: str  # "bureau", "schools"
    title: str
    version: str
    status: str  # 拟稿 until the bureau issues its own text
    articles: tuple[Article, ...]
    digest: str

    @cached_property
    def params(self) -> Mapping[str, Param]:
        """All parameters by name."""
        return {p.name: p for a in self.articles for p in a.params}

    @cached_property
    def article_of(self) -> Mapping[str, Article]:
        """The article that holds a parameter, by its name."""
        return {p.name: a for a in self.articles for p in a.params}

    def article(self, number: int) -> Article:
        """An article by its number."""
        return self.articles[number - 1]


@dataclass(frozen=True, slots=True)
class Override:
    """
    A parameter set differently for a unit, from a date on.

    An empty ``unit`` means every unit under the book. ``document`` is the
    number of the paper that asked for it.
    """

    book: str
    unit: str
    param: str
    value: Value
    period: Period
    reason: str
    document: str


class Params:
    """A book's parameters as they stand for one unit, date by date."""

    def __init__(
        self, book: RuleBook, overrides: Sequence[Override], unit: str
    ) -> None:
        self.book = book
        self.overrides = tuple(
            o for o in overrides if o.book == book.id and o.unit in ("", unit)
        )

    def setter(self, name: str, when: date) -> Override | None:
        """The override in force: the unit's own last, the newest last."""
        found = [
            o for o in self.overrides if o.param == name and when in o.period
        ]
        ordered = sorted(
            found, key=lambda o: (bool(o.unit), o.period.first or date.min)
        )
        return ordered[-1] if ordered else None

    def get(self, name: str, when: date, otherwise: Any = None) -> Any:
        """A value on a date; ``otherwise`` where the book has no such."""
        if name not in self.book.params:
            return otherwise

        setter = self.setter(name, when)
        return self.book.params[name].value if setter is None else setter.value

    def spans(
        self, name: str, first: date, last: date
    ) -> list[tuple[date, date, Any]]:
        """Where between two dates a parameter has which value in turn."""
        changes = {first}
        for override in self.overrides:
            if override.param == name:
                changes |= _borders(override.period)

        inside = sorted(when for when in changes if first <= when <= last)
        starts = [
            when
            for when in inside
            if when == first
            or self.get(name, when) != self.get(name, _before(when))
        ]
        ends = [_before(when) for when in starts[1:]] + [last]
        return [
            (start, end, self.get(name, start))
            for start, end in zip(starts, ends, strict=True)
        ]


def _borders(period: Period) -> set[date]:
    after = set()
    if period.last is not None and period.last < date.max:
        after.add(date.fromordinal(period.last.toordinal() + 1))

    return after | ({period.first} if period.first else set())


def _before(when: date) -> date:
    return date.fromordinal(when.toordinal() - 1)


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese: 二十一."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else digits[tens] + "十")
    return head + (digits[ones] if ones or not head else "")
