"""What changed between two versions, and repairs from the browser."""

from datetime import date
from html import unescape
from re import findall, sub
from time import sleep

import pytest
from sqlalchemy import select

from roster.people import Leave
from roster.problem import Outcome, Status
from roster.records import (
    AssignmentRow,
    LeaveRow,
    RosterRow,
    ShiftRow,
    StaffRow,
    WishRow,
)
from roster.rights import RIGHTS_OF, Right, Role
from roster.rules.articles import WISHES
from roster.services.publishing import publish_term
from roster.services.versions import compared
from solver import solve
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT
from tests.roster.services.small import asked_for
from tests.web.county import LATER, NOW, SCHOOL_STAFF, STUCK, WICKED
from web.solving import LONGER, free_to_solve
from web.words.answers import tier_word

REPAIRERS = sorted(r for r in Role if Right.ROSTER in RIGHTS_OF[r])
READERS = sorted(r for r in Role if Right.DRAFT in RIGHTS_OF[r])

REPAIR = f"/units/{SCHOOL.id}/repair?term={SHORT.id}"
CHANGES = f"/units/{SCHOOL.id}/changes?term={SHORT.id}"
SINCE = "2026-10-07"


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return unescape(sub(r"\s+", " ", sub(r"<[^>]+>", " ", page)))


def leader_of(here, shift: str) -> str:
    """Who leads a shift of the school."""
    with here.records.reading() as session:
        held = (
            select(AssignmentRow.staff)
            .join(ShiftRow, ShiftRow.id == AssignmentRow.shift)
            .join(RosterRow, RosterRow.id == ShiftRow.roster)
            .where(RosterRow.unit == SCHOOL.id, ShiftRow.shift == shift)
        )
        return session.scalars(held).first()


@pytest.fixture
def wished(here, upset):
    """Beside the leave, somebody wishes to be free one day."""
    with here.records.writing() as session:
        session.add(
            WishRow(staff=upset, on=date(2026, 10, 11), want=False, weight=2)
        )


@pytest.fixture
def upset(here):
    """The leader of the seventh of October is on leave from then on."""
    staff = leader_of(here, f"{SINCE}/lead")
    leave = Leave(staff, date(2026, 10, 7), date(2026, 10, 9))
    with here.records.writing() as session:
        session.add(
            LeaveRow(
                staff=leave.staff,
                first=leave.first,
                last=leave.last,
                kind="病假",
            )
        )
    return staff


def drafts(here) -> int:
    """How many drafts there are."""
    with here.records.reading() as session:
        rows = select(RosterRow).where(RosterRow.state == "draft")
        return len(session.scalars(rows).all())


def test_one_version_has_nothing_to_compare(shown):
    assert "没有可比较的" in shown.reads(CHANGES)
    assert "看改动" not in shown.reads(f"/units/{SCHOOL.id}?term={SHORT.id}")


def test_a_look_lists_the_changes_and_stores_nothing(visitor, here, upset):
    answer = visitor.sends(REPAIR, since=SINCE, look="1")

    text = text_of(answer.text)
    assert "改动 1 处 已证明最少 · 用时" in text
    assert "按日期 2026年10月7日（星期三） 带班领导" in text
    assert "按人员" in text
    assert 'name="store"' in answer.text
    assert drafts(here) == 0


def test_a_look_names_the_swaps_that_end(visitor, here, upset):
    partner = next(m for m in SCHOOL_STAFF[:7] if m.id != upset)
    with here.records.writing() as session:
        session.add(
            asked_for(SCHOOL.id, SHORT.id, f"{SINCE}/lead", upset, partner.id)
        )

    text = text_of(visitor.sends(REPAIR, since=SINCE, look="1").text)
    english = text_of(
        visitor.sends(f"{REPAIR}&lang=en", since=SINCE, look="1").text
    )

    assert "涉及的换班" in text
    assert f"的2026年10月7日（星期三）带班领导由{partner.name}代：" in text
    assert "还没有办完，发布后自动结束" in text
    assert "ends when this is published" in english


