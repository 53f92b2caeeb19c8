"""A whole term in the browser, from an empty database to a withdrawal."""

from collections.abc import Iterator
from pathlib import Path
from re import compile as pattern
from shutil import which
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from roster.county import County
from roster.papers.workbook_out import write_county
from roster.people import Inspector, Unit
from roster.rights import Grant, Role
from roster.services.accounting import make_account
from tests.browser.at_work import corrects, keeps_duty, shows, swap
from tests.browser.chromium import Site, served
from tests.browser.conftest import DESK, PHONE, missing
from tests.browser.test_walk import printed
from tests.offices import BUREAU, SCHOOL, SHORT, bureau_staff, school_staff
from tests.web.county import NOW, open_office
from web.passwords import first_password
from web.working import working

STAFF = school_staff(12)
# Nobody's name is invented twice: 甲00 is the head, 甲03 of middle rank.
HEAD, DEPUTY, DEAN = (f"{SCHOOL.id}-{n:02}" for n in (0, 1, 3))
INSPECTOR, CHIEF = (f"{BUREAU.id}-{n:02}" for n in (12, 0))
COUNTY = County(
    units=(BUREAU, SCHOOL),
    staff=(*bureau_staff(20), *STAFF),
    terms=(SHORT,),
    inspectors=(Inspector(INSPECTOR),),
)
PASSWORDS = {
    "wangfang": "雪落在山梁上很安静",
    HEAD.lower(): "校门口的两棵老槐树",
    DEAN.lower(): "教导处的灯还亮着呢",
    DEPUTY.lower(): "周六早晨的第一班车",
    INSPECTOR.lower(): "雨天也要翻过那道梁",
    CHIEF.lower(): "办公室窗外的白杨树",
}
OWN = "操场边上的双杠生了锈"  # of everybody else


class Started(NamedTuple):
    """An empty installation, served, with its first administrator."""

    site: Site
    first: str
    workbook: Path


@pytest.fixture
def started(browser, tmp_path) -> Iterator[Started]:
    """What `admin create` and `serve` leave on a new machine."""
    here = open_office(tmp_path / "data")
    words, hashed = first_password()
    with here.records.writing() as session:
        make_account(
            session,
            login="wangfang",
            name="王芳",
            password=hashed,
            grants=[Grant(Role.BUREAU_ADMIN), Grant(Role.UNIT_EDITOR)],
            who="test",
            now=NOW,
        )
    workbook = tmp_path / "名册.xlsx"
    write_county(COUNTY, workbook)
    with working(here), served(here) as site:
        yield Started(site, words, workbook)
    here.close()


@pytest.fixture
def at(browser: Browser) -> Iterator:
    """Opens a browser of its own for each person."""
    said: list[str] = []
    contexts = []

    def someone(size=DESK, **more) -> Page:
        context = browser.new_context(
            locale="zh-CN", viewport=size, accept_downloads=True, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield someone
    for context in contexts:
        context.close()
    # A password refused is an answer of 401, which Chromium notes down.
    assert [words for words in said if "401" not in words] == []


def logs_in(page: Page, site: str, login: str, first: str) -> None:
    """The first log-in, with the slip in hand."""
    page.goto(site)
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码", exact=True).fill(first)
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_text("只有自己知道的")).to_be_visible()
    own = PASSWORDS.get(login, OWN)
    page.get_by_label("现在的密码").fill(first)
    page.get_by_label("新密码", exact=True).fill(own)
    page.get_by_label("再输一次新密码").fill(own)
    page.get_by_role("button", name="改密码").click()
    expect(page.get_by_text("密码已改")).to_be_visible()


def logs_in_again(page: Page, staff: str) -> None:
    """What the page that stands in the way asks for."""
    page.get_by_label("账号").fill(staff.lower())
    own = PASSWORDS.get(staff.lower(), OWN)
    page.get_by_label("密码", exact=True).fill(own)
    page.get_by_role("button", name="登录").tap()


