"""What staff do with a roster: correct it, swap in it, keep their duty."""

from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Page, expect
from sqlalchemy import select

from roster.posts import SHANGHAI
from roster.records import AccountRow, LoginRow
from roster.services.served import held_shifts
from tests.browser.chromium import Site
from tests.browser.looking import WIDER, serious
from tests.offices import SCHOOL

SATURDAY = "#d2026-10-17"

# A person's own browser by staff number.
Browsers = Callable[[str], Page]


def shuts_nobody_out(page: Page) -> None:
    """Nothing serious for axe, and nothing too wide."""
    assert serious(page) == []
    fits(page)


def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    assert not page.evaluate(WIDER), page.url


def corrects(dean: Page) -> None:
    """Somebody is replaced and put back, then pinned."""
    dean.get_by_role("link", name="修改草稿").first.click()
    cell = dean.locator(SATURDAY).get_by_role("link").first
    before = cell.inner_text()  # waits for the page
    shuts_nobody_out(dean)
    cell.click()
    other = dean.locator(".choosing .name").first.inner_text()
    shuts_nobody_out(dean)
    dean.get_by_role("button", name=f"换成{other}").click()
    expect(cell).to_have_text(other)

    dean.get_by_role("button", name="撤销上一步").click()
    expect(cell).to_have_text(before)
    dean.get_by_role("link", name="列表", exact=True).click()
    row = dean.locator(SATURDAY).get_by_role("row").first
    row.get_by_role("button", name="固定").click()
    expect(row.locator(".pinned")).to_be_visible()
    shuts_nobody_out(dean)


def swap(asker: Page, head: Page, of: Browsers, names: dict[str, str]) -> None:
    """
    One proposes a swap, the other agrees, the approver approves.

    ``names`` are the people who may be asked, with their numbers.
    """
    asker.get_by_role("link", name="谁能代").first.tap()
    rows = asker.locator(".answers tbody tr")
    expect(rows.first).to_be_visible()
    fits(asker)
    partners = rows.locator(".name").all_inner_texts()
    place = next(n for n, one in enumerate(partners) if one in names)
    row, partner = rows.nth(place), partners[place]
    row.get_by_role("link", name="提出").tap()
    asker.get_by_label("给对方的话").fill("家里有事，谢谢")
    asker.get_by_role("button", name="提出").tap()
    expect(asker.get_by_text("等别人")).to_be_visible()
    fits(asker)

    other = of(names[partner])
    other.get_by_role("link", name="消息").tap()
    expect(other.get_by_text("向你提出换班").first).to_be_visible()
    goes_to_own_swaps(other)
    expect(other.get_by_text("家里有事，谢谢")).to_be_visible()
    shuts_nobody_out(other)
    other.get_by_role("button", name="同意", exact=True).tap()
    expect(other.get_by_text("由谁批准")).to_be_visible()

    goes_to_own_swaps(head)
    expect(head.get_by_text("等我批准")).to_be_visible()
    shuts_nobody_out(head)
    head.get_by_role("button", name="批准", exact=True).click()
    asker.reload()
    expect(asker.get_by_text("办完的 1 次")).to_be_visible()


def goes_to_own_swaps(page: Page) -> None:
    """By the menu, as people go."""
    page.get_by_role("link", name="我的值班", exact=True).first.click()
    page.get_by_role("link", name="我的换班").click()


def keeps_duty(
    site: Site, of: Browsers, log_in_again: Callable[[Page, str], None]
) -> None:
    """A log is written, handed over, taken over; the day is reported."""
    leader = holder(site, "2026-10-01/lead")
    shows(site, 10, day=1)
    page = of(leader)
    page.get_by_role("link", name="我的值班", exact=True).first.tap()
    expect(page.get_by_text("正在值班")).to_be_visible()
    shuts_nobody_out(page)
    page.get_by_role("button", name="报平安").tap()
    expect(page.get_by_text("已报平安").first).to_be_visible()

    page.get_by_role("link", name="写值班日志、交接班").tap()
    entry = page.locator("form", has=page.get_by_label("从哪里来")).last
    entry.get_by_label("内容").fill("二楼水管漏水，已关总阀")
    entry.get_by_label("还没办完").check()
    ends_log_ins(site, leader)
    entry.get_by_role("button", name="保存").tap()
    log_in_again(page, leader)
    expect(page.get_by_text("还没有提交")).to_be_visible()
    shuts_nobody_out(page)
    entry.get_by_role("button", name="保存").tap()
    expect(page.get_by_text("已关总阀").first).to_be_visible()
    shuts_nobody_out(page)

    shows(site, 8, day=2)
    page.reload()
    hand = page.locator("form", has=page.get_by_role("button", name="我交班"))
    for item in hand.get_by_role("checkbox").all():
        item.check()
    hand.get_by_role("button", name="我交班").tap()
    expect(page.get_by_text("还没有签")).to_be_visible()

    relief = of(holder(site, "2026-10-02/lead"))
    relief.get_by_role("link", name="我的值班", exact=True).first.tap()
    relief.get_by_role("link", name="写值班日志、交接班").tap()
    expect(relief.get_by_text("已关总阀").first).to_be_visible()
    relief.get_by_role("button", name="我接班").tap()
    expect(relief.get_by_text("接班").first).to_be_visible()
    shuts_nobody_out(relief)


def shows(site: Site, hour: int, *, day: int, month: int = 10) -> None:
    """The office's clock shows an hour."""
    moment = datetime(2026, month, day, hour, tzinfo=SHANGHAI)
    site.here.now = lambda: moment


def holder(site: Site, shift: str) -> str:
    """Who is on a shift of the school by the version in force."""
    with site.here.records.reading() as session:
        return next(
            staff
            for row, staff, unit in session.execute(held_shifts())
            if unit == SCHOOL.id and row.shift == shift
        )


def ends_log_ins(site: Site, staff: str) -> None:
    """Every device of somebody is logged out, as an editor may do."""
    with site.here.records.writing() as session:
        mine = select(LoginRow).join(
            AccountRow, AccountRow.id == LoginRow.account
        )
        for row in session.scalars(mine.where(AccountRow.staff == staff)):
            row.ended_at = site.here.clock()
