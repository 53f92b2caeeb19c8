"""What every page shares: the office, the language, unit and term."""

from flask import abort, current_app, g, request
from sqlalchemy.orm import Session

from roster.days import Term
from roster.people import Unit
from roster.services import viewing
from web.language import CHINESE, ENGLISH
from web.wiring import Office


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


def asked_address() -> str:
    """The address asked for, with its query where there is one."""
    return request.full_path if request.query_string else request.path
