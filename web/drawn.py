"""Today's checks on a phone: what was dispatched to whoever is logged in."""

from datetime import date, datetime, timedelta
from uuid import uuid4

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
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.checks.results import Way
from roster.errors import Mistake, Refused, Unusable
from roster.services import drawing, viewing
from roster.services.checking import NewCheck
from roster.services.drawing import inspectors as services
from roster.services.drawing import views
from roster.services.drawing.recording import record_drawn
from roster.services.on_duty import on_duty
from roster.services.ruling import params_of
from web.access import signature, visitor, writing
from web.checks import findings_sent, moment_sent
from web.pages import language, office
from web.words import all_sentences, refusal_sentence

pages = Blueprint("drawn", __name__)

Answer = str | Response | tuple[str, int]

BACK = timedelta(days=14)  # how far back one's checks are shown


@pages.get("/my/checks")
def own() -> str:
    """The checks dispatched to the visitor, and the days they can go."""
    return _list([])


@pages.post("/my/checks/open")
def look() -> Answer:
    """The check begins: who should be on duty. Each look is written down."""
    number = _number()
    try:
        with writing() as session:
            drawing.open_place(
                session,
                number,
                staff_id=visitor().staff_id,
                who=signature(),
                now=office().now(),
            )
    except Refused as error:
        if error.code == "no-such-place":
            with writing() as session:
                services.refuse_open(
                    session, number, who=signature(), now=office().now()
                )
        return _list([refusal_sentence(error, language())]), 409

    return _form(number, [])


@pages.post("/my/checks/record")
def record() -> Answer:
    """What was found."""
    number = _number()
    try:
        check = _read()
        with writing() as session:
            record_drawn(
                session,
                number,
                check,
                staff_id=visitor().staff_id,
                books=office().books,
                who=signature(),
                now=office().now(),
            )
    except Unusable as error:
        return _form(number, all_sentences(error, language())), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        if error.code == "no-such-place":
            return _list(said), 409
        return _form(number, said), 409

    flash(gettext("已保存。"))
    return redirect(url_for("drawn.own"), 303)


@pages.post("/my/checks/recuse")
def recuse() -> Answer:
    """The visitor may not go; whoever is next by lot goes instead."""
    here = office()
    try:
        with writing() as session:
            drawing.recuse(
                session,
                _number(),
                staff_id=visitor().staff_id,
                reason=request.form.get("reason", ""),
                vault=here.vault,
                who=signature(),
                now=here.now(),
            )
    except Refused as error:
        return _list([refusal_sentence(error, language())]), 409

    flash(gettext("已回避，系统按抽签顺序换人。"))
    return redirect(url_for("drawn.own"), 303)


@pages.post("/my/checks/days")
def days() -> Answer:
    """The days on which the visitor cannot go."""
    try:
        with writing() as session:
            drawing.declare_away(
                session,
                staff_id=visitor().staff_id,
                asked=_days("day"),
                away=_days("away"),
                who=signature(),
                now=office().now(),
            )
    except Refused as error:
        return _list([refusal_sentence(error, language())]), 409

    flash(gettext("已保存，从下一次公布名单起算。"))
    return redirect(url_for("drawn.own"), 303)


def _number() -> int:
    words = request.args.get("place", "")
    plain = words.isascii() and words.isdecimal() and len(words) < 10
    return int(words) if plain else 0


def _days(name: str) -> list[date]:
    found = []
    for words in request.form.getlist(name):
        try:
            found.append(date.fromisoformat(words))
        except ValueError:
            abort(400)

    return found


def _list(mistakes: list[str]) -> str:
    here, staff = office(), visitor().staff_id
    now = here.now()
    with here.records.reading() as session:
        return render_template(
            "drawn/own.html",
            places=views.places_of(session, staff, since=now - BACK, now=now),
            days=services.days_to_declare(session, staff, here.today()),
            labels=_labels(session, staff),
            reasons=services.REASONS,
            mistakes=mistakes,
        )


def _labels(session: Session, staff: str) -> tuple[tuple[str, str], ...]:
    """One's labels; none where the settings have another key now."""
    try:
        return services.labels_of(session, staff, office().vault)
    except Refused:
        return ()


def _form(place_id: int, mistakes: list[str]) -> str:
    here, staff = office(), visitor().staff_id
    moment = moment_sent() or here.now()
    with here.records.reading() as session:
        place = views.place_view(session, place_id, staff, here.now())
        if place is None:
            abort(404)

        unit = viewing.unit(session, place.unit_id) or abort(404)
        duties = on_duty(
            session,
            unit_id=unit.id,
            moment=moment,
            params=params_of(session, unit, here.books),
        )

    return render_template(
        "drawn/form.html",
        place=place,
        unit=unit,
        duties=[duty for duty in duties if duty.staff_id],
        moment=moment,
        new_id=request.form.get("id") or str(uuid4()),
        mistakes=mistakes,
    )


def _read() -> NewCheck:
    """The form; unit, way and inspectors are the draw's."""
    moment: datetime | None = moment_sent()
    if moment is None:
        raise Unusable(Mistake("no-moment"))

    return NewCheck(
        id=request.form.get("id", ""),
        unit_id="",
        moment=moment,
        way=Way.ON_SITE.value,
        inspectors=(),
        basis="",
        note=request.form.get("note", "").strip(),
        findings=tuple(findings_sent(request.form.getlist("duty"))),
    )
