"""My duty and the duty log on the site, as people on duty use them."""

from datetime import datetime, timedelta
from re import search

import pytest
from sqlalchemy import select

from roster.records import AssignmentRow, RosterRow, ShiftRow
from roster.rights import Grant, Role
from tests.offices import BUREAU, SCHOOL
from tests.web.accounts import add_account, log_in
from tests.web.conftest import Visitor
from tests.web.county import DUTY_PHONE, NOW, PHONE
from web import create_app

TODAY, TOMORROW = "2026-10-06/lead", "2026-10-07/lead"
LOG = f"/my/duty/log?unit={SCHOOL.id}&shift="
WATER = {"at": "09:40", "source": "门卫", "words": "二楼漏水", "open": "1"}


def holder(here, shift: str, unit: str = SCHOOL.id) -> str:
    """Who is on a shift."""
    with here.records.reading() as session:
        found = (
            select(AssignmentRow.staff)
            .join(ShiftRow, ShiftRow.id == AssignmentRow.shift)
            .join(RosterRow, RosterRow.id == ShiftRow.roster)
            .where(RosterRow.unit == unit, ShiftRow.shift == shift)
        )
        return session.scalars(found).one()


def on_shift(here, shift: str, unit: str = SCHOOL.id) -> Visitor:
    """Whoever is on a shift, with no role but that of staff."""
    staff = holder(here, shift, unit)
    with here.records.writing() as session:
        grant = Grant(Role.STAFF, unit)
        add_account(session, staff.lower(), staff, grant, staff_id=staff)
    return Visitor(log_in(create_app(here).test_client(), staff.lower()))


def at(here, moment: datetime) -> None:
    """The office's clock shows a moment."""
    here.now = lambda: moment


def does(person: Visitor, deed: str, shift: str = TODAY, **fields):
    """Sends one of the forms of a log."""
    page = LOG + shift
    return person.sends(page.replace("log?", f"log/{deed}?"), page, **fields)


@pytest.fixture
def leader(here) -> Visitor:
    """Who leads the school's duty today."""
    return on_shift(here, TODAY)


def test_the_duty_of_now_is_shown_with_tasks_people_and_numbers(here):
    page = on_shift(here, "2026-10-06/duty-day", BUREAU.id).reads("/my/duty")

    assert "正在值班" in page
    assert "2026年10月6日" in page
    assert "抽查学校值班" in page
    assert "每班巡查次数 2" in page
    assert f'href="tel:{PHONE}"' in page
    assert f'href="tel:{DUTY_PHONE}"' in page
    assert f'href="/units/{BUREAU.id}/chain' in page


def test_numbers_are_those_of_that_day_only(here):
    page = on_shift(here, "2026-10-06/duty-day", BUREAU.id).reads("/my/duty")

    assert page.count(f'href="tel:{PHONE}"') == 2


def test_before_a_duty_the_next_one_is_shown(here):
    person = on_shift(here, TOMORROW)
    at(here, NOW.replace(hour=7))

    page = person.reads("/my/duty")

    assert "下一次：明天" in page
    assert "07:50 到岗" in page
    assert "写值班日志" not in page


def test_an_account_without_a_member_of_staff_is_told_so(visitor):
    assert "没有要值的班" in visitor.reads("/my/duty")


def test_no_event_is_one_tap(leader):
    assert "无事项" in leader.reads("/my/duty")

    sent = does(leader, "nothing")

    assert sent.status_code == 303
    page = leader.reads(LOG + TODAY)
    assert "已记录" in page
    assert "<strong>无事项</strong>" in page
    assert "log/nothing" not in leader.reads("/my/duty")


def test_an_entry_is_written_corrected_and_closed(leader):
    does(leader, "entry", **WATER)
    page = leader.reads(LOG + TODAY)
    assert "09:40" in page
    assert "未办结" in page
    number = search('name="entry" value="([0-9]+)"', page)[1]

    does(leader, "correct", entry=number, **WATER | {"words": "三楼漏水"})
    page = leader.reads(LOG + TODAY)
    assert "已更正" in page
    assert "三楼漏水" in page

    number = str(int(number) + 1)
    does(leader, "close", entry=number, done="水管已换")
    page = leader.reads(LOG + TODAY)
    assert "已办结" in page
    assert "水管已换" in page
    again = does(leader, "close", entry=number)
    assert again.status_code == 409
    assert "已经更正或办结" in again.text


