"""The next term, as the ones before it suggest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from re import sub

from roster.days import Term

NEAR = timedelta(days=45)  # a term of the year before begins about here


def next_term(terms: Sequence[Term]) -> Term | None:
    """
    A proposal to be corrected: a year after the one that it follows.

    Staff, limits, relations and rules stay as they are, and the ledgers
    carry by themselves; only dates are new.
    """
    if not terms:
        return None

    last = max(terms, key=lambda term: term.first)
    first = last.last + timedelta(days=1)
    a_year_ago = _later(first, -1)
    before = [t for t in terms if abs(t.first - a_year_ago) <= NEAR]
    if not before:
        end = first + (last.last - last.first)
        return Term("", "", first, end)

    # The term of the same season, each of its dates a year later.
    same = max(before, key=lambda term: term.first)
    end = max(_later(same.last), first)
    return replace(
        same,
        id=_renamed(same.id),
        name=_renamed(same.name),
        first=first,
        last=end,
        vacations=tuple(
            (max(_later(a), first), min(_later(b), end))
            for a, b in same.vacations
            if first <= _later(b) and _later(a) <= end
        ),
    )


def _later(when: date, years: int = 1) -> date:
    """The same day of another year; 29 February becomes the 28th."""
    try:
        return when.replace(year=when.year + years)
    except ValueError:
        return when.replace(year=when.year + years, day=28)


def _renamed(word: str) -> str:
    """2026-autumn → 2027-autumn; words without a year need another."""
    renamed = sub(r"20\d\d", lambda found: str(int(found[0]) + 1), word)
    return renamed if renamed != word else ""
