"""The site: Flask on top of the services."""

import mimetypes

from flask import Flask, Response
from flask_babel import Babel
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from web import (
    accounts,
    answers,
    calendar,
    changes,
    channels,
    checks,
    comp,
    county,
    deadlines,
    drawn,
    draws,
    duty,
    editing,
    errors,
    feeds,
    generating,
    history,
    incidents,
    logins,
    logs,
    messages,
    moving,
    offers,
    overrides,
    own,
    papers,
    people,
    preparation,
    readiness,
    redrafting,
    reviews,
    roster_files,
    rosters,
    rules,
    series,
    subscribers,
    subscriptions,
    summaries,
    swaps,
    wishes,
    workbooks,
    zero,
)
from web.access import guard
from web.codes import Codes
from web.kept import Keeper
from web.masking import mask_logs
from web.pages import language
from web.polls import Polls
from web.seen import IDLE, keep_seen
from web.tries import Tries
from web.vault import site_key
from web.wiring import Office
from web.wording import add_words

BLUEPRINTS = (
    logins.pages,
    own.pages,
    messages.pages,
    channels.pages,
    accounts.pages,
    county.pages,
    rosters.pages,
    generating.pages,
    history.pages,
    people.pages,
    moving.pages,
    rules.pages,
    calendar.pages,
    checks.pages,
    summaries.pages,
    feeds.pages,
    subscriptions.pages,
    subscribers.pages,
    offers.pages,
    papers.pages,
    answers.pages,
    swaps.pages,
    comp.pages,
    changes.pages,
    editing.pages,
    redrafting.pages,
    reviews.pages,
    deadlines.pages,
    preparation.pages,
    workbooks.pages,
    roster_files.pages,
    readiness.pages,
    wishes.pages,
    overrides.pages,
    duty.pages,
    logs.pages,
    zero.pages,
    incidents.pages,
    series.pages,
    drawn.pages,
    draws.pages,
)

# Windows takes these from its registry, where they may be anything.
mimetypes.add_type("text/css", ".css")
mimetypes.add_type("text/javascript", ".js")

BABEL = {"zh": "zh_Hans_CN", "en": "en"}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    ),
    # By HTTPS a form's own page is asked for as a second proof against
    # forgery; no other site learns an address.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_app(office: Office) -> Flask:
    """The site of one office."""
    app = Flask(__name__)
    key = site_key(office.config.folder)
    app.config.update(
        SECRET_KEY=key,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=office.config.https,
        PERMANENT_SESSION_LIFETIME=IDLE[True],
    )
    app.extensions["office"] = office
    app.extensions["codes"] = Codes(key)
    app.extensions["keeper"] = Keeper(key)
    app.extensions["tries"] = Tries()
    app.extensions["polls"] = polls = Polls()
    mask_logs()
    app.wsgi_app = feeds.Feeds(  # type: ignore[method-assign]
        app.wsgi_app, office, polls
    )
    _trust_proxies(app, office.config.proxies)
    app.jinja_options = {
        **app.jinja_options,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    guard(app)
    keep_seen(app)
    CSRFProtect(app)
    Babel(app, locale_selector=lambda: BABEL[language()])
    add_words(app)
    errors.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

    app.after_request(_with_headers)
    return app


def _trust_proxies(app: Flask, count: int) -> None:
    """Believes what so many proxies in front say of the visitor."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)

    # Nobody reads a page again from the memory of a shared computer.
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")

    return response
