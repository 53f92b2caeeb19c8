"""Accounts, the roles granted to them, and where they are logged in."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.records.base import Base, Moment
from roster.records.people import words
from roster.rights import Role


class AccountRow(Base):
    """
    Somebody who may log in; of passwords and codes only hashes are kept.

    ``totp`` is the secret of the second factor, encrypted by the site;
    ``totp_counter`` the last code that was taken, so that none is twice.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    staff: Mapped[str | None] = mapped_column(
        ForeignKey("staff.id"), unique=True
    )
    password: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool]
    active: Mapped[bool]
    totp: Mapped[str] = mapped_column(String(300))
    totp_counter: Mapped[int]
    recovery: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)


class GrantRow(Base):
    """A role for a unit, with ``below`` for all under it; None for all."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account", "role", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role))
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    below: Mapped[bool]


class LoginRow(Base):
    """One log-in on one device, until it ends; its secret only hashed."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    secret: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(80))
    remembered: Mapped[bool]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
