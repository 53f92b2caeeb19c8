"""
The official calendar of China over any years, announced or provisional.

Covered are 2014 to 2099. A year without a notice never raises: its
statutory days follow from the law and the whole year is provisional.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from calendars.years import provisional_year, runs_of, shipped_years
from roster.days import CalendarDay, CalendarYear, Run, days_between

LAST = 2099


class China:
    """Days by date, over the borders of years."""

    def __init__(self, years: Mapping[int, CalendarYear] | None = None):
        self._years = dict(shipped_years() if years is None else years)
        self._merged: dict[date, Run] = {}

    def year(self, number: int) -> CalendarYear:
        """A year; provisional when no notice for it is known."""
        if number not in self._years:
            self._years[number] = provisional_year(number)

        return self._years[number]

    def day(self, when: date) -> CalendarDay:
        """A date with its kind and its run, also over New Year."""
        day = self.year(when.year).days[when]
        if _beside_new_year(when) and self.year(when.year + 1).provisional:
            day = replace(day, provisional=True)

        if day.run is None or not _touches_new_year(day.run):
            return day

        return replace(day, run=self._over_new_year(when))

    def days(self, first: date, last: date) -> Iterator[CalendarDay]:
        """Every date from ``first`` to ``last``, both included."""
        return (self.day(when) for when in days_between(first, last))

    def version(self, first: date, last: date) -> str:
        """A digest that changes when a year in between does."""
        years = [
            self.year(number) for number in range(first.year, last.year + 1)
        ]
        return digest(years)

    def _over_new_year(self, when: date) -> Run:
        if when not in self._merged:
            near = [
                self.year(d.year).days[d]
                for d in days_between(
                    when - timedelta(days=20), when + timedelta(days=20)
                )
            ]
            kinds = {day.date: day.kind for day in near}
            names = {
                day.date: day.run.name
                for day in near
                if day.run is not None and day.run.name
            }
            self._merged |= dict(runs_of(kinds, names))

        return self._merged[when]


def _touches_new_year(run: Run) -> bool:
    ends = (run.first.month, run.first.day), (run.last.month, run.last.day)
    return (1, 1) in ends or (12, 31) in ends


def _beside_new_year(when: date) -> bool:
    """
    Whether the next year's notice may still make it another day.

    元旦 has begun on 30 December and been worked for on the 29th.
    """
    return when.year < LAST and when.month == 12 and when.day >= 29


def digest(years: Iterable[CalendarYear]) -> str:
    """Sixteen characters that stand for these years' days and notices."""
    words = [
        f"{year.year}.{year.version} {day.date} {day.kind} {day.run}"
        for year in years
        for day in year.days.values()
    ]
    return sha256("\n".join(words).encode()).hexdigest()[:16]
