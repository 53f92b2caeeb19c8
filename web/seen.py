"""When a device was last seen, in the signed cookie: reading never writes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Flask, Response, request, session

from web.pages import office

# How long a log-in stays open unused: on one's own device, and elsewhere.
IDLE: Mapping[bool, timedelta] = {
    True: timedelta(days=30),
    False: timedelta(hours=2),
}
GRAIN = timedelta(minutes=5)


def is_idle(now: datetime) -> bool:
    """Whether the device was not seen for too long."""
    return _since(now) > IDLE[bool(session.get("remembered"))]


def keep_seen(app: Flask) -> None:
    """Renews the cookie of whoever is logged in, now and then."""

    @app.after_request
    def renew(response: Response) -> Response:
        # Calendars have no session, and their answers must not depend on one.
        if request.blueprint == "feeds":
            return response

        now = office().clock()
        if session.get("login") and not is_idle(now) and _since(now) > GRAIN:
            session["seen"] = int(now.timestamp())

        return response


def _since(now: datetime) -> timedelta:
    seen = datetime.fromtimestamp(session.get("seen", 0), now.tzinfo)
    return now - seen
