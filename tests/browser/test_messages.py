"""A group's robot is set up on a phone, tried, and taken away again."""

from dataclasses import replace

from playwright.sync_api import expect

from roster.services.messaging import queue
from tests.browser.chromium import Site, let_in
from tests.browser.conftest import PHONE
from tests.offices import SCHOOL
from tests.receiver import receiving
from tests.web.accounts import add_account
from tests.web.county import NOW

ANNA = f"{SCHOOL.id}-02"
ROBOT = "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef"


def test_a_robot_is_added_tried_and_removed_on_a_phone(phone, site):
    usual = site.here.reach
    with receiving() as receiver:
        site.here.reach = replace(usual, bases={"dingtalk": receiver.address})
        phone.goto(f"{site}/units/{SCHOOL.id}")
        phone.get_by_label(SCHOOL.name).get_by_text("消息").tap()
        phone.get_by_role("link", name="渠道与静默时段").tap()
        phone.get_by_label("种类").select_option("钉钉群机器人")
        phone.get_by_role("textbox", name="地址").fill(ROBOT)
        phone.get_by_label("加签密钥").fill("SEC0123456789")
        phone.get_by_role("button", name="添加").tap()
        expect(phone.get_by_text("…cdef")).to_be_visible()

        phone.get_by_role("button", name="发测试消息").tap()
        expect(phone.get_by_role("status")).to_contain_text("已发出")
        assert len(receiver.texts) == 1

        receiver.answers.append((500, {}))
        phone.get_by_role("button", name="发测试消息").tap()
        expect(phone.get_by_role("status")).to_contain_text("HTTP 500")

        phone.get_by_role("button", name="移除").tap()
        expect(phone.get_by_text("还没有渠道")).to_be_visible()
    site.here.reach = usual


def test_a_message_is_read_and_no_longer_counted(browser, site: Site):
    with site.here.records.writing() as session:
        add_account(session, "anna", "某人", staff_id=ANNA)
        queue(
            session,
            kind="duties-changed",
            staff=[ANNA],
            unit=SCHOOL.id,
            facts={"gained": [["2026-10-07", "lead"]]},
            key="browser",
            now=NOW,
        )
    context = browser.new_context(
        locale="zh-CN", viewport=PHONE, has_touch=True
    )
    let_in(context, site, "anna")
    page = context.new_page()

    page.goto(site)
    page.get_by_role("link", name="消息 1").tap()
    page.get_by_role("link", name="新增：2026年10月7日").tap()
    expect(page).to_have_url(f"{site}/people/{ANNA}")
    page.go_back()
    page.get_by_role("button", name="全部标为已读").tap()

    expect(page.get_by_role("link", name="消息", exact=True)).to_be_visible()
    expect(page.get_by_text("未读")).to_have_count(0)
    context.close()
