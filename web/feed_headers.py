"""What is said in HTTP's words of a feed: whose it is, how new, how packed."""

from datetime import UTC, datetime
from urllib.parse import quote

from werkzeug.http import http_date, parse_date
from werkzeug.wrappers import Request
from werkzeug.wrappers import Response as Answer

from roster.services.feeding.serving import Address

AGE = 300  # seconds for which nobody need ask again
PACKED = "-gzip"
KIND = "text/calendar; charset=utf-8"
SHOWN = 'inline; filename="duty.ics"'

# No search engine lists a feed, and no link from it tells of it.
CLOSED = {
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}


def full(found: Address, *, packed: bool) -> Answer:
    """A feed's bytes."""
    told = _told(found, packed=packed)
    if packed:
        told["Content-Encoding"] = "gzip"

    if found.changed_at:
        # A second change within one second is stamped a second later.
        changed = min(found.changed_at, datetime.now(UTC))
        told["Last-Modified"] = http_date(changed)

    if found.name:
        file = quote(f"{found.name}.ics", safe="")
        told["Content-Disposition"] = f"{SHOWN}; filename*=UTF-8''{file}"

    return Answer(found.content, 200, told, content_type=KIND)


def unchanged(found: Address, *, packed: bool) -> Answer:
    """The visitor has these very bytes."""
    return Answer(b"", 304, _told(found, packed=packed))


def conditional(request: Request) -> bool:
    """Whether the visitor says which bytes they have."""
    given = request.headers
    return "If-None-Match" in given or "If-Modified-Since" in given


def knows(request: Request, found: Address) -> bool:
    """Whether the visitor has these very bytes; tags beat dates."""
    if not found.etag:
        return False

    if "If-None-Match" in request.headers:
        tags = request.if_none_match
        return tags.star_tag or any(
            tags.contains_weak(found.etag + packed) for packed in ("", PACKED)
        )

    since = parse_date(request.headers.get("If-Modified-Since"))
    changed = found.changed_at
    return since is not None and changed is not None and changed <= since


def packs(request: Request, plain: tuple[str, ...]) -> bool:
    """Whether this visitor wants gzip, and is known to cope with it."""
    agent = request.headers.get("User-Agent", "")
    if any(word in agent for word in plain):
        return False

    return request.accept_encodings["gzip"] > 0


def _told(found: Address, *, packed: bool) -> dict[str, str]:
    whose = "private" if found.subscription else "public"
    told = {
        **CLOSED,
        "Cache-Control": f"{whose}, max-age={AGE}",
        "Vary": "Accept-Encoding",
    }
    if found.etag:
        told["ETag"] = f'"{found.etag}{PACKED if packed else ""}"'
    return told


def nothing(status: int, headers: dict[str, str] | None = None) -> Answer:
    """An answer of few words, which nobody keeps."""
    kept = {"Cache-Control": "no-store", **CLOSED, **(headers or {})}
    return Answer(b"", status, kept, content_type="text/plain")