def test_a_term_from_an_empty_database_to_a_withdrawn_roster(
    started, at, tmp_path
):
    site, first, workbook = started
    shows(site, 12, day=24, month=9)

    # The administrator brings in the county and hands out accounts.
    admin = at()
    logs_in(admin, site, "wangfang", first)
    expect(admin.get_by_text("还没有数据")).to_be_visible()
    admin.get_by_role("link", name="导入名册").click()
    admin.get_by_label("工作簿").set_input_files(workbook)
    admin.get_by_role("button", name="先看看").click()
    admin.get_by_role("button", name="确认导入").click()
    expect(admin.get_by_text("已导入")).to_be_visible()
    slips = makes_accounts(admin, site, SCHOOL)
    slips |= makes_accounts(admin, site, BUREAU)
    gives(admin, site, SCHOOL, DEAN, "排班管理员")
    gives(admin, site, SCHOOL, HEAD, "审核人")
    gives(admin, site, BUREAU, INSPECTOR, "检查人员", "全县")
    gives(admin, site, BUREAU, CHIEF, "局领导（只看）", "全县")

    # The dean generates and submits.
    dean = at()
    logs_in(dean, site, DEAN.lower(), slips[DEAN.lower()])
    dean.goto(f"{site}/units/{SCHOOL.id}/generate")
    dean.get_by_role("button", name="生成值班表").click()
    expect(dean.get_by_text("最优，已证明").first).to_be_visible(
        timeout=60_000
    )
    dean.goto(f"{site}/units/{SCHOOL.id}/review")
    expect(dean.get_by_role("button", name="批准")).to_have_count(0)
    corrects(dean)
    dean.goto(f"{site}/units/{SCHOOL.id}/review")
    dean.get_by_role("button", name="送审").click()
    expect(dean.get_by_text("已送审")).to_be_visible()

    # Nobody sees it before it is published.
    deputy = at(PHONE, java_script_enabled=False, has_touch=True)
    logs_in(deputy, site, DEPUTY.lower(), slips[DEPUTY.lower()])
    expect(deputy.get_by_text("这个学期没有排值班")).to_be_visible()

    # The head sends it back once, then approves and publishes.
    head = at()
    logs_in(head, site, HEAD.lower(), slips[HEAD.lower()])
    reviews(head, site)
    head.get_by_label("要改什么").fill("国庆节再核对一遍")
    head.get_by_role("button", name="退回").click()
    expect(head.get_by_text("已退回")).to_be_visible()
    dean.reload()
    expect(dean.get_by_text("国庆节再核对一遍").first).to_be_visible()
    dean.get_by_role("button", name="送审").click()
    reviews(head, site)
    head.get_by_role("button", name="批准").click()
    expect(head.get_by_text("已批准")).to_be_visible()
    head.get_by_role("button", name="发布").click()
    expect(head.get_by_text("已发布，")).to_be_visible()

    # The deputy finds duties, the printed roster every name.
    deputy.get_by_role("link", name="我的值班").tap()
    expect(deputy.locator("main")).to_contain_text("带班领导")
    every_name_is_printed(dean, site, tmp_path)

    # On their phones two of them swap, and those on duty keep it.
    phones = {DEPUTY: deputy, HEAD: head}

    def of(staff: str) -> Page:
        if staff not in phones:
            page = at(PHONE, has_touch=True)
            logs_in(page, site, staff.lower(), slips[staff.lower()])
            phones[staff] = page
        return phones[staff]

    others = {one.name: one.id for one in STAFF if one.id not in phones}
    swap(deputy, head, of, others)
    keeps_duty(site, of, logs_in_again)

    # An inspector finds everybody in place; the bureau's head reads it.
    inspector = at(PHONE, java_script_enabled=False, has_touch=True)
    logs_in(inspector, site, INSPECTOR.lower(), slips[INSPECTOR.lower()])
    checks(inspector, site)
    chief = at()
    logs_in(chief, site, CHIEF.lower(), slips[CHIEF.lower()])
    chief.goto(f"{site}/zero-reports?day=2026-10-01")
    reported = chief.get_by_role("row").filter(has_text=SCHOOL.name)
    expect(reported).to_contain_text("10:00")
    chief.get_by_role("link", name="汇总", exact=True).click()
    line = chief.get_by_role("row").filter(has_text=SCHOOL.name)
    expect(line).to_contain_text("现场 1")
    expect(chief.get_by_role("link", name="账号", exact=True)).to_have_count(0)

    # The swap's version is withdrawn, and then the one before it.
    for _ in range(2):
        reviews(head, site)
        head.get_by_text("撤销这一版").click()
        head.get_by_label("原因").fill("上级调整放假安排")
        head.get_by_role("button", name="撤销").click()
        expect(head.get_by_text("已撤销，")).to_be_visible()
    deputy.reload()
    expect(deputy.get_by_text("已失效")).to_be_visible()
    deputy.get_by_role("link", name="我的值班", exact=True).first.tap()
    expect(deputy.get_by_text("没有要值的班")).to_be_visible()
    deputy.goto(f"{site}/units/{SCHOOL.id}")
    expect(deputy.get_by_text("还没有发布值班表")).to_be_visible()


