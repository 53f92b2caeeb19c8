"""The devices somebody is logged in on, and logging out of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import LoginRow
from roster.services.logins import LASTS, hashed


@dataclass(frozen=True, slots=True)
class Device:
    """One device on which somebody is logged in."""

    id: int
    device: str
    remembered: bool
    opened_at: datetime
    here: bool


def devices(
    session: Session, *, account: int, secret: str, now: datetime
) -> tuple[Device, ...]:
    """Where somebody is logged in, the newest first."""
    rows = session.scalars(
        select(LoginRow)
        .where(LoginRow.account == account, LoginRow.ended_at.is_(None))
        .order_by(LoginRow.id.desc())
    )
    mine = hashed(secret)
    return tuple(
        Device(
            row.id,
            row.device,
            row.remembered,
            row.opened_at,
            row.secret == mine,
        )
        for row in rows
        if row.opened_at + LASTS[row.remembered] >= now
    )


def end_login(session: Session, *, secret: str, now: datetime) -> None:
    """Logs out of this device."""
    _end(session, LoginRow.secret == hashed(secret), now=now)


def end_one(
    session: Session, *, account: int, login_id: int, now: datetime
) -> None:
    """Logs an account out of one of its devices."""
    mine = LoginRow.account == account, LoginRow.id == login_id
    if not _end(session, *mine, now=now):
        raise Refused("no-such-login")


def end_all(
    session: Session, *, account: int, now: datetime, but: str = ""
) -> None:
    """Logs an account out everywhere, but for one secret's device."""
    others = LoginRow.secret != hashed(but)
    _end(session, LoginRow.account == account, others, now=now)


def _end(session: Session, *which: object, now: datetime) -> int:
    open_ones = select(LoginRow).where(
        LoginRow.ended_at.is_(None),
        *which,  # type: ignore[arg-type]
    )
    rows = session.scalars(open_ones).all()
    for row in rows:
        row.ended_at = now

    return len(rows)
