"""
Who may do what: one table (`web.rights`); nothing is allowed by default.

Every address asks for a right; the unit in which it is asked for is found
from the address itself. Who has the right nowhere reads that it is not
theirs (403); who has it elsewhere reads what an unknown id reads (404), so
that nobody learns what exists in another unit.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, abort, g, redirect, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.rights import Right, Visitor
from roster.services.logins import visitor_of
from roster.services.places import UNIT_OF
from web.kept import ask_again
from web.pages import asked_address, office
from web.rights import BEFORE_CHANGING, OF_THE_WHOLE, RIGHTS
from web.seen import is_idle


def guard(app: Flask) -> None:
    """Asks for a right before every request."""

    @app.before_request
    def ask() -> Response | tuple[str, int] | None:
        # An address without an endpoint is answered by Flask: 404 or 405.
        endpoint = request.endpoint
        if endpoint is None:
            return None

        # No word of ours has a NUL in it, and PostgreSQL takes none.
        if any("\0" in word for word in _sent()):
            abort(400)

        if endpoint not in RIGHTS:
            abort(403)

        if Right.OPEN in needed():
            return None

        who = visitor()
        if not who.account:
            if again := ask_again():
                return again

            back = asked_address() if request.method == "GET" else None
            return redirect(url_for("logins.log_in", next=back), 303)

        if who.must_change and endpoint not in BEFORE_CHANGING:
            return redirect(url_for("own.password"), 303)

        with office().records.reading() as records:
            _check(records, who)

        return None


def _sent() -> list[str]:
    """Everything a visitor sends as words."""
    fields = request.values.items(multi=True)
    return [request.path, *(word for field in fields for word in field)]


def needed() -> tuple[Right, ...]:
    """The rights of which this address asks for any."""
    found = RIGHTS[request.endpoint or ""]
    return found if isinstance(found, tuple) else (found,)


def _check(records: Session, who: Visitor) -> None:
    """403 without the right, 404 where it does not reach."""
    things = request.view_args or {}
    rights = needed()
    if Right.OWN in rights:
        if things.get("staff_id", who.staff_id) == who.staff_id:
            return
        rights = tuple(r for r in rights if r is not Right.OWN)

    if not any(who.may(right) for right in rights):
        abort(404 if Right.OWN in needed() else 403)

    whole = request.endpoint in OF_THE_WHOLE
    if whole and not any(who.may_everywhere(right) for right in rights):
        abort(403)

    for name in UNIT_OF.keys() & things.keys():
        unit = UNIT_OF[name](records, str(things[name]))
        # What belongs to no unit yet is the county's: any such right will do.
        reach = [who.may(right, unit or None) for right in rights]
        if unit is None or not any(reach):
            abort(404)


def visitor() -> Visitor:
    """Who asks; somebody without an account if nobody logged in."""
    if "visitor" not in g:
        with office().records.reading() as records:
            g.visitor = _visitor(records)

    found: Visitor = g.visitor
    return found


def _visitor(records: Session) -> Visitor:
    here = office()
    secret = session.get("login", "")
    if not secret or is_idle(here.clock()):
        return Visitor()

    found = visitor_of(
        records, secret=secret, now=here.clock(), today=here.today()
    )
    return found or Visitor()


@contextmanager
def writing() -> Iterator[Session]:
    """
    A session that writes, once the right was asked for again inside it.

    What was taken back between the first question and the pen counts.
    """
    with office().records.writing() as records:
        who = _visitor(records)
        if who.signature != visitor().signature:
            abort(403)

        _check(records, who)
        yield records


def check_also(records: Session, unit_id: str) -> None:
    """Asks for this address's right in one more unit, inside the deed."""
    who = _visitor(records)
    if not any(who.may(right, unit_id) for right in needed()):
        abort(404)


def signature() -> str:
    """How the visitor signs what they do."""
    return visitor().signature


def may(right: Right | str, unit: str | None = None) -> bool:
    """Whether the visitor has a right in a unit, or anywhere."""
    return visitor().may(right, unit)


def sees_personal() -> bool:
    """
    Whether the visitor may read what is personal on this page.

    Where the page is about no single unit, they must have the right to
    all of them.
    """
    unit = (request.view_args or {}).get("unit_id")
    if unit is not None:
        return may(Right.PREPARE, str(unit))

    return visitor().may_everywhere(Right.PREPARE)
