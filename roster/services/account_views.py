"""Accounts as administrators see them, and who holds which right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.records import AccountRow, GrantRow, StaffRow, UnitRow
from roster.rights import RIGHTS_OF, Grant, Right, Visitor
from roster.services.logins import grants_of, name_of, parents, plain


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as administrators see it; never its secrets."""

    id: int
    login: str
    name: str
    staff_id: str
    unit_id: str
    active: bool
    must_change: bool
    second_factor: bool
    grants: tuple[Grant, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """What somebody is handed to log in by for the first time."""

    name: str
    position: str
    unit_name: str
    login: str
    password: str


def accounts(
    session: Session,
    *,
    unit_ids: Iterable[str] | None = None,
    query: str = "",
) -> tuple[AccountView, ...]:
    """Accounts of these units' people, or all with outsiders, by log-in."""
    wanted = select(AccountRow).order_by(AccountRow.login)
    if unit_ids is not None:
        mine = select(StaffRow.id).where(StaffRow.unit.in_(list(unit_ids)))
        wanted = wanted.where(AccountRow.staff.in_(mine))

    found = (view_of(session, row) for row in session.scalars(wanted))
    return tuple(a for a in found if query in a.name or query in a.login)


def account(session: Session, account_id: int) -> AccountView | None:
    """One account."""
    row = session.get(AccountRow, account_id)
    return view_of(session, row) if row else None


def account_by_login(session: Session, login: str) -> AccountView | None:
    """One account by the name it logs in by."""
    wanted = select(AccountRow).where(AccountRow.login == plain(login))
    row = session.scalars(wanted).first()
    return view_of(session, row) if row else None


def view_of(session: Session, row: AccountRow) -> AccountView:
    """An account's row as a value; an outsider belongs to the root."""
    person = session.get(StaffRow, row.staff) if row.staff else None
    return AccountView(
        row.id,
        row.login,
        name_of(session, row),
        row.staff or "",
        person.unit if person else root(session),
        row.active,
        row.must_change,
        bool(row.totp),
        grants_of(session, row.id),
        row.made_at,
    )


def root(session: Session) -> str:
    """The unit above all others; empty in an empty county."""
    top = select(UnitRow.id).where(UnitRow.parent.is_(None))
    return session.scalars(top.order_by(UnitRow.id)).first() or ""


def holders(session: Session, right: Right, unit: str) -> tuple[str, ...]:
    """The people (staff ids) who have a right in a unit."""
    above = parents(session)
    roles = [role for role, rights in RIGHTS_OF.items() if right in rights]
    rows = session.execute(
        select(AccountRow.staff, GrantRow)
        .join(GrantRow, GrantRow.account == AccountRow.id)
        .where(
            AccountRow.active,
            AccountRow.staff.is_not(None),
            GrantRow.role.in_(roles),
        )
    )
    found: set[str] = set()
    for staff, row in rows:
        grant = Grant(row.role, row.unit or "", row.below)
        reaches = Visitor(1, grants=(grant,), parents=above).may(right, unit)
        if staff and reaches:
            found.add(staff)

    return tuple(sorted(found))
