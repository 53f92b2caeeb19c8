"""What somebody changes of their own account: password, second factor."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import AccountRow
from roster.records.journal import record
from roster.rights import signature
from roster.services.devices import end_all
from roster.services.logins import Credentials, name_of


def take_code(
    session: Session, *, held: Credentials, counter: int, now: datetime
) -> None:
    """Notes that a code of the second factor was taken; never twice."""
    row = session.get_one(AccountRow, held.account)
    if counter <= row.totp_counter:
        raise Refused("code-used")

    row.totp_counter = counter
    _tell(session, row, "use", now, code=True)


def take_recovery(
    session: Session, *, held: Credentials, code: str, now: datetime
) -> None:
    """Takes one recovery code, which is gone then."""
    row = session.get_one(AccountRow, held.account)
    if code not in row.recovery:
        raise Refused("code-used")

    row.recovery = [kept for kept in row.recovery if kept != code]
    _tell(session, row, "use", now, recovery_codes_left=len(row.recovery))


def change_password(
    session: Session,
    *,
    held: Credentials,
    password: str,
    secret: str,
    now: datetime,
) -> None:
    """Takes a new password (its hash); every other device is logged out."""
    row = session.get_one(AccountRow, held.account)
    if row.password != held.password:
        raise Refused("login-changed")

    row.password = password
    row.must_change = False
    end_all(session, account=row.id, now=now, but=secret)
    _tell(session, row, "change", now, password=True)


def rehash(session: Session, *, held: Credentials, password: str) -> None:
    """Keeps the same password under a hash of today's strength."""
    row = session.get_one(AccountRow, held.account)
    if row.password == held.password:
        row.password = password


def set_totp(
    session: Session,
    *,
    account: int,
    totp: str,
    counter: int,
    recovery: Sequence[str],
    now: datetime,
) -> None:
    """Turns the second factor on, or off with an empty secret."""
    row = session.get_one(AccountRow, account)
    row.totp, row.totp_counter = totp, counter
    row.recovery = list(recovery)
    _tell(session, row, "change", now, second_factor=bool(totp))


def _tell(
    session: Session,
    row: AccountRow,
    verb: str,
    now: datetime,
    **facts: object,
) -> None:
    record(
        session,
        who=signature(name_of(session, row), row.login),
        verb=verb,
        noun="account",
        thing=row.login,
        now=now,
        facts=facts,
    )
