"""Who is to act on a draft, and who made it, as members of staff."""

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.records import AccountRow, RosterRow
from roster.rights import Right
from roster.services.account_views import holders

LOGIN = re.compile(r"（([^（）]+)）$")


def approvers_of(session: Session, row: RosterRow) -> frozenset[str]:
    """Those who may approve a unit's rosters and did not make this one."""
    found = holders(session, Right.APPROVE, row.unit)
    return frozenset(found) - makers_of(session, row)


def makers_of(session: Session, row: RosterRow) -> frozenset[str]:
    """Those who answer for a draft and who changed it last."""
    return _staff_behind(session, (row.author, row.editor))


def editors_of(session: Session, unit: str) -> frozenset[str]:
    """Those who draft a unit's rosters."""
    return frozenset(holders(session, Right.ROSTER, unit))


def _staff_behind(
    session: Session, signatures: Iterable[str]
) -> frozenset[str]:
    """The people of signatures that name an account: 张伟（u010-03）."""
    logins = [found[1] for s in signatures if (found := LOGIN.search(s))]
    rows = select(AccountRow.staff).where(
        AccountRow.login.in_(logins), AccountRow.active
    )
    return frozenset(staff for staff in session.scalars(rows) if staff)
