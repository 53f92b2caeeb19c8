"""Accounts kept by administrators, slips to hand out, and the chain."""

from re import DOTALL, findall, search

import pytest

from roster.records import AccountRow, JournalRow
from roster.rights import Grant, Role
from roster.services import account_views
from tests.offices import BUREAU, SCHOOL
from tests.web.accounts import EVERYTHING, add_account, log_in, login_of
from tests.web.conftest import Visitor
from tests.web.county import DISTRICT, DUTY_PHONE, PHONE, STUCK, WICKED
from tests.web.test_logins import enters, logged_in
from web.rights import OF_THE_WHOLE

UNIT = f"/units/{SCHOOL.id}/accounts"
TEACHER = f"{SCHOOL.id}-05"


def number_of(here, login: str) -> int:
    """The id of an account."""
    with here.records.reading() as session:
        found = account_views.account_by_login(session, login)
        assert found is not None
        return found.id


def slips(page: str) -> dict[str, str]:
    """The passwords on a page of slips, by log-in."""
    words = findall("<code>([^<]+)</code>", page)
    return dict(zip(words[::2], words[1::2], strict=True))


def test_an_editor_makes_accounts_and_hands_out_slips(working):
    editor = working(Role.UNIT_EDITOR)

    answer = editor.sends(UNIT, staff=[TEACHER, f"{SCHOOL.id}-06"])

    handed = slips(answer.text)
    assert set(handed) == {"u010-05", "u010-06"}
    assert answer.headers["Cache-Control"] == "no-store"
    person = Visitor(editor.client.application.test_client())
    assert enters(person, "u010-05", handed["u010-05"]).status_code == 303
    assert person.client.get("/").location == "/account/password"
    text = editor.reads(UNIT)
    assert handed["u010-05"] not in text
    assert "10 人还没有账号" in text


def test_nobody_makes_accounts_for_another_units_people(working, here):
    editor = working(Role.UNIT_EDITOR)

    answer = editor.sends(UNIT, staff=[f"{BUREAU.id}-01"])

    assert answer.status_code == 303
    with here.records.reading() as session:
        assert account_views.accounts(session, unit_ids=[BUREAU.id]) == ()


def test_a_name_that_is_html_is_a_name_on_its_slip(working):
    editor = working(Role.UNIT_EDITOR)

    answer = editor.sends(UNIT, staff=[f"{SCHOOL.id}-00"])

    assert WICKED not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_an_editor_resets_a_colleagues_password(working, here):
    editor = working(Role.UNIT_EDITOR)
    editor.sends(UNIT, staff=[TEACHER])
    page = f"/accounts/{number_of(here, 'u010-05')}"

    answer = editor.sends(f"{page}/reset", page)

    (word,) = slips(answer.text).values()
    person = Visitor(editor.client.application.test_client())
    assert enters(person, "u010-05", word).status_code == 303


@pytest.mark.parametrize("deed", ["reset", "active"])
def test_an_editor_does_not_touch_whoever_controls_them(working, here, deed):
    with here.records.writing() as session:
        grants = Grant(Role.STAFF, SCHOOL.id), Grant(Role.APPROVER, SCHOOL.id)
        add_account(session, "shenhe", "审核", *grants, staff_id=TEACHER)
    page = f"/accounts/{number_of(here, 'shenhe')}"
    editor = working(Role.UNIT_EDITOR)

    answer = editor.sends(f"{page}/{deed}", page, active="no")

    assert answer.status_code == 409
    assert "只有局管理员能管" in answer.text
    assert "重置密码" not in editor.reads(page)
    person = Visitor(editor.client.application.test_client())
    assert enters(person, "shenhe").status_code == 303


def test_an_administrator_gives_roles_and_takes_them_back(working, here):
    admin = working(Role.BUREAU_ADMIN)
    number = number_of(here, login_of(Role.HEAD))
    page = f"/accounts/{number}"
    role = {"role": "approver", "unit": DISTRICT.id}

    admin.sends(f"{page}/grants", page, **role, below="yes")
    text = admin.reads(page)
    assert "审核人" in text
    assert "及以下" in text
    admin.sends(f"{page}/grants/remove", page, **role)

    with here.records.reading() as session:
        grants = account_views.account(session, number).grants
    assert grants == (Grant(Role.HEAD, SCHOOL.id),)


