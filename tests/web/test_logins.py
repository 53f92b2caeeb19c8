"""Logging in and out, as people do it, and as they should not."""

from datetime import timedelta
from html import unescape
from re import DOTALL, findall, search

import pyotp
import pytest

from roster.records import AccountRow, LoginRow
from roster.rights import Grant, Role
from roster.services import logins
from tests.offices import SCHOOL
from tests.web.accounts import (
    EVERYTHING,
    HASHED,
    PASSWORD,
    add_account,
    log_in,
    login_of,
)
from tests.web.conftest import Visitor
from web import create_app
from web.config import Config

TEACHER = f"{SCHOOL.id}-05"
NEW = "山里的月亮很圆很亮"
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 14; HarmonyOS) "
    "Chrome/120 MicroMessenger/8.0"
}


@pytest.fixture
def app(here):
    """The small county's site."""
    return create_app(here)


@pytest.fixture
def stranger(app) -> Visitor:
    """Somebody who has not logged in."""
    return Visitor(app.test_client())


def enters(visitor: Visitor, login=EVERYTHING, password=PASSWORD, **more):
    """The log-in form, filled in and sent."""
    page = more.pop("page", "/login")
    headers = more.pop("headers", {})
    token = visitor.token(page)
    return visitor.client.post(
        page,
        data={
            "csrf_token": token,
            "login": login,
            "password": password,
            **more,
        },
        headers=headers,
    )


def logged_in(visitor: Visitor) -> bool:
    """Whether a page of one's own is shown."""
    return visitor.client.get("/account").status_code == 200


def test_the_right_password_lets_in_and_leads_on(stranger):
    answer = enters(stranger)

    assert answer.status_code == 303
    assert stranger.client.get(answer.location).location == "/"
    assert logged_in(stranger)


def test_the_log_in_leads_back_to_the_page_that_was_asked_for(stranger):
    asked = f"/units/{SCHOOL.id}/people?term="
    page = stranger.client.get(asked).location

    answer = enters(stranger, page=page)

    assert answer.location == asked


def test_an_address_without_a_query_is_led_back_to_as_it_is(stranger):
    assert stranger.client.get("/").location == "/login?next=/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "account",
    ],
)
def test_the_log_in_leads_nowhere_else(stranger, elsewhere):
    answer = enters(stranger, page=f"/login?next={elsewhere}")

    assert answer.location == "/login"


@pytest.mark.parametrize(
    ("login", "password"),
    [(EVERYTHING, "falsch"), ("nobody", PASSWORD), ("", ""), ("wang", "")],
)
def test_what_is_wrong_is_not_told(stranger, login, password):
    answer = enters(stranger, login, password)

    assert answer.status_code == 401
    assert "账号或密码不对" in answer.text
    assert not logged_in(stranger)


def test_staff_begin_with_their_own_duties(here, stranger):
    with here.records.writing() as session:
        grant = Grant(Role.STAFF, SCHOOL.id)
        add_account(session, "u010-05", "x", grant, staff_id=TEACHER)

    enters(stranger, "U010-05")

    assert stranger.client.get("/login").location == f"/people/{TEACHER}"
    assert "我的值班" in stranger.reads(f"/people/{TEACHER}")


def test_ten_wrong_passwords_close_the_account_for_an_hour(stranger):
    for _ in range(10):
        assert enters(stranger, password="falsch").status_code == 401

    answer = enters(stranger)

    assert answer.status_code == 429
    assert "一小时后再试" in answer.text
    assert not logged_in(stranger)
    other = enters(stranger, login_of(Role.HEAD))
    assert other.status_code == 303


def test_twenty_wrong_passwords_close_the_address(app):
    for number in range(20):
        stranger = Visitor(app.test_client())
        assert enters(stranger, f"n{number}", "x").status_code == 401

    answer = enters(Visitor(app.test_client()))

    assert answer.status_code == 429


