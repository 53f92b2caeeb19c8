"""Feeds: what a calendar reads. The token in the address is the right."""

from dataclasses import asdict
from hashlib import sha256

from flask import Blueprint, Response, request

from calendars.feed import FeedEvent, write_feed
from roster.errors import Refused
from roster.services.subscribing import feed
from web.pages import office

pages = Blueprint("feeds", __name__)

STATUS = {"unknown-feed": 404, "feed-revoked": 410}


@pages.get("/feeds/<token>/duty.ics")
def duties(token: str) -> Response:
    """A person's published duties as iCalendar."""
    here = office()
    try:
        with here.records.reading() as session:
            view = feed(session, token=token, today=here.today())
    except Refused as error:
        return _answer(b"", STATUS[error.code])

    events = [FeedEvent(**asdict(line)) for line in view.lines]
    content = write_feed(view.name, view.description, view.feed_id, events)
    response = _answer(content, 200)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="duty.ics"'
    response.set_etag(sha256(content).hexdigest())
    response.headers["Cache-Control"] = "private, max-age=300"
    return response.make_conditional(request)


def _answer(content: bytes, status: int) -> Response:
    response = Response(content, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
