"""Days of duty as the months of a wall calendar."""

from collections.abc import Sequence
from datetime import date, timedelta

from roster.days import Term
from roster.services.views import DayView


def in_months(
    days: Sequence[DayView], term: Term
) -> list[tuple[date, list[list[tuple[date, DayView | None]]]]]:
    """Months with duty, in weeks from Monday."""
    found = {day.day.date: day for day in days}
    months = []
    first = term.first.replace(day=1)
    while first <= term.last:
        after = (first + timedelta(days=32)).replace(day=1)
        monday = first - timedelta(days=first.weekday())
        weeks = []
        while monday < after:
            week = [monday + timedelta(days=n) for n in range(7)]
            weeks.append([(when, found.get(when)) for when in week])
            monday += timedelta(days=7)
        if any(first <= when < after for when in found):
            months.append((first, weeks))
        first = after

    return months
