"""Zero reports: one tap of those on duty, and who has not reported yet."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from roster.rights import Right
from roster.services import zero_reports
from roster.services.zero_reports import ZeroReport
from web.access import signature, visitor, writing
from web.pages import office

pages = Blueprint("zero", __name__)

BACK = timedelta(days=120)  # how far the days to choose from reach


@pages.post("/my/duty/zero")
def report() -> Response:
    """Nothing happened today, says somebody on duty."""
    here = office()
    with writing() as session:
        zero_reports.report_zero(
            session,
            unit_id=request.args.get("unit", ""),
            staff_id=visitor().staff_id,
            calendar=here.calendar,
            books=here.books,
            who=signature(),
            now=here.now(),
        )

    flash(gettext("已报平安。"))
    return redirect(url_for("duty.own"), 303)


@pages.get("/zero-reports")
def board() -> str:
    """Who has reported, and who has not, on a day."""
    here, who = office(), visitor()
    today = here.today()
    with here.records.reading() as session:
        days = zero_reports.days_of_report(
            session,
            first=today - BACK,
            last=today,
            calendar=here.calendar,
            books=here.books,
        )
        day = _day(days, today)
        found = zero_reports.zero_reports(
            session,
            day=day,
            calendar=here.calendar,
            books=here.books,
            unit_ids=who.covered(Right.RESULTS) | who.covered(Right.GOVERN),
        )

    return render_template(
        "duty/zero.html",
        day=day,
        days=days[::-1],
        lines=found,
        districts=_districts(found),
        now=here.now(),
    )


def _day(days: tuple[date, ...], today: date) -> date:
    """The day asked for, else the last there was."""
    asked = request.args.get("day", "")
    known = {str(day): day for day in days}
    return known.get(asked) or (days[-1] if days else today)


def _districts(
    lines: Iterable[ZeroReport],
) -> Mapping[str, list[ZeroReport]]:
    found: dict[str, list[ZeroReport]] = {}
    for line in lines:
        found.setdefault(line.district, []).append(line)

    return found