def test_thirty_people_of_one_school_log_in_on_a_monday(app):
    answers = [enters(Visitor(app.test_client())) for _ in range(30)]

    assert {answer.status_code for answer in answers} == {303}


def test_a_proxy_is_believed_only_where_it_is_configured(here):
    def tries(proxies: int) -> list[int]:
        config = here.config
        here.config = Config(config.folder, config.url, proxies=proxies)
        app = create_app(here)
        found = []
        for number in range(22):
            sender = {"X-Forwarded-For": f"10.0.0.{number}"}
            stranger = Visitor(app.test_client())
            answer = enters(stranger, f"n{number}", "x", headers=sender)
            found.append(answer.status_code)

        return found

    assert 429 in tries(0)
    assert 429 not in tries(1)


def test_logging_out_ends_the_log_in_everywhere_it_was_copied_to(app):
    visitor = Visitor(app.test_client())
    enters(visitor)
    thief = Visitor(app.test_client())
    cookie = visitor.client.get_cookie("session")
    thief.client.set_cookie("session", cookie.value)
    assert logged_in(thief)

    visitor.sends("/logout", "/account")

    assert not logged_in(visitor)
    assert not logged_in(thief)


def test_a_session_prepared_by_somebody_else_is_not_taken_over(stranger):
    stranger.reads("/login")
    before = stranger.client.get_cookie("session").value
    enters(stranger)

    stranger.client.set_cookie("session", before)

    assert not logged_in(stranger)


def test_a_first_password_must_be_changed_before_anything_else(here, stranger):
    with here.records.writing() as session:
        add_account(session, "xin", "新人", Grant(Role.STAFF, SCHOOL.id))
        row = session.query(AccountRow).filter_by(login="xin").one()
        row.must_change = True
    enters(stranger, "xin")

    for page in ("/", "/account", f"/units/{SCHOOL.id}"):
        assert stranger.client.get(page).location == "/account/password"
    stranger.sends("/account/password", password=PASSWORD, new=NEW, again=NEW)

    assert logged_in(stranger)
    assert stranger.client.get(f"/units/{SCHOOL.id}").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [
        ("短短", "短短", "至少 8 个字符"),
        ("12345678901", "12345678901", "太简单"),
        ("aaaaaaaaaaa", "aaaaaaaaaaa", "太简单"),
        (
            f"我是{EVERYTHING}一二三四",
            f"我是{EVERYTHING}一二三四",
            "账号或姓名",
        ),
        ("王办公室的一只猫", "王办公室的一只猫", "账号或姓名"),
        (NEW, NEW + "。", "不一样"),
        (PASSWORD, PASSWORD, "和现在的一样"),
        ("长" * 201, "长" * 201, "最多 200"),
    ],
)
def test_a_weak_new_password_is_refused_in_words(visitor, new, again, told):
    answer = visitor.sends(
        "/account/password", password=PASSWORD, new=new, again=again
    )

    assert answer.status_code == 400
    assert told in answer.text


def test_only_who_knows_the_password_changes_it(visitor, here):
    answer = visitor.sends(
        "/account/password", password="falsch", new=NEW, again=NEW
    )

    assert answer.status_code == 400
    assert "现在的密码不对" in answer.text
    with here.records.reading() as session:
        row = session.query(AccountRow).filter_by(login=EVERYTHING).one()
        assert row.password == HASHED


def test_a_changed_password_logs_the_other_devices_out(app, stranger):
    elsewhere = Visitor(app.test_client())
    enters(stranger)
    enters(elsewhere)

    stranger.sends("/account/password", password=PASSWORD, new=NEW, again=NEW)

    assert logged_in(stranger)
    assert not logged_in(elsewhere)
    assert enters(elsewhere, password=PASSWORD).status_code == 401
    assert enters(elsewhere, password=NEW).status_code == 303


