"""
Until when a roster must be there: for each month and each long holiday.

The bureau's document counts days before a long holiday, the schools' one
working days; both name a day of the month before. A parameter counts as it
stands on the first of the month before, so that everybody knows it by
then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from roster.days import CalendarDay, Run, Term
from roster.posts import DutyDay, is_due
from roster.rules.rulebook import Params

LONG = 3  # days off or more


class Span(StrEnum):
    """What a deadline is about."""

    MONTH = "month"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    A month or a long run of days off, and the last day for its roster.

    ``first`` and ``last`` are what of it lies in the term; ``name`` is the
    holiday's, empty for a month and for days off without one.
    """

    span: Span
    first: date
    last: date
    due: date
    article: str
    name: str = ""
    provisional: bool = False


def deadlines(
    term: Term,
    day: Callable[[date], CalendarDay],
    params: Params,
) -> tuple[Deadline, ...]:
    """
    A unit's deadlines in a term, by the day they are due.

    Parameters
    ----------
    day
        The official calendar.
    """
    duty = [
        found
        for found in map(day, term)
        if is_due(
            DutyDay(found, vacation=term.in_vacation(found.date)), params
        )
    ]
    every = [*_months(duty, params), *_runs(duty, day, params)]
    return tuple(sorted(every, key=lambda d: (d.due, d.first, d.span)))


def _months(duty: Sequence[CalendarDay], params: Params) -> Iterator[Deadline]:
    months: dict[date, list[CalendarDay]] = {}
    for one in duty:
        months.setdefault(one.date.replace(day=1), []).append(one)

    for month, days in months.items():
        before = _month_before(month)
        number = int(params.get("publish_day", before))
        yield Deadline(
            Span.MONTH,
            days[0].date,
            days[-1].date,
            before.replace(day=number),
            params.book.article_of["publish_day"].name,
            provisional=any(one.provisional for one in days),
        )


def _runs(
    duty: Sequence[CalendarDay],
    day: Callable[[date], CalendarDay],
    params: Params,
) -> Iterator[Deadline]:
    runs: dict[Run, list[CalendarDay]] = {}
    for one in duty:
        if one.run is not None and one.run.days >= LONG:
            runs.setdefault(one.run, []).append(one)

    for run, days in runs.items():
        due, name = _due_before(run.first, day, params)
        yield Deadline(
            Span.RUN,
            days[0].date,
            days[-1].date,
            due,
            params.book.article_of[name].name,
            run.name,
            any(one.provisional for one in days),
        )


def _due_before(
    first: date, day: Callable[[date], CalendarDay], params: Params
) -> tuple[date, str]:
    """The last day before a run, and the parameter that says so."""
    known = _month_before(first)
    if "submit_workdays" in params.book.params:
        number = int(params.get("submit_workdays", known))
        return _workdays_before(first, number, day), "submit_workdays"

    number = int(params.get("holiday_publish_days", known))
    return first - timedelta(days=number), "holiday_publish_days"


def _month_before(when: date) -> date:
    """The first of the month before."""
    return (when.replace(day=1) - timedelta(days=1)).replace(day=1)


def _workdays_before(
    first: date, number: int, day: Callable[[date], CalendarDay]
) -> date:
    """The n-th working day before a date; make-up days are working days."""
    when = first - timedelta(days=1)
    while number > 0:
        number -= not day(when).off
        if number:
            when -= timedelta(days=1)

    return when
