"""``python -m tests.benchmarks.feed_servers site|bare PATH PORT``."""

import sys
from pathlib import Path
from typing import Any

from waitress import serve

from web import create_app, polls
from web.cli.site import server_settings
from web.config import Config, default_url
from web.wiring import Office


def bare(path: Path) -> Any:
    """A WSGI program that knows one feed and its tag."""
    content = path.read_bytes()
    head = [("Content-Type", "text/calendar; charset=utf-8"), ("ETag", '"x"')]

    def answer(environ: dict[str, Any], start: Any) -> list[bytes]:
        if environ.get("HTTP_IF_NONE_MATCH") == '"x"':
            start("304 Not Modified", head[1:])
            return [b""]

        start("200 OK", [*head, ("Content-Length", str(len(content)))])
        return [content]

    return answer


def main(kind: str, path: str, port: str) -> None:
    """Serves until it is ended."""
    folder = Path(path)
    config = Config(folder, default_url(folder), port=int(port))
    if kind == "bare":
        serve(bare(folder), **server_settings(config))
        return

    # What is measured is serving; the limit would answer nearly all of it.
    polls.Polls.full = lambda *_: True  # type: ignore[method-assign]
    serve(create_app(Office(config)), **server_settings(config))


if __name__ == "__main__":
    main(*sys.argv[1:])
