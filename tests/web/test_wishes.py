"""A wish round on the site: the editor opens it, staff answer."""

from re import findall, search

import pytest

from roster.records.values import county_of
from roster.rights import Grant, Role
from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.accounts import add_account, log_in
from tests.web.conftest import Visitor
from tests.web.county import LATER, SCHOOL_STAFF
from web import create_app

ROUND = f"/units/{SCHOOL.id}/wishes?term={LATER.id}"
ONE = SCHOOL_STAFF[8]
WISH = {"dates": "2027-05-01", "want": "愿休息", "weight": "3"}


def somebody(here, login: str, staff_id: str) -> Visitor:
    """A member of staff at the browser, with no other role."""
    with here.records.writing() as session:
        grant = Grant(Role.STAFF, SCHOOL.id)
        add_account(session, login, login, grant, staff_id=staff_id)
    return Visitor(log_in(create_app(here).test_client(), login))


@pytest.fixture
def one(here) -> Visitor:
    """A teacher of the school."""
    return somebody(here, "teacher", ONE.id)


def opened(visitor, one, page=ROUND, closes="2027-04-20T18:00") -> str:
    """The address under which the round is answered."""
    visitor.sends(page, closes=closes)
    found = search('"(/my/wishes/[0-9]+)/wish"', one.reads("/my/wishes"))
    assert found is not None
    return found[1]


def county(here):
    with here.records.reading() as session:
        return county_of(session)


def test_the_editor_opens_a_round_and_closes_it(visitor):
    assert "开放征集" in visitor.reads(ROUND)

    bad = visitor.sends(ROUND, closes="2026-10-01T08:00")
    assert bad.status_code == 409
    assert "截止时间要在现在之后" in bad.text
    assert visitor.sends(ROUND, closes="x").status_code == 400

    sent = visitor.sends(ROUND, closes="2027-04-20T18:00")
    assert sent.status_code == 303
    text = visitor.reads(ROUND)
    assert "征集中" in text
    assert "18:00 截止" in text
    assert ONE.name in text
    visitor.sends(ROUND, close="1")
    assert "已截止" in visitor.reads(ROUND)


def test_somebody_answers_on_the_phone_and_takes_back(visitor, here, one):
    round_ = opened(visitor, one)

    one.sends(f"{round_}/wish", "/my/wishes", **WISH)
    one.sends(f"{round_}/leave", "/my/wishes", first="2027-05-20", kind="事假")

    page = one.reads("/my/wishes")
    assert "2027-05-01 愿休息" in page
    assert "2027-05-20 事假" in page
    assert "已答复" in page
    assert [w.staff for w in county(here).wishes] == [ONE.id]
    editor = visitor.reads(ROUND)
    assert ONE.name not in findall("<li>([^< ]+)", editor)

    (address,) = findall(f'"({round_}/wish/[0-9]+/remove)"', page)
    seal = search('name="seen" value="([^"]+)"', page)
    one.sends(address, "/my/wishes", seen=seal[1])
    assert county(here).wishes == ()


def test_without_a_wish_one_may_say_so(visitor, one):
    round_ = opened(visitor, one)

    one.sends(f"{round_}/answer", "/my/wishes")

    assert "已答复" in one.reads("/my/wishes")


def test_a_mistake_is_told_and_the_form_stays_filled(visitor, one):
    round_ = opened(visitor, one)

    sent = one.sends(
        f"{round_}/wish", "/my/wishes", **WISH | {"dates": "2026-12-01"}
    )

    assert sent.status_code == 400
    assert "不在学期之内" in sent.text
    assert 'value="2026-12-01"' in sent.text


def test_after_the_closing_nothing_is_saved(visitor, here, one):
    round_ = opened(visitor, one)
    token = one.token("/my/wishes")
    visitor.sends(ROUND, close="1")

    late = one.client.post(
        f"{round_}/wish", data={"csrf_token": token, **WISH}
    )

    assert late.status_code == 409
    assert "已经截止" in late.text
    assert county(here).wishes == ()
    assert f'action="{round_}' not in one.reads("/my/wishes")


def test_of_another_unit_nothing_is_asked(visitor, here, one):
    round_ = opened(visitor, one)
    stranger = somebody(here, "stranger", f"{BUREAU.id}-20")

    assert "还没有征集意愿" in stranger.reads("/my/wishes")
    sent = stranger.sends(f"{round_}/wish", "/my/wishes", **WISH)

    assert sent.status_code == 409
    assert county(here).wishes == ()


def test_an_account_without_a_member_of_staff_is_told_so(visitor):
    assert "没有意愿可填" in visitor.reads("/my/wishes")


def test_how_many_wishes_were_met_is_told(visitor, here, one):
    page = f"/units/{SCHOOL.id}/wishes?term={SHORT.id}"
    round_ = opened(visitor, one, page, "2026-10-20T18:00")
    one.sends(
        f"{round_}/wish", "/my/wishes", dates="2026-10-11", want="愿休息"
    )

    told = "值班日上的意愿 1 个，照顾到 1 个"
    assert told in one.reads("/my/wishes")
    assert told in visitor.reads(page)


def test_what_is_no_kind_of_wish_is_not_there(visitor, one):
    round_ = opened(visitor, one)

    assert one.sends(f"{round_}/limit", "/my/wishes").status_code == 404
