"""A one-time code on another device: looked at, then used."""

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from roster.errors import Refused
from roster.services import subscribing
from roster.services.feeding.listing import coming
from roster.services.feeding.reading import name_of
from web.pages import office
from web.subscriptions import addresses

pages = Blueprint("offers", __name__)


@pages.get("/subscribe/<code>")
def look(code: str) -> Response:
    """Whose duties the code subscribes to; looking does not use it up."""
    here = office()
    with here.records.reading() as session:
        feed = subscribing.offered(session, code=code, now=here.now())
        if feed is None:
            return _page(404, gone=True)

        return _page(
            200,
            name=name_of(session, feed),
            coming=coming(session, feed, here.now()),
        )


@pages.post("/subscribe/<code>")
def use(code: str) -> Response:
    """An address for this device, shown this once."""
    here = office()
    try:
        with here.records.writing() as session:
            feed, token = subscribing.use_code(
                session, code=code, now=here.now()
            )
    except Refused:
        return _page(410, gone=True)

    with here.records.reading() as session:
        name = name_of(session, feed)
        duties = coming(session, feed, here.now())

    return _page(200, token, name=name, coming=duties)


def _page(status: int, token: str = "", **shown: object) -> Response:
    name = str(shown.setdefault("name", ""))
    shown.setdefault("coming", ())
    page = render_template(
        "subscriptions/offer.html", **shown, **addresses(token, name)
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
