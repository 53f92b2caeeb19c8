"""
Feeds: what a calendar reads. The token in the address is the right.

Stored bytes are handed out; nothing is built and nothing written here.
"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, current_app, redirect, request
from sqlalchemy import Connection
from werkzeug.http import http_date, parse_date
from werkzeug.wrappers import Response as AnyResponse

from roster.services.feeding import serving
from roster.services.feeding.reading import name_of
from roster.services.feeding.serving import Address, Standing
from roster.services.feeding.upkeep import Use
from web.devices import calendar_program
from web.pages import office
from web.polls import Polls

pages = Blueprint("feeds", __name__)

GONE = {Standing.UNKNOWN: 404, Standing.REVOKED: 410}
AGE = 300  # seconds for which nobody need ask again
PACKED = "-gzip"


@pages.before_request
def lead_home() -> AnyResponse | None:
    """Leads from an old host, or from http, to where feeds are for good."""
    config = office().config
    here = urlsplit(request.url)
    site = urlsplit(config.site)
    if config.site and here.hostname in config.moved:
        home = here._replace(scheme=site.scheme, netloc=site.netloc)
    elif config.https and here.scheme == "http":
        home = here._replace(scheme="https")
    else:
        return None

    return _marked(redirect(home.geturl(), 308))


@pages.get("/feeds/<token>/duty.ics")
def duties(token: str) -> Response:
    """The published duties of whatever the token reads."""
    here = office()
    with here.records.looking() as connection:
        found = serving.address(connection, token=token, now=here.now)
        return _heard(connection, found)


def _heard(connection: Connection, found: Address) -> Response:
    polls: Polls = current_app.extensions["polls"]
    status = GONE.get(found.standing)
    if status:
        heard = polls.unknown(request.remote_addr or "")
        return _nothing(status) if heard else _too_many()

    _note(found)
    if _unchanged(found):
        return _answer(found, b"", 304)

    if not polls.full(found.subscription):
        return _too_many()

    return _full(connection, found)


@pages.get("/feeds/<which>.ics")
def holidays(which: str) -> Response:
    """The official holidays, for everybody: all, days off, days worked."""
    with office().records.looking() as connection:
        found = serving.holidays(connection, kind=which)
        if found.standing is Standing.UNKNOWN:
            return _nothing(404)

        if _unchanged(found):
            return _answer(found, b"", 304)

        return _full(connection, found)


def _full(connection: Connection, found: Address) -> Response:
    zipped = _packed(found)
    content = serving.stored(connection, found, zipped=zipped)
    name = name_of(connection, found.what)
    if content is None:
        content = _written(found)

    response = _answer(found, content, 200)
    response.content_type = "text/calendar; charset=utf-8"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"

    if found.standing is not Standing.WIPED:
        response.headers["Content-Disposition"] = _disposition(name)

    return response


def _written(found: Address) -> bytes:
    here = office()
    with here.records.reading() as session:
        return serving.written(session, found, here.scribe, here.now())


def _disposition(name: str) -> str:
    file = quote(f"{name}.ics", safe="")
    return f"inline; filename=\"duty.ics\"; filename*=UTF-8''{file}"


def _answer(found: Address, content: bytes, status: int) -> Response:
    response = Response(content, status)
    response.headers.pop("Content-Type", None)
    public = "private" if found.subscription else "public"
    response.headers["Cache-Control"] = f"{public}, max-age={AGE}"
    response.headers["Vary"] = "Accept-Encoding"
    if found.etag:
        packed = PACKED if _packed(found) else ""
        response.headers["ETag"] = f'"{found.etag}{packed}"'

    if status == 200 and found.changed_at:
        # A second change within one second is stamped a second later.
        changed = min(found.changed_at, datetime.now(UTC))
        response.headers["Last-Modified"] = http_date(changed)

    return _marked(response)


def _packed(found: Address) -> bool:
    """Whether this visitor wants gzip, and is known to cope with it."""
    agent = request.headers.get("User-Agent", "")
    if not found.etag or any(w in agent for w in office().config.plain):
        return False

    return request.accept_encodings["gzip"] > 0


def _unchanged(found: Address) -> bool:
    """Whether the visitor has these very bytes; tags beat dates."""
    if not found.etag:
        return False

    if "If-None-Match" in request.headers:
        tags = request.if_none_match
        return tags.star_tag or any(
            tags.contains_weak(found.etag + packed) for packed in ("", PACKED)
        )

    since = parse_date(request.headers.get("If-Modified-Since"))
    changed = found.changed_at
    return since is not None and changed is not None and changed <= since


def _note(found: Address) -> None:
    here = office()
    agent = request.headers.get("User-Agent", "")
    use = Use(here.clock().date(), calendar_program(agent))
    here.uses.note(found.subscription, use)


def _nothing(status: int) -> Response:
    response = Response(b"", status, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return _marked(response)


def _too_many() -> Response:
    response = _nothing(429)
    response.headers["Retry-After"] = "60"
    return response


def _marked(response: Any) -> Any:
    """No search engine lists a feed, and no link from it tells of it."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