def test_devices_are_listed_and_logged_out_one_by_one(app, stranger):
    phone = Visitor(app.test_client())
    enters(phone, headers=PHONE, remember="yes")
    enters(stranger)

    text = stranger.reads("/account")
    assert "HarmonyOS · 微信" in text
    end = r'HarmonyOS · 微信.*?action="(/account/logins/[0-9]+/end)"'
    address = search(end, text, flags=DOTALL)
    assert address is not None
    stranger.sends(address[1], "/account")

    assert not logged_in(phone)
    assert logged_in(stranger)


def test_all_other_devices_are_logged_out_at_once(app, stranger):
    others = [Visitor(app.test_client()) for _ in range(3)]
    for other in others:
        enters(other)
    enters(stranger)

    stranger.sends("/account/logins/end", "/account")

    assert [logged_in(other) for other in others] == [False] * 3
    assert logged_in(stranger)


@pytest.mark.parametrize(
    ("remember", "idle"),
    [({}, timedelta(hours=2)), ({"remember": "y"}, timedelta(days=30))],
)
def test_a_device_not_used_for_long_is_logged_out(
    here, stranger, remember, idle
):
    start = here.clock()
    enters(stranger, **remember)

    here.clock = lambda: start + idle - timedelta(minutes=1)
    assert logged_in(stranger)
    here.clock = lambda: start + idle + timedelta(minutes=10)
    assert logged_in(stranger)
    here.clock = lambda: start + 2 * idle + timedelta(minutes=20)
    assert not logged_in(stranger)


def test_an_old_copy_of_the_cookie_does_not_wake_what_is_idle(here, stranger):
    start = here.clock()
    enters(stranger)
    old = stranger.client.get_cookie("session").value
    here.clock = lambda: start + timedelta(hours=1)
    assert logged_in(stranger)

    stranger.client.set_cookie("session", old)
    here.clock = lambda: start + timedelta(hours=2, minutes=30)

    assert not logged_in(stranger)


def test_a_forged_cookie_is_nobodys(app, stranger):
    enters(stranger)
    value = stranger.client.get_cookie("session").value
    for forged in (value[:-3] + "abc", "x" + value, "eyJsb2dpbiI6IngifQ.x.y"):
        stranger.client.set_cookie("session", forged)
        assert not logged_in(stranger)


def test_a_weaker_hash_is_made_anew_at_the_log_in(app, here, stranger):
    enters(stranger)

    with here.records.reading() as session:
        row = session.query(AccountRow).filter_by(login=EVERYTHING).one()
        assert row.password != HASHED
        assert "m=65536" in row.password
    assert enters(Visitor(app.test_client())).status_code == 303


def test_cookies_travel_by_https_only_where_that_is_set(here):
    def flags(**more):
        config = here.config
        here.config = Config(config.folder, config.url, **more)
        client = create_app(here).test_client()
        return client.get("/login").headers["Set-Cookie"]

    assert "Secure" not in flags()
    assert "Secure" in flags(https=True)
    assert "HttpOnly" in flags()
    assert "SameSite=Lax" in flags()


# The second factor.


def secret_of(page: str) -> str:
    """The letters an app would read from the picture."""
    found = search(r"<pre>([A-Z2-7]+)</pre>", page)
    assert found is not None
    return found[1]


def code(secret: str, here, steps: int = 0) -> str:
    """What the app shows, so many half minutes from now."""
    return pyotp.TOTP(secret).at(here.clock() + timedelta(seconds=30 * steps))


@pytest.fixture
def factored(here, visitor) -> tuple[str, list[str]]:
    """The second factor turned on: its secret, and the recovery codes."""
    page = "/account/second-factor"
    secret = secret_of(visitor.reads(page))
    answer = visitor.sends(
        page, password=PASSWORD, code=code(secret, here, -1)
    )
    papers = findall("<code>([a-z0-9]+)</code>", answer.text)
    return secret, papers


