"""Wish rounds: the unit asks, its people answer on their phones."""

from datetime import datetime, time, timedelta
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

from roster.days import Term
from roster.errors import Mistake, Refused, Unusable
from roster.people import Unit
from roster.posts import SHANGHAI
from roster.services.preparation import rounds
from roster.services.preparation.fulfilment import fulfilment
from roster.services.preparation.kinds import KINDS
from roster.services.preparation.listing import Line, lines
from roster.services.preparation.rounds import Round
from web.access import signature, visitor, writing
from web.entries.forms import sentences
from web.forms import Offers, fields_of
from web.pages import language, office, the_term, the_unit
from web.words import refusal_sentence
from web.words import sheets as words

pages = Blueprint("wishes", __name__)

Answer = str | Response | tuple[str, int]

USUALLY = timedelta(days=7)  # how long a round is open unless said


@pages.route("/units/<unit_id>/wishes", methods=["GET", "POST"])
def unit(unit_id: str) -> Answer:
    """The unit's round for a term: until when, and who has not answered."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)

    if request.method == "GET":
        return _round_page(place, term)

    try:
        with writing() as session:
            _set(session, place, term)
    except Unusable as error:
        return _round_page(place, term, sentences(error)), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _round_page(place, term, said), 409

    flash(gettext("已保存。"))
    return redirect(url_for("wishes.unit", unit_id=unit_id, term=term.id), 303)


def _set(session: Session, place: Unit, term: Term) -> None:
    more: dict[str, Any] = {
        "unit_id": place.id,
        "term_id": term.id,
        "who": signature(),
        "now": office().now(),
    }
    if "close" in request.form:
        rounds.close_round(session, **more)
    else:
        rounds.open_round(session, closes_at=_closing(), **more)


def _closing() -> datetime:
    try:
        moment = datetime.fromisoformat(request.form.get("closes", ""))
    except ValueError:
        raise Unusable(Mistake("no-moment")) from None

    return moment.replace(tzinfo=SHANGHAI)


def _round_page(
    place: Unit, term: Term, mistakes: list[str] | None = None
) -> str:
    here = office()
    with here.records.reading() as session:
        found = rounds.round_of(
            session, unit_id=place.id, term_id=term.id, now=here.now()
        )
        met = fulfilment(
            session, unit_id=place.id, term_id=term.id, drafts=True
        )

    day = here.today() + USUALLY
    usual = datetime.combine(day, time(18), SHANGHAI)
    return render_template(
        "wishes/unit.html",
        unit=place,
        term=term,
        round=found,
        closes=found.closes_at if found and found.open else usual,
        met=met,
        mistakes=mistakes or [],
    )


@pages.get("/my/wishes")
def own() -> str:
    """What somebody wishes, and the rounds they are asked in."""
    return _own_page()


@pages.post("/my/wishes/<int:round_id>/<kind>")
def enter(round_id: int, kind: str) -> Answer:
    """A wish or a leave of one's own."""
    if kind not in rounds.OWN:
        abort(404)

    def act(session: Session, **more: Any) -> None:
        rounds.enter(
            session, round_id, kind, request.form, who=signature(), **more
        )

    return _done(act, round_id, kind)


@pages.post("/my/wishes/<int:round_id>/<kind>/<row_id>/remove")
def take_back(round_id: int, kind: str, row_id: str) -> Answer:
    """Takes back what one has entered."""
    if kind not in rounds.OWN:
        abort(404)

    def act(session: Session, **more: Any) -> None:
        rounds.take_back(
            session,
            round_id,
            kind,
            row_id,
            seen=request.form.get("seen", ""),
            who=signature(),
            **more,
        )

    return _done(act)


@pages.post("/my/wishes/<int:round_id>/answer")
def answer(round_id: int) -> Answer:
    """Says that there are no further wishes."""

    def act(session: Session, **more: Any) -> None:
        rounds.answer(session, round_id, **more)

    return _done(act)


def _done(act: Any, round_id: int = 0, kind: str = "") -> Answer:
    try:
        with writing() as session:
            act(session, staff_id=visitor().staff_id, now=office().now())
    except Unusable as error:
        return _own_page(sentences(error), round_id, kind), 400
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _own_page(said, round_id, kind), 409

    flash(gettext("已保存。"))
    return redirect(url_for("wishes.own"), 303)


def _own_page(
    mistakes: list[str] | None = None, wrong: int = 0, kind: str = ""
) -> str:
    here, staff_id = office(), visitor().staff_id
    with here.records.reading() as session:
        found = rounds.rounds_for(session, staff_id=staff_id, now=here.now())
        shown = [
            {
                "round": one,
                "answered": staff_id in [m.id for m in one.answered],
                "lists": _lists(session, one, staff_id),
                "met": _met(session, one, staff_id),
            }
            for one in found
        ]

    return render_template(
        "wishes/own.html",
        shown=shown,
        staff_id=staff_id,
        mistakes=mistakes or [],
        wrong=(wrong, kind),
        forms=lambda one: _forms(one, wrong, kind),
        said=lambda word: words.choice(word, language()),
        sheet_words=words,
    )


def _lists(
    session: Session, one: Round, staff_id: str
) -> dict[str, list[Line]]:
    """One's own wishes and leave in a round's term."""
    today, (first, last) = office().today(), (one.term.first, one.term.last)
    return {
        kind: [
            line
            for line in lines(session, kind, today=today, unit_id=one.unit_id)
            if line.fields["id"] == staff_id
            and line.fields.get("dates", line.fields.get("first", ""))
            <= str(last)
            and line.fields.get("dates", line.fields.get("last", ""))
            >= str(first)
        ]
        for kind in rounds.OWN
    }


def _met(session: Session, one: Round, staff_id: str) -> Any:
    found = fulfilment(
        session, unit_id=one.unit_id, term_id=one.term.id, drafts=False
    )
    return found.by_staff.get(staff_id) if found else None


def _forms(one: Round, wrong: int, sent: str) -> dict[str, Any]:
    """The forms of a round; the one with a mistake stays filled."""
    return {
        kind: [
            field
            for field in fields_of(
                KINDS[kind],
                request.form if (one.id, kind) == (wrong, sent) else {},
                Offers(),
                language(),
                new=True,
            )
            if field.key != "id"
        ]
        for kind in rounds.OWN
    }
