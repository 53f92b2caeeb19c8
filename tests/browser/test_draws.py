"""The visitor's browser recomputes a term as the product drew it."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from roster.draw.verify import verify
from roster.posts import SHANGHAI
from roster.services import drawing
from tests.browser.chromium import Site, served
from tests.browser.conftest import DESK, PHONE, opened
from tests.roster.draw.terms import drawn_term
from tests.roster.draw.test_verify import flipped
from tests.web.county import AUTUMN_CHECKS, build, open_office

# Each term with the script's own verdict; bytes travel as base64.
VERIFY = """async (terms) => {
  const { verify } = await import("/static/draw.js");
  return terms.map((term) =>
    verify(Uint8Array.from(atob(term), (one) => one.charCodeAt(0))));
}"""
DRAW = """async (vectors) => {
  const { draw, visitDays } = await import("/static/draw.js");
  return vectors.map((one) => {
    const key = Uint8Array.from(
      one.key.match(/../g), (two) => parseInt(two, 16));
    return {
      visit_days: Object.fromEntries(visitDays(key, one.frame)),
      places: one.draws.map((made) =>
        draw(key, one.frame, made.number, made.day, made.value)),
    };
  });
}"""


def by_script(page: Page, site: Site, terms: list[bytes]) -> list:
    page.goto(f"{site}/draws")
    return page.evaluate(VERIFY, [b64encode(one).decode() for one in terms])


def test_the_script_agrees_on_twenty_seeded_terms(desk, site):
    terms = [drawn_term(seed).file for seed in range(20)]

    assert by_script(desk, site, terms) == [[]] * 20


def test_the_script_names_the_same_as_the_verifier(desk, site):
    luck, content = Random(7), drawn_term(1).file
    terms = [flipped(content, luck) for _ in range(20)]

    found = by_script(desk, site, terms)

    assert found == [[list(one) for one in verify(term)] for term in terms]
    assert all(found)


@pytest.mark.campaign
def test_the_script_names_two_hundred_turned_bits_as_the_verifier(desk, site):
    luck = Random(200)
    terms = [
        flipped(drawn_term(seed).file, luck)
        for seed in range(20)
        for _ in range(10)
    ]

    found = by_script(desk, site, terms)

    assert all(found)
    assert found == [[list(one) for one in verify(term)] for term in terms]


def test_the_script_keeps_to_the_published_vectors(desk, site):
    path = files("roster.draw").joinpath("vectors.json")
    vectors = json.loads(path.read_text("utf-8"))
    desk.goto(f"{site}/draws")

    found = desk.evaluate(DRAW, vectors)

    for one, vector in zip(found, vectors, strict=True):
        assert one["visit_days"] == vector["visit_days"]
        assert one["places"] == [made["places"] for made in vector["draws"]]


@pytest.fixture(scope="module")
def revealed(browser, tmp_path_factory) -> Iterator[Site]:
    """The small county after a day of drawn checks, its key published."""
    folder = tmp_path_factory.mktemp("draws")
    build(folder)
    here = open_office(folder)

    def deed(work, moment: datetime, *args, **more) -> None:
        here.now = lambda: moment
        with here.records.writing() as session:
            given = {"tools": here.drawing_tools(), **more}
            work(session, *args, **given)

    def moment(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 10, day, hour, minute, tzinfo=SHANGHAI)

    vault = {"vault": here.vault}
    deed(drawing.make_series, moment(6, 10), AUTUMN_CHECKS, who="王")
    deed(drawing.commit, moment(6, 10), 1, who="王", **vault)
    deed(drawing.enter_value, moment(6, 22), 1, "357", who="王")
    deed(drawing.attend, moment(6, 23), **vault)
    deed(drawing.attend, moment(8, 7, 55), **vault)
    deed(drawing.stop, moment(8, 9), 1, reason="试一天", who="王", **vault)
    deed(drawing.attend, moment(8, 9), **vault)
    deed(drawing.reveal, moment(8, 9), 1, who="王", **vault)
    with served(here) as site:
        yield site
    here.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_visitor_verifies_a_term_with_a_click(browser, revealed, size):
    pages = opened(browser, revealed, viewport=size)
    page = next(pages)
    page.context.clear_cookies()
    page.goto(f"{revealed}/draws/1")
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= size["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    page.get_by_role("button", name="在浏览器里核对").click()

    said = page.locator("#verifier output")
    expect(said).to_contain_text("全部相符：1 次抽取")
    assert next(pages, None) is None


def test_a_file_that_was_tampered_with_is_named_on_the_page(
    browser, revealed, tmp_path
):
    pages = opened(browser, revealed, viewport=DESK)
    page = next(pages)
    page.goto(f"{revealed}/draws/1")
    with page.expect_download() as download:
        page.get_by_role("link", name="学期文件").click()
    content = download.value.path().read_bytes()
    path = tmp_path / "TERM.json"
    path.write_bytes(content.replace(b'"value":"357"', b'"value":"358"'))

    page.locator("#verifier input").set_input_files(path)

    said = page.locator("#verifier output")
    expect(said).to_contain_text("draw 1: 内容与摘要不符")
    assert next(pages, None) is None
