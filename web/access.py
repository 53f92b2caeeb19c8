"""
Who may do what: one table, and nothing is allowed by default.

Until accounts exist, everybody who reaches the site may read it, and only
this computer itself may write. Telephone numbers are never shown. What is
personal (leave, health, relations, others' wishes) is for the editor of
the unit alone.
"""

from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, request

READ, WRITE, OPEN = "read", "write", "open"


class Role(StrEnum):
    """As what somebody reads a page."""

    BUREAU_ADMIN = "bureau admin"
    UNIT_EDITOR = "unit editor"
    APPROVER = "approver"
    STAFF = "staff"
    INSPECTOR = "inspector"
    HEAD = "school head"
    BUREAU_READER = "bureau reader"


# Who reads why somebody cannot be on duty; all others read 个人限制.
SEE_PERSONAL = {Role.UNIT_EDITOR}


# Every endpoint with the right it asks for. A feed's token is its own
# right; what lies in "static" is the same for everybody.
RIGHTS = {
    "static": OPEN,
    "county.board": READ,
    "rosters.unit": READ,
    "rosters.fairness": READ,
    "rosters.download": READ,
    "people.unit": READ,
    "people.person": READ,
    "people.subscribe": WRITE,
    "rules.book": READ,
    "calendar.year": READ,
    "checks.unit": READ,
    "checks.form": WRITE,
    "checks.one": READ,
    "summaries.county": READ,
    "feeds.duties": OPEN,
    "answers.why": READ,
    "answers.stand_in": READ,
    "answers.absence": READ,
    "changes.unit": READ,
    "changes.repair": WRITE,
}

OF_A_PROXY = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Real-IP",
)


def guard(app: Flask) -> None:
    """Asks for a right before every request."""

    @app.before_request
    def ask() -> None:
        # An address without an endpoint is answered by Flask: 404 or 405.
        endpoint = request.endpoint
        if endpoint is None:
            return

        # No word of ours has a NUL in it, and PostgreSQL takes none.
        if any("\0" in word for word in _sent()):
            abort(400)

        right = RIGHTS.get(endpoint)
        if right is None or (right == WRITE and not at_this_computer()):
            abort(403)


def _sent() -> list[str]:
    """Everything a visitor sends as words."""
    fields = request.values.items(multi=True)
    return [request.path, *(word for field in fields for word in field)]


def at_this_computer() -> bool:
    """Whether the visitor sits at the serving computer itself."""
    # A proxy in front makes everybody look local; then nobody writes.
    if any(name in request.headers for name in OF_A_PROXY):
        return False

    # A page elsewhere may point its own name here; we answer to ours.
    name = urlsplit(f"//{request.host}").hostname or ""
    return _is_loopback(request.remote_addr) and (
        name == "localhost" or _is_loopback(name)
    )


def visitor() -> Role:
    """As what the visitor reads, as long as there are no accounts."""
    return Role.UNIT_EDITOR if at_this_computer() else Role.STAFF


def sees_personal() -> bool:
    """Whether the visitor may read what is personal."""
    return visitor() in SEE_PERSONAL


def _is_loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
