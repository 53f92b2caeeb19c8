"""Comp-leave as people settle it: asked for, decided, taken back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from roster.comp import HalfDay, hour_of
from roster.errors import Refused
from roster.records import CompEntryRow, CompLeaveRow, StaffRow
from roster.rights import Actor, Right
from roster.rules.rulebook import RuleBook
from roster.services.account_views import holders
from roster.services.comp.checks import (
    check,
    pending_of,
    rules_for,
    working_halves,
)
from roster.services.comp.earning import book
from roster.services.comp.resting import as_halves, days_of
from roster.services.comp.telling import enter, tell
from roster.services.preparing import Calendar
from roster.services.review_history import said

Books = Mapping[str, RuleBook]


def ask(
    session: Session,
    *,
    staff_id: str,
    first: HalfDay,
    last: HalfDay,
    word: str = "",
    behalf: str = "",
    calendar: Calendar,
    books: Books,
    actor: Actor,
    now: datetime,
) -> CompLeaveRow:
    """
    Asks for the working half-days from one to another.

    Parameters
    ----------
    behalf
        Why an editor asks for somebody else.

    Raises
    ------
    Refused
        For whom it does not concern.
    Unusable
        As `checks.check` does.
    """
    person = session.get(StaffRow, staff_id)
    if person is None or not (actor.staff == staff_id or actor.edits):
        raise Refused("comp-not-yours")

    for_another = actor.staff != staff_id
    days = working_halves(first, last, calendar)
    pending = pending_of(session, staff_id)
    check(session, person, days, pending=pending, books=books, now=now)
    row = CompLeaveRow(
        unit=person.unit,
        staff=staff_id,
        first=days[0].date,
        last=days[-1].date,
        halves=as_halves(days),
        state="asked",
        word=said(word, needed=False),
        behalf=said(behalf, needed=True) if for_another else "",
        answer="",
        asked_by=actor.who,
        asked_at=now,
        settled_by="",
    )
    session.add(row)
    enter(session, row, "propose", actor.who, now)
    tell(session, row, "comp-asked", _deciders(session, row), now)
    if for_another:
        tell(session, row, "comp-asked-for", {staff_id}, now)

    return row


def grant(
    session: Session,
    *,
    leave_id: int,
    books: Books,
    actor: Actor,
    now: datetime,
) -> None:
    """
    Books the half-days; of two grants of the last one, the later fails.

    Raises
    ------
    Refused, Unusable
        As `ask` does, for what is not so any more.
    """
    row = _to(session, leave_id, "asked")
    _check_decider(row, actor)
    person = session.get_one(StaffRow, row.staff)
    days = days_of(row)
    check(session, person, days, books=books, now=now)
    book(session, [row.staff], books=books, now=now)
    _enter_days(session, row, days, "taken", actor.who, now)
    _close(session, row, "granted", "", actor, now)
    enter(session, row, "approve", actor.who, now)
    tell(session, row, "comp-granted", {row.staff}, now)


def refuse(
    session: Session,
    *,
    leave_id: int,
    word: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Does not allow it, and says why."""
    row = _to(session, leave_id, "asked")
    _check_decider(row, actor)
    _close(session, row, "refused", said(word, needed=True), actor, now)
    enter(session, row, "refuse", actor.who, now)
    tell(session, row, "comp-refused", {row.staff}, now)


def take_back(
    session: Session,
    *,
    leave_id: int,
    word: str = "",
    books: Books,
    actor: Actor,
    now: datetime,
) -> None:
    """
    Gives back what has not begun; the half-days expire as they did.

    Whoever asked may before it begins. Those who decide may say with a
    reason that the rest is not taken, as when somebody is called back.

    Raises
    ------
    Refused
        For whom it does not concern, and for what has begun.
    """
    row = _to(session, leave_id, "asked", "granted")
    own = actor.staff == row.staff
    if not (own or actor.edits or actor.approves):
        raise Refused("comp-not-yours")

    reason = said(word, needed=not own)
    begun, rest = _parted(session, row, books, now)
    if not rest or (own and begun):
        raise Refused("comp-begun-already")

    if row.state == "granted":
        _enter_days(session, row, rest, "given back", actor.who, now)

    told = _deciders(session, row) if own else {row.staff}
    if begun:
        row.halves, row.last = as_halves(begun), begun[-1].date
        row.answer, row.settled_by = reason, actor.who
    else:
        _close(session, row, "taken back", reason, actor, now)

    enter(session, row, "take back", actor.who, now)
    tell(session, row, "comp-taken-back", told, now)


def _parted(
    session: Session, row: CompLeaveRow, books: Books, now: datetime
) -> tuple[list[HalfDay], list[HalfDay]]:
    """The half-days that have begun, and those that have not."""
    home = session.get_one(StaffRow, row.staff).unit
    params = rules_for(session, home, books)
    days = days_of(row)
    begun = [d for d in days if d.start(hour_of(params, d)) <= now]
    return begun, [day for day in days if day not in begun]


def _to(session: Session, leave_id: int, *states: str) -> CompLeaveRow:
    row = session.get(CompLeaveRow, leave_id)
    if row is None:
        raise Refused("comp-unknown")

    if row.state not in states:
        raise Refused("comp-no-longer")

    return row


def _check_decider(row: CompLeaveRow, actor: Actor) -> None:
    """Nobody decides for themselves, nor alone for somebody else."""
    if not (actor.edits or actor.approves):
        raise Refused("comp-not-yours")

    if actor.staff == row.staff:
        raise Refused("comp-own")

    if row.behalf and actor.who == row.asked_by:
        raise Refused("two-people-needed")


def _close(
    session: Session,
    row: CompLeaveRow,
    state: str,
    word: str,
    actor: Actor,
    now: datetime,
) -> None:
    row.state, row.answer = state, word
    row.settled_by, row.settled_at = actor.who, now
    session.flush()


def _enter_days(
    session: Session,
    row: CompLeaveRow,
    days: Sequence[HalfDay],
    kind: str,
    who: str,
    now: datetime,
) -> None:
    session.add_all(
        CompEntryRow(
            staff=row.staff,
            kind=kind,
            halves=1 if kind == "taken" else -1,
            on=day.date,
            half=day.half.value,
            shift="",
            leave=row.id,
            at=now,
            who=who,
        )
        for day in days
    )
    session.flush()


def _deciders(session: Session, row: CompLeaveRow) -> Collection[str]:
    """The unit's editors and approvers, but for the person themselves."""
    home = session.get_one(StaffRow, row.staff).unit
    editors = holders(session, Right.PREPARE, home)
    approvers = holders(session, Right.APPROVE, home)
    return {*editors, *approvers} - {row.staff}
