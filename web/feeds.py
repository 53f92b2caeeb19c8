"""
Feeds: what a calendar reads. The token in the address is the right.

Calendars ask far more often than people, and need nothing of what pages
do (sessions, languages, forms), so that they are answered before Flask.
Stored bytes are handed out; nothing is built and nothing written here.
"""

import logging
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Blueprint
from werkzeug.utils import redirect
from werkzeug.wrappers import Request
from werkzeug.wrappers import Response as Answer

from roster.records.asking import Look
from roster.services.feeding import serving
from roster.services.feeding.serving import Address, Form, Standing
from roster.services.feeding.upkeep import Use
from web.devices import calendar_program
from web.feed_headers import (
    CLOSED,
    conditional,
    full,
    knows,
    nothing,
    packs,
    unchanged,
)

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

Asked = Callable[[Form], Address]


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
            answer = self._answer(request, *feed.groups())
        except Exception:
            LOG.exception("Exception on %s", request.path)
            answer = nothing(500)
        return answer(environ, start)

    def _answer(
        self, request: Request, token: str | None, kind: str
    ) -> Answer:
        if request.method not in READ:
            return nothing(405, {"Allow": ", ".join(READ)})

        if home := self._home(request):
            answer = redirect(home, 308)
            answer.headers.extend(CLOSED)
            return answer

        with self._office.records.looking() as look:
            return self._read(request, self._asked(look, token, kind))

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

    def _asked(self, look: Look, token: str | None, kind: str) -> Asked:
        """What a token reads, or one of the public holidays."""
        if token is None:
            return partial(serving.holidays, look, kind=kind)

        now = self._office.now
        return partial(serving.address, look, token=token, now=now)

    def _read(self, request: Request, asked: Asked) -> Answer:
        packed = packs(request, self._office.config.plain)
        if conditional(request):
            found = asked(Form.UNREAD)
            if knows(request, found):
                self._note(request, found)
                return unchanged(found, packed=packed)

        found = asked(Form.PACKED if packed else Form.PLAIN)
        if status := GONE.get(found.standing):
            heard = self._polls.unknown(request.remote_addr or "")
            return nothing(status) if heard else _too_many()

        self._note(request, found)
        if found.subscription and not self._polls.full(found.subscription):
            return _too_many()

        if found.content is None:
            return full(self._written(found), packed=False)

        return full(found, packed=packed)

    def _note(self, request: Request, found: Address) -> None:
        """Who subscribed reads when it was last read, and by what."""
        if found.subscription:
            agent = request.headers.get("User-Agent", "")
            today = self._office.clock().date()
            use = Use(today, calendar_program(agent))
            self._office.uses.note(found.subscription, use)

    def _written(self, found: Address) -> Address:
        here = self._office
        with here.records.reading() as session:
            return serving.written(session, found, here.scribe, here.now())


def _too_many() -> Answer:
    return nothing(429, {"Retry-After": "60"})
