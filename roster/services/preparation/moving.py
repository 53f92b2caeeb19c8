"""
Moves somebody to another unit from a day on.

Who they are stays: their number, what they have served, leave, limits,
wishes and relations go with them, as with the workbook. What does not go
with them is shown before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import review
from roster.errors import Mistake, Refused, Unusable
from roster.people import Period, StaffMember, Unit, UnitKind
from roster.records import (
    AccountRow,
    AssignmentRow,
    RosterRow,
    ShiftRow,
    StaffRow,
    SwapRow,
    TermRow,
    UnitRow,
)
from roster.records.journal import record
from roster.records.values import member_of, unit_of
from roster.rights import Grant, Role
from roster.services import accounting
from roster.services.logins import grants_of
from roster.services.preparation.listing import seal
from roster.services.served import ServedDuty, held_shifts, served_duty
from roster.services.swapping.following import end_of_person
from roster.swaps import OPEN

MOST_AHEAD = 366  # days

Duties = tuple[tuple[ServedDuty, str], ...]


@dataclass(frozen=True, slots=True)
class Move:
    """
    What a move comes to.

    Parameters
    ----------
    seal
        Of the person as they are now.
    duties
        Published duties in the old unit from the day on, to come, with
        their terms; somebody else must take them.
    drafts
        Terms whose draft in the old unit has the person.
    swaps
        How many open swaps in the old unit end.
    login
        The account's log-in name, empty where there is none.
    lost, kept
        Roles that fall away with the old unit, and those that stay;
        ``staff`` is given anew in the new unit.
    """

    member: StaffMember
    old: Unit
    new: Unit
    first: date
    seal: str
    duties: Duties
    drafts: tuple[str, ...]
    swaps: int
    login: str
    lost: tuple[Grant, ...]
    kept: tuple[Grant, ...]

    @property
    def takes_roles(self) -> bool:
        """Whether more than a staff member's role falls away."""
        return any(grant.role is not Role.STAFF for grant in self.lost)


def person(session: Session, staff_id: str) -> tuple[StaffMember, Unit]:
    """Who is to move, and where they are now."""
    row = session.get_one(StaffRow, staff_id)
    return member_of(row), unit_of(session.get_one(UnitRow, row.unit))


def look(
    session: Session, staff_id: str, *, to: str, first: date, today: date
) -> Move:
    """
    What a move would come to; nothing is changed.

    Raises
    ------
    Unusable
        With every mistake: a unit or a day that cannot be.
    """
    row = session.get_one(StaffRow, staff_id)
    there = session.get(UnitRow, to)
    coming = _coming(session, row, today)
    wrong = [*_mistakes(row, there, first, today, coming)]
    if wrong or there is None:
        raise Unusable(*wrong)

    account = session.scalars(
        select(AccountRow).where(AccountRow.staff == staff_id)
    ).first()
    grants = grants_of(session, account.id) if account else ()
    return Move(
        member_of(row),
        unit_of(session.get_one(UnitRow, row.unit)),
        unit_of(there),
        first,
        seal(row),
        tuple(pair for pair in coming if pair[0].date >= first),
        _drafts(session, row),
        len(_swaps(session, row)),
        account.login if account else "",
        tuple(one for one in grants if one.unit == row.unit),
        tuple(one for one in grants if one.unit != row.unit),
    )


def _mistakes(
    row: StaffRow,
    there: UnitRow | None,
    first: date,
    today: date,
    coming: Duties,
) -> Iterator[Mistake]:
    where = ("unit",)
    if there is None:
        yield Mistake("empty-cell", where)
    elif there.id == row.unit:
        yield Mistake("moves-nowhere", where)
    elif there.kind is UnitKind.DISTRICT:
        yield Mistake("no-staff-there", where)

    if row.employed_from and first < row.employed_from:
        facts = {"first": str(row.employed_from)}
        yield Mistake("moves-before-coming", ("first",), facts)

    if (first - today).days > MOST_AHEAD:
        yield Mistake("moves-too-late", ("first",))

    # They would be in neither unit until then: the old one's duties have
    # to be given away first.
    before = [duty.date for duty, _ in coming if duty.date < first]
    if before:
        days = "、".join(map(str, before[:5]))
        yield Mistake(
            "duties-before-moving",
            ("first",),
            {"days": days, "n": len(before)},
        )


