"""Reads a year of the open data set holiday-cn."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from calendars.checks import YEARS, make_up_mistakes, year_mistakes
from calendars.december import years_made
from roster.days import CalendarYear, Holiday, Notice
from roster.errors import Mistake, Unusable


def read_open_data(
    text: str, file: str, known: Callable[[int], CalendarYear]
) -> tuple[CalendarYear, ...]:
    """
    The year of a holiday-cn file; raises `Unusable` with every mistake.

    Its days are off or worked; weekends that merely join are not in it.
    """
    document = _parse(text, file)
    mistakes: list[Mistake] = []
    year = document.get("year")
    if type(year) is not int or year not in YEARS:
        mistakes.append(_wrong(file, "$.year", "not-a-year", year))
        year = 0
    papers = document.get("papers")
    if not isinstance(papers, list):
        mistakes.append(_wrong(file, "$.papers", "not-a-list", papers))
        papers = []
    days = _days(document.get("days"), file, mistakes)
    if mistakes:
        raise Unusable(*mistakes)

    holidays = _holidays(days, file, mistakes)
    # An amendment may prolong a holiday without a day worked for it.
    even = len(papers) < 2
    for holiday in holidays:
        mistakes += make_up_mistakes(holiday, file, holiday.name, even=even)
    mistakes += year_mistakes(year, holidays, file)
    if mistakes:
        raise Unusable(*mistakes)

    notices = tuple(Notice("", None, str(paper)) for paper in papers)
    notices = notices or (Notice("", None, "holiday-cn"),)
    return years_made(year, holidays, notices, known)


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        detail = {"detail": str(error)}
        raise Unusable(Mistake("not-json", (file,), detail)) from None

    if not isinstance(document, dict):
        raise Unusable(Mistake("not-an-object", (file, "$")))

    return document


def _wrong(file: str, path: str, code: str, value: object) -> Mistake:
    return Mistake(code, (file, path), {"value": str(value)[:40]})


Day = tuple[date, str, bool]


def _days(entries: Any, file: str, mistakes: list[Mistake]) -> list[Day]:
    if not isinstance(entries, list):
        mistakes.append(_wrong(file, "$.days", "not-a-list", entries))
        return []

    days = []
    for number, entry in enumerate(entries):
        path = f"$.days[{number}]"
        try:
            when = date.fromisoformat(entry["date"])
            name, off = entry["name"], entry["isOffDay"]
        except (KeyError, TypeError, ValueError):
            mistakes.append(_wrong(file, path, "not-a-holiday", entry))
            continue
        if not isinstance(name, str) or type(off) is not bool:
            mistakes.append(_wrong(file, path, "not-a-holiday", entry))
            continue
        days.append((when, name, off))
    return sorted(days)


def _holidays(
    days: list[Day], file: str, mistakes: list[Mistake]
) -> list[Holiday]:
    """Days of one name together; each name's days off hang together."""
    names = list(dict.fromkeys(name for _, name, _ in days))
    holidays = []
    for name in names:
        off = [when for when, n, free in days if n == name and free]
        worked = tuple(w for w, n, free in days if n == name and not free)
        if not off or off[-1] - off[0] != timedelta(days=len(off) - 1):
            mistakes.append(_wrong(file, "$.days", "days-apart", name))
            continue
        holidays.append(Holiday(name, off[0], off[-1], worked))

    return holidays
