"""Messages and channels on the site: one's own, and a unit's."""

from collections.abc import Iterator
from dataclasses import replace
from re import findall

import pytest
from sqlalchemy import select

from roster.records import ChannelRow, JournalRow
from roster.rights import Role
from roster.services.messaging import queue
from tests.offices import BUREAU, SCHOOL
from tests.receiver import Receiver, receiving
from tests.web.accounts import add_account, log_in
from tests.web.conftest import Visitor
from tests.web.county import NOW, STUCK
from web import create_app
from web.jobs import tick

ANNA, BERT = f"{SCHOOL.id}-02", f"{SCHOOL.id}-03"
CHANNELS = f"/units/{SCHOOL.id}/channels"
MESSAGES = f"/units/{SCHOOL.id}/messages"
KEY = "693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa"
SECRET = "SEC0123456789abcdef"
DINGTALK = f"https://oapi.dingtalk.com/robot/send?access_token={KEY}"


@pytest.fixture
def receiver(here) -> Iterator[Receiver]:
    """A receiving server in place of the robots' services."""
    with receiving() as opened:
        bases = {"wecom": opened.address, "dingtalk": opened.address}
        here.reach = replace(here.reach, bases=bases)
        yield opened


@pytest.fixture
def editor(working, receiver) -> Visitor:
    """The school's editor, the services outside replaced."""
    return working(Role.UNIT_EDITOR)


@pytest.fixture
def anna(here) -> Visitor:
    """One of the school's people, with an account of her own."""
    return person(here, ANNA)


def person(here, staff_id: str) -> Visitor:
    with here.records.writing() as session:
        add_account(session, staff_id.lower(), "某人", staff_id=staff_id)
    client = create_app(here).test_client()
    return Visitor(log_in(client, staff_id.lower()))


def tell(here, *staff, key="1", unit=SCHOOL.id, **facts) -> None:
    with here.records.writing() as session:
        queue(
            session,
            kind="duties-changed",
            staff=staff,
            unit=unit,
            facts=facts,
            key=key,
            now=NOW,
        )


def adds(visitor, kind="dingtalk", address=DINGTALK, secret=SECRET):
    return visitor.sends(CHANNELS, kind=kind, to=address, secret=secret)


def test_everybody_sees_their_own_messages_and_what_is_new(here, anna):
    tell(here, ANNA, gained=[["2026-10-07", "lead"]])
    tell(here, BERT, key="2", lost=[["2026-10-08", "lead"]])

    page = anna.reads("/messages")
    assert "新增：2026年10月7日（星期三）带班领导。" in page
    assert "2026年10月8日" not in page
    assert '<b class="count">1</b>' in page
    assert '<b class="count">1</b>' in anna.reads("/")
    english = anna.reads("/messages?lang=en")
    assert "New: Wednesday, 7 October 2026 (leader)." in english
    anna.reads("/messages?lang=zh")

    assert anna.sends("/messages/read", "/messages", newest="1").location
    assert '<b class="count">' not in anna.reads("/messages")


def test_a_message_leads_to_what_it_is_about(here, anna):
    tell(here, ANNA)

    page = anna.reads("/messages")

    assert f'<p><a href="/people/{ANNA}">柳湾小学的值班表有变动' in page


def test_the_bureau_sees_who_cannot_be_reached(working, editor):
    page = f"/units/{BUREAU.id}/channels"
    admin = working(Role.BUREAU_ADMIN)
    before = admin.reads(page)
    assert "下属单位有 3 个还没有渠道" in before
    assert "柳湾小学、石梁小学、野狐沟幼儿园" in before

    adds(editor)

    assert "下属单位有 2 个还没有渠道" in admin.reads(page)
    assert "还没有渠道" not in editor.reads(CHANNELS)


def test_what_came_while_reading_stays_unread(here, anna):
    tell(here, ANNA)
    newest = findall('name="newest" value="([0-9]+)"', anna.reads("/messages"))
    tell(here, ANNA, key="2")

    anna.sends("/messages/read", "/messages", newest=newest)

    assert '<b class="count">1</b>' in anna.reads("/messages")


def test_an_editor_adds_a_robot_and_tests_it(here, editor, receiver):
    answer = adds(editor)
    assert (answer.status_code, answer.location) == (303, CHANNELS)
    page = editor.reads(CHANNELS)
    assert "…5aaa" in page
    assert KEY not in page
    assert SECRET not in page

    editor.sends("/channels/1/test", CHANNELS)

    assert receiver.texts == [
        "【值班】这是一条测试消息，收到即表示柳湾小学的消息渠道可用。"
    ]
    assert "&sign=" in receiver.came[0][0]
    assert "已发出" in editor.reads(CHANNELS)
    assert "已发送" in editor.reads(MESSAGES)


def test_a_test_that_fails_says_why(editor, receiver):
    adds(editor)
    receiver.answers.append((200, {"errcode": 310000, "errmsg": "sign"}))

    editor.sends("/channels/1/test", CHANNELS)

    page = editor.reads(CHANNELS)
    assert "没有发出去：对方拒收（代码 310000）" in page
    assert 'class="note bad"' in page
    assert "发送失败" in editor.reads(MESSAGES)

    editor.sends("/channels/1/test", CHANNELS)
    assert "已发送 (1)" in editor.reads(MESSAGES)