def makes_accounts(admin: Page, site: str, unit: Unit) -> dict[str, str]:
    """Accounts for a whole unit; the slips' words by log-in."""
    admin.goto(f"{site}/units/{unit.id}/accounts")
    admin.get_by_role("button", name=pattern("建账号")).click()
    words = admin.locator(".slip code").all_inner_texts()
    slips = dict(zip(words[::2], words[1::2], strict=True))
    assert len(slips) == sum(one.unit == unit.id for one in COUNTY.staff)
    return slips


def checks(inspector: Page, site: str) -> None:
    """Records that everybody is where they should be."""
    inspector.goto(f"{site}/units/{SCHOOL.id}/check")
    inspector.get_by_label("为什么查").fill("接到家长反映")
    inspector.get_by_text("现场", exact=True).tap()
    for result in inspector.get_by_label("结果").all():
        result.select_option("在岗在位")
    inspector.locator("input[name=inspector]").first.check()
    inspector.get_by_role("button", name="保存").tap()
    expect(inspector.get_by_text("在岗在位").first).to_be_visible()


def gives(
    admin: Page, site: str, unit: Unit, staff: str, role: str, where: str = ""
) -> None:
    """A role in a unit, or as far as is said."""
    admin.goto(f"{site}/units/{unit.id}/accounts")
    row = admin.get_by_role("row").filter(has_text=staff.lower())
    row.get_by_role("link").click()
    admin.get_by_label("加一个角色").select_option(role)
    admin.get_by_label("在哪个单位").select_option(where or unit.name)
    admin.get_by_role("button", name="加上").click()
    expect(admin.get_by_role("row").filter(has_text=role)).to_be_visible()


def reviews(page: Page, site: str) -> None:
    """Opens the unit's review page."""
    page.goto(f"{site}/units/{SCHOOL.id}/review")


def every_name_is_printed(page: Page, site: str, folder: Path) -> None:
    """The list on paper names everybody of the roster, on A4 across."""
    if which("pdftotext") is None:
        missing("pdftotext")

    page.goto(f"{site}/units/{SCHOOL.id}?view=list")
    names = page.locator(".roster a").all_inner_texts()
    page.goto(f"{site}/units/{SCHOOL.id}/paper")
    path = folder / "roster.pdf"
    content = page.pdf(path=path, prefer_css_page_size=True)

    whole = "".join(printed(path))
    assert names
    assert all("".join(name.split()) in whole for name in names)
    assert b"/MediaBox [0 0 841" in content
