"""Through the site as people go, on a phone and at a desk."""

from collections import Counter
from datetime import date
from re import compile as pattern
from shutil import which
from subprocess import run

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from roster.records import AssignmentRow, LeaveRow, ShiftRow
from tests.browser.chromium import served
from tests.browser.conftest import DESK, PHONE, missing, opened
from tests.browser.looking import CUT_OFF, WIDER
from tests.offices import BUREAU, SCHOOL
from tests.web.county import INSPECTORS, SCHOOL_STAFF, build, open_office


def test_from_the_county_to_a_recorded_check_on_a_phone(phone, site):
    phone.goto(site)
    phone.get_by_label("单位名称").fill("柳湾小")
    phone.get_by_role("button", name="筛选").tap()
    phone.get_by_role("link", name=SCHOOL.name).tap()
    expect(phone.get_by_text("2026年10月", exact=True).last).to_be_visible()

    phone.get_by_role("link", name="列表", exact=True).tap()
    phone.locator(".roster a").first.tap()
    expect(phone.locator(".big")).to_be_visible()
    phone.get_by_role("link", name="订阅到日历").tap()
    phone.get_by_role("button", name="生成订阅地址").tap()
    expect(phone.locator("pre")).to_contain_text("/duty.ics")
    feed = phone.locator("pre").inner_text()
    assert (
        phone.request.get(feed)
        .headers["content-type"]
        .startswith("text/calendar")
    )

    phone.get_by_role("link", name="值班", exact=True).tap()
    phone.get_by_role("link", name=SCHOOL.name).tap()
    phone.get_by_role("link", name="记录抽查").tap()
    phone.get_by_label("为什么查").fill("接到家长反映")
    phone.get_by_text("现场", exact=True).tap()
    phone.get_by_label("结果").select_option("在岗在位")
    phone.get_by_label(INSPECTORS[0].name).check()
    phone.get_by_label("总的说明").fill("一切正常")
    phone.get_by_role("button", name="保存").tap()
    expect(phone.get_by_text("在岗在位")).to_be_visible()
    expect(phone.get_by_text("一切正常")).to_be_visible()

    phone.get_by_role("link", name="汇总").tap()
    line = phone.get_by_role("row").filter(has_text=SCHOOL.name)
    expect(line).to_contain_text("现场 1")
    expect(line).to_contain_text("另加 1／1")


def test_a_repair_is_looked_at_on_a_phone(phone, site):
    phone.goto(f"{site}/units/{SCHOOL.id}")
    phone.get_by_role("link", name="调整", exact=True).tap()
    phone.get_by_role("button", name="先看看").tap()

    expect(phone.get_by_text("不需要改动")).to_be_visible()
    expect(phone.get_by_role("button", name="存为草稿")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_stored_repair_fits_the_screen(browser, upset, size, language):
    pages = opened(browser, upset, viewport=size)
    page = next(pages)

    page.goto(f"{upset}/units/{SCHOOL.id}/repair?lang={language}")
    for button in ("look", "store"):
        page.locator(f"button[name={button}]").click()
        expect(page.locator(".changed")).to_contain_text("→")
        assert not page.evaluate(WIDER)
        assert page.evaluate(CUT_OFF) == []

    assert "/changes?" in page.url
    expect(page.locator(".note.good")).to_be_visible()
    assert next(pages, None) is None


@pytest.fixture
def upset(tmp_path):
    """The small county's site, with its leaders of the seventh on leave."""
    build(tmp_path)
    here = open_office(tmp_path)
    away = date(2026, 10, 7)
    with here.records.writing() as session:
        found = select(AssignmentRow.staff).join(ShiftRow)
        for staff in session.scalars(found.where(ShiftRow.on == away)).all():
            session.add(LeaveRow(staff=staff, first=away, last=away, kind=""))

    with served(here) as address:
        yield address
    here.close()


def test_fingers_find_what_they_must_hit(phone, site):
    phone.goto(f"{site}/units/{SCHOOL.id}/check")

    for target in phone.locator(
        ".choices label, .check select, .check button"
    ).all():
        assert target.bounding_box()["height"] >= 44


def test_the_keyboard_reaches_everything_and_shows_where_it_is(desk, site):
    desk.goto(site)

    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(desk.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    focused = desk.locator(":focus")
    expect(focused).to_have_attribute("href", pattern("term="))
    assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


@pytest.mark.parametrize("unit", [BUREAU, SCHOOL], ids=lambda unit: unit.id)
@pytest.mark.parametrize("view", ["", "list"])
def test_the_printed_roster_is_whole(desk, site, tmp_path, unit, view):
    if which("pdftotext") is None:
        missing("pdftotext")

    path = tmp_path / "roster.pdf"
    desk.goto(f"{site}/units/{unit.id}?view={view}")
    links = desk.locator(".roster a, .cell a")
    names = Counter("".join(n.split()) for n in links.all_inner_texts())
    dates = desk.locator(".roster tbody th").count()
    desk.pdf(path=path, prefer_css_page_size=True)

    pages = printed(path)
    whole = "".join(pages)
    assert names
    assert all(whole.count(name) >= count for name, count in names.items())
    assert unit.name in pages[0]
    assert "填报人：王办公室" in whole
    assert "盖章" in whole
    assert "筛选" not in whole
    if view:
        assert all("岗位" in page and "职务" in page for page in pages)
        assert whole.count("2026-") == dates + 2
        assert len(pages) > 1 or unit is SCHOOL


def printed(path):
    """The words of each page of a PDF, without the spaces."""
    text = run(
        ["pdftotext", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    return ["".join(page.split()) for page in text.rstrip("\f").split("\f")]


def test_a_printed_page_is_landscape_a4_and_nothing_is_cut(
    browser, site, tmp_path
):
    # 277 mm of paper between the margins are 1047 pixels.
    pages = opened(browser, site, viewport={"width": 1047, "height": 718})
    page = next(pages)
    page.goto(f"{site}/units/{BUREAU.id}")
    page.emulate_media(media="print")

    assert not page.evaluate(WIDER)
    assert page.evaluate(CUT_OFF) == []
    assert b"/MediaBox [0 0 841" in page.pdf(prefer_css_page_size=True)
    expect(page.locator(".sign")).to_be_visible()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator(".legend")).to_be_visible()
    assert next(pages, None) is None


def test_long_names_are_not_cut(desk, site):
    desk.goto(f"{site}/units/{SCHOOL.id}")

    name = desk.get_by_role("link", name=SCHOOL_STAFF[0].name).first

    cell = name.locator("xpath=ancestor::div[1]").bounding_box()
    box = name.bounding_box()
    assert box["x"] + box["width"] <= cell["x"] + cell["width"]
