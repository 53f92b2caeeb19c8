"""What every page shares: the office, the language, the term, the words."""

from datetime import date
from typing import Any

from flask import Flask, abort, current_app, g, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from roster.checks.results import Result
from roster.days import Term
from roster.people import Unit
from roster.services import viewing
from web.access import at_this_computer
from web.language import CHINESE, ENGLISH
from web.wiring import Office
from web.words import office as words
from web.words.conflicts import conflict_sentence


def office() -> Office:
    """The office this site shows."""
    found: Office = current_app.extensions["office"]
    return found


def language() -> str:
    """Chinese, unless the visitor asks for English."""
    if "language" not in g:
        asked = request.args.get("lang") or request.cookies.get("lang")
        g.language = ENGLISH if asked == ENGLISH else CHINESE

    return str(g.language)


def the_unit(session: Session, unit_id: str) -> Unit:
    """A unit of the county, or a page that says there is none."""
    found = viewing.unit(session, unit_id)
    if found is None:
        abort(404)

    return found


def the_term(session: Session) -> Term | None:
    """The term asked for, else the one today lies in."""
    asked = request.args.get("term", "")
    if asked:
        known = {term.id: term for term in viewing.terms(session)}
        if asked not in known:
            abort(404)

        return known[asked]

    return viewing.current_term(session, office().today())


def add_words(app: Flask) -> None:
    """Puts the office's words and the header's facts into templates."""

    def word(pair: tuple[str, str]) -> str:
        return pair[0 if language() == CHINESE else 1]

    def weekday(when: date) -> str:
        return word(words.WEEKDAYS[when.weekday()])

    def result_word(code: str) -> str:
        pair = Result[code].word, words.RESULTS_ENGLISH[code]
        return word(pair)

    def other_language() -> str:
        asked = dict(request.view_args or {}) | request.args.to_dict()
        asked["lang"] = ENGLISH if language() == CHINESE else CHINESE
        return url_for(request.endpoint or "county.board", **asked)

    def conflict_words(line: Any) -> str:
        return conflict_sentence(line, language())

    app.jinja_env.globals.update(
        words=words,
        word=word,
        weekday=weekday,
        result_word=result_word,
        conflict_words=conflict_words,
        other_language=other_language,
        language=language,
        may_write=at_this_computer,
        _=gettext,
    )

    @app.context_processor
    def header() -> dict[str, Any]:
        here = office()
        with here.records.reading() as session:
            every = viewing.terms(session)
        return {
            "demonstration_day": here.demonstration_day,
            "today": here.today(),
            "every_term": every,
        }

    @app.after_request
    def remember(response: Any) -> Any:
        if request.args.get("lang") in (CHINESE, ENGLISH):
            response.set_cookie(
                "lang", language(), max_age=31536000, samesite="Lax"
            )
        return response
