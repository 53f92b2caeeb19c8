"""What stands above a roster on paper, in both languages."""

from collections.abc import Sequence
from datetime import date, timedelta
from re import ASCII
from re import compile as pattern

from roster.days import Run, Term
from web.language import CHINESE
from web.words.dates import month_name
from web.words.office import FESTIVALS, Pair

LAYOUTS: dict[str, Pair] = {
    "list": ("一览表", "list"),
    "blocks": ("带班值班对照表", "leaders beside duty"),
    "grid": ("月历", "months"),
}

COUNTY_LAYOUTS: dict[str, Pair] = {
    "collective": ("汇总表", "all units by day"),
    "book": ("值班册", "duty book"),
}

TURNS: dict[str, Pair] = {
    "whole": ("全天", "all day"),
    "day": ("白班", "day"),
    "night": ("夜班", "night"),
}

LOGIN = pattern(r"（[\w.@-]+）$", ASCII)


def plain_name(signature: str) -> str:
    """A name as it stands on paper, without the log-in behind it."""
    return LOGIN.sub("", signature)


def months(term: Term) -> list[tuple[date, date]]:
    """First and last day of each month, inside the term."""
    found = []
    first = term.first
    while first <= term.last:
        after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append((first, min(after - timedelta(days=1), term.last)))
        first = after

    return found


def paper_title(
    first: date,
    last: date,
    term: Term,
    runs: Sequence[Run],
    language: str = CHINESE,
) -> str:
    """2026年国庆节期间值班安排表; National Day 2026, duty roster."""
    period = _period(first, last, term, runs, language)
    if language == CHINESE:
        return f"{period}值班安排表"

    return f"{period}, duty roster"


def _period(
    first: date, last: date, term: Term, runs: Sequence[Run], language: str
) -> str:
    if (first, last) == (term.first, term.last):
        return term.name

    for run in runs:
        if (run.first, run.last) == (first, last):
            return _holiday(run, language)

    if (first, last) in months(term):
        return month_name(first, language)

    if first == last:
        return str(first)

    joint = "至" if language == CHINESE else " – "
    return f"{first}{joint}{last}"


def _holiday(run: Run, language: str) -> str:
    # A holiday at New Year is the new year's, though it may begin before.
    year = run.last.year
    if language == CHINESE:
        return f"{year}年{run.name}期间"

    names = run.name.split("、")
    words = ", ".join(FESTIVALS.get(n, (n, n))[1] for n in names)
    return f"{words} {year}"
