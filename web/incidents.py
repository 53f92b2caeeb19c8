"""Incidents: the first report on a phone, its clock, what followed."""

from datetime import datetime

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

from roster.errors import Refused, Unusable
from roster.posts import SHANGHAI
from roster.services import incident_views, incidents, viewing
from roster.services.incidents import NewIncident
from web.access import visitor, writing
from web.pages import language, office
from web.words import refusal_sentence
from web.words.duty import field_sentences

pages = Blueprint("incidents", __name__)

Answer = str | Response | tuple[str, int]

# Which field of the form holds what the rules want in a first report.
FIELDS = {
    "地点": "place",
    "人员": "people",
    "措施": "measures",
}


@pages.get("/incidents")
def every() -> str:
    """The reports the visitor may see, with their clocks."""
    here = office()
    with here.records.reading() as session:
        found = incident_views.incidents(
            session, visitor=visitor(), books=here.books, now=here.now()
        )
        units = incident_views.units_to_report(
            session, visitor=visitor(), now=here.now()
        )

    return render_template(
        "duty/incidents.html",
        incidents=found,
        may_report=bool(units),
        now=here.now(),
    )


@pages.get("/incidents/<int:incident_id>")
def one(incident_id: int) -> str:
    """One report with everything that followed."""
    return _page(incident_id)


@pages.route("/my/incident", methods=["GET", "POST"])
def new() -> Answer:
    """The first report of something sudden."""
    if request.method == "GET":
        return _form([])

    sent = request.form
    report = NewIncident(
        sent.get("unit", ""),
        _moment(sent.get("at", "")),
        sent.get("situation", ""),
        sent.get("place", ""),
        sent.get("people", ""),
        sent.get("measures", ""),
    )
    try:
        with writing() as session:
            number = incidents.report(
                session, report, visitor=visitor(), now=office().now()
            )
    except Unusable as error:
        return _form(field_sentences(error, language())), 400
    except Refused as error:
        return _form([refusal_sentence(error, language())]), 409

    flash(gettext("已报告，局里当班的人和管理员已收到消息。电话照样要打。"))
    return redirect(url_for("incidents.one", incident_id=number), 303)


@pages.post("/my/incident/step")
def step() -> Answer:
    """A call, the written report, what followed, or the end."""
    words = request.args.get("incident", "")
    number = int(words) if words.isdecimal() and len(words) < 10 else 0
    sent = request.form
    try:
        with writing() as session:
            incidents.add_step(
                session,
                incident_id=number,
                kind=sent.get("kind", ""),
                at=_moment(sent.get("at", "")),
                words=sent.get("words", ""),
                visitor=visitor(),
                now=office().now(),
            )
    except Unusable as error:
        return _page(number, field_sentences(error, language())), 400
    except Refused as error:
        return _page(number, [refusal_sentence(error, language())]), 409

    flash(gettext("已记录。"))
    return redirect(url_for("incidents.one", incident_id=number), 303)


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None

    return moment if 2000 <= moment.year < 2100 else None


def _form(mistakes: list[str]) -> str:
    here = office()
    with here.records.reading() as session:
        ids = incident_views.units_to_report(
            session, visitor=visitor(), now=here.now()
        )
        asked = request.values.get("unit", "")
        if asked not in ids:
            asked = ids[0] if ids else ""
        fields = asked and incident_views.first_fields(
            session, unit_id=asked, books=here.books, now=here.now()
        )
        units = [viewing.unit(session, unit) for unit in ids]

    return render_template(
        "duty/incident_form.html",
        units=units,
        asked=asked,
        fields=[FIELDS[name] for name in fields if name in FIELDS],
        now=here.now(),
        mistakes=mistakes,
        sent=request.form,
    )


def _page(incident_id: int, mistakes: list[str] | None = None) -> str:
    here = office()
    with here.records.reading() as session:
        found = incident_views.incident(
            session,
            incident_id=incident_id,
            visitor=visitor(),
            books=here.books,
            now=here.now(),
        ) or abort(404)
        every = incident_views.may_write(session, found, visitor(), here.now())

    return render_template(
        "duty/incident.html",
        incident=found,
        steps=_steps_left(found) if every else ("follow",),
        now=here.now(),
        mistakes=mistakes or [],
        sent=request.form,
    )


def _steps_left(found: incident_views.IncidentView) -> tuple[str, ...]:
    """What may still be noted; a written report is there once."""
    written = found.written.at is not None
    return tuple(
        kind for kind in incidents.STEPS if not (written and kind == "written")
    )
