"""What may be pasted as an address, and what Apprise sends."""

import logging

import pytest

from roster.errors import Unusable
from roster.messages.apprised import mail_url
from roster.messages.channels import (
    Reach,
    masked,
    open_channel,
    read_address,
)
from roster.messages.posting import NotSent
from tests.receiver import mailbox

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
REACH = Reach(dict, float, {"dingtalk": "https://ding.county.example"}, "")


def mail_reach(port: int) -> Reach:
    """A mail account at a local server."""
    account = f"mailto://127.0.0.1:{port}?from=duty@county.example"
    return Reach(dict, float, mail=account)


@pytest.mark.parametrize(
    ("kind", "pasted"),
    [
        (
            "wecom",
            f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
        ),
        ("wecom", f"  {KEY}\n"),
        (
            "dingtalk",
            f"https://oapi.dingtalk.com/robot/send?access_token={KEY}",
        ),
        (
            "dingtalk",
            f"https://ding.county.example/robot/send?access_token={KEY}",
        ),
        ("feishu", f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}"),
    ],
)
def test_a_robot_is_known_by_its_whole_address_or_its_end(kind, pasted):
    assert read_address(kind, pasted, "", REACH) == KEY


@pytest.mark.parametrize(
    ("kind", "pasted", "code"),
    [
        ("pigeon", KEY, "unknown-channel"),
        ("wecom", "", "not-a-robot-address"),
        ("wecom", "a b c d e f g h", "not-a-robot-address"),
        ("wecom", f"{KEY}&x=1", "not-a-robot-address"),
        (
            "wecom",
            f"http://10.0.0.1/cgi-bin/webhook/send?key={KEY}",
            "not-this-robot",
        ),
        (
            "wecom",
            f"https://oapi.dingtalk.com/robot/send?access_token={KEY}",
            "not-this-robot",
        ),
        ("feishu", "https://open.feishu.cn/", "not-this-robot"),
        ("wecom", "x" * 501, "address-too-long"),
        ("email", "wang@school.example", "no-mail-account"),
        ("apprise", "nonsense", "not-an-apprise-address"),
        ("apprise", "nope://x", "not-an-apprise-address"),
        ("apprise", f"dingtalk://{KEY}/", "take-our-robot"),
    ],
)
def test_what_is_no_address_is_refused(kind, pasted, code):
    with pytest.raises(Unusable) as refused:
        read_address(kind, pasted, "", REACH)

    (mistake,) = refused.value.mistakes
    assert mistake.code == code
    assert KEY not in str(mistake)


@pytest.mark.parametrize(
    "pasted",
    ["wang", "a@b", "a@b.cn,c@d.cn", "a b@c.cn", "<a@b.cn>", "a@b.cn?to=x"],
)
def test_a_mail_address_is_one_address(pasted):
    with pytest.raises(Unusable):
        read_address("email", pasted, "", mail_reach(25))


@pytest.mark.parametrize(
    ("kind", "address", "shown"),
    [
        ("wecom", KEY, "…5aaa"),
        ("email", "wang@school.example", "w…@school.example"),
        ("apprise", "mailtos://u:secret@host", "mailtos://…"),
    ],
)
def test_an_address_is_never_shown_in_full(kind, address, shown):
    assert masked(kind, address) == shown


def test_a_mail_is_sent_to_its_one_addressee():
    with mailbox() as (port, mails):
        channel = open_channel(
            "email", "wang@school.example", "", mail_reach(port)
        )
        channel.send("【值班】明天值班")

    (mail,) = mails
    assert "To: wang@school.example" in mail
    assert "From: duty@county.example" in mail


def test_a_mail_nobody_takes_is_tried_again_and_nothing_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    with mailbox(takes=False) as (port, mails):
        channel = open_channel(
            "email", "wang@school.example", "", mail_reach(port)
        )
        with pytest.raises(NotSent) as raised:
            channel.send("x")

    assert (raised.value.code, raised.value.again) == ("not-taken", True)
    assert mails == []
    assert "wang" not in caplog.text


def test_mail_without_an_account_is_no_use_trying():
    channel = open_channel("email", "wang@school.example", "", REACH)

    with pytest.raises(NotSent) as raised:
        channel.send("x")

    assert (raised.value.code, raised.value.again) == ("bad-address", False)


def test_an_addressee_cannot_become_more_settings():
    url = mail_url("mailtos://u:p@host?from=a@b.cn", "x&pgp=1@c.cn")

    assert url == "mailtos://u:p@host?from=a@b.cn&to=x%26pgp%3D1%40c.cn"
