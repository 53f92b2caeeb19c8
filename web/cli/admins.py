"""`admin create`, `admin reset`, `admin list`: the first accounts."""

import argparse
from getpass import getpass
from typing import Any

from roster.errors import Mistake, Refused, Unusable
from roster.rights import Grant, Role
from roster.services import account_views, accounting, viewing
from web.cli.terminal import add_command, add_group, office, say, tell
from web.passwords import fault, first_password, first_passwords, hash_of
from web.words.roles import ROLES

WHO = "duty-roster admin"

# Whoever sets up a county governs it and keeps its lists.
FIRST_ROLES = (Role.BUREAU_ADMIN, Role.UNIT_EDITOR)


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    actions = add_group(
        commands,
        "admin",
        say(
            "账号：第一个管理员、忘了密码",
            "Accounts: the first administrator, a password forgotten",
        ),
        "duty-roster admin create wangfang --name 王芳",
    )
    parser = add_command(
        actions,
        "create",
        create,
        say("建一个局管理员", "Make a bureau administrator"),
        "duty-roster admin create wangfang --name 王芳",
    )
    parser.add_argument("login", metavar=say("账号", "LOGIN"))
    parser.add_argument("--name", default="", metavar=say("姓名", "NAME"))
    parser.add_argument(
        "--staff",
        default="",
        metavar=say("人员编号", "ID"),
        help=say("名册里的人", "somebody of the name list"),
    )
    parser.add_argument(
        "--ask",
        action="store_true",
        help=say(
            "自己输入密码；否则给一个首次密码",
            "type a password; else a first one is given",
        ),
    )
    parser = add_command(
        actions,
        "reset",
        reset,
        say("给新的首次密码", "Give a new first password"),
        "duty-roster admin reset wangfang",
    )
    parser.add_argument("login", metavar=say("账号", "LOGIN"))
    add_command(
        actions,
        "list",
        show,
        say("列出有特别角色的账号", "List accounts with special roles"),
        "duty-roster admin list",
    )


def create(asked: argparse.Namespace) -> None:
    """Makes somebody who may do everything but approve."""
    with office() as here:
        words, hashed = _password(asked) if asked.ask else first_password()
        with here.records.writing() as session:
            made = accounting.make_account(
                session,
                login=asked.login,
                name=asked.name or asked.login,
                password=hashed,
                grants=[Grant(role) for role in FIRST_ROLES],
                staff_id=asked.staff,
                must_change=not asked.ask,
                who=WHO,
                now=here.now(),
            )

    _hand_out(made.login, "" if asked.ask else words)


def _password(asked: argparse.Namespace) -> tuple[str, str]:
    words = getpass(say("密码：", "Password: "))
    wrong = fault(words, asked.login, asked.name)
    if wrong:
        raise Unusable(Mistake(wrong))

    if getpass(say("再输一次：", "Again: ")) != words:
        raise Unusable(Mistake("passwords-differ"))

    return words, hash_of(words)


def reset(asked: argparse.Namespace) -> None:
    """A new first password; every log-in of the account ends."""
    hashes = first_passwords(1)
    with office() as here, here.records.writing() as session:
        found = account_views.account_by_login(session, asked.login)
        if found is None:
            raise Refused("no-such-account")

        slip = accounting.reset(
            session,
            account_id=found.id,
            first_password=lambda: next(hashes),
            who=WHO,
            now=here.now(),
        )

    _hand_out(slip.login, slip.password)


def _hand_out(login: str, words: str) -> None:
    print(say(f"账号：{login}", f"Log-in: {login}"))
    if words:
        print(say(f"首次密码：{words}", f"First password: {words}"))
        tell(
            say(
                "只显示这一次；第一次登录须改掉。",
                "Shown this once; to be changed at the first log-in.",
            )
        )


def show(_: argparse.Namespace) -> None:
    """Who has more than a staff member's role, and where."""
    with office() as here, here.records.reading() as session:
        names = {unit.id: unit.name for unit in viewing.units(session)}
        found = account_views.accounts(session)

    for account in found:
        for grant in account.grants:
            if grant.role is not Role.STAFF:
                role = say(*ROLES[grant.role])
                place = names.get(grant.unit, say("全县", "county"))
                below = say("及以下", " and below") if grant.below else ""
                print(account.login, account.name, role, place + below)
