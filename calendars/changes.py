"""What a new version of a year makes different."""

from roster.days import CalendarDay, CalendarYear


def changed_days(
    before: CalendarYear, after: CalendarYear
) -> tuple[CalendarDay, ...]:
    """
    The days of ``after`` whose kind or holiday is another than before.

    That a year is no longer provisional alone changes no day.
    """
    return tuple(
        day
        for when, day in after.days.items()
        if _facts(day) != _facts(before.days[when])
    )


def _facts(day: CalendarDay) -> tuple[object, ...]:
    return day.kind, day.festival, day.run
