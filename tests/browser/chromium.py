"""Debian's chromium, and the site served on a free port."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.serving import running
from tests.web.accounts import EVERYTHING, log_in
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


class Site(str):
    """The address of a served office."""

    here: Office


def let_in(
    context: BrowserContext, site: Site, login: str = EVERYTHING
) -> None:
    """Logs a browser in, as the form would."""
    client = log_in(create_app(site.here).test_client(), login)
    cookie = client.get_cookie("session")
    assert cookie is not None
    context.add_cookies(
        [{"name": "session", "value": cookie.value, "url": site}]
    )


@contextmanager
def served(here: Office) -> Iterator[Site]:
    """An office's site on a free port, by the server of `serve`."""
    with running(create_app(here), host="127.0.0.1", port=0) as port:
        site = Site(f"http://127.0.0.1:{port}")
        site.here = here
        yield site
