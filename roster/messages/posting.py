"""One JSON document there, one JSON answer back, in bounded time."""

import json
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from ssl import SSLCertVerificationError
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from roster.errors import RosterError

PATIENCE = 10.0  # seconds
LONGEST = 65_536  # bytes of an answer
TOO_MANY, TOO_LONG = 429, 408

Post = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


class NotSent(RosterError):
    """
    A message was not taken.

    ``code`` says why without any secret, ``again`` whether another try
    may help.
    """

    def __init__(self, code: str, *, again: bool) -> None:
        self.code = code
        self.again = again
        super().__init__(code)


class _Straight(HTTPRedirectHandler):
    """Follows no redirection: a robot's address never moves."""

    def redirect_request(self, *_: Any) -> None:
        """No other request."""


_opener = build_opener(_Straight)


def post(
    url: str, document: Mapping[str, Any], *, patience: float = PATIENCE
) -> Mapping[str, Any]:
    """
    Posts a document and reads the object that answers it.

    Raises
    ------
    NotSent
        ``unreachable``, ``timeout``, ``certificate``, ``http:500``,
        ``no-json``. Where time ran out the message may have arrived.
    """
    request = Request(
        url,
        json.dumps(document, ensure_ascii=False).encode(),
        {"Content-Type": "application/json; charset=utf-8"},
    )
    try:
        with _opener.open(request, timeout=patience) as answer:
            content = _read(answer, monotonic() + patience)
    except HTTPError as error:
        error.close()
        raise NotSent(f"http:{error.code}", again=_later(error.code)) from None
    except (OSError, HTTPException) as error:
        raise _why(error) from None

    return _object(content)


def _read(answer: HTTPResponse, until: float) -> bytes:
    """The answer's bytes; an answer that never ends is none."""
    content = b""
    while piece := answer.read1(LONGEST):
        content += piece
        if monotonic() > until:
            raise TimeoutError

        if len(content) > LONGEST:
            raise NotSent("no-json", again=True)

    return content


def _later(status: int) -> bool:
    return status >= 500 or status in (TOO_MANY, TOO_LONG)


def _why(error: OSError | HTTPException) -> NotSent:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return NotSent("timeout", again=True)

    if isinstance(reason, SSLCertVerificationError):
        return NotSent("certificate", again=False)

    return NotSent("unreachable", again=True)


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None

    if not isinstance(answer, dict):
        raise NotSent("no-json", again=True)

    return answer