def test_a_mistake_is_told_and_the_form_stays_filled(leader):
    sent = does(leader, "entry", at="23:10", source="门卫", words=" ")

    assert sent.status_code == 400
    assert "请写内容" in sent.text
    assert "时间不在这个班次之内" in sent.text
    assert 'value="门卫"' in sent.text
    assert 'value="23:10"' in sent.text
    assert does(leader, "entry", at="x", words="y").status_code == 400
    assert does(leader, "dance").status_code == 404


def test_alarm_and_cameras_are_one_line(leader):
    does(leader, "check", fine="一键报警", cameras="16", words="一路黑屏")

    page = leader.reads(LOG + TODAY)
    assert '<span class="look-fine">一键报警</span>' in page
    assert '<span class="look-not">监控在线</span>' in page
    assert "监控在线 16 路" in page
    assert "一路黑屏" in page
    assert does(leader, "check", cameras="多").status_code == 400


def test_the_next_shift_sees_what_is_open_and_signs(here, leader):
    does(leader, "entry", **WATER)
    does(leader, "hand", fine="钥匙", words="监控坏一路")
    relief = on_shift(here, TOMORROW)
    at(here, NOW.replace(hour=7, minute=55) + timedelta(days=1))

    page = relief.reads("/my/duty")
    assert "二楼漏水" in page
    assert "监控坏一路" in page
    assert "我接班" in relief.reads(LOG + TOMORROW)

    assert does(relief, "take", TOMORROW).status_code == 303
    assert "我接班" not in relief.reads(LOG + TOMORROW)
    assert "还没有签" not in relief.reads(LOG + TOMORROW)


@pytest.mark.parametrize(("minute", "told"), [(14, False), (15, True)])
def test_whose_relief_does_not_come_is_told_what_to_do(
    here, leader, minute, told
):
    at(here, NOW.replace(hour=8, minute=minute) + timedelta(days=1))

    assert ("不要离岗" in leader.reads("/my/duty")) is told


def test_whose_relief_has_signed_may_go(here, leader):
    does(leader, "hand", fine="钥匙")
    at(here, NOW.replace(hour=8, minute=20) + timedelta(days=1))
    does(on_shift(here, TOMORROW), "take", TOMORROW)

    assert "不要离岗" not in leader.reads("/my/duty")


def test_of_a_shift_of_others_nothing_is_shown(here, leader):
    leader.reads(LOG + TOMORROW, 404)
    leader.reads(f"/my/duty/log?unit={BUREAU.id}&shift={TODAY}", 404)
    leader.reads("/my/duty/log", 404)
    sent = leader.sends(
        f"/my/duty/log/nothing?unit={BUREAU.id}&shift={TODAY}", LOG + TODAY
    )
    assert sent.status_code == 404


def test_the_units_logs_are_read_by_its_editor_head_and_approver(
    here, leader, working
):
    does(leader, "entry", **WATER)
    for role in (Role.UNIT_EDITOR, Role.HEAD, Role.APPROVER):
        reader = working(role)
        page = reader.reads(f"/units/{SCHOOL.id}/logs?month=2026-10")
        assert "1 条" in page
        assert "二楼漏水" in page
        one = reader.reads(f"/units/{SCHOOL.id}/log?shift={TODAY}")
        assert "二楼漏水" in one
        assert "补记一笔" not in one

    working(Role.STAFF).reads(f"/units/{SCHOOL.id}/logs", 403)
    empty = reader.reads(f"/units/{SCHOOL.id}/logs?month=2026-09")
    assert "没有开始的班" in empty


def test_the_editor_adds_later_with_a_reason(here, working):
    editor = working(Role.UNIT_EDITOR)
    page = f"/units/{SCHOOL.id}/log?shift=2026-10-05/lead"
    assert "补记一笔" in editor.reads(page)
    entry = {"at": "2026-10-05T10:00", "words": "校门灯坏"}

    assert editor.sends(page, **entry).status_code == 400
    sent = editor.sends(page, **entry, reason="当天停电")

    assert sent.status_code == 303
    text = editor.reads(page)
    assert "补记：当天停电" in text
    assert "校门灯坏" in text
    assert editor.sends(page, at="x", words="y").status_code == 400
    editor.reads(f"/units/{SCHOOL.id}/log?shift=x", 404)


@pytest.mark.parametrize("month", ["", "2026-13", "9999-12", "0001-01"])
def test_any_month_may_be_asked_for(shown, month):
    shown.reads(f"/units/{SCHOOL.id}/logs?month={month}")
