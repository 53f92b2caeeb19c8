"""
How long a visitor waits for a page, at county size.

The demonstration county (61 units, some 1,600 people, three terms) is
served as `serve` does; pages are asked for one after the other over one
connection, as the role that works with them.
"""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from shutil import copytree
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

from roster.rights import Grant, Role
from roster.services import viewing
from roster.services.account_views import account_by_login
from roster.services.board import county_board
from tests.benchmarks.page import table
from tests.browser.chromium import Site, served
from tests.web.accounts import add_account, log_in
from web import create_app
from web.cli.demonstration import prepare
from web.config import Config, default_url
from web.wiring import Office

TIMES = 40
LOGIN = "benchmark"
ADMIN = tuple(Grant(role) for role in Role)


def site(data: Path | None) -> Iterator[str]:
    """The section of the page."""
    yield "## Pages of the site"
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / "data"
        if data and data.is_dir():
            copytree(data, folder)
        here = Office(Config(folder, default_url(folder)))
        prepare(here)
        yield _measured(here)
        here.close()


def _measured(here: Office) -> str:
    with here.records.writing() as session:
        if account_by_login(session, LOGIN) is None:
            add_account(session, LOGIN, "王芳", *ADMIN)

    client = log_in(create_app(here).test_client(), LOGIN)
    cookie = client.get_cookie("session")
    assert cookie is not None
    with served(here) as address:
        rows = [
            (name, *_asked(address, page, cookie.value))
            for name, page in _pages(here)
        ]

    return table(("page", "kB", "median ms", "95 % ms", "max ms"), rows)


def _pages(here: Office) -> Iterator[tuple[str, str]]:
    with here.records.reading() as session:
        term = viewing.current_term(session, here.today())
        assert term is not None
        lines = county_board(session, term_id=term.id)
        largest = max(lines, key=lambda line: (line.shifts, line.staff))
        staff = viewing.staff_of(session, unit_id=largest.unit_id)

    unit = f"/units/{largest.unit_id}"
    yield "the county's board", "/"
    yield "a unit's roster, months", unit
    yield "a unit's roster, list", f"{unit}?view=list"
    yield "fairness", f"{unit}/fairness"
    yield "people", f"{unit}/people"
    yield "a person's duties", f"/people/{staff[-1].id}"
    yield "the chain of responsibility", f"{unit}/chain"
    yield "accounts of the county", "/accounts"
    yield "check form", f"{unit}/check"
    yield "summary", "/summary"
    yield "rules", "/rules/schools"
    yield "calendar", f"/calendar/{here.today().year}"


def _asked(site: Site, page: str, cookie: str) -> tuple[str, ...]:
    """A page's size, and how long it took so many times."""
    connection = HTTPConnection(urlsplit(site).netloc)
    times = []
    for number in range(TIMES + 1):
        start = perf_counter()
        connection.request(
            "GET", page, headers={"Cookie": f"session={cookie}"}
        )
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, (page, answer.status)
        if number:  # the first compiles the template
            times.append(1000 * (perf_counter() - start))

    connection.close()
    worst = quantiles(times, n=20)[-1]
    return (
        f"{len(content) / 1000:.0f}",
        f"{median(times):.0f}",
        f"{worst:.0f}",
        f"{max(times):.0f}",
    )
