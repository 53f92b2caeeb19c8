"""The review on the site: submitted, approved, published, withdrawn."""

from html import unescape

import pytest
from sqlalchemy import select

from roster.records import LeaveRow, MessageRow, RosterRow, StaffRow
from roster.rights import Grant, Role
from roster.services.drafts import digest_of
from roster.services.readiness import cells_of
from roster.services.served import number_in_force
from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.accounts import add_account, log_in
from tests.web.conftest import Visitor
from tests.web.drafts import draft_of_the_school
from web import create_app

REVIEW = f"/units/{SCHOOL.id}/review?term={SHORT.id}"
EDITOR, APPROVER = Role.UNIT_EDITOR, Role.APPROVER


@pytest.fixture
def draft(here) -> int:
    """A second version of the school's roster, as a draft."""
    return draft_of_the_school(here)


def do(who: Visitor, draft: int, verb: str, revision=0, **fields):
    address = f"/units/{SCHOOL.id}/rosters/{draft}/{verb}"
    return who.sends(address, REVIEW, revision=revision, **fields)


def state(here, draft) -> str:
    with here.records.reading() as session:
        return session.get_one(RosterRow, draft).state


def in_force(here) -> int:
    with here.records.reading() as session:
        return number_in_force(session, SCHOOL.id, SHORT.id)


def test_two_people_publish_a_draft_step_by_step(working, here, draft):
    editor, approver = working(EDITOR), working(APPROVER)
    assert "没有空缺" in editor.reads(REVIEW)
    assert "批准</button>" not in editor.reads(REVIEW)

    answer = do(editor, draft, "submit", remark="请审")
    assert answer.status_code == 303
    assert "已送审" in editor.reads(answer.headers["Location"])
    assert "请审" in approver.reads(REVIEW)
    do(approver, draft, "approve")
    assert state(here, draft) == "approved"
    answer = do(approver, draft, "publish")

    page = approver.reads(answer.headers["Location"])
    assert "已发布，值班有变动的人会收到消息" in page
    assert "现行：第 2 版" in page
    assert in_force(here) == 2


def test_no_address_publishes_what_nobody_approved(visitor, here, draft):
    """Whoever may do everything may not do that."""
    for verb in ("publish", "withdraw", "return", "take-back", "approve"):
        assert do(visitor, draft, verb, remark="x").status_code == 409

    do(visitor, draft, "submit")
    for verb in ("publish", "withdraw", "submit"):
        assert do(visitor, draft, verb, remark="x").status_code == 409

    assert state(here, draft) == "submitted"
    assert in_force(here) == 1


def test_the_unit_page_shows_where_its_roster_stands(working, here, draft):
    editor, staff = working(EDITOR), working(Role.STAFF)
    page = f"/units/{SCHOOL.id}?term={SHORT.id}"
    do(editor, draft, "submit")

    assert "待审核" in editor.reads(page)
    assert "待审核" not in staff.reads(page)
    assert "第 1 版" in staff.reads(page)


def test_what_changes_is_told_before_it_is_approved(working, draft):
    page = working(APPROVER).reads(REVIEW)

    assert "同现行的第 1 版相比" in page
    assert "before=1" in page
    assert "after=2" in page


def test_nobody_approves_what_they_made(working, visitor, here, draft):
    do(visitor, draft, "submit")  # somebody who may do everything
    assert "须由另一人批准" in visitor.reads(REVIEW)

    answer = do(visitor, draft, "approve")

    assert answer.status_code == 409
    assert "须另一人批准" in answer.text
    assert state(here, draft) == "submitted"


def test_leave_entered_since_is_told_by_right_alone(working, here, draft):
    editor, approver = working(EDITOR), working(APPROVER)
    with here.records.writing() as session:
        row = session.get_one(RosterRow, draft)
        shift = min(row.shifts, key=lambda one: one.shift)
        staff, on = shift.held[0].staff, shift.on
        name = session.get_one(StaffRow, staff).name
        session.add(LeaveRow(staff=staff, first=on, last=on, kind="病假"))

    answer = do(editor, draft, "submit")

    assert answer.status_code == 409
    assert state(here, draft) == "draft"
    told = unescape(answer.text)
    assert f"草稿排好后记录有变：{on}" in told
    assert f"{on}　{name}　请假" in told
    shown = approver.reads(REVIEW)
    assert f"{on}　个人限制" in shown
    assert "请假" not in shown


def test_who_looked_at_an_older_revision_is_told(working, here, draft):
    with here.records.writing() as session:
        session.get_one(RosterRow, draft).revision = 3

    answer = do(working(EDITOR), draft, "submit", revision=2)

    assert answer.status_code == 409
    assert "草稿已被改动" in answer.text
    assert state(here, draft) == "draft"


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 5000])
def test_a_revision_that_is_none_is_not_understood(working, draft, revision):
    assert do(working(EDITOR), draft, "submit", revision).status_code == 400


