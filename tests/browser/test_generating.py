"""Rosters are asked for at a browser, and seen to come about."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from roster.services.ruling import add_overrides
from tests.browser.chromium import Site, served
from tests.browser.conftest import PHONE, opened
from tests.browser.looking import WIDER
from tests.offices import BUREAU, SCHOOL
from tests.web.county import (
    EMPTY,
    LATER,
    NOW,
    STUCK,
    TOO_FAR_APART,
    build,
    open_office,
)
from web.working import Worker, working

LONG = 60_000  # milliseconds; a busy machine solves slowly


@pytest.fixture
def site(browser, tmp_path) -> Iterator[Site]:
    """The small county, one of whose schools cannot do in May."""
    build(tmp_path)
    here = open_office(tmp_path)
    with here.records.writing() as session:
        add_overrides(session, TOO_FAR_APART, who="王办公室", now=NOW)
    with served(here) as address:
        yield address
    here.close()


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


def test_from_a_county_without_rosters_to_a_relaxed_draft(phone, site):
    phone.goto(f"{site}/?term={LATER.id}")
    phone.get_by_role("link", name="生成值班表").tap()
    phone.get_by_label(EMPTY.name).uncheck()
    phone.get_by_role("button", name="生成选中单位的值班表").tap()
    expect(phone.get_by_text("完成 0 / 3")).to_be_visible()
    expect(phone.get_by_text("马上开始。")).to_be_visible()

    # The page finds out by itself that somebody has begun, and is done.
    with working(site.here):
        expect(phone.get_by_text("完成", exact=True)).to_be_visible(
            timeout=LONG
        )

        line = phone.get_by_role("row").filter(has_text=SCHOOL.name)
        expect(line).to_contain_text("6 层目标都已证明最好")
        stuck = phone.get_by_role("row").filter(has_text=STUCK.name)
        expect(stuck).to_contain_text("无解")

        phone.get_by_role("button", name="这样试排一份草稿").first.tap()
        expect(phone.get_by_text("完成", exact=True)).to_be_visible(
            timeout=LONG
        )

    phone.get_by_role("link", name=STUCK.name).tap()
    expect(phone.get_by_text("放宽了条款：第十三条")).to_be_visible()


def test_a_request_is_cancelled_with_one_finger(phone, site):
    phone.goto(f"{site}/units/{SCHOOL.id}?term={LATER.id}")
    phone.get_by_role("button", name="生成值班表").tap()
    phone.get_by_role("button", name="生成值班表").tap()
    phone.get_by_role("button", name="取消；已完成的保留").tap()

    expect(phone.get_by_text("已取消")).to_be_visible()
    assert not Worker(site.here).take_one()
    phone.get_by_role("link", name="再生成其余单位").tap()
    expect(phone.get_by_label(SCHOOL.name)).to_be_checked()


def test_every_page_of_a_request_fits_a_phone(phone, site):
    asked = f"{site}/units/{BUREAU.id}/generate?term={LATER.id}"
    for address in (asked, f"{asked}&lang=en", f"{site}/requests"):
        phone.goto(address)
        assert not phone.evaluate(WIDER), address

    phone.goto(f"{asked}&pick=all&lang=zh")
    phone.get_by_role("button", name="生成选中单位的值班表").tap()
    expect(phone.locator("progress")).to_be_visible()
    for language in ("en", "zh"):
        phone.goto(f"{phone.url.partition('?')[0]}?still=1&lang={language}")
        assert not phone.evaluate(WIDER)
