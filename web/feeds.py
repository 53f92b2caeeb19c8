"""
Feeds: what a calendar reads. The token in the address is the right.

Calendars ask far more often than people, and need nothing of what pages
do (sessions, languages, forms), so that they are answered before Flask.
Stored bytes are handed out; nothing is built and nothing written here.
"""

import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Blueprint
from sqlalchemy import Connection
from werkzeug.utils import redirect
from werkzeug.wrappers import Request
from werkzeug.wrappers import Response as Answer

from roster.services.feeding import serving
from roster.services.feeding.serving import Address, Standing
from roster.services.feeding.upkeep import Use
from web.devices import calendar_program
from web.feed_headers import CLOSED, full, nothing, packs, unchanged

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from web.polls import Polls
    from web.wiring import Office

LOG = logging.getLogger("web")  # which masks tokens
FEED = re.compile("/feeds/(?:([^/]+)/duty|([a-z-]+))[.]ics")
GONE = {Standing.UNKNOWN: 404, Standing.REVOKED: 410}
READ = ("GET", "HEAD")

# Pages make addresses of feeds by these names.
pages = Blueprint("feeds", __name__)
pages.add_url_rule("/feeds/<token>/duty.ics", "duties", build_only=True)
pages.add_url_rule("/feeds/<which>.ics", "holidays", build_only=True)


class Feeds:
    """Answers calendars, and lets the site answer everybody else."""

    def __init__(
        self, site: "WSGIApplication", office: "Office", polls: "Polls"
    ) -> None:
        self._site, self._office, self._polls = site, office, polls

    def __call__(
        self, environ: "WSGIEnvironment", start: "StartResponse"
    ) -> Any:
        """The WSGI protocol."""
        feed = FEED.fullmatch(environ.get("PATH_INFO", ""))
        if feed is None:
            return self._site(environ, start)

        request = Request(environ)
        try:
            answer = self._answer(request, token=feed[1], kind=feed[2])
        except Exception:
            LOG.exception("Exception on %s", request.path)
            answer = nothing(500)
        return answer(environ, start)

    def _answer(self, request: Request, *, token: str, kind: str) -> Answer:
        if request.method not in READ:
            return nothing(405, {"Allow": ", ".join(READ)})

        if home := self._home(request):
            answer = redirect(home, 308)
            answer.headers.extend(CLOSED)
            return answer

        with self._office.records.looking() as connection:
            if token:
                return self._duties(request, connection, token)

            return self._holidays(request, connection, kind)

    def _home(self, request: Request) -> str:
        """Where feeds are for good, for who asks an old host, or by http."""
        config = self._office.config
        if not config.moved and not config.https:
            return ""

        here, site = urlsplit(request.url), urlsplit(config.site)
        if config.site and here.hostname in config.moved:
            there = here._replace(scheme=site.scheme, netloc=site.netloc)
            return there.geturl()

        if config.https and here.scheme == "http":
            return here._replace(scheme="https").geturl()

        return ""

    def _duties(
        self, request: Request, connection: Connection, token: str
    ) -> Answer:
        """The published duties of whatever the token reads."""
        here = self._office
        found = serving.address(connection, token=token, now=here.now)
        status = GONE.get(found.standing)
        if status:
            heard = self._polls.unknown(request.remote_addr or "")
            return nothing(status) if heard else _too_many()

        agent = request.headers.get("User-Agent", "")
        use = Use(here.clock().date(), calendar_program(agent))
        here.uses.note(found.subscription, use)
        if answer := unchanged(request, found, here.config.plain):
            return answer

        if not self._polls.full(found.subscription):
            return _too_many()

        return self._full(request, connection, found)

    def _holidays(
        self, request: Request, connection: Connection, kind: str
    ) -> Answer:
        """The official holidays, for everybody: all, days off, days worked."""
        found = serving.holidays(connection, kind=kind)
        if found.standing is Standing.UNKNOWN:
            return nothing(404)

        if answer := unchanged(request, found, self._office.config.plain):
            return answer

        return self._full(request, connection, found)

    def _full(
        self, request: Request, connection: Connection, found: Address
    ) -> Answer:
        here = self._office
        packed = packs(request, found, here.config.plain)
        if held := serving.stored(connection, found, zipped=packed):
            return full(held, packed=packed)

        with here.records.reading() as session:
            made = serving.written(session, found, here.scribe, here.now())
        return full(made, packed=False)


def _too_many() -> Answer:
    return nothing(429, {"Retry-After": "60"})
