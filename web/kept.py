"""
What was typed while a log-in ended is carried through the log-in page.

The page that asks for the password holds it, encrypted by the site's key
and bound to the account whose log-in ended. Nothing is done with it by
itself: the form is shown again as it was filled in, to be sent by hand.
"""

import json
import zlib
from base64 import urlsafe_b64encode
from dataclasses import astuple, dataclass
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError

from roster.services import logins
from web.pages import asked_address, office

MOST = 64 * 1024  # bytes of what was typed
HOLDS = timedelta(days=1)

# Never carried: passwords, codes, keys.
SECRET = {"password", "new", "again", "code", "secret"}
PROOF = "csrf_token"


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A form that was sent too late.

    Parameters
    ----------
    account
        Whose log-in had ended.
    page, action
        The address the form stood on (empty if the browser did not tell),
        and the one it was sent to.
    fields
        Names and values in the order they were sent.
    files
        Whether files were sent, which are not kept.
    """

    account: int
    page: str
    action: str
    fields: tuple[tuple[str, str], ...]
    files: bool = False


class Keeper:
    """Seals a form so that nobody reads or alters it on its way."""

    def __init__(self, key: bytes) -> None:
        derived = sha256(b"kept form" + key).digest()
        self._fernet = Fernet(urlsafe_b64encode(derived))

    def seal(self, kept: Kept) -> str:
        """The form as the log-in page carries it."""
        plain = json.dumps(astuple(kept)).encode()
        return self._fernet.encrypt(zlib.compress(plain)).decode()

    def open(self, sealed: str, *, account: int) -> Kept | None:
        """The form again; None for another account's, altered or old."""
        try:
            # What bears our own seal was bounded before it was sealed.
            plain = zlib.decompress(
                self._fernet.decrypt(
                    sealed.encode(), ttl=int(HOLDS.total_seconds())
                )
            )
        except InvalidToken:
            return None

        whose, page, action, fields, files = json.loads(plain)
        kept = Kept(whose, page, action, tuple(map(tuple, fields)), files)
        return kept if kept.account == account else None


def keeper() -> Keeper:
    """The site's own."""
    found: Keeper = current_app.extensions["keeper"]
    return found


def ask_again() -> tuple[str, int] | None:
    """
    The log-in page with what was sent; None where nothing is to be kept.

    Only a form of ours is kept, from a browser that was logged in before.
    """
    account = account_before()
    if request.method != "POST" or account is None or not _is_ours():
        return None

    kept = _sent(account)
    size = sum(len(word.encode()) for pair in kept.fields for word in pair)
    page = render_template(
        "logins/log_in.html",
        kept="" if size > MOST else keeper().seal(kept),
        too_much=size > MOST,
        files=kept.files,
        action=url_for("logins.log_in", next=kept.page or None),
    )
    return page, 401


def account_before() -> int | None:
    """Whose log-in this browser has or had, however it ended."""
    secret = session.get("login", "")
    if not secret:
        return None

    with office().records.reading() as records:
        return logins.account_behind(records, secret=secret)


def _is_ours() -> bool:
    """Whether the form bears the proof that it is from our own page."""
    try:
        current_app.extensions["csrf"].protect()
    except CSRFError:
        return False

    return True


def _sent(account: int) -> Kept:
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in SECRET and name != PROOF
    )
    files = any(file.filename for file in request.files.values())
    return Kept(account, _page(), asked_address(), fields, files)


def _page() -> str:
    """The page of this site that the form stood on, if it is known."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return ""

    return f"{parts.path}?{parts.query}" if parts.query else parts.path
