"""The official calendar, a year on a page."""

from datetime import date, timedelta

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response

from calendars.documents import to_json
from roster.days import CalendarYear
from roster.errors import Refused, Unusable
from roster.services import calendar_keeping
from web.access import signature, writing
from web.clients import links, public
from web.notices import understood, year_change
from web.pages import language, office
from web.texts import any_text
from web.words import all_sentences, refusal_sentence

pages = Blueprint("calendar", __name__)

Answer = str | Response | tuple[str, int]

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
        holiday_links=_holiday_links,
    )


def _holiday_links(which: str) -> dict[str, str]:
    """Where calendars read the official holidays."""
    return links(public(url_for("feeds.holidays", which=which)), which)


@pages.route("/calendar/import", methods=["GET", "POST"])
def bring() -> Answer:
    """A notice as pasted or sent, looked at first and then stored."""
    here = office()
    if request.method == "GET":
        return _bring_page("")

    try:
        text = _sent()
        years = understood(here, text, gettext("通知"))
    except Unusable as error:
        told = all_sentences(error, language())
        return _bring_page(request.form.get("text", ""), told), 400

    if "store" not in request.form:
        return _bring_page(text, years=years)

    try:
        with writing() as session:
            calendar_keeping.store_years(
                session,
                years,
                seen=request.form.get("seen", ""),
                to_json=to_json,
                who=signature(),
                now=here.now(),
            )
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _bring_page(text, said, years), 409

    flash(gettext("已存入。") if years else gettext("没有变化。"))
    number = years[0].year if years else here.today().year
    return redirect(url_for("calendar.year", number=number), 303)


def _sent() -> str:
    """The text that was pasted, else that of the file."""
    pasted = request.form.get("text", "")
    file = request.files.get("file")
    if pasted.strip() or file is None or not file.filename:
        return pasted.replace("\r\n", "\n")

    return any_text(file.read(), file.filename).replace("\r\n", "\n")


def _bring_page(
    text: str,
    mistakes: list[str] | None = None,
    years: list[CalendarYear] | None = None,
) -> str:
    before = office().calendar
    with office().records.reading() as session:
        changes = [
            year_change(session, before.year(year.year), year)
            for year in years or ()
        ]
        seen = calendar_keeping.state(session)

    return render_template(
        "calendar/bring.html",
        text=text,
        looked=years is not None,
        changes=changes,
        seen=seen,
        mistakes=mistakes or [],
        today_year=office().today().year,
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
