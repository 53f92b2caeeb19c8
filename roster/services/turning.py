"""
What follows when another version comes into force.

Feeds follow, and only those whose own duties changed are told; whatever
else hangs on the roster in force is brought along here too.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.messages.kinds import DUTIES_CHANGED
from roster.records import RosterRow, ShiftRow
from roster.review import State
from roster.services.feeding.events import (
    cancel_feed_events,
    renew_feed_events,
)
from roster.services.messaging import queue
from roster.services.served import in_force
from roster.services.swapping.following import follow


@dataclass
class Change:
    """One person's coming duties that are gone, and those that are new."""

    gone: list[ShiftRow] = field(default_factory=list)
    new: list[ShiftRow] = field(default_factory=list)


def roster_in_force(
    session: Session, unit: str, term: str
) -> RosterRow | None:
    """A unit's version in force for a term."""
    wanted = select(RosterRow).where(
        in_force(), RosterRow.unit == unit, RosterRow.term == term
    )
    return session.scalars(wanted).one_or_none()


def changes(
    before: RosterRow | None, after: RosterRow | None, now: datetime
) -> dict[str, Change]:
    """By person, what changes for them from now on."""
    was, becomes = _coming(before, now), _coming(after, now)
    found: dict[str, Change] = {}
    for duty in was.keys() - becomes.keys():
        found.setdefault(duty[0], Change()).gone.append(was[duty])
    for duty in becomes.keys() - was.keys():
        found.setdefault(duty[0], Change()).new.append(becomes[duty])

    return found


Duty = tuple[str, str, datetime, datetime]


def _coming(row: RosterRow | None, now: datetime) -> dict[Duty, ShiftRow]:
    """Who holds what that has not begun; another hour is another duty."""
    return {
        (held.staff, shift.shift, shift.start, shift.end): shift
        for shift in (row.shifts if row else ())
        for held in shift.held
        if shift.start > now
    }


def turn(
    session: Session,
    before: RosterRow | None,
    after: RosterRow | None,
    now: datetime,
    *,
    by_swap: bool = False,
) -> int:
    """
    Brings along what hangs on a unit's roster; how many people it touches.

    Call it when the rows already say which version is in force. A swap
    tells its two people itself.
    """
    if after is not None:
        renew_feed_events(session, after, now)
    elif before is not None:
        cancel_feed_events(session, before.unit, before.term, now)

    follow(session, before, after, now, by_swap=by_swap)
    touched = changes(before, after, now)
    if by_swap:
        return len(touched)

    if before is not None and after is not None:
        _tell_each(session, before, after, touched, now)
    elif (row := before or after) is not None and touched:
        _tell_all(session, row, touched, now)

    return len(touched)


def _tell_all(
    session: Session,
    row: RosterRow,
    touched: Collection[str],
    now: datetime,
) -> None:
    """That there is a first roster, or none any more."""
    kind = "published" if row.state == State.PUBLISHED else "withdrawn"
    queue(
        session,
        kind=f"roster-{kind}",
        staff=touched,
        unit=row.unit,
        facts={"unit": row.unit, "term": row.term, "version": row.number},
        key=str(row.id),
        now=now,
    )


def _tell_each(
    session: Session,
    before: RosterRow,
    after: RosterRow,
    touched: Mapping[str, Change],
    now: datetime,
) -> None:
    """What is new for somebody, and what is no longer theirs."""
    for staff, change in touched.items():
        queue(
            session,
            kind=DUTIES_CHANGED,
            staff=[staff],
            unit=after.unit,
            facts={
                "unit": after.unit,
                "term": after.term,
                "version": after.number,
                "gained": _facts(change.new),
                "lost": _facts(change.gone),
            },
            key=f"{before.id}-{after.id}",
            now=now,
        )


def _facts(shifts: Iterable[ShiftRow]) -> list[list[str]]:
    in_order = sorted(shifts, key=lambda shift: (shift.start, shift.shift))
    return [[str(shift.on), shift.post] for shift in in_order]
