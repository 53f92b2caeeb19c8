"""A unit's duty logs: by month, one by one, and the editor's additions."""

from datetime import date, datetime, timedelta

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
from roster.services import duty_log
from roster.services.duty_log import NewEntry
from roster.services.log_desk import Place
from roster.services.log_views import log_of, logs_between, open_matters
from web.access import signature, writing
from web.pages import language, office, the_term, the_unit
from web.words import refusal_sentence
from web.words.duty import field_sentences

pages = Blueprint("logs", __name__)

Answer = str | Response | tuple[str, int]


@pages.get("/units/<unit_id>/logs")
def unit(unit_id: str) -> str:
    """The begun shifts of a month with their logs."""
    here = office()
    first, last = _month(here.today())
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session)
        found = logs_between(
            session, unit_id=unit_id, first=first, last=last, now=here.now()
        )
        matters = open_matters(session, unit_id=unit_id)

    return render_template(
        "duty/logs.html",
        unit=place,
        term=term,
        logs=found,
        matters=matters,
        first=first,
        before=first - timedelta(days=1),
        after=last + timedelta(days=1) if last < here.today() else None,
    )


def _month(today: date) -> tuple[date, date]:
    """The month asked for, else this one: its first and last day."""
    try:
        asked = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        asked = today.replace(day=1)
    if not 2000 <= asked.year < 2100:
        asked = today.replace(day=1)

    after = (asked + timedelta(days=32)).replace(day=1)
    return asked, after - timedelta(days=1)


@pages.get("/units/<unit_id>/log")
def one(unit_id: str) -> str:
    """One log as it was written."""
    return _page(unit_id)


@pages.post("/units/<unit_id>/log")
def add(unit_id: str) -> Answer:
    """What the unit's editor adds after the shift, with the reason."""
    here, sent = office(), request.form
    shift = request.args.get("shift", "")
    entry = NewEntry(
        _moment(sent.get("at", "")),
        sent.get("source", ""),
        sent.get("words", ""),
        sent.get("done", ""),
        open="open" in sent,
    )
    try:
        with writing() as session:
            duty_log.write_later(
                session,
                Place(unit_id, shift, ""),
                entry,
                reason=sent.get("reason", ""),
                books=here.books,
                who=signature(),
                now=here.now(),
            )
    except Unusable as error:
        return _page(unit_id, field_sentences(error, language())), 400
    except Refused as error:
        return _page(unit_id, [refusal_sentence(error, language())]), 409

    flash(gettext("已记录。"))
    return redirect(url_for("logs.one", unit_id=unit_id, shift=shift), 303)


def _moment(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def _page(unit_id: str, mistakes: list[str] | None = None) -> str:
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session)
        found = log_of(
            session,
            unit_id=unit_id,
            shift_id=request.args.get("shift", ""),
            now=here.now(),
        )

    return render_template(
        "duty/one.html",
        unit=place,
        term=term,
        log=found or abort(404),
        over=here.now() >= found.end,
        mistakes=mistakes or [],
        sent=request.form,
    )
