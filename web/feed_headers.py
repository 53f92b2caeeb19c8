"""What is said in HTTP's words of a feed: whose it is, how new, how packed."""

from datetime import UTC, datetime
from urllib.parse import quote

from werkzeug.http import http_date, parse_date
from werkzeug.wrappers import Request
from werkzeug.wrappers import Response as Answer

from roster.services.feeding.serving import Address, Held

AGE = 300  # seconds for which nobody need ask again
PACKED = "-gzip"
KIND = "text/calendar; charset=utf-8"

# No search engine lists a feed, and no link from it tells of it.
CLOSED = {
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}


def full(held: Held, *, packed: bool) -> Answer:
    """A feed's bytes."""
    answer = Answer(held.content, 200, content_type=KIND)
    _told(answer, held.found, packed=packed)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"

    if held.found.changed_at:
        # A second change within one second is stamped a second later.
        changed = min(held.found.changed_at, datetime.now(UTC))
        answer.headers["Last-Modified"] = http_date(changed)

    if held.name:
        answer.headers["Content-Disposition"] = _disposition(held.name)

    return answer


def _disposition(name: str) -> str:
    file = quote(f"{name}.ics", safe="")
    return f"inline; filename=\"duty.ics\"; filename*=UTF-8''{file}"


def unchanged(
    request: Request, found: Address, plain: tuple[str, ...]
) -> Answer | None:
    """304, where the visitor has these very bytes; tags beat dates."""
    if not found.etag or not _known(request, found):
        return None

    answer = Answer(b"", 304)
    _told(answer, found, packed=packs(request, found, plain))
    return answer


def _known(request: Request, found: Address) -> bool:
    if "If-None-Match" in request.headers:
        tags = request.if_none_match
        return tags.star_tag or any(
            tags.contains_weak(found.etag + packed) for packed in ("", PACKED)
        )

    since = parse_date(request.headers.get("If-Modified-Since"))
    changed = found.changed_at
    return since is not None and changed is not None and changed <= since


def packs(request: Request, found: Address, plain: tuple[str, ...]) -> bool:
    """Whether this visitor wants gzip, and is known to cope with it."""
    agent = request.headers.get("User-Agent", "")
    if not found.etag or any(word in agent for word in plain):
        return False

    return request.accept_encodings["gzip"] > 0


def _told(answer: Answer, found: Address, *, packed: bool) -> None:
    whose = "private" if found.subscription else "public"
    answer.headers.extend(CLOSED)
    answer.headers["Cache-Control"] = f"{whose}, max-age={AGE}"
    answer.headers["Vary"] = "Accept-Encoding"
    if found.etag:
        answer.headers["ETag"] = f'"{found.etag}{PACKED if packed else ""}"'


def nothing(status: int, headers: dict[str, str] | None = None) -> Answer:
    """An answer of few words, which nobody keeps."""
    kept = {"Cache-Control": "no-store", **CLOSED, **(headers or {})}
    return Answer(b"", status, kept, content_type="text/plain")