@pytest.mark.parametrize(
    ("kind", "address", "status", "words"),
    [
        ("wecom", DINGTALK, 400, "不是这种机器人的地址"),
        ("dingtalk", "nonsense!", 400, "不是机器人的地址"),
        ("dingtalk", "http://127.0.0.1:22/", 400, "不是这种机器人的地址"),
        ("apprise", "json://127.0.0.1", 400, "没有这种消息渠道"),
        ("email", "wang@example.cn", 400, "没有这种消息渠道"),
        ("", "", 400, "没有这种消息渠道"),
        ("dingtalk", KEY, 409, "这个渠道已经加过"),
    ],
)
def test_what_is_no_channel_is_refused_with_the_form_kept(
    editor, kind, address, status, words
):
    adds(editor)

    answer = adds(editor, kind=kind, address=address)

    assert answer.status_code == status
    assert words in answer.text
    assert f'value="{address}"' in answer.text
    assert SECRET not in answer.text
    assert editor.reads(CHANNELS).count("/remove") == 1


def test_only_who_governs_may_name_any_address(working, receiver):
    admin = working(Role.BUREAU_ADMIN)

    answer = adds(admin, "apprise", "json://127.0.0.1:9/secret", "")

    assert answer.status_code == 303
    page = admin.reads(CHANNELS)
    assert "json://…" in page
    assert "secret" not in page.replace('name="secret"', "")


def test_a_channel_and_its_removal_are_journaled_without_the_address(
    here, editor
):
    adds(editor)
    editor.sends("/channels/1/remove", CHANNELS)

    with here.records.reading() as session:
        assert session.scalars(select(ChannelRow)).all() == []
        rows = session.scalars(
            select(JournalRow).where(JournalRow.noun == "channel")
        ).all()
        facts = [(row.verb, row.facts, row.thing) for row in rows]
    said = {"channel": 1, "kind": "dingtalk"}
    assert facts == [("add", said, SCHOOL.id), ("remove", said, SCHOOL.id)]


def test_a_personal_channel_is_nobody_elses(here, anna, visitor, receiver):
    bert = person(here, BERT)
    anna.sends("/account/channels", kind="wecom", to=KEY, secret="")

    for other in (bert, visitor):
        page = other.reads("/messages")
        assert "5aaa" not in other.reads("/account/channels")
        for address in (
            "/account/channels/1/remove",
            "/account/channels/1/test",
            "/channels/1/remove",
            "/channels/1/test",
        ):
            token = findall('name="csrf_token" value="([^"]+)"', page)[0]
            answer = other.client.post(address, data={"csrf_token": token})
            assert answer.status_code in (403, 404), address

    anna.sends("/account/channels/1/test", "/account/channels")
    assert len(receiver.came) == 1
    anna.sends("/account/channels/1/remove", "/account/channels")
    assert "5aaa" not in anna.reads("/account/channels")


def test_whoever_has_an_own_channel_is_told_there(here, editor, receiver):
    anna = person(here, ANNA)
    adds(editor)
    anna.sends("/account/channels", kind="wecom", to=KEY, secret="")
    tell(here, ANNA, BERT)

    tick(here, jobs=())

    told = {
        path.split("?")[0]: text
        for (path, _), text in zip(receiver.came, receiver.texts, strict=True)
    }
    assert told["/cgi-bin/webhook/send"].startswith("【值班】柳湾小学")
    assert told["/robot/send"].startswith("【值班】")
    assert "：柳湾小学的值班表有变动" in told["/robot/send"]


def test_an_editor_finds_what_failed_and_sends_it_again(
    here, editor, receiver
):
    tell(here, ANNA)
    tick(here, jobs=())
    page = editor.reads(f"{MESSAGES}?state=dropped")
    assert "没有消息渠道，仅网站可见" in page
    assert "未发送 (1)" in page

    adds(editor)
    answer = editor.sends("/sent/1/again", MESSAGES)
    assert (answer.status_code, answer.location) == (303, MESSAGES)
    tick(here, jobs=())

    assert len(receiver.came) == 1
    assert "没有这样的消息" in editor.reads(f"{MESSAGES}?state=dropped")
    assert editor.sends("/sent/1/again", MESSAGES).status_code == 409
    editor.reads(f"{MESSAGES}?state=lost", 404)


def test_the_bureau_sees_what_was_sent_under_it_and_an_editor_does_not(
    here, working
):
    tell(here, unit=SCHOOL.id)
    tell(here, unit=STUCK.id, key="2")
    bureau = f"/units/{BUREAU.id}/messages"

    admin = working(Role.BUREAU_ADMIN)
    below = admin.reads(f"{bureau}?below=yes")
    assert "柳湾小学群" in below
    assert "石梁小学群" in below
    assert "柳湾小学群" not in admin.reads(bureau)

    editor = working(Role.UNIT_EDITOR)
    editor.reads(bureau, 404)
    assert "石梁小学" not in editor.reads(f"{MESSAGES}?below=yes")


def test_quiet_hours_are_a_units_own_or_those_above(editor):
    assert "22:00 至 07:00" in editor.reads(CHANNELS)
    quiet = f"/units/{SCHOOL.id}/quiet"

    editor.sends(quiet, CHANNELS, begin="21:30", end="06:00")
    assert "21:30 至 06:00" in editor.reads(CHANNELS)

    answer = editor.sends(quiet, CHANNELS, begin="half", end="")
    assert answer.status_code == 400
    assert "应为两个钟点" in answer.text

    editor.sends(quiet, CHANNELS, above="yes")
    assert "22:00 至 07:00" in editor.reads(CHANNELS)


def test_an_outsiders_account_has_no_messages_and_no_channel(visitor):
    assert "不在名册里" in visitor.reads("/messages")
    token = visitor.token("/messages")

    answer = visitor.client.post(
        "/account/channels",
        data={"csrf_token": token, "kind": "wecom", "to": KEY},
    )

    assert answer.status_code == 404
