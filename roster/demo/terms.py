"""The demonstration's three terms, and the days off it must know itself."""

from collections.abc import Iterator
from datetime import date, timedelta

from roster.days import Term, days_between

AUTUMN_2025 = Term(
    "2025-autumn",
    "2025年秋季学期",
    date(2025, 9, 1),
    date(2026, 2, 28),
    ((date(2026, 1, 17), date(2026, 2, 28)),),
)
SPRING_2026 = Term(
    "2026-spring",
    "2026年春季学期",
    date(2026, 3, 1),
    date(2026, 8, 30),
    ((date(2026, 7, 11), date(2026, 8, 30)),),
)
AUTUMN_2026 = Term(
    "2026-autumn",
    "2026年秋季学期",
    date(2026, 8, 31),
    date(2027, 2, 28),
    ((date(2027, 1, 16), date(2027, 2, 28)),),
)
TERMS = (AUTUMN_2025, SPRING_2026, AUTUMN_2026)

# Only so that the invented past, wishes and boarders' weekends look right;
# what days really are is the calendar's matter.
HOLIDAYS = (
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
    (date(2027, 1, 1), date(2027, 1, 3)),
    (date(2027, 2, 5), date(2027, 2, 11)),
)
MADE_UP = frozenset(
    date.fromisoformat(day)
    for day in (
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    )
)
SATURDAY = 5


def in_holiday(when: date) -> bool:
    """Whether a date lies in a holiday's run."""
    return any(first <= when <= last for first, last in HOLIDAYS)


def days_off(first: date, last: date) -> list[date]:
    """Weekends and holidays between two dates, made-up days left out."""
    return [
        day
        for day in days_between(first, last)
        if in_holiday(day)
        or (day.weekday() >= SATURDAY and day not in MADE_UP)
    ]


def school_weekends(term: Term) -> Iterator[tuple[date, date]]:
    """The plain weekends of teaching time; one day where one is made up."""
    for saturday in term:
        if saturday.weekday() != SATURDAY or term.in_vacation(saturday):
            continue

        pair = (saturday, saturday + timedelta(days=1))
        free = [d for d in pair if d not in MADE_UP and d <= term.last]
        if free and not any(map(in_holiday, pair)):
            yield free[0], free[-1]
