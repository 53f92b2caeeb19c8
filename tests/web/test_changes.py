"""What changed between two versions, and repairs from the browser."""

from datetime import date
from html import unescape
from re import sub

import pytest
from sqlalchemy import select

from roster.people import Leave
from roster.records import AssignmentRow, LeaveRow, RosterRow, ShiftRow
from roster.services.publishing import publish_term
from roster.services.versions import compared
from tests.offices import BUREAU, CHINA, SCHOOL, SHORT
from tests.web.county import NOW
from web import access
from web.access import Role

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
    assert "改动 1 处" in text
    assert "已证明最少" in text
    assert "按日期 1 班" in text
    assert "按人员 2 人" in text
    assert drafts(here) == 0


def test_a_stored_repair_is_compared_with_what_is_published(
    visitor, here, upset
):
    answer = visitor.sends(REPAIR, since=SINCE, store="1")
    page = visitor.reads(answer.headers["Location"])

    assert drafts(here) == 1
    text = text_of(page)
    assert "已存为草稿" in text
    assert "按日期 1 班" in text
    assert f"--unit {SCHOOL.id}" in text
    assert "看改动" in visitor.reads(f"/units/{SCHOOL.id}?term={SHORT.id}")


def test_the_days_before_stay_as_they_were(visitor, here, upset):
    visitor.sends(REPAIR, since=SINCE, store="1")

    with here.records.reading() as session:
        found = compared(session, unit_id=SCHOOL.id, term_id=SHORT.id)

    assert {change.date for change in found.found.shifts} == {
        date(2026, 10, 7)
    }
    assert [version.state for version in found.every] == ["draft", "published"]


def test_two_published_versions_are_compared_by_number(visitor, here, upset):
    visitor.sends(REPAIR, since=SINCE, store="1")
    with here.records.writing() as session:
        publish_term(
            session,
            term_id=SHORT.id,
            author="王办公室",
            approver="李局长",
            calendar=CHINA,
            now=NOW,
        )

    forth = text_of(visitor.reads(f"{CHANGES}&before=1&after=2"))
    back = text_of(visitor.reads(f"{CHANGES}&before=2&after=1"))

    assert "按日期 1 班" in forth
    assert "按日期 1 班" in back
    assert forth != back


@pytest.mark.parametrize("asked", ["before=7", "after=9"])
def test_a_version_that_is_not_there_is_said(visitor, upset, asked):
    assert "没有这一版" in visitor.reads(f"{CHANGES}&{asked}")


def test_a_number_that_is_none_is_not_found(shown):
    shown.reads(f"{CHANGES}&before=last", 404)


def test_where_nothing_has_to_change_it_says_so(visitor, here):
    answer = visitor.sends(REPAIR, since=SINCE, store="1")

    assert "不需要改动" in answer.text
    assert drafts(here) == 0


def test_a_unit_without_a_published_roster_cannot_be_repaired(visitor):
    address = f"/units/U020/repair?term={SHORT.id}"

    answer = visitor.sends(address, since=SINCE, look="1")

    assert answer.status_code == 200
    assert 'role="alert"' in answer.text


def test_a_date_outside_the_term_is_refused_in_words(visitor):
    answer = visitor.sends(REPAIR, since="2026-12-01", look="1")

    assert 'role="alert"' in answer.text
    assert "2026-10" in text_of(answer.text)


def test_a_date_that_is_none_is_refused(visitor):
    assert visitor.sends(REPAIR, since="soon").status_code == 400


def test_where_nobody_is_left_the_reasons_and_ways_out_are_shown(
    visitor, here
):
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

    text = text_of(visitor.sends(REPAIR, since=SINCE, look="1").text)

    assert "这样调整不了" in text
    assert "不在" in text
    assert "再有" in text


def test_nobody_repairs_from_elsewhere(visitor):
    token = visitor.token(REPAIR)
    elsewhere = {"REMOTE_ADDR": "192.168.1.20"}

    form = visitor.client.get(REPAIR, environ_base=elsewhere)
    sent = visitor.client.post(
        REPAIR,
        data={"csrf_token": token, "since": SINCE, "store": "1"},
        environ_base=elsewhere,
    )

    assert (form.status_code, sent.status_code) == (403, 403)


@pytest.mark.parametrize("role", Role)
def test_how_wishes_are_served_is_told_to_the_editor_alone(
    visitor, here, upset, monkeypatch, role
):
    visitor.sends(REPAIR, since=SINCE, store="1")
    monkeypatch.setattr(access, "visitor", lambda: role)

    text = text_of(visitor.reads(CHANGES))

    assert "按日期" in text
    assert role is Role.UNIT_EDITOR or "意愿与照顾" not in text


def test_the_bureau_is_repaired_like_any_other(visitor):
    address = f"/units/{BUREAU.id}/repair?term={SHORT.id}"

    assert "不需要改动" in visitor.sends(address, since=SINCE, look="1").text
