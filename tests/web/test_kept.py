"""What was typed while a log-in ended is there again after the next one."""

from datetime import timedelta
from html import escape
from io import BytesIO
from pathlib import Path
from re import findall, search

import pyotp
import pytest
from flask import session
from flask_wtf.csrf import generate_csrf

from roster.records import AccountRow, LeaveRow, LoginRow
from roster.rights import Role
from tests.offices import SCHOOL
from tests.web.accounts import EVERYTHING, PASSWORD, log_in, login_of
from tests.web.conftest import Visitor
from web import create_app, kept
from web.refill import refill

FORM = f"/units/{SCHOOL.id}/records/leave/new"
LEAVE = {
    "id": f"{SCHOOL.id}-05",
    "first": "2026-11-02",
    "last": "2026-11-03",
    "kind": "病假",
}


@pytest.fixture
def late(here) -> Visitor:
    """Somebody who left their desk with a form open."""
    client = create_app(here).test_client()
    late = Visitor(log_in(client))
    with client.session_transaction() as cookie:
        cookie["remembered"] = False
    late.reads(FORM)
    start = here.clock()
    here.clock = lambda: start + timedelta(hours=3)
    return late


def proof(visitor: Visitor) -> str:
    """The proof in the form that is still open in the browser."""
    with visitor.client.session_transaction() as cookie:
        raw = cookie["csrf_token"]
    app = visitor.client.application
    with app.test_request_context():
        session["csrf_token"] = raw
        return generate_csrf()


def sends(visitor: Visitor, address=FORM, fields=LEAVE, page=None, **more):
    """The form that was open, sent as browsers do."""
    return visitor.client.post(
        address,
        data={"csrf_token": proof(visitor), **fields},
        headers={"Referer": f"http://localhost{page or address}"},
        **more,
    )


def sealed(text: str) -> str:
    """What the log-in page carries."""
    found = search('name="kept" value="([^"]+)"', text)
    assert found is not None, text
    return found[1]


def logs_in(visitor: Visitor, text: str, login=EVERYTHING, **more):
    """The log-in form of a page, filled in and sent to where it says."""
    action = search('class="check" action="([^"]+)"', text)
    token = findall('name="csrf_token" value="([^"]+)"', text)[-1]
    return visitor.client.post(
        action[1] if action else "/login",
        data={
            "csrf_token": token,
            "kept": sealed(text),
            "login": login,
            "password": PASSWORD,
            **more,
        },
    )


def leave_of(here) -> int:
    with here.records.reading() as records:
        return records.query(LeaveRow).filter_by(staff=LEAVE["id"]).count()


def test_what_was_typed_is_in_the_form_again_and_is_sent_by_hand(here, late):
    before = leave_of(here)
    answer = sends(late)
    assert answer.status_code == 401
    assert "病假" not in answer.text
    assert "2026-11-02" not in answer.text

    page = logs_in(late, answer.text)

    assert page.status_code == 200
    assert "还没有提交" in page.text
    assert 'value="2026-11-02"' in page.text
    assert search('value="病假"', page.text)
    assert search(f'<option value="{LEAVE["id"]}" selected>', page.text)
    assert f'action="{FORM}"' in page.text
    assert leave_of(here) == before
    token = findall('name="csrf_token" value="([^"]+)"', page.text)[-1]
    sent = late.client.post(FORM, data={"csrf_token": token, **LEAVE})
    assert sent.status_code == 303
    assert leave_of(here) == before + 1


def test_a_revoked_log_in_loses_nothing_either(here, late):
    with here.records.writing() as records:
        for row in records.query(LoginRow):
            row.ended_at = here.now()

    page = logs_in(late, sends(late).text)

    assert 'value="2026-11-03"' in page.text


def test_a_wrong_password_loses_nothing(late):
    wrong = logs_in(late, sends(late).text, password="falsch")
    assert wrong.status_code == 401

    page = logs_in(late, wrong.text)

    assert 'value="2026-11-02"' in page.text


def test_it_goes_through_the_second_factor(here, late):
    with here.records.writing() as records:
        row = records.query(AccountRow).filter_by(login=EVERYTHING).one()
        codes = late.client.application.extensions["codes"]
        row.totp = codes.new()
        letters = codes.letters(row.totp)
    asked = logs_in(late, sends(late).text)
    assert 'name="code"' in asked.text

    wrong = logs_in(late, asked.text, code="000000")
    code = pyotp.TOTP(letters).at(here.clock())
    page = logs_in(late, wrong.text, code=code)

    assert wrong.status_code == 401
    assert 'value="2026-11-02"' in page.text


def test_somebody_else_gets_nothing(late):
    text = sends(late).text

    answer = logs_in(late, text, login_of(Role.UNIT_EDITOR))

    assert answer.status_code == 303
    assert "2026-11-02" not in late.reads(answer.location)
    told = late.reads("/account")
    assert "2026-11-02" not in told


def test_what_was_altered_is_dropped_and_said_so(late):
    text = sends(late).text
    carried = sealed(text)
    altered = text.replace(carried, carried[:-9] + "AAAAAAAA=")

    answer = logs_in(late, altered)

    assert answer.status_code == 303
    assert "没有带过来" in late.client.get(FORM).text


