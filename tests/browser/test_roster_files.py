"""A school's own roster: sent, looked at, kept and opened in the editor."""

from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.chromium import Site, let_in, served
from tests.browser.conftest import DESK, PHONE, opened
from tests.browser.looking import WIDER, serious
from tests.offices import SCHOOL, SHORT
from tests.web.county import build, open_office


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory) -> Iterator[Site]:
    """A county of its own, into which a roster comes."""
    folder = tmp_path_factory.mktemp("own")
    build(folder)
    here = open_office(folder)
    with served(here) as address:
        yield address
    here.close()


@pytest.fixture
def page(browser, site) -> Iterator[Page]:
    """An editor's phone without JavaScript; a refusal is in its console."""
    context = browser.new_context(
        locale="zh-CN",
        viewport=PHONE,
        has_touch=True,
        java_script_enabled=False,
    )
    let_in(context, site)
    yield context.new_page()
    context.close()


def test_a_school_brings_its_own_roster(page, browser, site, tmp_path):
    page.goto(f"{site}/units/{SCHOOL.id}?term={SHORT.id}")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Excel").tap()
    path = tmp_path / "十月值班表.xlsx"
    fetched.value.save_as(path)
    book = load_workbook(path)
    book[SCHOOL.name]["F4"] = "甲一"
    book[SCHOOL.name]["F5"] = None
    book.save(path)

    page.get_by_role("link", name="导入自己的值班表").tap()
    page.get_by_label("工作簿").set_input_files(path)
    page.get_by_label("只读这张工作表").fill(SCHOOL.name)
    page.get_by_role("button", name="先看怎样读的").tap()
    expect(page.get_by_role("alert")).to_contain_text(
        "F4 带班领导: 本单位没有叫“甲一”的人"
    )

    book[SCHOOL.name]["F4"] = "甲01"
    book.save(path)
    page.get_by_label("工作簿").set_input_files(path)
    page.get_by_role("button", name="先看怎样读的").tap()
    expect(page.get_by_text("空缺 1 班")).to_be_visible()
    _look_closely(browser, site, page.url)

    page.get_by_role("button", name="存为草稿").tap()
    expect(page.get_by_role("status")).to_contain_text("已存为草稿")
    expect(page.get_by_role("heading", level=1)).to_contain_text("修改草稿")
    expect(page.locator("#d2026-10-01")).to_contain_text("甲01")
    expect(page.locator("#d2026-10-02")).to_contain_text("空缺")


def _look_closely(browser, site, preview: str) -> None:
    """Both pages shut nobody out and fit, at a desk and on a phone."""
    send = f"{site}/units/{SCHOOL.id}/roster-file?term={SHORT.id}"
    for size in (DESK, PHONE):
        pages = opened(browser, site, viewport=size)
        page = next(pages)
        for address in (send, preview):
            page.goto(address)
            assert serious(page) == []
            assert not page.evaluate(WIDER), address

        assert next(pages, None) is None
