"""Accounts: made, given roles, reset, closed; by whom it is allowed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from roster.errors import Mistake, Refused, Unusable
from roster.records import AccountRow, GrantRow, StaffRow, UnitRow
from roster.records.journal import record
from roster.rights import Grant, Right, Role, Visitor
from roster.services.account_views import AccountView, Slip, root, view_of
from roster.services.devices import end_all
from roster.services.logins import name_of, plain

LONGEST_LOGIN, LONGEST_NAME = 40, 40

# A first password and its hash, both made by the face.
FirstPassword = Callable[[], tuple[str, str]]


def make_staff_accounts(
    session: Session,
    *,
    staff_ids: Sequence[str],
    first_password: FirstPassword,
    who: str,
    now: datetime,
) -> tuple[Slip, ...]:
    """Accounts for people of the name list; those who have one are left."""
    slips = []
    for staff_id in staff_ids:
        person = session.get(StaffRow, staff_id)
        if person is None:
            raise Refused("unknown-staff", value=staff_id)

        has = select(AccountRow.id).where(AccountRow.staff == staff_id)
        if session.scalars(has).first() is not None:
            continue

        words, hashed = first_password()
        row = _add(
            session, plain(staff_id), person.name, staff_id, hashed, now
        )
        mine = Grant(Role.STAFF, person.unit)
        _grant(session, row, mine, who, now)
        slips.append(_slip(session, row, words))
        _tell(session, row, "make", who, now)

    return tuple(slips)


def make_account(
    session: Session,
    *,
    login: str,
    name: str,
    password: str,
    grants: Sequence[Grant],
    staff_id: str = "",
    must_change: bool = True,
    who: str,
    now: datetime,
) -> AccountView:
    """
    One account, for somebody of the name list or an outsider.

    Raises
    ------
    Unusable
        A log-in or a name that cannot be; a log-in or person taken.
    """
    login, name = plain(login), name.strip()
    _check_names(session, login, name, staff_id)
    row = _add(session, login, name, staff_id or None, password, now)
    row.must_change = must_change
    for grant in grants:
        _grant(session, row, grant, who, now)

    _tell(session, row, "make", who, now)
    return view_of(session, row)


def _check_names(
    session: Session, login: str, name: str, staff_id: str
) -> None:
    wrong = []
    fit = all(letter.isalnum() or letter in "-_." for letter in login)
    if not login or not fit or len(login) > LONGEST_LOGIN:
        wrong.append(Mistake("bad-login", (), {"value": login}))
    if not name or len(name) > LONGEST_NAME:
        wrong.append(Mistake("no-name"))
    taken = select(AccountRow.id).where(AccountRow.login == login)
    if session.scalars(taken).first() is not None:
        wrong.append(Mistake("login-taken", (), {"value": login}))
    if staff_id:
        if session.get(StaffRow, staff_id) is None:
            wrong.append(Mistake("unknown-staff", (), {"value": staff_id}))
        has = select(AccountRow.id).where(AccountRow.staff == staff_id)
        if session.scalars(has).first() is not None:
            wrong.append(Mistake("has-account", (), {"value": staff_id}))
    if wrong:
        raise Unusable(*wrong)


def _add(
    session: Session,
    login: str,
    name: str,
    staff: str | None,
    password: str,
    now: datetime,
) -> AccountRow:
    row = AccountRow(
        login=login,
        name=name,
        staff=staff,
        password=password,
        must_change=True,
        active=True,
        totp="",
        totp_counter=0,
        recovery=[],
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def grant(
    session: Session,
    *,
    account_id: int,
    grant: Grant,
    who: str,
    now: datetime,
) -> None:
    """Gives an account a role for a unit."""
    row = _row(session, account_id)
    if grant.unit and session.get(UnitRow, grant.unit) is None:
        raise Refused("unknown-unit", value=grant.unit)

    _grant(session, row, grant, who, now)


def _grant(
    session: Session, row: AccountRow, grant: Grant, who: str, now: datetime
) -> None:
    known = _granted(session, row, grant.role, grant.unit) or GrantRow(
        account=row.id, role=grant.role, unit=grant.unit or None
    )
    known.below = grant.below
    session.add(known)
    _tell(session, row, "grant", who, now, grant)


def _granted(
    session: Session, row: AccountRow, role: Role, unit: str
) -> GrantRow | None:
    where = GrantRow.unit == unit if unit else GrantRow.unit.is_(None)
    same = select(GrantRow).where(
        GrantRow.account == row.id, GrantRow.role == role, where
    )
    return session.scalars(same).first()


def take_back(
    session: Session,
    *,
    account_id: int,
    role: Role,
    unit: str,
    who: str,
    now: datetime,
) -> None:
    """
    Takes a role back.

    Raises
    ------
    Refused
        The last one who governs the county may not be shut out.
    """
    row = _row(session, account_id)
    known = _granted(session, row, role, unit)
    if known is None:
        raise Refused("no-such-grant")

    gone = Grant(known.role, unit, known.below)
    session.delete(known)
    session.flush()
    _check_governed(session)
    _tell(session, row, "take back", who, now, gone)


def reset(
    session: Session,
    *,
    account_id: int,
    first_password: FirstPassword,
    who: str,
    now: datetime,
) -> Slip:
    """A new first password; the second factor is off, all log-ins end."""
    row = _row(session, account_id)
    words, row.password = first_password()
    row.must_change = True
    row.totp, row.recovery = "", []
    end_all(session, account=row.id, now=now)
    _tell(session, row, "reset", who, now)
    return _slip(session, row, words)


def set_active(
    session: Session,
    *,
    account_id: int,
    active: bool,
    who: str,
    now: datetime,
) -> None:
    """Closes an account at once, or opens it again."""
    row = _row(session, account_id)
    row.active = active
    session.flush()
    if not active:
        end_all(session, account=row.id, now=now)
        _check_governed(session)

    _tell(session, row, "open" if active else "close", who, now)


def check_may_administer(actor: Visitor, found: AccountView) -> None:
    """
    Whoever governs administers every account; an editor only staff's.

    An editor who could reset the approver's password would approve alone.
    """
    if actor.may(Right.GOVERN, found.unit_id or None):
        return

    plain_staff = all(
        grant.role is Role.STAFF and actor.may(Right.PREPARE, grant.unit)
        for grant in found.grants
    )
    if not plain_staff or not actor.may(Right.PREPARE, found.unit_id):
        raise Refused("account-of-another")


def _check_governed(session: Session) -> None:
    """Somebody active must still be able to govern the county."""
    governing = select(AccountRow.id).join(
        GrantRow, GrantRow.account == AccountRow.id
    )
    everywhere = or_(
        GrantRow.unit.is_(None),
        and_(GrantRow.unit == root(session), GrantRow.below),
    )
    left = session.scalars(
        governing.where(
            AccountRow.active,
            GrantRow.role == Role.BUREAU_ADMIN,
            everywhere,
        )
    ).first()
    if left is None:
        raise Refused("last-admin")


def _row(session: Session, account_id: int) -> AccountRow:
    row = session.get(AccountRow, account_id)
    if row is None:
        raise Refused("no-such-account")

    return row


def _slip(session: Session, row: AccountRow, words: str) -> Slip:
    person = session.get(StaffRow, row.staff) if row.staff else None
    unit = session.get(UnitRow, person.unit) if person else None
    return Slip(
        name_of(session, row),
        person.position if person else "",
        unit.name if unit else "",
        row.login,
        words,
    )


def _tell(
    session: Session,
    row: AccountRow,
    verb: str,
    who: str,
    now: datetime,
    grant: Grant | None = None,
) -> None:
    facts = (
        {"role": grant.role.value, "unit": grant.unit, "below": grant.below}
        if grant
        else {}
    )
    record(
        session,
        who=who,
        verb=verb,
        noun="account",
        thing=row.login,
        now=now,
        facts=facts,
    )