def test_a_stored_repair_is_compared_with_what_is_published(
    visitor, here, upset
):
    answer = visitor.sends(REPAIR, since=SINCE, store="1")
    page = visitor.reads(answer.headers["Location"])

    assert drafts(here) == 1
    text = text_of(page)
    assert "已存为草稿" in text
    assert "第 1 版 已发布 → 第 2 版 草稿" in text
    assert "改动 1 处 · 1 班 · 1 天 · 涉及 2 人" in text
    assert f"/units/{SCHOOL.id}/review?term={SHORT.id}" in page
    assert "已存为草稿" not in visitor.reads(CHANGES)
    assert "看改动" in visitor.reads(f"/units/{SCHOOL.id}?term={SHORT.id}")


def test_the_days_before_stay_as_they_were(visitor, here, upset):
    visitor.sends(REPAIR, since=SINCE, store="1")

    with here.records.reading() as session:
        found = compared(session, unit_id=SCHOOL.id, term_id=SHORT.id)

    assert {change.date for change in found.found.shifts} == {
        date(2026, 10, 7)
    }
    assert (found.before.state, found.after.state) == ("published", "draft")


def test_who_bears_more_and_what_it_costs_stands_in_tables(
    visitor, here, upset
):
    answer = visitor.sends(REPAIR, since=SINCE, store="1")

    with here.records.reading() as session:
        found = compared(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    text = text_of(visitor.reads(answer.headers["Location"]))
    loads = text[text.index("各人次数") : text.index("公平与否")]
    goals = text[text.index("公平与否") :]
    for load in found.found.loads:
        before, after = load.before["total"], load.after["total"]
        name = found.read_by.person[load.staff].name
        assert f"{before} → {after}" in loads[loads.index(name) :]
    for tier, before, after in found.found.tiers:
        word = tier_word(found.read_by, tier, 0)
        assert f"{tier} {word} {before} {after}" in goals
    assert "变差" in goals
    assert "不变" in goals


def test_two_published_versions_are_compared_by_number(visitor, here, upset):
    visitor.sends(REPAIR, since=SINCE, store="1")
    with here.records.writing() as session:
        publish_term(
            session,
            term_id=SHORT.id,
            author="王办公室",
            approver="李局长",
            calendar=CHINA,
            books=BOOKS,
            now=NOW,
        )

    forth = text_of(visitor.reads(f"{CHANGES}&before=1&after=2"))
    back = text_of(visitor.reads(f"{CHANGES}&before=2&after=1"))

    assert "第 1 版 已发布 → 第 2 版 已发布" in forth
    assert "改动 1 处" in forth
    assert "改动 1 处" in back
    assert "变差" in forth
    assert "变差" not in back
    assert "变好" in back
    assert "duty-roster publish" not in forth


def test_each_version_can_be_chosen_with_its_date(visitor, upset):
    visitor.sends(REPAIR, since=SINCE, store="1")

    page = visitor.reads(f"{CHANGES}&before=2&after=2")

    chosen = findall(r'<option value="(\d+)"( selected)?>([^<]+)', page)
    assert [number for number, selected, _ in chosen if selected] == ["2", "2"]
    assert ("2", " selected", "第 2 版 · 草稿 2026-10-06") in chosen
    assert "班次和人员没有变化" in page


@pytest.mark.parametrize("asked", ["before=7", "after=9"])
def test_a_version_that_is_not_there_is_said(visitor, upset, asked):
    assert "没有这一版" in visitor.reads(f"{CHANGES}&{asked}")


@pytest.mark.parametrize("words", ["last", "-1", "1.5", "9" * 5000])
def test_a_number_that_is_none_is_not_found(shown, words):
    shown.reads(f"{CHANGES}&before={words}", 404)


def test_a_unit_without_a_roster_says_how_to_make_one(shown):
    text = shown.reads(f"/units/{STUCK.id}/changes?term={SHORT.id}")

    assert "还没有值班表：请先生成" in text


def test_where_nothing_has_to_change_it_says_so(visitor, here):
    answer = visitor.sends(REPAIR, since=SINCE, store="1")

    assert "不需要改动" in answer.text
    assert drafts(here) == 0


def test_a_unit_without_a_published_roster_cannot_be_repaired(visitor):
    address = f"/units/U020/repair?term={SHORT.id}"

    answer = visitor.sends(address, since=SINCE, look="1")

    assert answer.status_code == 409
    assert "还没有已发布的值班表" in text_of(answer.text)


def test_a_date_outside_the_term_is_refused_in_words(visitor):
    answer = visitor.sends(REPAIR, since="2026-12-01", look="1")

    assert answer.status_code == 409
    assert "2026-12-01 不在“2026年10月”" in text_of(answer.text)
    assert 'value="2026-12-01"' in answer.text


def test_a_date_that_is_none_is_refused(visitor):
    assert visitor.sends(REPAIR, since="soon").status_code == 400


def nobody(here) -> None:
    """Everybody of the school is away on the seventh."""
    with here.records.writing() as session:
        for n in range(12):
            session.add(
                LeaveRow(
                    staff=f"{SCHOOL.id}-{n:02}",
                    first=date(2026, 10, 7),
                    last=date(2026, 10, 7),
                    kind="会议",
                )
            )


def test_where_nobody_is_left_the_reasons_and_ways_out_are_shown(
    visitor, here
):
    nobody(here)

    answer = visitor.sends(REPAIR, since=SINCE, look="1")

    text = text_of(answer.text)
    assert "这样调整不了" in text
    assert "等 7 人 2026-10-06 至 2026-10-07 间不在 第十二条" in text
    assert "再有 1 名可任带班领导的人员" in text
    assert "已依次试过的办法 按制度原样" in text
    assert 'name="store"' not in answer.text


def test_an_impossible_repair_that_was_to_be_stored_is_explained_later(
    visitor, here
):
    nobody(here)
    visitor.sends(REPAIR, since=SINCE, store="1")

    text = text_of(visitor.reads(f"/units/{SCHOOL.id}?term={SHORT.id}"))

    assert drafts(here) == 0
    assert "最近一次生成没有结果" in text
    assert "再有 1 名可任带班领导的人员" in text


@pytest.mark.parametrize("role", REPAIRERS)
def test_who_is_away_is_told_to_the_editor_alone(working, here, role):
    nobody(here)

    text = text_of(working(role).sends(REPAIR, since=SINCE, look="1").text)

    assert "须有 1 人" in text
    assert ("间不在" in text) == (role is Role.UNIT_EDITOR)
    assert ("个人限制" in text) == (role is not Role.UNIT_EDITOR)


def test_where_time_does_not_suffice_that_is_told(
    visitor, here, upset, monkeypatch
):
    given = []

    def slow(problem, time_limit):
        given.append(time_limit)
        return Outcome(problem.id, Status.UNKNOWN)

    monkeypatch.setattr("web.wiring.solve", slow)

    text = text_of(visitor.sends(REPAIR, since=SINCE, look="1").text)

    assert "限定的时间内没有找到" in text
    assert f"--unit {SCHOOL.id} --term {SHORT.id} --from {SINCE}" in text
    assert 0 < given[0] <= LONGER


def test_all_tries_together_take_no_longer_than_one_may(
    visitor, here, monkeypatch
):
    nobody(here)
    given = []

    def slow(problem, time_limit):
        given.append(time_limit)
        sleep(0.05)
        return solve(problem, time_limit=time_limit)

    monkeypatch.setattr("web.wiring.solve", slow)
    visitor.sends(REPAIR, since=SINCE, look="1")

    assert len(given) > 1
    assert all(
        later <= earlier - 0.05
        for earlier, later in zip(given, given[1:], strict=False)
    )


def test_while_others_solve_the_visitor_is_asked_to_wait(visitor, upset):
    with free_to_solve(), free_to_solve():
        answer = visitor.sends(REPAIR, since=SINCE, look="1")

    assert answer.status_code == 503
    assert "服务器正忙" in answer.text
    assert visitor.sends(REPAIR, since=SINCE, look="1").status_code == 200


def test_no_transaction_is_open_while_a_page_solves(
    visitor, here, upset, monkeypatch
):
    def writes(problem, time_limit):
        with here.records.writing() as session:
            session.add(
                LeaveRow(
                    staff=upset,
                    first=date(2026, 10, 20),
                    last=date(2026, 10, 20),
                    kind="病假",
                )
            )
        return solve(problem, time_limit=time_limit)

    monkeypatch.setattr("web.wiring.solve", writes)

    answer = visitor.sends(REPAIR, since=SINCE, store="1")

    assert answer.status_code == 302
    assert drafts(here) == 1


def test_the_form_begins_with_tomorrow(shown):
    assert 'value="2026-10-07" min="2026-09-28"' in shown.reads(REPAIR)
    assert "这一天已经到了" in shown.reads(f"{REPAIR}&since=2026-10-06")
    assert "这一天已经到了" not in shown.reads(REPAIR)


def test_the_term_to_come_is_repaired_from_its_first_day(shown):
    page = shown.reads(f"/units/{SCHOOL.id}/repair?term={LATER.id}")

    assert f'value="{LATER.first}" min="{LATER.first}"' in page


def test_the_language_link_keeps_the_date(visitor):
    page = visitor.reads(f"{REPAIR}&since=2026-10-09")

    (link,) = findall('href="([^"]+)" hreflang', unescape(page))
    assert 'value="2026-10-09"' in visitor.reads(link)
    visitor.reads("/?lang=zh")


def test_the_language_link_of_an_answer_leads_to_the_form(visitor):
    answer = visitor.sends(REPAIR, since="2026-10-09", look="1")

    (link,) = findall('href="([^"]+)" hreflang', unescape(answer.text))
    assert "repair the roster" in visitor.reads(link)
    visitor.reads("/?lang=zh")


def test_stored_twice_there_is_one_draft(visitor, here, upset):
    for _ in range(2):
        visitor.sends(REPAIR, since=SINCE, store="1")

    assert drafts(here) == 1
    assert "第 1 版 已发布 → 第 2 版 草稿" in text_of(visitor.reads(CHANGES))


@pytest.mark.parametrize("role", sorted(set(Role) - set(REPAIRERS)))
def test_only_who_keeps_the_roster_repairs_it(visitor, working, role):
    form = working(role).client.get(REPAIR)
    sent = working(role).sends(REPAIR, "/account", since=SINCE, store="1")

    assert (form.status_code, sent.status_code) == (403, 403)


@pytest.mark.parametrize("role", READERS)
def test_how_wishes_are_served_is_told_to_the_editor_alone(
    visitor, here, wished, working, role
):
    visitor.sends(REPAIR, since=SINCE, store="1")
    with here.records.reading() as session:
        found = compared(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    (costs,) = [
        f"{before} {after}"
        for tier, before, after in found.found.tiers
        if tier == WISHES
    ]

    text = text_of(working(role).reads(CHANGES))

    assert "按日期" in text
    if role is Role.UNIT_EDITOR:
        assert f"意愿与照顾 {costs}" in text
        assert "个人限制" not in text
    else:
        assert "意愿与照顾" not in text
        assert "个人限制 – –" in text


def test_in_a_look_wishes_are_as_personal(wished, working):
    admin = working(Role.BUREAU_ADMIN)

    text = text_of(admin.sends(REPAIR, since=SINCE, look="1").text)

    assert "意愿与照顾" not in text
    assert "个人限制 – –" in text


def test_a_head_reads_the_changes_without_a_way_to_write(
    visitor, upset, working
):
    visitor.sends(REPAIR, since=SINCE, store="1")
    head = working(Role.HEAD)

    pages = [
        head.client.get(page)
        for page in (CHANGES, f"/units/{SCHOOL.id}?term={SHORT.id}")
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert "改动 1 处" in text_of(pages[0].text)
    assert "/changes?" in pages[1].text
    for page in pages:
        assert "/repair?" not in page.text
        assert "duty-roster publish" not in page.text


def test_a_name_that_is_html_is_shown_and_not_run(visitor, here):
    with here.records.writing() as session:
        session.add(
            LeaveRow(
                staff=leader_of(here, f"{SINCE}/lead"),
                first=date(2026, 10, 7),
                last=date(2026, 10, 31),
                kind="病假",
            )
        )
        for member in SCHOOL_STAFF:
            session.get_one(StaffRow, member.id).name = WICKED + member.id

    looked = visitor.sends(REPAIR, since=SINCE, look="1").text
    visitor.sends(REPAIR, since=SINCE, store="1")

    for page in (looked, visitor.reads(CHANGES)):
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_both_pages_speak_english(visitor, upset):
    look = visitor.sends(f"{REPAIR}&lang=en", since=SINCE, look="1")
    answer = visitor.sends(REPAIR, since=SINCE, store="1")
    page = visitor.reads(answer.headers["Location"])

    assert "Changes: 1 proven the fewest" in text_of(look.text)
    text = text_of(page)
    assert "version 1 published → version 2 draft" in text
    assert "Wednesday, 7 October 2026 leader" in text
    assert "worse by" in text
    visitor.reads("/?lang=zh")


def test_the_bureau_is_repaired_like_any_other(visitor):
    address = f"/units/{BUREAU.id}/repair?term={SHORT.id}"

    assert "不需要改动" in visitor.sends(address, since=SINCE, look="1").text
