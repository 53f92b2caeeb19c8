"""The first accounts, made where the records lie."""

from re import search

import pytest

from roster.records import AccountRow
from roster.rights import Grant, Role
from roster.services import account_views
from web.config import Config, default_url
from web.passwords import matches
from web.wiring import Office


def office(folder) -> Office:
    """The records the commands wrote to."""
    return Office(Config(folder, default_url(folder)))


@pytest.fixture
def kept(terminal):
    """The account of a log-in, as the records have it."""

    def read(login: str):
        here = office(terminal.folder)
        with here.records.reading() as session:
            row = session.query(AccountRow).filter_by(login=login).one()
            found = account_views.account(session, row.id), row.password
        here.close()
        return found

    return read


def first_password(out: str) -> str:
    """The password a command printed."""
    found = search(r"首次密码：(\S+)", out)
    assert found is not None, out
    return found[1]


def test_the_first_administrator_of_an_empty_county(terminal, kept):
    ran = terminal("admin", "create", "WangFang", "--name", "王芳")

    account, password = kept("wangfang")
    assert ran.code == 0
    assert matches(password, first_password(ran.out))
    assert account.must_change
    assert account.grants == (
        Grant(Role.BUREAU_ADMIN),
        Grant(Role.UNIT_EDITOR),
    )


def test_a_log_in_is_made_once(terminal):
    terminal("admin", "create", "wang")

    ran = terminal("admin", "create", "wang")

    assert ran.code == 2
    assert "已有人用" in ran.told


def test_a_forgotten_password_is_replaced(terminal, kept):
    old = first_password(terminal("admin", "create", "wang").out)

    ran = terminal("admin", "reset", "wang")

    _, password = kept("wang")
    assert matches(password, first_password(ran.out))
    assert not matches(password, old)


def test_nobody_unknown_is_reset(terminal):
    ran = terminal("admin", "reset", "nobody")

    assert ran.code == 1
    assert "没有这个账号" in ran.told


def test_a_typed_password_is_judged_and_not_printed(
    terminal, kept, monkeypatch
):
    typed = iter(["12345678901", "一只很大的花猫咪", "一只很大的花猫咪"])
    monkeypatch.setattr("web.cli.admins.getpass", lambda _: next(typed))

    weak = terminal("admin", "create", "wang", "--ask")
    ran = terminal("admin", "create", "wang", "--ask")

    account, password = kept("wang")
    assert weak.code == 2
    assert "太简单" in weak.told
    assert matches(password, "一只很大的花猫咪")
    assert "花猫" not in ran.out + ran.told
    assert not account.must_change


def test_administrators_are_listed(terminal):
    terminal("admin", "create", "wang", "--name", "王芳")

    ran = terminal("admin", "list")

    assert "wang 王芳 局管理员 全县" in ran.out