def _coming(session: Session, row: StaffRow, today: date) -> Duties:
    """Duties in force in the present unit from today on, with the term."""
    found = session.execute(
        held_shifts()
        .add_columns(RosterRow.term)
        .where(
            AssignmentRow.staff == row.id,
            RosterRow.unit == row.unit,
            ShiftRow.on >= today,
        )
    )
    return tuple(
        (served_duty(shift, staff, unit), term)
        for shift, staff, unit, term in found
    )


def _drafts(session: Session, row: StaffRow) -> tuple[str, ...]:
    """Names of the terms of drafts that put them on duty."""
    found = (
        select(TermRow.name)
        .join(RosterRow, RosterRow.term == TermRow.id)
        .join(ShiftRow, ShiftRow.roster == RosterRow.id)
        .join(AssignmentRow, AssignmentRow.shift == ShiftRow.id)
        .where(
            AssignmentRow.staff == row.id,
            RosterRow.unit == row.unit,
            RosterRow.state.in_(review.OPEN),
        )
        .distinct()
    )
    return tuple(sorted(session.scalars(found)))


def _swaps(session: Session, row: StaffRow) -> list[SwapRow]:
    mine = (SwapRow.staff == row.id) | (SwapRow.partner == row.id)
    wanted = select(SwapRow).where(
        mine, SwapRow.unit == row.unit, SwapRow.state.in_(OPEN)
    )
    return list(session.scalars(wanted.order_by(SwapRow.id)))


def move(
    session: Session,
    staff_id: str,
    *,
    to: str,
    first: date,
    seen: str,
    today: date,
    may_govern: bool,
    who: str,
    now: datetime,
) -> Move:
    """
    Moves somebody, in one transaction with all that follows from it.

    Raises
    ------
    Unusable
        With every mistake, as `look` does.
    Refused
        When the person changed since they were looked at; when more than
        a staff member's role would fall away and whoever asks does not
        govern; when nobody would be left to govern.
    """
    found = look(session, staff_id, to=to, first=first, today=today)
    row = session.get_one(StaffRow, staff_id)
    if found.seal != seen:
        raise Refused("moved-meanwhile")

    if found.takes_roles and not may_govern:
        raise Refused("account-of-another")

    for swap in _swaps(session, row):
        end_of_person(session, swap, now)
    _settle(row, found, today)
    session.flush()
    _regrant(session, found, who, now)
    record(
        session,
        who=who,
        verb="move",
        noun="staff",
        thing=staff_id,
        now=now,
        facts={"unit": [found.old.id, to], "first": str(first)},
    )
    return found


def _settle(row: StaffRow, found: Move, today: date) -> None:
    """
    The new unit; a last day that was set for the old one is taken off.

    Whoever comes later is a newcomer from that day on; whoever is there
    already brings their own ledger.
    """
    employed = found.member.employed
    if employed.last and employed.last < max(found.first, today):
        employed = Period(employed.first, None)
    if found.first > today:
        employed = replace(employed, first=found.first)

    row.unit = found.new.id
    row.employed_from, row.employed_until = employed.first, employed.last


def _regrant(session: Session, found: Move, who: str, now: datetime) -> None:
    """Roles for the old unit end; a staff member is one in the new unit."""
    if not found.lost:
        return

    account = session.scalars(
        select(AccountRow.id).where(AccountRow.staff == found.member.id)
    ).one()
    for one in found.lost:
        accounting.take_back(
            session,
            account_id=account,
            role=one.role,
            unit=one.unit,
            who=who,
            now=now,
        )
        if one.role is Role.STAFF:
            accounting.grant(
                session,
                account_id=account,
                grant=Grant(Role.STAFF, found.new.id),
                who=who,
                now=now,
            )
