"""The site: Flask on top of the services."""

import mimetypes
import secrets
from pathlib import Path

from flask import Flask, Response
from flask_babel import Babel
from flask_wtf import CSRFProtect

from web import (
    answers,
    calendar,
    changes,
    checks,
    county,
    errors,
    feeds,
    people,
    rosters,
    rules,
    summaries,
)
from web.access import guard
from web.pages import language
from web.wiring import Office
from web.wording import add_words

BLUEPRINTS = (
    county.pages,
    rosters.pages,
    people.pages,
    rules.pages,
    calendar.pages,
    checks.pages,
    summaries.pages,
    feeds.pages,
    answers.pages,
    changes.pages,
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
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_app(office: Office) -> Flask:
    """The site of one office."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=_secret(office.config.folder),
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )
    app.extensions["office"] = office
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    guard(app)
    CSRFProtect(app)
    Babel(app, locale_selector=lambda: BABEL[language()])
    add_words(app)
    errors.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

    app.after_request(_with_headers)
    return app


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)

    return response


def _secret(folder: Path) -> bytes:
    """The key that signs forms; made once, readable by the owner only."""
    path = folder / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))

    return path.read_bytes()
