"""Who did what, and when: of the county, a unit, a person."""

from datetime import date
from time import monotonic

from flask import Blueprint, abort, current_app, render_template, request
from sqlalchemy.orm import Session

from roster.records.journal import Chain, chain
from roster.services import viewing
from roster.services.history import History, Wanted, history, nouns
from roster.services.history import person as person_of
from web.pages import language, office, the_unit
from web.words.journal import entry_facts, entry_sentence, noun_word

pages = Blueprint("history", __name__)

KEPT = ("who", "kind", "term", "first", "last")
LONGEST = 9  # digits of an entry's number
TRUSTED = 600  # seconds after which all of the journal is looked at again


@pages.get("/journal")
def county() -> str:
    """The whole journal."""
    wanted = _wanted()
    with office().records.reading() as session:
        found = history(session, wanted=wanted)
        return _page(session, wanted, found)


@pages.get("/units/<unit_id>/history")
def unit(unit_id: str) -> str:
    """What was done in a unit; with a term, to its rosters."""
    wanted = _wanted()
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        found = history(session, wanted=wanted, unit_id=unit_id)
        return _page(session, wanted, found, unit=place)


@pages.get("/people/<staff_id>/history")
def person(staff_id: str) -> str:
    """What was done about a person."""
    wanted = _wanted()
    with office().records.reading() as session:
        found = person_of(session, staff_id) or abort(404)
        lines = history(session, wanted=wanted, staff_id=staff_id)
        return _page(session, wanted, lines, person=found)


def _page(
    session: Session, wanted: Wanted, found: History, **more: object
) -> str:
    kinds = sorted((noun_word(n, language()), n) for n in nouns(session))
    return render_template(
        "history/page.html",
        wanted=wanted,
        found=found,
        kinds=kinds,
        terms=viewing.terms(session),
        chain=_looked_at(session),
        sentence=lambda e: entry_sentence(e, found.names, language()),
        facts=lambda e: entry_facts(e, found.names, language()),
        asked=_asked(),
        **more,
    )


def _asked() -> dict[str, str]:
    """What the ways to other pages of the same list keep."""
    kept = {key: request.args[key] for key in KEPT if key in request.args}
    return {**kept, **(request.view_args or {})}


def _looked_at(session: Session) -> Chain:
    """
    Whether the journal holds.

    What was found whole a short while ago is not read again for each
    page; what came after it is.
    """
    moment, known = current_app.extensions.get("chain", (0.0, None))
    fresh = monotonic() - moment < TRUSTED
    found = chain(session, known if fresh else None)
    since = moment if fresh else monotonic()
    current_app.extensions["chain"] = since, found
    return found


def _wanted() -> Wanted:
    asked = request.args
    before = asked.get("before", "")
    return Wanted(
        who=asked.get("who", "").strip(),
        noun=asked.get("kind", ""),
        term=asked.get("term", ""),
        first=_date(asked.get("first", "")),
        last=_date(asked.get("last", "")),
        before=int(before[:LONGEST]) if before.isdecimal() else None,
    )


def _date(word: str) -> date | None:
    """A date field's value; what is none narrows nothing."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
