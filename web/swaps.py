"""Swaps and covers: asked for from one's duty, answered on the phone."""

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

from roster.errors import Refused
from roster.rights import Actor, Right
from roster.services.comp.listing import waiting as comp_waiting
from roster.services.places import swap_unit
from roster.services.swapping import automatic as switch
from roster.services.swapping import deeds, listing
from web.access import may, visitor, writing
from web.comp import actor as comp_actor
from web.pages import language, office, the_term, the_unit
from web.words import refusal_sentence

pages = Blueprint("swaps", __name__)

Answer = str | Response | tuple[str, int]


def actor(unit_id: str) -> Actor:
    """The visitor with the rights they have in a unit."""
    return visitor().acting(unit_id, Right.ROSTER)


@pages.get("/my/swaps")
def own() -> str:
    """What waits for the visitor, and what they have asked for."""
    return _own_page()


def _own_page(refusal: Refused | None = None) -> str:
    here, who = office(), visitor()
    actors = {unit: actor(unit) for unit in who.covered(Right.READ)}
    with here.records.reading() as session:
        mine = (
            listing.own_swaps(
                session,
                staff_id=who.staff_id,
                books=here.books,
                actors=actors,
            )
            if who.staff_id
            else ()
        )
        waiting = listing.to_approve(session, books=here.books, actors=actors)
        comp_leave = comp_waiting(
            session,
            actors={unit: comp_actor(unit) for unit in actors},
            books=here.books,
            now=here.now(),
        )

    return render_template(
        "swaps/own.html",
        mine=mine,
        waiting=waiting,
        comp_leave=comp_leave,
        refusal=refusal_sentence(refusal, language()) if refusal else "",
    )


@pages.get("/units/<unit_id>/swaps")
def unit(unit_id: str) -> str:
    """Every swap and cover of the unit; emergencies stand out."""
    return _unit_page(unit_id)


def _unit_page(unit_id: str, refusal: Refused | None = None) -> str:
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session)
        found = listing.unit_swaps(
            session, unit_id=unit_id, books=here.books, actor=actor(unit_id)
        )
        automatic = switch.is_automatic(session, unit_id)

    return render_template(
        "swaps/unit.html",
        unit=place,
        term=term,
        found=found,
        automatic=automatic,
        refusal=refusal_sentence(refusal, language()) if refusal else "",
    )


@pages.post("/units/<unit_id>/swaps/automatic")
def automatic(unit_id: str) -> Response:
    """Whether swaps pass by themselves that break nothing."""
    with writing() as session:
        switch.set_automatic(
            session,
            unit_id=unit_id,
            automatic=request.form.get("automatic") == "yes",
            who=visitor().signature,
            now=office().now(),
        )

    flash(gettext("已保存。"))
    return redirect(url_for("swaps.unit", unit_id=unit_id), 303)


@pages.post("/units/<unit_id>/swaps")
def propose(unit_id: str) -> Answer:
    """Asks somebody; from the page of those who can stand in."""
    here, form = office(), request.form
    with here.records.reading() as session:
        term = the_term(session) or abort(404)

    try:
        with writing() as session:
            deeds.propose(
                session,
                unit_id=unit_id,
                term_id=form.get("in_term") or term.id,
                **{
                    name: form.get(name, "")
                    for name in (
                        "shift",
                        "staff",
                        "partner",
                        "back",
                        "word",
                        "behalf",
                    )
                },
                owed="owed" in form,
                emergency="emergency" in form,
                books=here.books,
                actor=actor(unit_id),
                now=here.now(),
            )
    except Refused as refusal:
        return _ask_page(unit_id, refusal), 409

    flash(gettext("已提出，对方会收到消息。"))
    return _after(unit_id)


@pages.get("/units/<unit_id>/swaps/ask")
def ask(unit_id: str) -> str:
    """A word to the other, before it is asked for."""
    return _ask_page(unit_id)


def _ask_page(unit_id: str, refusal: Refused | None = None) -> str:
    """What is asked for stands in the address, or in the form sent."""
    here, asked = office(), request.values
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)
        found = listing.draft(
            session,
            unit_id=unit_id,
            term_id=asked.get("in_term") or term.id,
            shift=asked.get("shift", ""),
            staff=asked.get("staff", ""),
            partner=asked.get("partner", ""),
            back=asked.get("back", ""),
            books=here.books,
            now=here.now(),
        )

    if found is None:
        abort(404)

    return render_template(
        "swaps/ask.html",
        unit=place,
        term=term,
        one=found,
        mine=visitor().staff_id == found.staff_id,
        refusal=refusal_sentence(refusal, language()) if refusal else "",
    )


Deed = Callable[[Session, dict[str, Any]], object]


def _word() -> str:
    return request.form.get("word", "")


def _agree(session: Session, asked: dict[str, Any]) -> object:
    books = office().books
    return deeds.agree(session, books=books, behalf=_word(), **asked)


def _approve(session: Session, asked: dict[str, Any]) -> object:
    return deeds.approve(session, books=office().books, **asked)


DEEDS: dict[str, Deed] = {
    "agree": _agree,
    "decline": lambda session, asked: deeds.decline(
        session, word=_word(), **asked
    ),
    "take-back": lambda session, asked: deeds.take_back(
        session, behalf=_word(), **asked
    ),
    "approve": _approve,
    "refuse": lambda session, asked: deeds.refuse(
        session, word=_word(), **asked
    ),
}


@pages.post("/swaps/<int:swap_id>/<any('agree','decline','take-back'):step>")
def answer(swap_id: int, step: str) -> Answer:
    """The two people's part, or an editor's for them."""
    return _done(swap_id, step)


@pages.post("/swaps/<int:swap_id>/decision/<any('approve','refuse'):step>")
def decide(swap_id: int, step: str) -> Answer:
    """The leader's part, or the unit's approver's."""
    return _done(swap_id, step)


def _done(swap_id: int, step: str) -> Answer:
    here = office()
    with here.records.reading() as session:
        unit_id = swap_unit(session, str(swap_id)) or abort(404)

    try:
        with writing() as session:
            asked = {
                "swap_id": swap_id,
                "actor": actor(unit_id),
                "now": here.now(),
            }
            DEEDS[step](session, asked)
    except Refused as refusal:
        if _from_unit(unit_id):
            return _unit_page(unit_id, refusal), 409

        return _own_page(refusal), 409

    flash(gettext("已办。"))
    return _after(unit_id)


def _from_unit(unit_id: str) -> bool:
    """Whether the form stood on the unit's page."""
    return request.form.get("from") == "unit" and may(Right.DRAFT, unit_id)


def _after(unit_id: str) -> Response:
    if _from_unit(unit_id):
        return redirect(url_for("swaps.unit", unit_id=unit_id), 303)

    return redirect(url_for("swaps.own"), 303)
