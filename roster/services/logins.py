"""
Logging in: who somebody is, on which devices, until when.

Passwords and codes are compared by the face, which knows the hashes'
libraries; here stand the facts, and every change in one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import (
    AccountRow,
    GrantRow,
    LoginRow,
    StaffRow,
    UnitRow,
)
from roster.rights import Grant, Visitor

# How long a log-in lasts at most: on one's own device, and elsewhere.
LASTS: Mapping[bool, timedelta] = {
    True: timedelta(days=90),
    False: timedelta(hours=12),
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a log-in is held against; hashes only."""

    account: int
    login: str
    password: str
    totp: str
    totp_counter: int
    recovery: tuple[str, ...]


def plain(login: str) -> str:
    """A log-in name as it is kept: without width, case and blanks."""
    return "".join(normalize("NFKC", login).casefold().split())


def hashed(secret: str) -> str:
    """What is kept of a secret that nobody could guess."""
    return sha256(secret.encode()).hexdigest()


def credentials(
    session: Session, *, login: str, today: date
) -> Credentials | None:
    """What somebody's log-in is held against; None if they have none."""
    wanted = select(AccountRow).where(AccountRow.login == plain(login))
    row = session.scalars(wanted).first()
    return _credentials(row) if row and _alive(session, row, today) else None


def credentials_of(session: Session, *, account: int) -> Credentials:
    """The same of somebody who has logged in."""
    return _credentials(session.get_one(AccountRow, account))


def _credentials(row: AccountRow) -> Credentials:
    return Credentials(
        row.id,
        row.login,
        row.password,
        row.totp,
        row.totp_counter,
        tuple(row.recovery),
    )


def _alive(session: Session, row: AccountRow, today: date) -> bool:
    """Whether an account may be used: not disabled, its person not gone."""
    person = session.get(StaffRow, row.staff) if row.staff else None
    gone = person and person.employed_until and person.employed_until < today
    return row.active and not gone


def open_login(
    session: Session,
    *,
    held: Credentials,
    device: str,
    remembered: bool,
    now: datetime,
    today: date,
) -> str:
    """
    Opens a log-in on a device; gives the secret that only it has.

    Raises
    ------
    Refused
        When the account changed since its password was compared.
    """
    row = session.get(AccountRow, held.account)
    if (
        row is None
        or not _alive(session, row, today)
        or (row.password, row.totp) != (held.password, held.totp)
    ):
        raise Refused("login-changed")

    secret = token_urlsafe(32)
    session.add(
        LoginRow(
            account=row.id,
            secret=hashed(secret),
            device=device[:80],
            remembered=remembered,
            opened_at=now,
        )
    )
    return secret


def visitor_of(
    session: Session, *, secret: str, now: datetime, today: date
) -> Visitor | None:
    """Who has the secret of a log-in; None when it has ended."""
    found = session.execute(
        select(LoginRow, AccountRow)
        .join(AccountRow, AccountRow.id == LoginRow.account)
        .where(LoginRow.secret == hashed(secret), LoginRow.ended_at.is_(None))
    ).first()
    if found is None:
        return None

    login, row = found
    late = login.opened_at + LASTS[login.remembered] < now
    return None if late else _visitor(session, row, today)


def visitor_with(
    session: Session, *, account: int | None, today: date
) -> Visitor | None:
    """What the owner of an account may do; None when it has ended."""
    row = session.get(AccountRow, account) if account else None
    return _visitor(session, row, today) if row else None


def _visitor(session: Session, row: AccountRow, today: date) -> Visitor | None:
    if not _alive(session, row, today):
        return None

    return Visitor(
        account=row.id,
        name=name_of(session, row),
        login=row.login,
        staff_id=row.staff or "",
        must_change=row.must_change,
        grants=grants_of(session, row.id),
        parents=parents(session),
    )


def account_behind(session: Session, *, secret: str) -> int | None:
    """Whose log-in a secret is or was, however it ended."""
    wanted = select(LoginRow.account).where(LoginRow.secret == hashed(secret))
    return session.scalar(wanted)


def name_of(session: Session, row: AccountRow) -> str:
    """The person's present name, else the outsider's as written down."""
    person = session.get(StaffRow, row.staff) if row.staff else None
    return person.name if person else row.name


def grants_of(session: Session, account: int) -> tuple[Grant, ...]:
    """The roles of an account."""
    rows = session.scalars(
        select(GrantRow)
        .where(GrantRow.account == account)
        .order_by(GrantRow.id)
    )
    return tuple(Grant(row.role, row.unit or "", row.below) for row in rows)


def parents(session: Session) -> dict[str, str]:
    """The unit above each unit."""
    rows = session.execute(select(UnitRow.id, UnitRow.parent))
    return {unit: parent or "" for unit, parent in rows}


def any_account(session: Session) -> bool:
    """Whether anybody can log in at all."""
    return session.scalars(select(AccountRow.id).limit(1)).first() is not None
