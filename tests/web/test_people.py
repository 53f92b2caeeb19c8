"""A person's page: the next duty first, then the rest."""

from datetime import timedelta
from re import search

from sqlalchemy import select

from roster.records import AssignmentRow, RosterRow, ShiftRow, StaffRow
from roster.rights import Role
from tests.offices import SCHOOL, SHORT
from tests.web.county import EMPTY, LATER, NOW, SCHOOL_STAFF


def duties_of(here, staff_id):
    """The days somebody is on duty by the records, in order."""
    with here.records.reading() as session:
        rows = select(ShiftRow.on).join(
            AssignmentRow, AssignmentRow.shift == ShiftRow.id
        )
        return sorted(
            session.scalars(rows.where(AssignmentRow.staff == staff_id))
        )


def test_the_next_duty_stands_on_top_and_the_past_is_folded(shown, built):
    here = shown.client.application.extensions["office"]
    for member in SCHOOL_STAFF:
        text = shown.reads(f"/people/{member.id}")
        days = duties_of(here, member.id)
        coming = [d for d in days if d >= NOW.date()]

        assert f"本学期 {len(days)} 次" in text or not days
        if coming:
            when = coming[0]
            big = f"{when.year}年{when.month}月{when.day}日"
            assert f'<p class="big">{big}' in text
        past = len(days) - len(coming)
        assert (f"已过去的 {past} 次" in text) == bool(past)


def test_who_is_on_duty_now_is_told_so(shown):
    here = shown.client.application.extensions["office"]
    with here.records.reading() as session:
        held = (
            select(AssignmentRow.staff)
            .join(ShiftRow, ShiftRow.id == AssignmentRow.shift)
            .join(RosterRow, RosterRow.id == ShiftRow.roster)
            .where(RosterRow.unit == SCHOOL.id, ShiftRow.on == NOW.date())
        )
        (staff,) = session.scalars(held)

    assert "正在值班" in shown.reads(f"/people/{staff}")


def test_a_term_without_duty_says_so(shown):
    text = shown.reads(f"/people/{SCHOOL_STAFF[1].id}?term={LATER.id}")

    assert "没有排值班" in text
    assert SHORT.name in text


def test_the_list_has_everybody_by_standing(shown):
    text = shown.reads(f"/units/{SCHOOL.id}/people")

    assert all(f"/people/{m.id}" in text for m in SCHOOL_STAFF)
    assert text.index("主要负责人") < text.index("中层") < text.index("职工")


def test_an_empty_list_says_what_to_do(shown):
    text = shown.reads(f"/units/{EMPTY.id}/people")

    assert "名册里没有这个单位的人员" in text


def test_somebody_is_moved_after_a_look_at_what_falls_away(visitor, here):
    staff = next(
        member
        for member in SCHOOL_STAFF
        if [d for d in duties_of(here, member.id) if d > NOW.date()]
    )
    page = f"/people/{staff.id}/move"
    fields = {"unit": EMPTY.id, "first": str(NOW.date() + timedelta(days=1))}
    assert page in visitor.reads(f"/people/{staff.id}")

    look = visitor.sends(page, **fields, look="1")
    seen = search('name="seen" value="([^"]+)"', look.text)[1]
    assert "要调整给别人" in look.text
    assert EMPTY.name not in visitor.reads(f"/people/{staff.id}")
    sent = visitor.sends(page, **fields, seen=seen, store="1")

    assert sent.location == f"/people/{staff.id}"
    assert EMPTY.name in visitor.reads(f"/people/{staff.id}")
    listed = visitor.reads(f"/units/{SCHOOL.id}/records/staff")
    assert "已调到别的单位" in listed
    history = visitor.reads(f"/people/{staff.id}/history")
    assert "调动了" in history


def test_every_mistake_of_a_move_is_told(visitor):
    page = f"/people/{SCHOOL_STAFF[8].id}/move"

    answer = visitor.sends(page, unit="", first="bald", look="1")

    assert answer.status_code == 400
    assert "调到" in answer.text
    assert answer.text.count("<li>") >= 2


def test_nobody_moves_people_into_a_unit_that_is_not_theirs(working, here):
    editor = working(Role.UNIT_EDITOR)
    page = f"/people/{SCHOOL_STAFF[8].id}/move"
    assert "请局管理员办理" in editor.reads(page)
    token = editor.token("/account")

    answer = editor.client.post(
        page,
        data={
            "csrf_token": token,
            "unit": EMPTY.id,
            "first": str(NOW.date()),
            "store": "1",
        },
    )

    assert answer.status_code == 400
    assert "不归您管" in answer.text
    with here.records.reading() as session:
        row = session.get_one(StaffRow, SCHOOL_STAFF[8].id)
        assert row.unit == SCHOOL.id
