"""What stands against half-days off, all of it at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.comp import (
    Entry,
    HalfDay,
    balance,
    half_days,
    hour_of,
    may_take,
    rests,
)
from roster.errors import Mistake, Unusable
from roster.posts import SHANGHAI
from roster.records import (
    AssignmentRow,
    CompLeaveRow,
    LeaveRow,
    ShiftRow,
    StaffRow,
    UnitRow,
)
from roster.records.values import unit_of
from roster.rules.rulebook import Params, RuleBook
from roster.services.comp.earning import entries_of
from roster.services.comp.resting import days_of
from roster.services.preparing import Calendar
from roster.services.ruling import params_of
from roster.services.served import held_shifts

Books = Mapping[str, RuleBook]

MOST = 40  # half-days in one request: four weeks at work


def working_halves(
    first: HalfDay, last: HalfDay, calendar: Calendar
) -> tuple[HalfDay, ...]:
    """
    The half-days from one to another on which people work.

    Raises
    ------
    Unusable
        Where there is none, or there are more than anybody takes at once.
    """
    if last < first:
        raise Unusable(Mistake("comp-order"))

    if (last.date - first.date).days > MOST:
        raise Unusable(Mistake("comp-too-long", facts={"most": MOST}))

    days = tuple(
        day for day in half_days(first, last) if not calendar.day(day.date).off
    )
    if not days:
        raise Unusable(Mistake("comp-no-workday"))

    if len(days) > MOST:
        raise Unusable(Mistake("comp-too-long", facts={"most": MOST}))

    return days


def check(
    session: Session,
    person: StaffRow,
    days: Sequence[HalfDay],
    *,
    pending: Collection[HalfDay] = (),
    books: Books,
    now: datetime,
) -> None:
    """
    Refuses half-days off that somebody cannot have.

    Parameters
    ----------
    pending
        What they have asked for besides.

    Raises
    ------
    Unusable
        With everything that stands against it: what has begun, is taken or
        asked for already, is leave, or is spent on duty; and where too
        little is left that lasts until then.
    """
    entries = entries_of(session, [person.id], books=books, now=now)
    mine = entries.get(person.id, [])
    mistakes = [
        *_of_the_days(session, person, days, books, now),
        *_taken(days, {*balance(mine).days, *pending}),
        *_too_few(mine, days, pending, now),
    ]
    if mistakes:
        raise Unusable(*mistakes)


def rules_for(session: Session, unit_id: str, books: Books) -> Params:
    """The rules of somebody's unit."""
    unit = unit_of(session.get_one(UnitRow, unit_id))
    return params_of(session, unit, books)


def _of_the_days(
    session: Session,
    person: StaffRow,
    days: Sequence[HalfDay],
    books: Books,
    now: datetime,
) -> Iterator[Mistake]:
    params = rules_for(session, person.unit, books)
    if days[0].start(hour_of(params, days[0])) <= now:
        yield Mistake("comp-begun", facts={"date": str(days[0].date)})

    left = person.employed_until
    if left is not None and left < days[-1].date:
        yield Mistake("comp-left", facts={"date": str(left)})

    away = select(LeaveRow).where(
        LeaveRow.staff == person.id,
        LeaveRow.first <= days[-1].date,
        LeaveRow.last >= days[0].date,
    )
    for leave in session.scalars(away.order_by(LeaveRow.first)):
        if any(leave.first <= day.date <= leave.last for day in days):
            span = {"first": str(leave.first), "last": str(leave.last)}
            yield Mistake("comp-on-leave", facts=span)

    yield from _on_duty(session, person, days, params)


def _on_duty(
    session: Session,
    person: StaffRow,
    days: Sequence[HalfDay],
    params: Params,
) -> Iterator[Mistake]:
    held = held_shifts().where(
        AssignmentRow.staff == person.id,
        ShiftRow.start < days[-1].end,
        ShiftRow.end > days[0].start(0),
    )
    for shift, _, _ in session.execute(held):
        if rests(params, days, shift.start, shift.end):
            yield Mistake("comp-on-duty", facts={"date": str(shift.on)})


def _taken(
    days: Sequence[HalfDay], before: Collection[HalfDay]
) -> Iterator[Mistake]:
    for day in days:
        if day in before:
            facts = {"date": str(day.date), "half": day.half.value}
            yield Mistake("comp-taken", facts=facts)


def _too_few(
    entries: Sequence[Entry],
    days: Sequence[HalfDay],
    pending: Collection[HalfDay],
    now: datetime,
) -> Iterator[Mistake]:
    today = now.astimezone(SHANGHAI).date()
    if not may_take(entries, [*pending, *days], today):
        found = balance(entries)
        yield Mistake(
            "comp-too-few",
            facts={
                "wanted": len(days),
                "left": found.standing(today),
                "pending": len(pending),
                "until": str(days[-1].date),
            },
        )


def pending_of(session: Session, staff_id: str) -> tuple[HalfDay, ...]:
    """What somebody has asked for and nobody has decided."""
    rows = session.scalars(
        select(CompLeaveRow).where(
            CompLeaveRow.staff == staff_id, CompLeaveRow.state == "asked"
        )
    )
    return tuple(day for row in rows for day in days_of(row))
