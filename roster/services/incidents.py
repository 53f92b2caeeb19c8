"""
Incidents: first by telephone, then in writing, within the rules' times.

The clock counts from when it happened. Late is shown, not judged; what
was reported never changes, what comes later is a step of its own.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Mistake, Refused, Unusable
from roster.messages.kinds import INCIDENT
from roster.people import UnitKind
from roster.posts import SHANGHAI
from roster.records import (
    ChannelRow,
    IncidentRow,
    IncidentStepRow,
    RosterRow,
    ShiftRow,
    UnitRow,
)
from roster.records.journal import record
from roster.rights import Right, Visitor
from roster.services.account_views import holders
from roster.services.incident_views import (
    CLOSED,
    FOLLOW,
    PHONE,
    WRITTEN,
    may_see,
    of_the_unit,
)
from roster.services.messaging import queue
from roster.services.served import held_shifts

STEPS = (PHONE, WRITTEN, FOLLOW, CLOSED)
ONCE = (WRITTEN, CLOSED)
LONGEST = {
    "place": 100,
    "people": 200,
    "situation": 500,
    "measures": 500,
    "words": 500,
}
AHEAD = timedelta(minutes=5)  # clocks of phones run a little fast


@dataclass(frozen=True, slots=True)
class NewIncident:
    """A first report as it was written; who reports signs it."""

    unit_id: str
    happened_at: datetime | None
    situation: str
    place: str = ""
    people: str = ""
    measures: str = ""


def report(
    session: Session, new: NewIncident, *, visitor: Visitor, now: datetime
) -> int:
    """
    A first report; the bureau is told at once. Gives its number.

    Raises
    ------
    Unusable
        With every mistake in it, by field.
    Refused
        For whoever is neither on duty there nor the unit's editor.
    """
    if not of_the_unit(session, new.unit_id, visitor, now):
        raise Refused("may-not-report")

    if faults := list(_mistakes(new, now)):
        raise Unusable(*faults)

    row = IncidentRow(
        unit=new.unit_id,
        happened_at=new.happened_at,
        place=new.place.strip(),
        people=new.people.strip(),
        situation=new.situation.strip(),
        measures=new.measures.strip(),
        who=visitor.signature,
        reported_at=now,
    )
    session.add(row)
    session.flush()
    _record(session, row, "report", visitor, now)
    _tell(session, row, now)
    return row.id


def add_step(
    session: Session,
    *,
    incident_id: int,
    kind: str,
    at: datetime | None,
    words: str,
    visitor: Visitor,
    now: datetime,
) -> None:
    """
    A call, the written report, what followed, or the end.

    Raises
    ------
    Unusable
        With every mistake in it, by field.
    Refused
        For whoever may not see it, or may only tell what followed.
    """
    row = session.get(IncidentRow, incident_id)
    if row is None or not may_see(session, row, visitor, now):
        raise Refused("no-such-incident")

    inside = of_the_unit(session, row.unit, visitor, now)
    if kind != FOLLOW and not (inside or row.who == visitor.signature):
        raise Refused("may-only-follow")

    taken = {step.kind for step in row.steps}
    if CLOSED in taken:
        raise Refused("incident-over")

    if kind in ONCE and kind in taken:
        raise Refused("reported-already")

    if faults := list(_step_mistakes(row, kind, at, words, now)):
        raise Unusable(*faults)

    session.add(
        IncidentStepRow(
            incident=row.id,
            kind=kind,
            at=at,
            words=words.strip(),
            who=visitor.signature,
            written_at=now,
        )
    )
    _record(session, row, kind, visitor, now)


def _mistakes(new: NewIncident, now: datetime) -> Iterator[Mistake]:
    if new.happened_at is None:
        yield Mistake("no-time", ("at",))
    elif new.happened_at > now + AHEAD:
        yield Mistake("not-in-the-past", ("at",))

    if not new.situation.strip():
        yield Mistake("no-words", ("situation",))

    yield from _too_long(
        place=new.place,
        people=new.people,
        situation=new.situation,
        measures=new.measures,
    )


def _step_mistakes(
    row: IncidentRow, kind: str, at: datetime | None, words: str, now: datetime
) -> Iterator[Mistake]:
    if kind not in STEPS:
        yield Mistake("not-a-step", ("kind",))

    if at is None:
        yield Mistake("no-time", ("at",))
    elif not row.happened_at <= at <= now + AHEAD:
        yield Mistake("not-in-the-past", ("at",))

    if not words.strip() and kind != CLOSED:
        yield Mistake("no-words", ("words",))

    yield from _too_long(words=words)


def _too_long(**fields: str) -> Iterator[Mistake]:
    for name, value in fields.items():
        if len(value.strip()) > LONGEST[name]:
            yield Mistake("too-long", (name,), {"most": LONGEST[name]})


def _tell(session: Session, row: IncidentRow, now: datetime) -> None:
    """
    The bureau's administrators and whoever is on duty there; the groups.

    Nobody learns from it what happened, only that, where and when.
    """
    wanted = select(UnitRow.id).where(UnitRow.kind == UnitKind.BUREAU)
    bureaus = session.scalars(wanted).all()
    when = row.happened_at.astimezone(SHANGHAI)
    facts = {
        "incident": row.id,
        "unit": row.unit,
        "unit_name": session.get_one(UnitRow, row.unit).name,
        "date": when.date().isoformat(),
        "time": f"{when:%H:%M}",
    }
    for bureau in bureaus:
        on_duty = session.execute(
            held_shifts().where(
                RosterRow.unit == bureau,
                ShiftRow.start <= now,
                ShiftRow.end > now,
            )
        )
        people = {staff for _, staff, _ in on_duty}
        people |= set(holders(session, Right.GOVERN, bureau))
        if people:
            queue(
                session,
                kind=INCIDENT,
                staff=people,
                unit=row.unit,
                facts=facts,
                key=f"{row.id}",
                now=now,
            )
    for group in _groups(session, (row.unit, *bureaus)):
        queue(
            session,
            kind=INCIDENT,
            unit=group,
            facts=facts,
            key=f"{row.id}/{group}",
            now=now,
        )


def _groups(session: Session, units: Collection[str]) -> list[str]:
    """Which of some units have a robot or another channel of their own."""
    found = select(ChannelRow.unit).where(ChannelRow.unit.in_(units))
    return sorted({unit for unit in session.scalars(found) if unit})


def _record(
    session: Session,
    row: IncidentRow,
    verb: str,
    visitor: Visitor,
    now: datetime,
) -> None:
    record(
        session,
        who=visitor.signature,
        verb=verb,
        noun="incident",
        thing=f"{row.unit}/{row.id}",
        now=now,
    )
