"""Years as a notice makes them: its own, and the December before it."""

from collections.abc import Callable, Iterable
from datetime import date

from calendars.years import announced_year
from roster.days import CalendarYear, Holiday, Notice


def years_made(
    year: int,
    holidays: Iterable[Holiday],
    notices: tuple[Notice, ...],
    known: Callable[[int], CalendarYear],
) -> tuple[CalendarYear, ...]:
    """
    The year, and the one before it where a holiday begins in that.

    The next year's notice may have been read already: what it says of
    this year's December stays.
    """
    before = known(year)
    own = [h for h in holidays if h.last.year <= year]
    made = announced_year(
        year, (*own, *_later(before)), notices, before.version + 1
    )
    early = [h for h in own if _begins(h).year < year]
    return made, *_with_december(known(year - 1), early)


def _with_december(
    before: CalendarYear, early: list[Holiday]
) -> tuple[CalendarYear, ...]:
    """The year before, anew when these holidays change it."""
    if before.provisional or _later(before) == early:
        # Of a provisional year nothing is known; a year known by one
        # week would mislead.
        return ()

    own = [h for h in before.holidays if h.last.year <= before.year]
    return (
        announced_year(
            before.year, (*own, *early), before.notices, before.version + 1
        ),
    )


def _later(year: CalendarYear) -> list[Holiday]:
    """The next year's holidays that begin in this one."""
    return [h for h in year.holidays if h.last.year > year.year]


def _begins(holiday: Holiday) -> date:
    return min((holiday.first, *holiday.make_up))
