"""A draft on its way: submitted, approved or returned, published."""

from collections.abc import Callable
from typing import Any

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

from roster.answers import Comparison
from roster.days import Term
from roster.errors import Refused
from roster.people import Unit
from roster.services import preparing, publishing, reviewing
from roster.services.places import roster_place
from roster.services.punctuality import punctuality
from roster.services.review_view import ReviewView, review
from roster.services.versions import compared
from web.access import visitor, writing
from web.pages import language, office, the_term, the_unit
from web.words import refusal_sentence

pages = Blueprint("reviews", __name__)

MOST_DIGITS = 9  # of a revision

Answer = str | Response | tuple[str, int]
Deed = Callable[[Session, dict[str, Any]], object]


@pages.get("/units/<unit_id>/review")
def unit(unit_id: str) -> str:
    """Where the unit's roster stands, and what may be done with it."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)
        return _page(session, place, term)


@pages.post("/units/<unit_id>/rosters/<int:roster_id>/submit")
def submit(unit_id: str, roster_id: int) -> Answer:
    """Hands the draft to those who approve."""
    calendar, books = office().calendar, office().books
    return _done(
        unit_id,
        roster_id,
        gettext("已送审，等待批准。"),
        lambda session, asked: reviewing.submit(
            session,
            calendar=calendar,
            books=books,
            remark=request.form.get("remark", ""),
            **asked,
        ),
    )


@pages.post("/units/<unit_id>/rosters/<int:roster_id>/take-back")
def take_back(unit_id: str, roster_id: int) -> Answer:
    """A draft again, for those who made it."""
    return _done(
        unit_id,
        roster_id,
        gettext("已撤回，可以继续修改。"),
        lambda session, asked: reviewing.take_back(session, **asked),
    )


@pages.post("/units/<unit_id>/rosters/<int:roster_id>/approve")
def approve(unit_id: str, roster_id: int) -> Answer:
    """By somebody who did not make it."""
    return _done(
        unit_id,
        roster_id,
        gettext("已批准，可以发布。"),
        lambda session, asked: reviewing.approve(session, **asked),
    )


@pages.post("/units/<unit_id>/rosters/<int:roster_id>/return")
def send_back(unit_id: str, roster_id: int) -> Answer:
    """A draft again, with what is to be changed."""
    return _done(
        unit_id,
        roster_id,
        gettext("已退回，编排人会收到消息。"),
        lambda session, asked: reviewing.send_back(
            session, remark=request.form.get("remark", ""), **asked
        ),
    )


@pages.post("/units/<unit_id>/rosters/<int:roster_id>/publish")
def publish(unit_id: str, roster_id: int) -> Answer:
    """The approved draft comes into force."""
    calendar, books = office().calendar, office().books
    return _done(
        unit_id,
        roster_id,
        gettext("已发布，值班有变动的人会收到消息。"),
        lambda session, asked: publishing.publish(
            session, calendar=calendar, books=books, **asked
        ),
    )


@pages.post("/units/<unit_id>/rosters/<int:roster_id>/withdraw")
def withdraw(unit_id: str, roster_id: int) -> Answer:
    """The version before it is in force again, if there is one."""

    def deed(session: Session, asked: dict[str, Any]) -> object:
        asked.pop("revision")
        reason = request.form.get("remark", "")
        return publishing.withdraw(session, reason=reason, **asked)

    words = gettext("已撤销，有关的人会收到消息。")
    return _done(unit_id, roster_id, words, deed)


def _done(unit_id: str, roster_id: int, words: str, deed: Deed) -> Answer:
    """Does it and goes back to the page; says why where it may not be."""
    here = office()
    with here.records.reading() as session:
        place, term_id = roster_place(session, str(roster_id)) or abort(404)
    if place != unit_id:
        abort(404)

    asked = {
        "roster_id": roster_id,
        "revision": _revision(),
        "who": visitor().signature,
        "now": here.now(),
    }
    try:
        with writing() as session:
            deed(session, asked)
    except Refused as refusal:
        with here.records.reading() as session:
            unit = the_unit(session, unit_id)
            term = preparing.term(session, term_id)
            return _page(session, unit, term, refusal), 409

    flash(words)
    address = url_for("reviews.unit", unit_id=unit_id, term=term_id)
    return redirect(address, 303)


def _revision() -> int:
    """The revision that was looked at; 400 for what is none."""
    words = request.form.get("revision", "")
    if not words.isdecimal() or len(words) > MOST_DIGITS:
        abort(400)

    return int(words)


def _page(
    session: Session, place: Unit, term: Term, refusal: Refused | None = None
) -> str:
    here = office()
    view = review(
        session,
        unit_id=place.id,
        term_id=term.id,
        calendar=here.calendar,
        books=here.books,
    )
    (line,) = punctuality(
        session,
        term_id=term.id,
        calendar=here.calendar,
        books=here.books,
        now=here.now(),
        units=[place.id],
    ) or (None,)
    return render_template(
        "reviews/unit.html",
        unit=place,
        term=term,
        view=view,
        line=line,
        changed=_changed(session, place, term, view),
        signature=visitor().signature,
        refusal=refusal_sentence(refusal, language()) if refusal else "",
        remark=request.form.get("remark", ""),
        refusals=[
            refusal_sentence(one, language()) for one in view.against.refusals
        ],
    )


def _changed(
    session: Session, place: Unit, term: Term, view: ReviewView
) -> Comparison | None:
    """What the draft changes of the version in force."""
    if view.draft is None or view.standing is None:
        return None

    return compared(
        session,
        unit_id=place.id,
        term_id=term.id,
        before=view.standing.number,
        after=view.draft.number,
    ).found
