"""A draft is corrected at a desk with the script, on a phone without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from roster.records import RosterRow
from roster.services.editing.opening import cells_of
from roster.services.turning import roster_in_force
from tests.browser.chromium import Site, served
from tests.browser.conftest import DESK, PHONE, opened
from tests.browser.looking import WIDER, serious
from tests.offices import SCHOOL
from tests.web.county import build, open_office
from tests.web.drafts import draft_of_the_school, holder, newer
from web.working import working

LEAD = "2026-10-17/lead"
LONG = 60_000  # milliseconds; a busy machine solves slowly


@pytest.fixture
def site(browser, tmp_path) -> Iterator[Site]:
    """The small county with a second version of the school's roster."""
    build(tmp_path)
    here = open_office(tmp_path)
    number = draft_of_the_school(here)
    with served(here) as address:
        address.draft = f"{address}/units/{SCHOOL.id}/rosters/{number}/edit"
        yield address
    here.close()


def another(here, roster: int) -> tuple[str, str]:
    """A coming lead, and somebody who has it in neither version."""
    with here.records.reading() as session:
        row = session.get_one(RosterRow, roster)
        old = roster_in_force(session, row.unit, row.term)
        mine, theirs = (
            {c.shift: c.staff for c in cells_of(one)} for one in (row, old)
        )
    coming = max(name for name in mine if name.endswith("/lead"))
    others = {*mine.values()} - {mine[coming], theirs[coming]}
    return coming, min(others)


def in_day(page: Page):
    return page.locator("#d2026-10-17")


def test_on_a_phone_without_a_script_somebody_is_replaced(phone, site):
    phone.goto(site.draft)
    before = in_day(phone).get_by_role("link").first.inner_text()
    in_day(phone).get_by_role("link").first.tap()
    other = phone.locator(".choosing .name").first.inner_text()
    phone.get_by_role("button", name=f"换成{other}").tap()
    expect(in_day(phone).get_by_role("link").first).to_have_text(other)

    phone.get_by_role("button", name="撤销上一步").tap()
    expect(in_day(phone).get_by_role("link").first).to_have_text(before)
    assert not phone.evaluate(WIDER)


def test_at_a_desk_pins_and_undoing_need_no_new_page(desk, site):
    desk.goto(f"{site.draft}?view=list")
    desk.evaluate("window.still = true")
    row = in_day(desk).get_by_role("row").first
    row.get_by_role("button", name="固定").focus()
    desk.keyboard.press("Enter")
    expect(row.get_by_role("button", name="取消固定")).to_be_focused()
    expect(row.locator(".pinned")).to_be_visible()
    desk.get_by_role("button", name="撤销上一步").press("Enter")
    expect(row.locator(".pinned")).to_have_count(0)
    expect(desk.get_by_role("button", name="重做")).to_be_visible()
    assert desk.evaluate("window.still") is True


def test_what_a_swap_would_do_is_said_while_it_is_chosen(desk, site):
    desk.goto(site.draft)
    in_day(desk).get_by_role("link").first.click()
    said = desk.locator("output")
    expect(said).to_be_empty()

    desk.get_by_label("对方的班").select_option(index=1)

    expect(said).not_to_be_empty()


def test_on_a_phone_the_rest_is_solved_and_taken_back(phone, site):
    phone.goto(site.draft)
    before = in_day(phone).get_by_role("link").first.inner_text()
    in_day(phone).get_by_role("link").first.tap()
    other = phone.locator(".choosing .name").first.inner_text()
    phone.get_by_role("button", name=f"换成{other}").tap()
    in_day(phone).get_by_role("link").first.tap()
    phone.get_by_role("button", name="固定这一格").tap()

    phone.get_by_role("link", name="其余重排").tap()
    phone.get_by_label("最均衡").check()
    phone.get_by_role("button", name="开始重排").tap()
    expect(phone.locator("progress")).to_be_visible()
    with working(site.here):
        expect(phone.get_by_text("已证明：固定的不动")).to_be_visible(
            timeout=LONG
        )
    assert not phone.evaluate(WIDER)
    phone.get_by_role("link", name="看草稿").tap()
    expect(in_day(phone).get_by_role("link").first).to_have_text(other)
    expect(in_day(phone).locator(".pinned")).to_be_visible()

    for _ in range(3):
        phone.get_by_role("button", name="撤销上一步").tap()
    expect(in_day(phone).get_by_role("link").first).to_have_text(before)
    expect(phone.get_by_role("button", name="撤销上一步")).to_have_count(0)


def test_at_a_desk_a_draft_takes_over_what_came_into_force(desk, site):
    roster = int(site.draft.split("/")[-2])
    shift, theirs = another(site.here, roster)
    newer(site.here, shift, theirs)
    desk.goto(site.draft)
    desk.get_by_role("link", name="接受现行版的改动").click()
    expect(desk.get_by_text("现行的已是第 3 版")).to_be_visible()
    for choice in desk.get_by_role("group").all():
        choice.get_by_label("现行版").check()
    desk.get_by_role("button", name="接受").click()
    if desk.get_by_role("button", name="知道了").count():
        desk.get_by_role("button", name="知道了").click()

    expect(desk.get_by_text("已接受现行版的改动")).to_be_visible()
    assert holder(site.here, roster, shift) == theirs


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_desk_shuts_nobody_out_and_fits(browser, site, size):
    pages = opened(browser, site, viewport=size)
    page = next(pages)
    page.goto(site.draft)
    cell = in_day(page).get_by_role("link").first.get_attribute("href")
    draft = site.draft.removesuffix("/edit")
    newer(site.here, *another(site.here, int(draft.rpartition("/")[2])))
    for address in (
        site.draft,
        f"{site.draft}?view=list",
        f"{site}{cell}",
        f"{draft}/resolve",
        f"{draft}/rebase",
        f"{draft}/rebase?lang=en",
    ):
        page.goto(address)
        assert serious(page) == []
        assert not page.evaluate(WIDER), address
    assert next(pages, None) is None
