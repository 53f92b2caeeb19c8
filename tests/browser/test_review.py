"""A draft goes its way on two phones without JavaScript, and back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from roster.rights import Role
from tests.browser.chromium import Site, let_in, served
from tests.browser.conftest import PHONE, opened
from tests.browser.looking import serious
from tests.offices import SCHOOL, SHORT
from tests.web.accounts import login_of
from tests.web.county import build, open_office
from tests.web.drafts import draft_of_the_school

REVIEW = f"/units/{SCHOOL.id}/review?term={SHORT.id}"


@pytest.fixture
def site(browser, tmp_path) -> Iterator[Site]:
    """The small county with a second version of the school's roster."""
    build(tmp_path)
    here = open_office(tmp_path)
    draft_of_the_school(here)
    with served(here) as address:
        yield address
    here.close()


@pytest.fixture
def phones(browser, site) -> Iterator[tuple[Page, Page]]:
    """Whoever drafts, and whoever approves."""
    contexts = [
        browser.new_context(
            viewport=PHONE, has_touch=True, java_script_enabled=False
        )
        for _ in range(2)
    ]
    for context, role in zip(
        contexts, (Role.UNIT_EDITOR, Role.APPROVER), strict=True
    ):
        let_in(context, site, login_of(role))

    yield tuple(context.new_page() for context in contexts)
    for context in contexts:
        context.close()


def test_submitted_returned_approved_published_and_withdrawn(phones, site):
    editor, approver = phones
    editor.goto(f"{site}/units/{SCHOOL.id}?term={SHORT.id}")
    editor.get_by_role("link", name="审核发布").first.tap()
    editor.get_by_role("button", name="送审").tap()
    expect(editor.get_by_text("已送审，等待批准。")).to_be_visible()

    approver.goto(f"{site}{REVIEW}")
    approver.get_by_label("要改什么").fill("初三换个人")
    approver.get_by_role("button", name="退回").tap()
    expect(approver.get_by_text("已退回")).to_be_visible()

    editor.goto(f"{site}{REVIEW}")
    expect(editor.get_by_text("退回：初三换个人")).to_be_visible()
    editor.get_by_role("button", name="送审").tap()
    expect(editor.get_by_text("已送审，等待批准。")).to_be_visible()

    approver.goto(f"{site}{REVIEW}")
    approver.get_by_role("button", name="批准").tap()
    approver.get_by_role("button", name="发布").tap()
    expect(approver.get_by_text("现行：第 2 版")).to_be_visible()

    approver.get_by_text("撤销这一版").tap()
    approver.get_by_label("原因").fill("排错了人")
    approver.get_by_role("button", name="撤销", exact=True).tap()
    expect(approver.get_by_text("现行：第 1 版")).to_be_visible()
    expect(approver.get_by_text("排错了人")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_review_shuts_nobody_out(browser, site, colours):
    """As axe-core sees it, at each step with its own boxes and buttons."""
    pages = opened(browser, site, viewport=PHONE, color_scheme=colours)
    page = next(pages)
    found = []

    def look() -> None:
        found.extend(serious(page))

    page.goto(f"{site}{REVIEW}")
    look()
    page.get_by_role("button", name="送审").click()
    look()
    page.get_by_label("要改什么").fill("初三换个人")
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_text("退回：初三换个人")).to_be_visible()
    look()
    page.get_by_text("撤销这一版").click()
    look()

    assert found == []
    assert next(pages, None) is None
