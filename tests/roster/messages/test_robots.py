"""The three robots, against a server that answers as theirs do."""

import base64
import hashlib
import hmac
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from roster.messages.channels import Reach, open_channel
from roster.messages.posting import NotSent, post
from roster.messages.robots import MORE, ROBOTS
from tests.receiver import TAKEN

TOKEN, SECRET = "abcd-1234_token", "SECret0123456789"
MOMENT = 1_795_000_000.25


def robot(kind, address, secret="", patience=20):
    """A robot whose service is the receiver."""
    reach = Reach(
        partial(post, patience=patience), lambda: MOMENT, {kind: address}
    )
    return open_channel(kind, TOKEN, secret, reach)


def sends(kind, receiver, text="值班提醒", **more):
    robot(kind, receiver.address, **more).send(text)


def failure(kind, receiver, **more) -> tuple[str, bool]:
    """Why a message was not taken, and whether to try again."""
    with pytest.raises(NotSent) as raised:
        sends(kind, receiver, **more)

    return raised.value.code, raised.value.again


@pytest.mark.parametrize(
    ("kind", "path", "document"),
    [
        (
            "wecom",
            f"/cgi-bin/webhook/send?key={TOKEN}",
            {"msgtype": "text", "text": {"content": "值班提醒"}},
        ),
        (
            "dingtalk",
            f"/robot/send?access_token={TOKEN}",
            {"msgtype": "text", "text": {"content": "值班提醒"}},
        ),
        (
            "feishu",
            f"/open-apis/bot/v2/hook/{TOKEN}",
            {"msg_type": "text", "content": {"text": "值班提醒"}},
        ),
    ],
)
def test_each_robot_is_spoken_to_as_it_wants(receiver, kind, path, document):
    sends(kind, receiver)

    assert receiver.came == [(path, document)]


def test_dingtalk_finds_its_signature_in_the_address(receiver):
    sends("dingtalk", receiver, secret=SECRET)

    query = parse_qs(urlsplit(receiver.came[0][0]).query)
    (moment,) = query["timestamp"]
    expected = base64.b64encode(
        hmac.new(
            SECRET.encode(), f"{moment}\n{SECRET}".encode(), hashlib.sha256
        ).digest()
    ).decode()
    assert moment == "1795000000250"
    assert query["sign"] == [expected]


def test_feishu_finds_its_signature_in_the_document(receiver):
    sends("feishu", receiver, secret=SECRET)

    document = receiver.came[0][1]
    moment = document["timestamp"]
    key = f"{moment}\n{SECRET}".encode()
    expected = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest())
    assert moment == "1795000000"
    assert document["sign"] == expected.decode()


@pytest.mark.parametrize(
    ("kind", "answer", "code", "again"),
    [
        ("wecom", {"errcode": 93000, "errmsg": "invalid"}, 93000, False),
        ("wecom", {"errcode": 45009, "errmsg": "too often"}, 45009, True),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign"}, 310000, False),
        ("dingtalk", {"errcode": 130101, "errmsg": "fast"}, 130101, True),
        ("feishu", {"code": 19021, "msg": "sign"}, 19021, False),
        ("feishu", {"code": 11232, "msg": "frequency"}, 11232, True),
        ("feishu", {"msg": "no code at all"}, -1, True),
        ("wecom", {"errcode": "0"}, -1, True),
    ],
)
def test_a_refusal_with_status_200_is_a_refusal(
    receiver, kind, answer, code, again
):
    receiver.answers.append((200, answer))

    assert failure(kind, receiver) == (f"refused:{code}", again)


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.parametrize(
    ("answer", "code", "again"),
    [
        ((500, {}), "http:500", True),
        ((429, {}), "http:429", True),
        ((404, {}), "http:404", False),
        ((302, {}), "http:302", False),
        ((200, b"<html>"), "no-json", True),
        ((200, b"[0]"), "no-json", True),
        ((200, b"x" * 100_000), "no-json", True),
        ("hang", "timeout", True),
        ("trickle", "timeout", True),
    ],
    ids=str,
)
def test_a_server_in_trouble_is_told_apart(
    receiver, kind, answer, code, again
):
    receiver.answers.append(answer)
    patience = 0.3 if code == "timeout" else 20

    assert failure(kind, receiver, patience=patience) == (code, again)
    assert receiver.arrived.wait(20)
    assert len(receiver.came) == 1


def test_a_server_that_is_not_there_is_tried_again(receiver):
    receiver.address = "http://127.0.0.1:9"

    assert failure("wecom", receiver) == ("unreachable", True)


def test_what_is_too_long_for_a_robot_says_so(receiver):
    sends("wecom", receiver, "值" * 2000)

    (text,) = receiver.texts
    assert len(text.encode()) <= 2048
    assert text.endswith("值" + MORE)


def test_no_secret_shows_where_a_robot_is_printed(receiver):
    receiver.answers.extend([(500, {}), TAKEN])
    opened = robot("dingtalk", receiver.address, SECRET)

    with pytest.raises(NotSent) as raised:
        opened.send("x")

    for words in (repr(opened), str(raised.value), repr(raised.value)):
        assert TOKEN not in words
        assert SECRET not in words
    assert raised.value.__cause__ is None
