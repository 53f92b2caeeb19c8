"""Spot checks: the form on a phone, and what was recorded."""

from datetime import datetime
from uuid import uuid4

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from roster.checks.results import Way
from roster.errors import Mistake, Refused, Unusable
from roster.posts import SHANGHAI
from roster.services import checking
from roster.services.checking import NewCheck, NewFinding
from roster.services.on_duty import on_duty
from roster.services.ruling import params_of
from web.access import visitor, writing
from web.pages import language, office, the_term, the_unit
from web.words import all_sentences, refusal_sentence

pages = Blueprint("checks", __name__)

YEARS = range(2000, 2100)


@pages.get("/units/<unit_id>/checks")
def unit(unit_id: str) -> str:
    """The checks of a unit, the newest first."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session)
        found = checking.checks(session, unit_id=unit_id)

    return render_template(
        "checks/unit.html", unit=place, term=term, checks=found
    )


@pages.get("/checks/<check_id>")
def one(check_id: str) -> str:
    """One record, down to each person."""
    with office().records.reading() as session:
        found = checking.checks(session, check_id=check_id) or abort(404)
        place = the_unit(session, found[0].unit_id)
        term = the_term(session)

    return render_template(
        "checks/one.html", check=found[0], unit=place, term=term
    )


@pages.route("/units/<unit_id>/check", methods=["GET", "POST"])
def form(unit_id: str) -> str | Response | tuple[str, int]:
    """Records a check of who is on duty at a moment."""
    if request.method == "GET":
        return _form(unit_id, [])

    try:
        check = _read(unit_id)
        with writing() as session:
            checking.record_check(
                session,
                check,
                books=office().books,
                who=visitor().signature,
                now=office().now(),
            )
    except Unusable as error:
        return _form(unit_id, all_sentences(error, language())), 400
    except Refused as error:
        return _form(unit_id, [refusal_sentence(error, language())]), 409

    return redirect(url_for("checks.one", check_id=check.id))


def _form(unit_id: str, mistakes: list[str]) -> str:
    here = office()
    moment = moment_sent() or here.now()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        duties = on_duty(
            session,
            unit_id=unit_id,
            moment=moment,
            params=params_of(session, place, here.books),
        )
        inspectors = checking.inspectors_for(
            session, unit_id=unit_id, moment=moment
        )
        term = the_term(session)

    return render_template(
        "checks/form.html",
        unit=place,
        term=term,
        duties=[duty for duty in duties if duty.staff_id],
        inspectors=inspectors,
        moment=moment,
        ways=Way,
        new_id=request.form.get("id") or str(uuid4()),
        mistakes=mistakes,
    )


def moment_sent() -> datetime | None:
    """The moment asked for, by the office's clock; None if it is none."""
    words = request.values.get("moment", "")
    try:
        moment = datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None

    # A day before the year 1 would not be a date any more.
    return moment if moment.year in YEARS else None


def _read(unit_id: str) -> NewCheck:
    """The form as a check; what it says is judged by the service."""
    moment = moment_sent()
    if moment is None:
        raise Unusable(Mistake("no-moment"))

    sent = request.form
    return NewCheck(
        id=sent.get("id", ""),
        unit_id=unit_id,
        moment=moment,
        way=sent.get("way", ""),
        inspectors=tuple(sent.getlist("inspector")),
        basis=sent.get("basis", "").strip(),
        note=sent.get("note", "").strip(),
        findings=tuple(findings_sent(sent.getlist("duty"))),
        reason=sent.get("reason", "").strip(),
    )


def findings_sent(duties: list[str]) -> list[NewFinding]:
    """What the form says of everybody on duty."""
    found = []
    for number, duty in enumerate(duties):
        shift, _, staff = duty.rpartition("|")
        found.append(
            NewFinding(
                shift,
                staff,
                request.form.get(f"result-{number}", ""),
                request.form.get(f"note-{number}", "").strip(),
            )
        )

    return found
