"""Debian's chromium, and the site served on a free port."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which
from threading import Thread

from playwright.sync_api import Browser, sync_playwright
from waitress.server import create_server

from web import create_app
from web.wiring import Office

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str:
    """Where chromium is; empty when it is not installed."""
    return which("chromium") or ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that asks nobody for anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(), args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


@contextmanager
def served(here: Office) -> Iterator[str]:
    """An office's site on a free port, by the server of `serve`."""
    server = create_server(create_app(here), host="127.0.0.1", port=0)
    thread = Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    server.task_dispatcher.shutdown()
    thread.join()
