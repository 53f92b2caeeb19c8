"""A form shown again as it was filled in, after logging in anew."""

from flask import (
    Response,
    current_app,
    make_response,
    render_template,
    request,
    session,
)
from flask_wtf.csrf import generate_csrf
from werkzeug.test import create_environ

from web.kept import Kept
from web.refill import Pair, refill

MAIN = '<main class="page" id="main">'
OK = 200


def show_again(kept: Kept) -> Response:
    """
    The page with its form filled in; nothing is sent.

    What finds no place in it, because the page is gone or another by now,
    is shown to be read and copied.
    """
    generate_csrf()  # the page must bear the proof of this session
    for address in dict.fromkeys((kept.page, kept.action)):
        page = _page(address) if address else None
        if page is not None:
            return _filled(page, address, kept)

    return _told(kept, list(kept.fields))


def _page(address: str) -> str | None:
    """What whoever has just logged in reads there; None if no page."""
    language = request.cookies.get("lang", "")
    environ = create_environ(
        address, request.host_url, headers={"Cookie": f"lang={language}"}
    )
    mine = dict(session)
    with current_app.app_context(), current_app.request_context(environ):
        session.update(mine)
        answer = current_app.full_dispatch_request()
        is_page = answer.status_code == OK and answer.mimetype == "text/html"
        return answer.get_data(as_text=True) if is_page else None


def _filled(page: str, address: str, kept: Kept) -> Response:
    filled, left = refill(page, address, kept.action, kept.fields)
    if len(left) == len(kept.fields):
        return _told(kept, left)

    note = render_template(
        "logins/note.html", files=kept.files, left=_worth_telling(left)
    )
    return make_response(filled.replace(MAIN, MAIN + note, 1))


def _told(kept: Kept, left: list[Pair]) -> Response:
    """A page with nothing but what was typed."""
    page = render_template(
        "logins/kept.html",
        address=kept.page,
        files=kept.files,
        left=_worth_telling(left),
    )
    return make_response(page)


def _worth_telling(left: list[Pair]) -> list[str]:
    return [value for _, value in left if value.strip()]
