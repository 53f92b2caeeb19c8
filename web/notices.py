"""A holiday notice understood, and what it makes different."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from calendars.changes import changed_days
from calendars.notice import read_notice
from calendars.open_data import read_open_data
from roster.days import CalendarDay, CalendarYear, Term
from roster.people import Unit
from roster.services import calendar_keeping, viewing
from roster.services.calendar_keeping import Touched
from web.wiring import Office


@dataclass(frozen=True, slots=True)
class YearChange:
    """
    A year that a notice says something new of.

    Parameters
    ----------
    days
        Each day that becomes something else, as it was and as it will be.
    touched
        The published duties on days that differ in any way.
    terms
        The terms that have such a day, with how many.
    repairs
        Unit, term and first date of each roster to be looked at.
    """

    year: CalendarYear
    days: tuple[tuple[CalendarDay, CalendarDay], ...]
    touched: tuple[Touched, ...]
    terms: tuple[tuple[Term, int], ...]
    repairs: tuple[tuple[Unit, Term, date], ...]


def understood(here: Office, text: str, name: str) -> list[CalendarYear]:
    """
    The years of a notice, or of holiday-cn's JSON, that say anything new.

    Raises
    ------
    Unusable
        With every sentence that is not understood.
    """
    before = here.calendar
    read = read_open_data if text.lstrip().startswith("{") else read_notice
    return [
        year
        for year in read(text, name, before.year)
        if not _known(year, before.year(year.year))
    ]


def _known(year: CalendarYear, before: CalendarYear) -> bool:
    """Whether it says what is known already."""
    return replace(year, version=before.version) == before


def year_change(
    session: Session, before: CalendarYear, year: CalendarYear
) -> YearChange:
    """What a year would make different."""
    changed = changed_days(before, year)
    pairs = tuple(
        (before.days[day.date], day)
        for day in changed
        if before.days[day.date].kind is not day.kind
    )
    touched = calendar_keeping.touched_duties(session, changed)
    terms = viewing.terms(session)
    counted = (
        (term, sum(_lies_in(day.date, term) for day in changed))
        for term in terms
    )
    return YearChange(
        year,
        pairs,
        touched,
        tuple((term, count) for term, count in counted if count),
        _repairs(touched, terms),
    )


def _lies_in(when: date, term: Term) -> bool:
    return term.first <= when <= term.last


def _repairs(
    touched: Sequence[Touched], terms: Sequence[Term]
) -> tuple[tuple[Unit, Term, date], ...]:
    """Each roster once, from the first date on."""
    found: dict[tuple[str, str], tuple[Unit, Term, date]] = {}
    for one in sorted(touched, key=lambda one: (one.duty.date, one.unit.id)):
        for term in terms:
            if _lies_in(one.duty.date, term):
                key = one.unit.id, term.id
                found.setdefault(key, (one.unit, term, one.duty.date))

    return tuple(found.values())
