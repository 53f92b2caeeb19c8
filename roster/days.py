"""
Days as the State Council's notice and the school year make them.

Every date has one `DayKind`; days off hang together in a `Run`. Being in
vacation or having students on campus is a fact of a unit and a date, not
a kind of day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class DayKind(StrEnum):
    """What a date is by law and notice."""

    STATUTORY = "statutory"  # 法定
    SUBSTITUTE = "substitute"  # 补假: makes good a statutory weekend day
    EXCHANGED = "exchanged"  # 调休: paid for by a make-up working day
    WEEKEND = "weekend"  # 双休
    MAKE_UP = "make_up"  # 补班: a Saturday or Sunday worked
    WORKDAY = "workday"

    @property
    def off(self) -> bool:
        """Whether nobody works, so that duty is due."""
        return self not in (DayKind.MAKE_UP, DayKind.WORKDAY)


@dataclass(frozen=True, slots=True)
class Run:
    """
    A stretch of days off without a working day in it.

    ``name`` is the holiday that made it (``国庆节``, ``国庆节、中秋节``) and
    is empty for a plain weekend. A run may begin in the year before.
    """

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A run must not end before it begins.")

    @property
    def days(self) -> int:
        """How many days off follow each other."""
        return (self.last - self.first).days + 1

    @property
    def holiday(self) -> bool:
        """Whether a notice (or the law) made it, not just the week."""
        return bool(self.name)

    def __contains__(self, when: date) -> bool:
        return self.first <= when <= self.last


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """
    One date of the official calendar.

    Parameters
    ----------
    festival
        The festival that falls on this very date: ``除夕``, ``春节``
        (初一 to 初三), ``清明节`` … On days off that are not statutory it
        is empty; the run's name tells what they belong to.
    lunar
        The lunar date in words, ``正月初一``.
    run
        The days off it belongs to; ``None`` on working days.
    provisional
        Computed from the law alone: no notice for its year is known.
    """

    date: date
    kind: DayKind
    festival: str = ""
    lunar: str = ""
    run: Run | None = None
    provisional: bool = False

    @property
    def off(self) -> bool:
        """Whether duty is due on it."""
        return self.kind.off


@dataclass(frozen=True, slots=True)
class Notice:
    """The State Council's yearly paper, or an amendment of it."""

    number: str  # 国办发明电〔2023〕7号; empty when not known
    issued: date | None
    source: str  # where it is published


@dataclass(frozen=True, slots=True)
class Holiday:
    """
    What a notice says of one holiday.

    It may begin in the year before; ``make_up`` are the Saturdays and
    Sundays worked for it.
    """

    name: str
    first: date
    last: date
    make_up: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A holiday must not end before it begins.")


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """
    One year of the official calendar, in one version.

    ``days`` holds every date of the year, ``holidays`` what they were made
    from. ``notices`` is empty exactly when the year is provisional;
    amendments are appended.
    """

    year: int
    days: Mapping[date, CalendarDay]
    holidays: tuple[Holiday, ...] = ()
    notices: tuple[Notice, ...] = ()
    version: int = 1

    @property
    def provisional(self) -> bool:
        """Whether no notice has been read for it."""
        return not self.notices


@dataclass(frozen=True, slots=True)
class Term:
    """
    The period a roster covers: teaching and the vacation after it.

    ``vacations`` are closed ranges inside it.
    """

    id: str  # "2026-autumn"
    name: str  # "2026年秋季学期"
    first: date
    last: date
    vacations: tuple[tuple[date, date], ...] = field(default=())

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A term must not end before it begins.")

        for first, last in self.vacations:
            if not self.first <= first <= last <= self.last:
                raise ValueError("A vacation must lie inside its term.")

    def __iter__(self) -> Iterator[date]:
        return days_between(self.first, self.last)

    def in_vacation(self, when: date) -> bool:
        """Whether the school is closed for the vacation on that date."""
        return any(first <= when <= last for first, last in self.vacations)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date from ``first`` to ``last``, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
