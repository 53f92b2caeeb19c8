"""A browser, the served small county, and pages that must stay silent."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Site, chromium, let_in, program, served
from tests.web.county import build, open_office

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items) -> None:
    """Marks every test of this folder."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker("browser")


def missing(what: str) -> None:
    """Skips at home, fails where everything should be there."""
    tell = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    tell(f"{what} is not installed")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests."""
    if not program():
        missing("chromium")

    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def site(browser, tmp_path_factory) -> Iterator[Site]:
    """The address of the small county, served."""
    folder = tmp_path_factory.mktemp("county")
    build(folder)
    here = open_office(folder)
    with served(here) as address:
        yield address
    here.close()


def opened(browser: Browser, site: Site, **more) -> Iterator[Page]:
    """A page in which a single complaint of the console is a failure."""
    context = browser.new_context(locale="zh-CN", **more)
    let_in(context, site)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.fixture
def phone(browser, site) -> Iterator[Page]:
    """A small phone without JavaScript."""
    yield from opened(
        browser,
        site,
        viewport=PHONE,
        has_touch=True,
        java_script_enabled=False,
    )


@pytest.fixture
def desk(browser, site) -> Iterator[Page]:
    """A desk's screen with JavaScript."""
    yield from opened(browser, site, viewport=DESK)
