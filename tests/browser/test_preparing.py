"""A term is prepared on a phone without JavaScript, and wishes answered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from roster.records import LeaveRow, StaffRow, WishRow
from roster.rights import Grant, Role
from tests.browser.chromium import Site, let_in, served
from tests.browser.conftest import PHONE, opened
from tests.offices import SCHOOL
from tests.web.accounts import add_account
from tests.web.county import SCHOOL_STAFF, build, open_office

ONE = SCHOOL_STAFF[8]


@pytest.fixture(scope="module")
def own_site(browser, tmp_path_factory) -> Iterator[Site]:
    """A county of its own, which others do not look at."""
    folder = tmp_path_factory.mktemp("preparing")
    build(folder)
    here = open_office(folder)
    with here.records.writing() as session:
        grant = Grant(Role.STAFF, SCHOOL.id)
        add_account(session, "teacher", ONE.name, grant, staff_id=ONE.id)
    with served(here) as address:
        yield address
    here.close()


@pytest.fixture
def page(browser, own_site):
    """An editor's phone without JavaScript."""
    yield from opened(
        browser,
        own_site,
        viewport=PHONE,
        has_touch=True,
        java_script_enabled=False,
    )


@pytest.fixture
def teacher(browser, own_site) -> Iterator[BrowserContext]:
    """A teacher's phone, without JavaScript too."""
    context = browser.new_context(
        locale="zh-CN",
        viewport=PHONE,
        has_touch=True,
        java_script_enabled=False,
    )
    let_in(context, own_site, "teacher")
    yield context
    context.close()


def every(site: Site, column) -> list[str]:
    """What stands in a column of the records."""
    with site.here.records.reading() as session:
        return list(session.scalars(select(column)))


def test_a_term_is_prepared_on_a_phone(page, teacher, own_site):
    page.goto(own_site)
    page.get_by_role("link", name="学期", exact=True).tap()
    page.get_by_role("link", name="下一个学期").tap()
    page.get_by_label("学期名称").fill("2027年6月")
    page.get_by_label("学期编号").fill("2027-06")
    page.get_by_role("button", name="保存").tap()
    expect(page.get_by_role("status")).to_have_text("已保存。")

    page.goto(f"{own_site}/units/{SCHOOL.id}/people")
    page.get_by_role("link", name="登记人员").tap()
    page.get_by_role("link", name="新增").tap()
    page.get_by_label("姓名 必填").fill("王新")
    page.get_by_label("性别").select_option("男")
    page.get_by_label("身份").select_option("职工")
    page.get_by_label("手机").fill("13900001234")
    page.get_by_role("button", name="保存").tap()
    expect(page.get_by_role("link", name="王新", exact=True)).to_be_visible()
    assert "王新" in every(own_site, StaffRow.name)

    page.goto(f"{own_site}/units/{SCHOOL.id}/wishes?term=2027-06")
    page.get_by_label("截止时间").fill("2027-05-20T18:00")
    page.get_by_role("button", name="开放征集").tap()
    expect(page.get_by_text("13", exact=True)).to_be_visible()

    phone = teacher.new_page()
    phone.goto(f"{own_site}/messages")
    expect(phone.get_by_text("征集2027年6月的值班意愿")).to_be_visible()
    phone.goto(f"{own_site}/my/wishes")
    phone.get_by_label("日期 必填", exact=True).fill("2027-06-05")
    phone.get_by_label("意愿 必填").select_option("愿休息")
    phone.get_by_role("button", name="保存").first.tap()
    expect(phone.get_by_text("2027-06-05 愿休息")).to_be_visible()
    phone.get_by_text("添加请假").tap()
    phone.get_by_label("开始日期 必填").fill("2027-06-12")
    phone.get_by_role("button", name="保存").last.tap()
    expect(phone.get_by_text("2027-06-12 请假")).to_be_visible()
    assert every(own_site, WishRow.staff) == [ONE.id]
    assert ONE.id in every(own_site, LeaveRow.staff)

    page.reload()
    expect(page.get_by_text("12", exact=True)).to_be_visible()
    page.get_by_role("link", name="排班前检查").tap()
    expect(page.get_by_text("征集意愿还没有截止")).to_be_visible()


def test_a_workbook_goes_out_and_comes_back_on_a_phone(
    page, own_site, tmp_path
):
    page.goto(f"{own_site}/units/{SCHOOL.id}/workbook")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="导出名册").tap()
    path = tmp_path / "名册.xlsx"
    fetched.value.save_as(path)

    page.get_by_label("工作簿").set_input_files(path)
    page.get_by_role("button", name="先看看有哪些变化").tap()

    expect(page.get_by_text("没有变化。")).to_be_visible()