def test_the_second_factor_is_asked_for(here, stranger, factored):
    secret, papers = factored
    assert len(set(papers)) == 8

    answer = enters(stranger)
    assert answer.location == "/login/code"
    assert not logged_in(stranger)
    sent = stranger.sends("/login/code", code=code(secret, here))

    assert sent.status_code == 303
    assert logged_in(stranger)


def test_a_code_logs_in_once(app, here, factored):
    secret, _ = factored
    once = code(secret, here)
    first, second = (Visitor(app.test_client()) for _ in range(2))
    for visitor in (first, second):
        enters(visitor)

    assert first.sends("/login/code", code=once).status_code == 303
    assert second.sends("/login/code", code=once).status_code == 401
    assert not logged_in(second)


def test_the_code_that_turned_it_on_does_not_log_in(here, stranger, factored):
    secret, _ = factored
    enters(stranger)

    answer = stranger.sends("/login/code", code=code(secret, here, -1))

    assert answer.status_code == 401


def test_a_recovery_code_logs_in_once(app, stranger, factored):
    _, papers = factored
    enters(stranger)
    words = f" {papers[0][:5].upper()} {papers[0][5:]}"

    assert stranger.sends("/login/code", code=words).status_code == 303
    again = Visitor(app.test_client())
    enters(again)
    assert again.sends("/login/code", code=papers[0]).status_code == 401
    assert "还剩 7 个" in stranger.reads("/account")


def test_guessing_codes_ends_after_ten(stranger, factored):
    enters(stranger)

    answers = [
        stranger.sends("/login/code", code=f"{number:06}").status_code
        for number in range(11)
    ]

    assert answers[-1] == 429


def test_a_code_alone_is_nothing(here, stranger, factored):
    secret, _ = factored

    answer = stranger.client.get("/login/code")

    assert answer.location == "/login"
    assert code(secret, here) not in answer.text


def test_the_password_is_forgotten_when_the_code_takes_too_long(
    here, stranger, factored
):
    start = here.clock()
    enters(stranger)

    here.clock = lambda: start + timedelta(minutes=6)

    assert stranger.client.get("/login/code").location == "/login"


def test_a_wrong_code_turns_nothing_on(visitor, here):
    page = "/account/second-factor"
    secret_of(visitor.reads(page))

    answer = visitor.sends(page, password=PASSWORD, code="000000")

    assert answer.status_code == 400
    assert "没有开启" in visitor.reads("/account")


def test_the_second_factor_is_turned_off_with_the_password(
    visitor, stranger, factored
):
    off = "/account/second-factor/off"
    visitor.sends(off, "/account", password="falsch")
    assert enters(stranger).location == "/login/code"

    visitor.sends(off, "/account", password=PASSWORD)

    assert enters(stranger).location == "/login"


def test_the_secret_is_encrypted_in_the_records(here, factored):
    secret, papers = factored
    with here.records.reading() as session:
        row = session.query(AccountRow).filter_by(login=EVERYTHING).one()
        kept = f"{row.totp} {row.recovery}"

    assert secret not in kept
    assert all(paper not in kept for paper in papers)


def test_an_installation_without_accounts_says_how_to_make_one(here, app):
    with here.records.writing() as session:
        for row in (*session.query(LoginRow), *session.query(AccountRow)):
            for grant in session.execute(
                logins.select(logins.GrantRow)
            ).scalars():
                session.delete(grant)
            session.flush()
            session.delete(row)

    text = unescape(Visitor(app.test_client()).reads("/login"))

    assert "duty-roster admin create" in text
    assert "<form" not in text.partition("<main")[2]


def test_nothing_of_a_log_in_is_on_another_ones_page(app):
    head = Visitor(log_in(app.test_client(), login_of(Role.HEAD)))

    text = head.reads("/account")

    assert login_of(Role.HEAD) in text
    assert "校（园）长" in text
    assert EVERYTHING not in text
