"""
One year of the official calendar: its holidays, then every day's kind.

A year file holds what the notice says and nothing else; which day off is
statutory, made good (补假) or exchanged (调休) follows from the law.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from calendars.law import national_days, statutory_days
from calendars.lunar import lunar_words, mid_autumn
from roster.days import (
    CalendarDay,
    CalendarYear,
    DayKind,
    Holiday,
    Notice,
    Run,
    days_between,
)

SATURDAY = 5


def announced_year(
    year: int,
    holidays: Iterable[Holiday],
    notices: tuple[Notice, ...],
    version: int = 1,
) -> CalendarYear:
    """A year as its notice (with its amendments) has it."""
    holidays = tuple(holidays)
    kinds = {when: _plain(when) for when in _dates(year)}

    for holiday in holidays:
        kinds |= dict(kinds_of(holiday, year))
        kinds |= dict.fromkeys(holiday.make_up, DayKind.MAKE_UP)

    inside = {when: kind for when, kind in kinds.items() if when.year == year}
    names = {
        when: holiday.name
        for holiday in holidays
        for when in days_between(holiday.first, holiday.last)
    }
    return _year(year, inside, names, holidays, notices, version)


def provisional_year(year: int) -> CalendarYear:
    """A year without a notice: the law's days, everything else plain."""
    kinds = {when: _plain(when) for when in _dates(year)}
    statutory = statutory_days(year)
    kinds |= dict.fromkeys(statutory, DayKind.STATUTORY)
    names = {
        when: "春节" if name == "除夕" else name
        for when, name in statutory.items()
    }
    return _year(year, kinds, names, (), (), 0)


def shipped_years() -> dict[int, CalendarYear]:
    """The years whose files come with the product."""
    return dict(_shipped())


@cache
def _shipped() -> dict[int, CalendarYear]:
    folder = files("calendars.years") / "cn"
    found = [
        read_year_file(entry.read_text("utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".toml")
    ]
    return {year.year: year for year in found}


def read_year_file(text: str) -> CalendarYear:
    """A year file as its year; trusts it, for it is part of the product."""
    table = tomllib.loads(text)
    holidays = [
        Holiday(
            entry["name"],
            entry["first"],
            entry["last"],
            tuple(entry.get("make_up", ())),
        )
        for entry in table["holiday"]
    ]
    notice = Notice(table["number"], table["issued"], table["source"])
    return announced_year(table["year"], holidays, (notice,))


def _dates(year: int) -> Iterator[date]:
    return days_between(date(year, 1, 1), date(year, 12, 31))


def _plain(when: date) -> DayKind:
    weekend = when.weekday() >= SATURDAY
    return DayKind.WEEKEND if weekend else DayKind.WORKDAY


def kinds_of(holiday: Holiday, year: int) -> Iterator[tuple[date, DayKind]]:
    """
    A holiday's days with their kinds.

    Statutory by law; then the first weekdays off after statutory weekend
    days make those good, and all other weekdays off are exchanged.
    """
    statutory = statutory_days(year) | statutory_days(year - 1)
    # Two festivals on one date are two days; the second is made good.
    both = "国庆节" if mid_autumn(year) in national_days(year) else ""
    owed = int(bool(both) and both in holiday.name)

    for when in days_between(holiday.first, holiday.last):
        if when in statutory:
            owed += when.weekday() >= SATURDAY
            yield when, DayKind.STATUTORY
        elif when.weekday() >= SATURDAY:
            yield when, DayKind.WEEKEND
        elif owed:
            owed -= 1
            yield when, DayKind.SUBSTITUTE
        else:
            yield when, DayKind.EXCHANGED


def _year(
    year: int,
    kinds: dict[date, DayKind],
    names: dict[date, str],
    holidays: tuple[Holiday, ...],
    notices: tuple[Notice, ...],
    version: int,
) -> CalendarYear:
    festivals = statutory_days(year)
    runs = dict(runs_of(kinds, names))
    days = {
        when: CalendarDay(
            when,
            kind,
            festivals.get(when, "") if kind is DayKind.STATUTORY else "",
            lunar_words(when),
            runs.get(when),
            provisional=not notices,
        )
        for when, kind in sorted(kinds.items())
    }
    return CalendarYear(year, days, holidays, notices, version)


def runs_of(
    kinds: dict[date, DayKind], names: dict[date, str]
) -> Iterator[tuple[date, Run]]:
    """Each day off with its run; a run is named by the holidays in it."""
    stretch: list[date] = []

    for when in [*sorted(kinds), date.max]:
        gap = stretch and (when - stretch[-1]) != timedelta(days=1)
        working = when not in kinds or not kinds[when].off
        if stretch and (gap or working):
            found = dict.fromkeys(names[d] for d in stretch if d in names)
            run = Run(stretch[0], stretch[-1], "、".join(found))
            yield from ((day, run) for day in stretch)
            stretch = []
        if not working:
            stretch.append(when)
