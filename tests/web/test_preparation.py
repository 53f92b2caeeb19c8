"""Records of a unit, listed, searched, filled in and refused in words."""

from html import unescape
from re import DOTALL, findall, search

import pytest

from roster.records.values import county_of
from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.county import EMPTY, LATER, PHONE, SCHOOL_STAFF, WICKED

RECORDS = f"/units/{SCHOOL.id}/records"
LEADER, TEACHER = SCHOOL_STAFF[1], SCHOOL_STAFF[8]
LEAVE = {"id": TEACHER.id, "first": "2026-10-10", "last": "2026-10-12"}


def seen(page: str) -> str:
    found = search('name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def county(here):
    with here.records.reading() as session:
        return county_of(session)


def the_leave(visitor) -> str:
    """The address of the only leave of the school."""
    (address,) = findall(
        f'"({RECORDS}/leave/[0-9]+)"', visitor.reads(f"{RECORDS}/leave")
    )
    return address


def test_leave_is_entered_and_shown_changed_and_taken_out(visitor, here):
    sent = visitor.sends(f"{RECORDS}/leave/new", **LEAVE, kind="培训")
    assert (sent.status_code, sent.location) == (303, f"{RECORDS}/leave")
    text = visitor.reads(f"{RECORDS}/leave")
    assert "已保存。" in text
    assert TEACHER.name in text
    assert "培训" in text

    address = the_leave(visitor)
    form = visitor.reads(address)
    assert 'value="2026-10-12"' in form
    visitor.sends(address, **LEAVE | {"last": ""}, kind="", seen=seen(form))
    (leave,) = [v for v in county(here).leave if v.staff == TEACHER.id]
    assert leave.first == leave.last
    assert leave.kind == "请假"

    confirm = visitor.reads(f"{address}/remove")
    assert TEACHER.name in confirm
    visitor.sends(f"{address}/remove", seen=seen(confirm))
    assert TEACHER.id not in [v.staff for v in county(here).leave]


def test_all_mistakes_are_shown_and_what_was_written_stays(visitor):
    answer = visitor.sends(
        f"{RECORDS}/staff/new",
        name="王新",
        gender="男",
        standing="",
        phone="12",
        share="5000",
    )

    assert answer.status_code == 400
    text = unescape(answer.text)
    assert "手机: 不是电话号码" in text
    assert "份额: 应为 1 至 1000 的整数" in text
    assert "身份: 必须填写" in text
    assert 'value="王新"' in text
    assert '<option value="男" selected>' in text


def test_mistakes_are_told_in_english(visitor):
    answer = visitor.sends(f"{RECORDS}/staff/new?lang=en", name="王新")

    assert "gender: This must be filled in" in answer.text


def test_of_two_who_change_one_person_the_later_is_shown_both(visitor, here):
    address = f"{RECORDS}/staff/{TEACHER.id}"
    old = seen(visitor.reads(address))
    same = {"name": TEACHER.name, "gender": "女", "standing": "职工"}
    visitor.sends(address, **same, position="会计", seen=old)

    later = visitor.sends(address, **same, position="出纳", seen=old)

    assert later.status_code == 409
    assert "没有保存" in later.text
    assert 'value="出纳"' in later.text
    assert "现在是：会计" in later.text
    (there,) = [m for m in county(here).staff if m.id == TEACHER.id]
    assert there.position == "会计"
    visitor.sends(address, **same, position="出纳", seen=seen(later.text))
    (there,) = [m for m in county(here).staff if m.id == TEACHER.id]
    assert there.position == "出纳"


def test_what_was_removed_meanwhile_is_told(visitor):
    visitor.sends(f"{RECORDS}/leave/new", **LEAVE)
    address = the_leave(visitor)
    form = visitor.reads(address)
    token = visitor.token(address)
    visitor.sends(f"{address}/remove", seen=seen(form))

    late = visitor.client.post(
        address, data={"csrf_token": token, **LEAVE, "seen": seen(form)}
    )

    assert late.status_code == 409
    assert "已被别人删去" in late.text


def test_leave_over_a_published_duty_leads_to_the_repair(visitor):
    visitor.sends(
        f"{RECORDS}/limit/new", id=LEADER.id, kind="免排", first="2026-10-07"
    )

    text = visitor.reads(f"{RECORDS}/limit")

    assert "已发布的值班表有" in text
    assert LEADER.name in text
    assert f"/units/{SCHOOL.id}/repair?term={SHORT.id}" in unescape(text)


def test_students_over_a_published_roster_lead_to_the_repair(visitor):
    assert "要求的班次" not in visitor.reads(f"{RECORDS}/presence")
    visitor.sends(
        f"{RECORDS}/presence/new", first="2026-10-17", last="2026-10-18"
    )

    text = unescape(visitor.reads(f"{RECORDS}/presence"))

    assert "有 2 天不同" in text
    repair = f"/units/{SCHOOL.id}/repair?term={SHORT.id}&since=2026-10-17"
    assert repair in text
    ready = unescape(visitor.reads(f"/readiness?term={SHORT.id}"))
    assert "2026-10-17、2026-10-18" in ready
    assert repair in ready


def test_whoever_was_on_duty_gets_a_last_day(visitor, here):
    page = f"{RECORDS}/staff/{LEADER.id}/remove"
    confirm = visitor.reads(page)
    assert "不能删去" in confirm

    assert visitor.sends(page, seen=seen(confirm)).status_code == 409
    bad = visitor.sends(page, seen=seen(confirm), last="明天")
    assert bad.status_code == 400
    visitor.sends(page, seen=seen(confirm), last="2026-10-08")

    (gone,) = [m for m in county(here).staff if m.id == LEADER.id]
    assert str(gone.employed.last) == "2026-10-08"


@pytest.mark.parametrize(
    "page",
    [
        f"{RECORDS}/wishlist",
        f"{RECORDS}/unit",
        f"{RECORDS}/unit/{SCHOOL.id}",
        f"{RECORDS}/leave/999",
        f"{RECORDS}/leave/x",
        f"{RECORDS}/staff/U001-01",
        f"{RECORDS}/staff/U001-01/remove",
        "/units/U999/records/staff",
        "/county/staff",
        "/county/unit/U999",
    ],
)
def test_what_is_not_a_units_own_is_not_there(visitor, page):
    visitor.reads(page, 404)


def test_the_list_is_narrowed_by_search_and_a_wicked_name_is_text(visitor):
    text = visitor.reads(f"{RECORDS}/staff?q=&all=1")
    assert WICKED not in text

    found = visitor.reads(f"{RECORDS}/staff?q={TEACHER.name}")
    assert TEACHER.name in found
    assert LEADER.name not in found
    assert "没有找到" in visitor.reads(f"{RECORDS}/staff?q=没有这人")


def test_an_empty_list_says_what_it_is_for(visitor):
    text = visitor.reads(f"/units/{EMPTY.id}/records/staff")

    assert "还没有登记人员" in text


def test_the_phone_is_in_the_editors_form_and_in_no_list(visitor):
    assert PHONE in visitor.reads(f"{RECORDS}/staff/{TEACHER.id}")
    assert PHONE not in visitor.reads(f"{RECORDS}/staff")


def test_units_and_terms_are_the_countys(visitor, here):
    new = {"name": "石梁教学点", "kind": "教学点", "parent": BUREAU.name}
    sent = visitor.sends("/county/unit/new", **new, id="U040")
    assert sent.location == "/county/unit"
    assert "石梁教学点" in visitor.reads("/county/unit")

    term = {"name": "2027年春季学期", "id": "2027-spring"}
    visitor.sends(
        "/county/term/new",
        **term,
        first="2027-03-01",
        last="2027-04-30",
        vacations="2027-04-01至2027-04-30",
    )
    assert "2027-spring" in [t.id for t in county(here).terms]
    page = "/county/unit/U040/remove"
    visitor.sends(page, seen=seen(visitor.reads(page)))
    assert "U040" not in [unit.id for unit in county(here).units]


def test_an_inspector_is_recorded_and_kept_away(visitor):
    page = "/county/inspector"
    sent = visitor.sends(
        f"{page}/new",
        unit=SCHOOL.name,
        name=TEACHER.name,
        recused=BUREAU.name,
    )

    assert sent.location == page
    (row,) = (
        row
        for row in findall("<tr.*?</tr>", visitor.reads(page), flags=DOTALL)
        if TEACHER.name in row
    )
    assert BUREAU.name in row
    address = search(f'"({page}/[0-9]+)"', row)[1]
    form = visitor.reads(address)
    assert 'name="unit"' not in form
    assert TEACHER.name in form


def test_a_unit_in_use_stays(visitor):
    page = f"/county/unit/{SCHOOL.id}/remove"
    confirm = visitor.reads(page)

    assert "<form" not in confirm.partition("<main")[2]
    assert "不能删去" in confirm
    form = f"/county/unit/{SCHOOL.id}"
    stay = visitor.sends(page, form, seen=seen(visitor.reads(form)))
    assert stay.status_code == 409


def test_the_next_term_is_proposed_and_made(visitor, here):
    text = unescape(visitor.reads("/county/term"))
    (link,) = findall('href="(/county/term/new[?][^"]+)">下一个学期', text)
    form = visitor.reads(link)
    assert 'name="first" value="2027-06-01"' in form

    visitor.sends(
        "/county/term/new",
        name="2027年6月",
        id="2027-06",
        first="2027-06-01",
        last="2027-06-30",
    )

    assert "2027-06" in [term.id for term in county(here).terms]


def test_what_is_missing_leads_to_where_it_is_put_right(visitor):
    text = unescape(visitor.reads(f"/readiness?term={SHORT.id}"))

    assert f'href="/units/{EMPTY.id}/records/staff"' in text
    assert "还没有登记人员" in text
    assert "2026-10-01、2026-10-02" in text  # the only leader is away
    for link in set(findall(r'href="([^"]+)">去处理', text)):
        visitor.reads(link)

    one = visitor.reads(f"/units/{SCHOOL.id}/readiness?term={SHORT.id}")
    assert "都齐了" in one
    later = visitor.reads(f"/units/{SCHOOL.id}/readiness?term={LATER.id}")
    assert "还没有放假通知" in later