def test_a_district_administrator_gives_no_rights_beyond_it(here, working):
    app = working(Role.STAFF).client.application
    with here.records.writing() as session:
        local = Grant(Role.BUREAU_ADMIN, DISTRICT.id, below=True)
        add_account(session, "local", "学区", local)
        mine = Grant(Role.STAFF, STUCK.id)
        add_account(session, "gangwei", "甲", mine, staff_id=f"{STUCK.id}-01")
    page = f"/accounts/{number_of(here, 'gangwei')}"
    admin = Visitor(log_in(app.test_client(), "local"))

    for unit in ("", BUREAU.id, SCHOOL.id):
        answer = admin.sends(
            f"{page}/grants", page, role="bureau admin", unit=unit
        )
        assert answer.status_code == 404
    inside = admin.sends(
        f"{page}/grants", page, role="unit editor", unit=STUCK.id
    )

    assert inside.status_code == 303
    assert "gangwei" in admin.reads("/accounts?q=g")
    assert "没有找到" in admin.reads("/accounts?q=wang")


@pytest.mark.parametrize("endpoint", sorted(OF_THE_WHOLE))
def test_a_district_administrator_changes_nothing_of_the_whole_county(
    here, working, endpoint
):
    app = working(Role.STAFF).client.application
    with here.records.writing() as session:
        local = Grant(Role.BUREAU_ADMIN, DISTRICT.id, below=True)
        add_account(session, "local", "学区", local)
    admin = log_in(app.test_client(), "local")

    for rule in app.url_map.iter_rules():
        if rule.endpoint == endpoint:
            known = {"override_id": 1, "number": 2026, "series_id": 1}
            values = {name: known.get(name, "x") for name in rule.arguments}
            with app.test_request_context():
                address = app.url_for(endpoint, **values)
            for method in rule.methods & {"GET", "POST"}:
                answer = admin.open(address, method=method)
                assert answer.status_code == 403, (method, address)


def test_the_last_administrator_is_not_shut_out(here, visitor):
    only = number_of(here, EVERYTHING)
    for login in (login_of(Role.BUREAU_ADMIN, u) for u in ("U010", "U020")):
        number = number_of(here, login)
        page = f"/accounts/{number}"
        visitor.sends(f"{page}/active", page, active="no")
    page = f"/accounts/{only}"

    closed = visitor.sends(f"{page}/active", page, active="no")
    taken = visitor.sends(
        f"{page}/grants/remove", page, role="bureau admin", unit=""
    )

    assert (closed.status_code, taken.status_code) == (409, 409)
    assert "最后一个局管理员" in taken.text
    assert logged_in(visitor)


def test_somebody_on_no_list_gets_an_account(visitor, here):
    wrong = visitor.sends("/accounts/new", login="a b<", name="")
    assert wrong.status_code == 400
    assert "账号只能用" in wrong.text
    assert "要填姓名" in wrong.text

    answer = visitor.sends("/accounts/new", login="jijian", name="纪检")

    assert set(slips(answer.text)) == {"jijian"}
    assert "纪检" in visitor.reads("/accounts?q=jijian")
    assert "没有找到" in visitor.reads("/accounts?q=nobody")


def test_a_role_that_is_none_is_refused(visitor, here):
    page = f"/accounts/{number_of(here, EVERYTHING)}"

    answer = visitor.sends(f"{page}/grants", page, role="king", unit="")

    assert answer.status_code == 400


def test_a_closed_account_is_told_apart(visitor, here):
    visitor.sends(UNIT, staff=[TEACHER])
    page = f"/accounts/{number_of(here, 'u010-05')}"
    visitor.sends(f"{page}/active", page, active="no")
    assert "已停用" in visitor.reads(UNIT)

    visitor.sends(f"{page}/active", page, active="yes")

    assert "已停用" not in visitor.reads(UNIT)


def test_every_deed_is_signed(visitor, here):
    visitor.sends(UNIT, staff=[TEACHER])

    with here.records.reading() as session:
        rows = session.query(JournalRow).filter_by(thing="u010-05")
        assert {row.who for row in rows} == {"王办公室（wang）"}
        assert session.query(AccountRow).filter_by(staff=TEACHER).count() == 1


# Who answers for what.


def test_the_chain_leads_from_the_school_to_the_bureau(shown):
    text = shown.reads(f"/units/{STUCK.id}/chain")

    places = [text.index(unit.name) for unit in (STUCK, DISTRICT, BUREAU)]
    assert places == sorted(places)
    assert DUTY_PHONE in text


def test_who_is_on_duty_now_is_rung_first(shown):
    text = shown.reads(f"/units/{SCHOOL.id}/chain")

    first = search(r'<ol>\s*<li>.*?class="chip">([^<]+)<', text, flags=DOTALL)
    assert first is not None
    assert first[1] in ("正在值班", "正在带班")
    assert "主要负责人" in text


def test_numbers_of_another_unit_are_not_read(acting):
    own = acting(Role.STAFF).reads(f"/units/{SCHOOL.id}/chain")
    mine, _, above = own.partition(BUREAU.name)

    assert PHONE in mine.partition("<main")[2]
    assert PHONE not in above
