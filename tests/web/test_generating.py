"""Rosters asked for on the site: before, during and after."""

from html import unescape
from re import DOTALL, findall, search

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster.records import EditRow, RequestRow, RosterRow
from roster.rights import Role
from roster.services.ruling import add_overrides
from tests.offices import BUREAU, SCHOOL
from tests.web.county import DISTRICT, LATER, NOW, STUCK, TOO_FAR_APART
from web.working import Worker

COUNTY = f"/units/{BUREAU.id}/generate"
ALONE = f"/units/{SCHOOL.id}/generate"
IN_MAY = f"?term={LATER.id}"


def asks(visitor, *units: str, page: str = COUNTY + IN_MAY) -> str:
    """The address of the request for these units."""
    answer = visitor.sends(page, unit=list(units))
    assert answer.status_code == 303, answer.text
    return answer.location


def works(here) -> None:
    """Everything that was asked for, solved in this process."""
    while Worker(here, jobs=1).take_one():
        pass


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """The small county's units take no process of their own."""

    def run(tasks, *, work, on_failure, jobs=None, watch=lambda: None):
        for key, task in tasks:
            watch()
            yield key, work(task)

    monkeypatch.setattr("web.wiring.run", run)


def chosen(page: str) -> set[str]:
    """The units that are chosen in the form."""
    return set(findall('value="([^"]+)" checked', page))


def test_the_form_says_what_is_there_and_chooses_what_is_missing(visitor):
    page = visitor.reads(COUNTY)

    assert chosen(page) == {STUCK.id}
    assert "第 1 版，不变；新草稿排在它后面" in page
    assert "名册里还没有人员" in page
    everything = visitor.reads(f"{COUNTY}?pick=all")
    assert chosen(everything) == {BUREAU.id, SCHOOL.id, STUCK.id}
    assert chosen(visitor.reads(f"{COUNTY}?pick=none")) == set()


def test_a_draft_that_will_be_replaced_is_named_with_its_maker(visitor, here):
    asks(visitor, SCHOOL.id)
    works(here)

    page = visitor.reads(COUNTY + IN_MAY)

    assert "第 1 版，王办公室（wang） 编排；选中则被替换" in page
    with here.records.writing() as session:
        draft = session.scalars(
            select(RosterRow).where(RosterRow.term == LATER.id)
        ).one()
        edit = EditRow(
            roster=draft.id,
            revision=1,
            verb="note",
            delta={},
            who="王",
            at=NOW,
        )
        session.add(edit)
    assert "手工改动会丢失" in visitor.reads(COUNTY + IN_MAY)


def test_a_district_and_a_unit_ask_for_their_own(visitor):
    assert chosen(visitor.reads(f"/units/{DISTRICT.id}/generate")) == {
        STUCK.id
    }
    assert chosen(visitor.reads(ALONE)) == {SCHOOL.id}


def test_what_was_asked_for_is_seen_going_on_and_done(visitor, here):
    address = asks(visitor, BUREAU.id, SCHOOL.id)

    waiting = visitor.client.get(address)
    assert waiting.headers["Refresh"] == "3"
    assert "<progress" in waiting.text
    assert "完成 0 / 2" in waiting.text
    assert "按已完成的速度" not in waiting.text
    still = visitor.client.get(f"{address}?still=1")
    assert "Refresh" not in still.headers
    assert "正在生成这个单位的值班表" in visitor.reads(
        f"/units/{SCHOOL.id}{IN_MAY}"
    )

    works(here)

    done = visitor.client.get(address)
    assert "Refresh" not in done.headers
    assert done.text.count("最优，已证明") == 2
    assert "层目标都已证明最好" in done.text
    assert f'href="/units/{SCHOOL.id}/fairness' in done.text
    assert "已发布" not in visitor.reads(f"/units/{SCHOOL.id}{IN_MAY}")


def test_one_unit_is_shown_with_the_proof_of_each_goal(visitor, here):
    address = asks(visitor, SCHOOL.id, page=ALONE + IN_MAY)
    works(here)

    page = visitor.reads(address)

    assert "按制度原样排出，没有放宽任何条款" in page
    assert "总次数均衡：已证明没有更好的排法（" in page
    assert "proven that no roster does better" in visitor.reads(
        f"{address}?lang=en"
    )
    visitor.reads("/?lang=zh")


def test_a_unit_is_not_asked_for_twice_and_the_choice_stays(visitor):
    asks(visitor, SCHOOL.id)

    page = visitor.reads(COUNTY + IN_MAY)
    again = visitor.sends(COUNTY + IN_MAY, unit=[BUREAU.id, SCHOOL.id])

    assert search(f'value="{SCHOOL.id}" disabled', page)
    assert again.status_code == 409
    assert f"“{SCHOOL.name}”这个学期已有生成请求在进行" in again.text
    assert chosen(again.text) == {BUREAU.id}


def test_nothing_chosen_is_said(visitor):
    answer = visitor.sends(COUNTY + IN_MAY)

    assert answer.status_code == 409
    assert "请至少选一个单位" in answer.text


def test_a_request_is_cancelled_and_what_is_left_is_offered(visitor, here):
    address = asks(visitor, BUREAU.id, SCHOOL.id)

    answer = visitor.sends(f"{address}/cancel", address)

    assert answer.status_code == 303
    page = visitor.reads(address)
    assert "已取消" in page
    assert "再生成其余单位" in page
    assert visitor.client.get(address).headers.get("Refresh") is None
    works(here)
    with here.records.reading() as session:
        assert session.scalars(select(RequestRow.state)).all() == ["cancelled"]


