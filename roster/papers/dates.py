"""Dates as offices write them: 2026.10.1, 10月1日, 46296, 10月1日-3日."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import normalize

from roster.days import Term

# Day 0 of spreadsheets; serials between are dates of 1954 to 2119.
EPOCH = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)

FULL = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})日?号?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})日?号?")
DAY = re.compile(r"(\d{1,2})日?号?")
BETWEEN = re.compile(r"\s*(?:至|到|~|—+|–)\s*")
# 周六, （星期六） and a midnight that a spreadsheet added.
TRAILING = re.compile(r"[\s(（]*(?:(?:周|星期)[一二三四五六日天])?[)）]?$")
MIDNIGHT = re.compile(r"\s+0?0:00(:00)?$")


class NotADate(ValueError):
    """No date; ``code`` says in which way."""

    def __init__(self, code: str = "cell-date") -> None:
        self.code = code
        super().__init__(code)


def plain(value: Any) -> str:
    """A cell as text: half-width, without outer spaces, 3 and not 3.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return normalize("NFKC", str(value)).strip() if value is not None else ""


def read_date(value: Any, terms: Sequence[Term]) -> date:
    """
    One date; without a year it is the one that lies in a term.

    Raises
    ------
    NotADate
        When it is none, or its year is not clear.
    """
    if isinstance(value, datetime):
        return value.date()

    if isinstance(value, date):
        return value

    if type(value) in (int, float) and int(value) in SERIALS:
        return EPOCH + timedelta(days=int(value))

    text = TRAILING.sub("", MIDNIGHT.sub("", plain(value)))
    for pattern in (FULL, COMPACT):
        if found := pattern.fullmatch(text):
            return _date(*map(int, found.groups()))

    if found := SHORT.fullmatch(text):
        return _in_a_term(int(found[1]), int(found[2]), terms)

    raise NotADate


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate from None


def _in_a_term(month: int, day: int, terms: Sequence[Term]) -> date:
    years = sorted({d.year for t in terms for d in (t.first, t.last)})
    found = []
    for year in years:
        try:
            when = date(year, month, day)
        except ValueError:
            continue
        if any(term.first <= when <= term.last for term in terms):
            found.append(when)
    if len(found) == 1:
        return found[0]

    _date(2024, month, day)  # a leap year: is there such a day at all?
    raise NotADate("year-unclear")


def read_range(value: Any, terms: Sequence[Term]) -> tuple[date, date]:
    """One date, or a first and a last: 10月1日-3日, 10.1至10.3."""
    if not isinstance(value, str):
        when = read_date(value, terms)
        return when, when

    parts = _parts(plain(value))
    if len(parts) == 1:
        when = read_date(parts[0], terms)
        return when, when

    if len(parts) != 2:
        raise NotADate

    first = read_date(parts[0], terms)
    return first, _last(parts[1], first, terms)


def _parts(text: str) -> list[str]:
    parts = BETWEEN.split(text)
    if len(parts) == 1 and re.search(r"[月./]", text):
        parts = re.split(r"\s*-\s*", text)
    return parts


def _last(text: str, first: date, terms: Sequence[Term]) -> date:
    """A range's end may leave out what it shares with its beginning."""
    text = TRAILING.sub("", text)
    if found := DAY.fullmatch(text):
        return _date(first.year, first.month, int(found[1]))

    if found := SHORT.fullmatch(text):
        month, day = int(found[1]), int(found[2])
        return _date(first.year + (month < first.month), month, day)

    return read_date(text, terms)
