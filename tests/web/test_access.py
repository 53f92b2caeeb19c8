"""Only this computer writes, and only from our own pages."""

import pytest

from tests.offices import SCHOOL

FORM = f"/units/{SCHOOL.id}/check"
FEED = f"/people/{SCHOOL.id}-01/feed"
REFUSED = "录入只能在服务器本机进行"


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"environ_base": {"REMOTE_ADDR": "192.168.1.20"}},
        {"environ_base": {"REMOTE_ADDR": ""}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"X-Real-IP": "127.0.0.1"}},
        {"headers": {"Via": "1.1 proxy"}},
        {"headers": {"Host": "evil.example:8000"}},
    ],
    ids=str,
)
def test_nobody_writes_from_elsewhere(visitor, elsewhere):
    token = visitor.token(FORM)

    form = visitor.client.get(FORM, **elsewhere)
    check = visitor.client.post(FORM, data={"csrf_token": token}, **elsewhere)
    feed = visitor.client.post(FEED, data={"csrf_token": token}, **elsewhere)

    assert [a.status_code for a in (form, check, feed)] == [403] * 3
    assert all(REFUSED in a.text for a in (form, check, feed))


def test_elsewhere_no_button_leads_to_a_refusal(visitor):
    pages = (f"/units/{SCHOOL.id}", f"/units/{SCHOOL.id}/checks")
    elsewhere = {"REMOTE_ADDR": "192.168.1.20"}

    for page in pages:
        assert f'href="{FORM}"' in visitor.reads(page)
        answer = visitor.client.get(page, environ_base=elsewhere)
        assert answer.status_code == 200
        assert f'href="{FORM}"' not in answer.text

    person = visitor.client.get(FEED[:-5], environ_base=elsewhere)
    assert "<form" not in person.text


@pytest.mark.parametrize("address", [FORM, FEED])
@pytest.mark.parametrize("token", [{}, {"csrf_token": "made-up"}])
def test_a_form_of_another_site_is_refused_in_words(visitor, address, token):
    visitor.token(FORM)

    answer = visitor.client.post(address, data=token)

    assert answer.status_code == 400
    assert "表单已过期" in answer.text


def test_what_an_address_does_not_take_is_said_in_words(visitor):
    answer = visitor.client.get(FEED)

    assert answer.status_code == 405
    assert "不接受这种请求" in answer.text


def test_what_is_too_large_is_refused_in_words(visitor):
    answer = visitor.client.post(FORM, data={"note": "长" * 3_000_000})

    assert answer.status_code == 413
    assert "太大" in answer.text


def test_what_no_database_takes_is_refused_in_words(visitor):
    token = visitor.token(FORM)

    for answer in (
        visitor.client.get("/units/U%00"),
        visitor.client.get("/?q=%00"),
        visitor.client.post(FORM, data={"csrf_token": token, "note": "\0"}),
    ):
        assert answer.status_code == 400
        assert "读不懂" in answer.text
