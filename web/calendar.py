"""The official calendar, a year on a page."""

from datetime import date, timedelta

from flask import Blueprint, abort, render_template

from web.pages import office

pages = Blueprint("calendar", __name__)

FIRST, LAST = 2014, 2099


@pages.get("/calendar/<int:number>")
def year(number: int) -> str:
    """Twelve months, every day with its kind."""
    if not FIRST <= number <= LAST:
        abort(404)

    found = office().calendar.year(number)
    runs = {
        day.run
        for day in found.days.values()
        if day.run is not None and day.run.holiday
    }
    make_up = [d for d in found.days.values() if d.kind.value == "make_up"]
    return render_template(
        "calendar/year.html",
        year=found,
        months=[_weeks(number, month) for month in range(1, 13)],
        runs=sorted(runs, key=lambda run: run.first),
        make_up=make_up,
        before=number - 1 if number > FIRST else None,
        after=number + 1 if number < LAST else None,
    )


def _weeks(number: int, month: int) -> list[list[date | None]]:
    """A month's weeks from Monday; None outside the month."""
    when = date(number, month, 1)
    when -= timedelta(days=when.weekday())
    weeks = []
    while not weeks or when.month == month:
        week = [when + timedelta(days=n) for n in range(7)]
        weeks.append([d if d.month == month else None for d in week])
        when += timedelta(days=7)

    return weeks