def test_too_much_is_not_carried_and_said_so(late):
    answer = sends(late, fields={**LEAVE, "note": "长" * kept.MOST})

    assert answer.status_code == 401
    assert "没能带过来" in answer.text
    assert 'name="kept"' not in answer.text


def test_a_form_of_another_site_is_not_carried(late):
    answer = late.client.post(FORM, data={"csrf_token": "x", **LEAVE})

    assert answer.status_code == 303
    assert answer.location == "/login"


def test_somebody_who_never_logged_in_carries_nothing(here):
    stranger = Visitor(create_app(here).test_client())
    stranger.reads("/login")

    assert sends(stranger).status_code == 303


def test_passwords_are_never_carried(late):
    page = "/account/password"
    fields = {"password": PASSWORD, "new": "山里的月亮", "again": "山里的月"}
    answer = sends(late, page, {**fields, "other": "x"})
    keeper = late.client.application.extensions["keeper"]

    with late.client.session_transaction():
        found = keeper.open(sealed(answer.text), account=1)

    assert found.fields == (("other", "x"),)


def test_every_field_for_a_password_is_known_as_one():
    templates = Path(kept.__file__).parent / "templates"
    names = {
        name
        for file in templates.rglob("*.html")
        for name in findall(
            'name="([a-z]+)" type="password"', file.read_text("utf-8")
        )
    }

    assert names
    assert names <= kept.SECRET


def test_files_are_to_be_chosen_anew(late):
    page = f"/units/{SCHOOL.id}/workbook"
    fields = {"workbook": (BytesIO(b"x"), "名册.xlsx")}

    answer = sends(late, page, fields)

    assert "文件要重新选" in answer.text


def test_what_has_no_form_any_more_is_shown_to_be_copied(late):
    address = f"/units/{SCHOOL.id}/records/leave/999"
    text = sends(late, address, {**LEAVE, "seen": "x"}).text

    page = logs_in(late, text)

    assert "放不回去" in page.text
    assert "2026-11-02" in page.text


def test_a_form_in_another_window_is_still_taken(late):
    old = proof(late)
    token = late.token("/login")
    late.client.post(
        "/login",
        data={"csrf_token": token, "login": EVERYTHING, "password": PASSWORD},
    )

    answer = late.client.post(FORM, data={"csrf_token": old, **LEAVE})

    assert answer.status_code == 303


def test_by_https_a_form_comes_with_its_page(visitor, here):
    policy = visitor.client.get("/account").headers["Referrer-Policy"]
    form = {"csrf_token": proof(visitor), **LEAVE}

    def status(**headers) -> int:
        where = "https://localhost"
        answer = visitor.client.post(
            FORM, data=form, base_url=where, headers=headers
        )
        return answer.status_code

    assert policy == "same-origin"
    assert status(Referer=f"https://localhost{FORM}") == 303
    assert status(Referer="https://elsewhere.example/") == 400


# Filling a page in again.

PAGE = """<form method="get"><input name="q" value="alt"></form>
<details><form method="post" action="/a?x=1&amp;y=2">
<input type="hidden" name="csrf_token" value="p"><input type=hidden
name="seen" value="1"><input name="words" value="">
<textarea name="long">
alt</textarea>
<input type="checkbox" name="t" value="1" checked>
<input type="checkbox" name="t" value="2">
<select name="s"><option value="">–</option><option value="b" selected>b
</option></select><input type="file" name="f"><button name="go" value="1">
</button></form></details>
<form method="post"><input name="words" value="anderswo"></form>"""


def test_each_field_takes_what_was_sent_from_it():
    words = '"><script>&amp;\r\nzweite Zeile'
    fields = [
        ("seen", "0"),
        ("words", words),
        ("long", words),
        ("t", "2"),
        ("s", ""),
        ("go", "1"),
        ("gone", "x"),
    ]

    page, left = refill(PAGE, "/here", "/a?x=1&y=2", fields)

    plain = escape(words)
    assert left == [("gone", "x")]
    assert f'name="words" value="{plain}"' in page
    assert "\n" + plain.replace("\r\n", "\n") + "</textarea>" in page
    assert '<input type="checkbox" name="t" value="1">' in page
    assert '<input type="checkbox" name="t" value="2" checked>' in page
    assert '<option value="" selected>–' in page
    assert '<option value="b">b' in page
    assert '<input type="hidden" name="seen" value="0">' in page
    assert "<details open>" in page
    assert '<form method="post" action="/here">' in page
    assert 'value="anderswo"' in page
    assert 'value="alt"' in page


def test_of_several_forms_the_one_that_was_sent_is_filled():
    one, other = (
        f'<form method="post"><input type="hidden" name="row" value="{n}">'
        '<input name="w" value=""></form>'
        for n in (1, 2)
    )

    page, left = refill(one + other, "/h", "/h", [("row", "2"), ("w", "x")])

    assert not left
    assert page.count('value="x"') == 1
    assert page.index('value="2"') < page.index('value="x"')


def test_a_page_without_the_form_gives_everything_back():
    assert refill("<p>x", "/h", "/a", [("w", "x")]) == ("<p>x", [("w", "x")])