def test_returning_needs_words_and_they_are_shown(working, here, draft):
    editor, approver = working(EDITOR), working(APPROVER)
    do(editor, draft, "submit")

    answer = do(approver, draft, "return", remark=" ")
    assert answer.status_code == 409
    assert "请写明原因" in answer.text

    do(approver, draft, "return", remark="<b>初三</b>换人")
    page = editor.reads(REVIEW)
    assert "退回：</strong>&lt;b&gt;初三&lt;/b&gt;换人" in page
    assert state(here, draft) == "draft"


def test_words_that_were_refused_stay_in_the_form(working, draft):
    editor, approver = working(EDITOR), working(APPROVER)
    do(editor, draft, "submit")
    words = "初三那天换个人，" * 70

    answer = do(approver, draft, "return", remark=words)

    assert answer.status_code == 409
    assert words in answer.text


def told(here, kind) -> list[str | None]:
    """The people a kind of message goes to."""
    with here.records.reading() as session:
        rows = select(MessageRow.staff).where(MessageRow.kind == kind)
        return list(session.scalars(rows))


def test_approvers_and_makers_are_told_by_themselves(here, draft):
    app = create_app(here)
    boss, maker = f"{SCHOOL.id}-00", f"{SCHOOL.id}-05"
    with here.records.writing() as session:
        # Who may approve as well does not wait for themselves.
        for login, staff, *roles in (
            ("boss", boss, APPROVER),
            ("maker", maker, EDITOR, APPROVER),
        ):
            grants = [Grant(role, SCHOOL.id) for role in roles]
            add_account(session, login, login, *grants, staff_id=staff)

    do(Visitor(log_in(app.test_client(), "maker")), draft, "submit")
    assert told(here, "roster-submitted") == [boss]

    approver = Visitor(log_in(app.test_client(), "boss"))
    do(approver, draft, "return", remark="换人")
    assert told(here, "roster-returned") == [maker]


def test_whoever_submitted_takes_it_back(working, here, draft):
    editor = working(EDITOR)
    do(editor, draft, "submit")

    do(editor, draft, "take-back")

    assert state(here, draft) == "draft"


def test_a_version_is_withdrawn_with_a_reason(working, here, draft):
    editor, approver = working(EDITOR), working(APPROVER)
    for who, verb in (
        (editor, "submit"),
        (approver, "approve"),
        (approver, "publish"),
    ):
        do(who, draft, verb)

    assert do(approver, draft, "withdraw", remark="").status_code == 409
    answer = do(approver, draft, "withdraw", remark="排错了人")

    page = approver.reads(answer.headers["Location"])
    assert "现行：第 1 版" in page
    assert "排错了人" in page
    assert in_force(here) == 1
    roster = editor.reads(f"/units/{SCHOOL.id}?term={SHORT.id}")
    assert "第 1 版" in roster


def test_what_stands_against_it_is_named_before_it_is_submitted(
    working, here, draft
):
    with here.records.writing() as session:
        row = session.get_one(RosterRow, draft)
        shift = next(s for s in row.shifts if s.post == "lead")
        session.delete(shift.held[0])
        session.flush()
        session.refresh(shift)
        row.digest = digest_of(cells_of(row))
        gone = shift.shift

    editor = working(EDITOR)
    page = editor.reads(REVIEW)

    assert "这样还不能送审和发布" in page
    assert f"{gone[:10]} 带班领导" in page
    assert "送审</button>" not in page
    assert do(editor, draft, "submit").status_code == 409


def test_a_roster_of_another_unit_is_not_reached(working, here, draft):
    with here.records.reading() as session:
        other = session.scalars(
            select(RosterRow.id).where(RosterRow.unit == BUREAU.id)
        ).one()

    approver = working(APPROVER)
    address = f"/units/{SCHOOL.id}/rosters/{other}/withdraw"
    answer = approver.sends(address, REVIEW, revision=0, remark="x")

    assert answer.status_code == 404
    assert state(here, other) == "published"


DEADLINES = f"/deadlines?term={SHORT.id}"


def test_the_bureau_reads_who_is_late_and_a_unit_its_own(acting):
    bureau = acting(Role.BUREAU_READER).reads(DEADLINES)
    school = acting(Role.HEAD).reads(DEADLINES)

    assert "野狐沟幼儿园" in bureau
    assert "逾期" in bureau
    assert SCHOOL.name in school
    assert "野狐沟幼儿园" not in school


def test_only_those_who_are_late_can_be_asked_for(acting):
    page = acting(Role.BUREAU_READER).reads(f"{DEADLINES}&state=late")

    assert "野狐沟幼儿园" in page
    assert SCHOOL.name not in page


def test_a_units_page_tells_its_deadlines(acting):
    page = acting(EDITOR).reads(REVIEW)

    assert "报送期限" in page
    assert "2026年国庆节" in page
    assert "2026-09-28" in page
