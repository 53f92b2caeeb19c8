"""Dates in rosters, where a title or a sheet's name may tell the month."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from roster.days import Term
from roster.papers.dates import NotADate, plain, read_date, read_range

CHINESE = {word: n for n, word in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}
MONTH = re.compile(
    r"(?:(\d{4})\s*[年./-]\s*)?(?<!\d)(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    r"\s*月(?!\s*\d)"
)
COMPACT = re.compile(r"(\d{4})[./-]?(0[1-9]|1[0-2])")
WEEKDAY = re.compile(r"[\s(]*(?:周|星期|礼拜)([一二三四五六日天])\)?")
NOTE = re.compile(r"\s*\([^()]*\)$")
DAY = re.compile(r"(\d{1,2})(?:\.0)?\s*(?:日|号)?")
DAYS = re.compile(
    r"(\d{1,2})\s*(?:日|号)?\s*[-~至到—–]+\s*(\d{1,2})\s*(?:日|号)?"
)
WEEK = {word: n for n, word in enumerate("一二三四五六日")} | {"天": 6}
LONGEST = timedelta(days=62)  # that one row may speak for


def month_in(words: object, term: Term) -> date | None:
    """The one month a title tells of, by its first day."""
    text = plain(words)
    found = {_month(m[1], m[2], term) for m in MONTH.finditer(text)}
    if compact := COMPACT.fullmatch(text):
        found.add(date(int(compact[1]), int(compact[2]), 1))

    return found.pop() if len(found) == 1 else None


def _month(year: str | None, words: str, term: Term) -> date | None:
    month = CHINESE.get(words) or int(words)
    if year:
        return date(int(year), month, 1)

    here = term.first.replace(day=1)
    while here <= term.last:
        if here.month == month:
            return here
        here = (here + timedelta(days=32)).replace(day=1)

    return None


def weekday_in(words: object) -> int | None:
    """The weekday a cell tells, 0 for Monday."""
    text = plain(words)
    found = WEEKDAY.search(text)
    return WEEK.get(found[1] if found else text)


def dates_in(
    value: Any, term: Term, month: date | None
) -> tuple[date, date, int | None]:
    """
    The first and last date a cell names, and the weekday it tells.

    Raises
    ------
    NotADate
        With ``not-within-the-term`` for a day without a year that the term
        does not have.
    """
    number = type(value) in (int, float) and 1 <= value <= 31
    if not isinstance(value, str) and not number:
        when = read_date(value, [term])
        return when, when, None

    text = plain(value)
    weekday = weekday_in(text) if WEEKDAY.search(text) else None
    text = NOTE.sub("", WEEKDAY.sub("", text)).strip()
    first, last = _span(text, term, month)
    if not timedelta(0) <= last - first <= LONGEST:
        raise NotADate("range-reversed" if last < first else "cell-date")

    return first, last, weekday


def _span(text: str, term: Term, month: date | None) -> tuple[date, date]:
    if month and (found := DAY.fullmatch(text)):
        when = day_of(month, int(found[1]))
        return when, when

    if month and (found := DAYS.fullmatch(text)):
        return day_of(month, int(found[1])), day_of(month, int(found[2]))

    try:
        return read_range(text, [term])
    except NotADate as error:
        if error.code == "year-unclear":
            raise NotADate("not-within-the-term") from None

        raise


def day_of(month: date, day: int) -> date:
    """A day of a month; raises `NotADate` where it has none."""
    try:
        return month.replace(day=day)
    except ValueError:
        raise NotADate from None


def weekday_facts(when: date) -> dict[str, str]:
    """What the sentence about a wrong weekday needs."""
    return {"value": str(when), "weekday": "一二三四五六日"[when.weekday()]}


def month_above(
    rows: Sequence[Sequence[Any]], sheet: str, term: Term
) -> date | None:
    """The month told nearest above a table, else by the sheet's name."""
    for row in reversed(rows):
        for cell in row:
            if isinstance(cell, date):
                continue
            if cell is not None and (month := month_in(cell, term)):
                return month

    return month_in(sheet, term)
