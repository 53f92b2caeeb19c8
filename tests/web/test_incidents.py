"""Incidents on the site: reported on a phone, seen by the bureau at once."""

from datetime import timedelta
from re import search

from sqlalchemy import select

from roster.records import MessageRow
from roster.rights import Role
from tests.offices import BUREAU, SCHOOL
from tests.web.county import NOW
from tests.web.test_duty import TODAY, at, holder, on_shift

FALL = {
    "unit": SCHOOL.id,
    "at": "2026-10-06T10:20",
    "situation": "一名学生从楼梯摔下",
    "place": "教学楼",
    "people": "一人",
    "measures": "已送医",
}


def reported(leader, **changes) -> str:
    """The address of a new report."""
    sent = leader.sends("/my/incident", **FALL | changes)
    assert sent.status_code == 303, sent.text
    return sent.location


def steps(person, page: str, **fields):
    number = page.rsplit("/", 1)[1]
    return person.sends(f"/my/incident/step?incident={number}", page, **fields)


def test_a_report_starts_the_clock_and_tells_the_bureau(here):
    leader = on_shift(here, TODAY)
    assert 'href="/my/incident' in leader.reads("/my/duty")
    form = leader.reads("/my/incident")
    assert "先打电话" in form

    page = reported(leader)

    text = leader.reads(page)
    assert "一名学生从楼梯摔下" in text
    assert "时限 10:50" in text
    assert "时限 11:20" in text
    with here.records.reading() as session:
        kind = MessageRow.kind == "incident"
        told = session.execute(
            select(MessageRow.staff, MessageRow.facts).where(kind)
        ).all()
    assert {staff for staff, _ in told} == {
        holder(here, TODAY, BUREAU.id),
        holder(here, "2026-10-06/duty-day", BUREAU.id),
    }
    assert "楼梯" not in str(told)


def test_the_bureau_on_duty_sees_it_and_adds_what_followed(here):
    page = reported(on_shift(here, TODAY))
    bureau = on_shift(here, "2026-10-06/duty-day", BUREAU.id)
    assert "柳湾小学" in bureau.reads("/incidents")
    assert "一名学生" in bureau.reads(page)
    assert "柳湾小学报告突发情况" in bureau.reads("/messages")
    now = f"{NOW:%Y-%m-%dT%H:%M}"

    sent = steps(bureau, page, kind="follow", at=now, words="局长已知")
    assert sent.status_code == 303
    assert "局长已知" in bureau.reads(page)
    sent = steps(bureau, page, kind="phone", at=now, words="x")
    assert sent.status_code == 409
    assert "由报告单位记" in sent.text


def test_calls_and_the_written_report_are_noted_and_it_ends(here):
    leader = on_shift(here, TODAY)
    page = reported(leader)
    at(here, NOW + timedelta(hours=2))

    steps(leader, page, kind="phone", at="2026-10-06T10:40", words="局值班室")
    steps(leader, page, kind="written", at="2026-10-06T11:40", words="局办")
    text = leader.reads(page)
    assert "20 分钟 按时" in text.replace("\n", "")
    assert "80 分钟 超时" in text.replace("\n", "")
    steps(leader, page, kind="closed", at="2026-10-06T12:00")
    assert "从发生到结束" in leader.reads(page)
    assert "接着记" not in leader.reads(page)
    assert "已结束" in leader.reads("/incidents")


def test_mistakes_leave_the_form_filled(here):
    leader = on_shift(here, TODAY)

    sent = leader.sends("/my/incident", **FALL | {"situation": " "})
    assert sent.status_code == 400
    assert 'value="教学楼"' in sent.text
    page = reported(leader)
    sent = steps(leader, page, kind="phone", at="x", words="局值班室")
    assert sent.status_code == 400
    assert "局值班室" in sent.text
    assert (
        leader.sends("/my/incident/step?incident=9", page).status_code == 404
    )


def test_other_units_see_nothing_of_it(here, working):
    page = reported(on_shift(here, TODAY))
    staff = working(Role.STAFF)

    staff.reads(page, 404)
    assert "没有报告" in staff.reads("/incidents")
    assert "现在不是您值班" in staff.reads("/my/incident")
    number = search("[0-9]+", page)[0]
    sent = staff.sends(f"/my/incident/step?incident={number}", "/account")
    assert sent.status_code == 404
