"""
Who may do what: one table, and nothing is allowed by default.

Until accounts exist, everybody who reaches the site may read it, and only
this computer itself may write. Telephone numbers are never shown.
"""

from ipaddress import ip_address

from flask import Flask, abort, request

READ, WRITE, OPEN = "read", "write", "open"

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
}


def guard(app: Flask) -> None:
    """Asks for a right before every request."""

    @app.before_request
    def ask() -> None:
        endpoint = request.endpoint
        if endpoint is None:
            abort(404)

        right = RIGHTS.get(endpoint)
        if right is None or (right == WRITE and not at_this_computer()):
            abort(403)


def at_this_computer() -> bool:
    """Whether the visitor sits at the serving computer itself."""
    # A proxy in front makes everybody look local; then nobody writes.
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False

    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
