"""Comp-leave as people settle it: asked on the phone, decided at the desk."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from roster.records import CompLeaveRow
from roster.rights import Grant, Role
from roster.services.served import held_shifts
from tests.offices import SCHOOL
from tests.web.accounts import add_account, log_in, login_of
from tests.web.conftest import Visitor
from tests.web.county import NOW
from web import create_app

UNIT = f"/units/{SCHOOL.id}/comp"
FIRST = {"first": "2026-10-13", "first_half": "pm", "last_half": "pm"}


class School:
    """A leader who has served, and those who decide."""

    def __init__(self, here) -> None:
        self.here = here
        self.app = create_app(here)
        with here.records.reading() as session:
            self.staff = next(
                staff
                for shift, staff, unit in session.execute(held_shifts())
                if unit == SCHOOL.id and shift.end < NOW
            )
        with here.records.writing() as session:
            grant = Grant(Role.STAFF, SCHOOL.id)
            login = self.staff.lower()
            add_account(session, login, login, grant, staff_id=self.staff)

        self.page = f"/people/{self.staff}/comp"
        self.me = self.as_(login)
        self.editor = self.as_(login_of(Role.UNIT_EDITOR, SCHOOL.id))
        self.approver = self.as_(login_of(Role.APPROVER, SCHOOL.id))

    def as_(self, login: str) -> Visitor:
        return Visitor(log_in(self.app.test_client(), login))

    def ask(self, who=None, **more):
        return (who or self.me).sends(self.page, **{**FIRST, **more})

    def row(self) -> CompLeaveRow:
        with self.here.records.reading() as session:
            found = session.scalars(select(CompLeaveRow)).one()
            session.expunge(found)
            return found

    def decides(self, who, deed, page=UNIT, **more):
        way = "" if deed == "take-back" else "decision/"
        address = f"/comp/{self.row().id}/{way}{deed}"
        return who.sends(address, page, **more)


@pytest.fixture
def school(here) -> School:
    return School(here)


def test_half_a_day_from_the_phone_to_the_editor_and_back(school):
    page = school.me.reads(school.page)
    assert "<b>1</b> 个半天可休" in page
    assert "得" in page
    assert school.ask(word="家里有事").status_code == 303

    waiting = school.editor.reads("/my/swaps")
    assert "补休等我批" in waiting
    assert "2026-10-13下午" in waiting
    assert "家里有事" in waiting
    answer = school.decides(
        school.editor, "grant", "/my/swaps", **{"from": "desk"}
    )
    assert answer.headers["Location"] == "/my/swaps"
    page = school.me.reads(school.page)
    assert "<b>0</b> 个半天可休" in page
    assert "已批准" in page
    assert "2026-10-13下午" in school.editor.reads(UNIT)
    assert "已批准" in school.me.reads("/messages")

    answer = school.decides(
        school.me, "take-back", school.page, **{"from": "own"}
    )
    assert answer.headers["Location"] == school.page
    assert "<b>1</b> 个半天可休" in school.me.reads(school.page)


def test_a_refusal_needs_a_reason_and_is_read_by_whoever_asked(school):
    school.ask()
    answer = school.decides(school.approver, "refuse", **{"from": "unit"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    school.decides(school.approver, "refuse", word="人手不够")
    page = school.me.reads(school.page)
    assert "没有批准" in page
    assert "人手不够" in page


def test_what_cannot_be_stays_as_typed_with_every_reason(school):
    answer = school.ask(first="2026-10-06", last="2026-10-14", word="累")
    assert answer.status_code == 409
    assert "补休不够" in answer.text
    assert 'value="2026-10-14"' in answer.text
    assert "累</textarea>" in answer.text
    answer = school.ask(first="昨天")
    assert "请写明从哪天到哪天" in answer.text
    answer = school.ask(first="2026-10-17")
    assert "不用补休" in answer.text


def test_an_editor_asks_for_somebody_and_the_approver_decides(school):
    answer = school.ask(school.editor)
    assert answer.status_code == 409
    answer = school.ask(school.editor, behalf="没有手机")
    assert answer.status_code == 303
    answer = school.decides(school.editor, "grant", **{"from": "unit"})
    assert answer.status_code == 409
    answer = school.decides(school.approver, "grant", **{"from": "unit"})
    assert answer.headers["Location"] == UNIT
    assert "编排人已替你申请补休" in school.me.reads("/messages")


def test_another_person_of_the_unit_may_do_nothing_with_it(school):
    school.ask()
    head = school.as_(login_of(Role.HEAD, SCHOOL.id))
    head.reads(school.page, 404)
    token = head.token("/account/password")
    for way, status in (("take-back", 404), ("decision/grant", 403)):
        answer = head.client.post(
            f"/comp/{school.row().id}/{way}", data={"csrf_token": token}
        )
        assert answer.status_code == status, way
    assert school.row().state == "asked"


def test_the_unit_exports_who_has_how_much(school):
    answer = school.editor.client.get(f"{UNIT}.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet["A1"].value == f"{SCHOOL.name}补休台账"
    rows = {row[0]: row for row in sheet.iter_rows(4, values_only=True)}
    assert rows[school.staff][3] == 1
    assert rows[school.staff][5].startswith("2026-1")