def test_a_request_that_is_over_cannot_be_cancelled(visitor, here):
    address = asks(visitor, SCHOOL.id)
    token = visitor.token(address)
    works(here)

    answer = visitor.client.post(
        f"{address}/cancel", data={"csrf_token": token}
    )

    assert answer.status_code == 409
    assert "这个请求已经结束" in answer.text


def test_a_failure_shows_the_conflict_and_what_would_do(visitor, here):
    address = asks(visitor, STUCK.id, page=COUNTY)
    works(here)

    page = visitor.reads(address)

    assert "没有排出" in page
    assert 'class="conflict"' in page
    assert "已依次试过的办法" in page


@pytest.fixture
def stuck(here, visitor) -> str:
    """The page of a request for a school whose gap is too long."""
    with here.records.writing() as session:
        add_overrides(session, TOO_FAR_APART, who="王办公室", now=NOW)

    address = asks(visitor, STUCK.id, page=COUNTY + IN_MAY)
    works(here)
    return address


def tries(visitor, address: str, **changes) -> TestResponse:
    """The first relaxation offered on a page, tried."""
    page = visitor.reads(address)
    form = search('<form[^>]*class="try".*?</form>', page, DOTALL)
    assert form is not None
    action = search('action="([^"]+)"', form[0])[1]
    fields = dict(findall('name="([^"]+)" value="([^"]*)"', form[0]))
    return visitor.client.post(unescape(action), data={**fields, **changes})


def test_a_relaxation_is_one_click_away_and_the_draft_says_so(
    visitor, here, stuck
):
    answer = tries(visitor, stuck)
    assert answer.status_code == 303
    works(here)

    done = visitor.reads(answer.location)
    roster = visitor.reads(f"/units/{STUCK.id}{IN_MAY}")

    for page in (done, roster):
        assert "放宽条款" in page
        assert search("至少相隔 30 天 → 改为 [0-9]+ 天", page)
    assert "放宽了条款：第十三条" in roster
    review = visitor.reads(f"/units/{STUCK.id}/review{IN_MAY}")
    assert "没有违反必守条款" in review
    assert "这一版放宽了条款：" in review
    paper = visitor.reads(f"/units/{STUCK.id}/paper{IN_MAY}")
    assert "放宽了条款：第十三条" in paper
    assert 'class="try"' not in roster
    assert "articles relaxed" in visitor.reads(f"{answer.location}?lang=en")
    visitor.reads("/?lang=zh")


def test_a_relaxation_of_an_older_attempt_is_refused(visitor, here, stuck):
    answer = tries(visitor, stuck, solution="1")
    assert answer.status_code == 409
    assert "请重新生成" in answer.text

    for nonsense in ({"choice": "x"}, {"solution": "9" * 40}):
        assert tries(visitor, stuck, **nonsense).status_code == 400


def test_who_only_reads_gets_no_button(working, visitor, here, stuck):
    head = working(Role.HEAD, STUCK.id)

    page = head.reads(f"/units/{STUCK.id}{IN_MAY}")

    assert "这样就能排出来" in page
    assert 'class="try"' not in page
    assert "generate" not in page


def test_reasons_of_absence_are_told_by_the_right_in_that_unit(working, here):
    editor = working(Role.UNIT_EDITOR, STUCK.id)
    address = asks(editor, STUCK.id, page=f"/units/{STUCK.id}/generate")
    works(here)

    assert "甲00 2026-10-01 至 2026-10-07 不在" in editor.reads(address)
    head = working(Role.HEAD, STUCK.id).reads(address)
    assert "个人限制" in head
    assert "不在" not in head


def test_an_unknown_request_is_not_there(visitor):
    for number in ("999", "9" * 30, "x"):
        visitor.reads(f"/requests/{number}", 404)


def test_what_was_asked_for_is_listed_and_an_empty_list_says_what_to_do(
    visitor, here
):
    assert "还没有生成过值班表" in visitor.reads(f"/requests{IN_MAY}")

    address = asks(visitor, BUREAU.id, SCHOOL.id)
    page = visitor.reads(f"/requests{IN_MAY}")

    assert f'href="{address}"' in page
    assert "等 2 个单位" in page
    assert "2 等待" in page


def test_an_editor_asks_for_their_own_unit_alone(working):
    editor = working(Role.UNIT_EDITOR)

    page = editor.reads(ALONE + IN_MAY)
    foreign = editor.sends(ALONE + IN_MAY, unit=[SCHOOL.id, BUREAU.id])
    address = asks(editor, SCHOOL.id, page=ALONE + IN_MAY)

    assert chosen(page) == {SCHOOL.id}
    assert BUREAU.name not in search("<form.*</form>", page, DOTALL)[0]
    assert foreign.status_code == 404
    assert "完成 0 / 1" in editor.reads(address)


def test_of_a_countys_request_each_sees_their_own(working, visitor, here):
    address = asks(visitor, BUREAU.id, SCHOOL.id)
    works(here)
    head = working(Role.HEAD)

    head.reads(address, 404)
    assert "还没有生成过值班表" in head.reads(f"/requests{IN_MAY}")
