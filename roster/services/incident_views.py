"""Incidents as they are read: by whom, and with their clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.people import UnitKind
from roster.posts import SHANGHAI
from roster.records import AssignmentRow, IncidentRow, ShiftRow, UnitRow
from roster.records.values import unit_of
from roster.rights import Right, Visitor
from roster.rules.rulebook import RuleBook
from roster.services.ruling import params_of
from roster.services.served import held_shifts

Books = Mapping[str, RuleBook]

PHONE, WRITTEN, FOLLOW, CLOSED = "phone", "written", "follow", "closed"
READERS = (Right.PREPARE, Right.APPROVE, Right.RESULTS, Right.GOVERN)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a step was to be taken, and when it was."""

    due_at: datetime
    at: datetime | None

    def standing(self, now: datetime) -> str:
        """ "in-time", "late", "waiting" or "overdue"."""
        if self.at is not None:
            return "late" if self.at > self.due_at else "in-time"

        return "overdue" if now > self.due_at else "waiting"


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that was taken."""

    kind: str
    at: datetime
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """A report with its clock and everything that followed."""

    id: int
    unit_id: str
    unit_name: str
    happened_at: datetime
    place: str
    people: str
    situation: str
    measures: str
    who: str
    reported_at: datetime
    phone: Deadline
    written: Deadline
    closed_at: datetime | None
    steps: tuple[StepView, ...]


def incidents(
    session: Session, *, visitor: Visitor, books: Books, now: datetime
) -> tuple[IncidentView, ...]:
    """The reports a visitor may see, the newest first."""
    rows = session.scalars(
        select(IncidentRow).order_by(
            IncidentRow.happened_at.desc(), IncidentRow.id
        )
    ).all()
    mine = duty_units(session, visitor.staff_id, now)
    every = any(_is_bureau(session, unit) for unit in mine)
    return tuple(
        _view(session, row, books)
        for row in rows
        if every or _reads(row, visitor, mine)
    )


def incident(
    session: Session,
    *,
    incident_id: int,
    visitor: Visitor,
    books: Books,
    now: datetime,
) -> IncidentView | None:
    """One report; nothing for whoever may not see it."""
    row = session.get(IncidentRow, incident_id)
    if row is None or not may_see(session, row, visitor, now):
        return None

    return _view(session, row, books)


def units_to_report(
    session: Session, *, visitor: Visitor, now: datetime
) -> tuple[str, ...]:
    """The units a visitor may report for: on duty there first."""
    mine = duty_units(session, visitor.staff_id, now)
    return (*sorted(mine), *sorted(visitor.covered(Right.PREPARE) - mine))


def may_write(
    session: Session, view: IncidentView, visitor: Visitor, now: datetime
) -> bool:
    """Whether a visitor may note every step, not only what followed."""
    inside = of_the_unit(session, view.unit_id, visitor, now)
    return inside or view.who == visitor.signature


def duty_units(
    session: Session, staff_id: str, now: datetime
) -> frozenset[str]:
    """Where somebody is on duty at a moment."""
    if not staff_id:
        return frozenset()

    rows = session.execute(
        held_shifts().where(
            AssignmentRow.staff == staff_id,
            ShiftRow.start <= now,
            ShiftRow.end > now,
        )
    )
    return frozenset(unit for _, _, unit in rows)


def of_the_unit(
    session: Session, unit_id: str, visitor: Visitor, now: datetime
) -> bool:
    """Whether somebody is on duty there, or the unit's editor."""
    return visitor.may(Right.PREPARE, unit_id) or unit_id in duty_units(
        session, visitor.staff_id, now
    )


def may_see(
    session: Session, row: IncidentRow, visitor: Visitor, now: datetime
) -> bool:
    """The unit its own; the bureau's people on duty those of all units."""
    mine = duty_units(session, visitor.staff_id, now)
    return _reads(row, visitor, mine) or any(
        _is_bureau(session, unit) for unit in mine
    )


def _reads(row: IncidentRow, visitor: Visitor, mine: frozenset[str]) -> bool:
    return (
        row.unit in mine
        or row.who == visitor.signature
        or any(visitor.may(right, row.unit) for right in READERS)
    )


def _is_bureau(session: Session, unit_id: str) -> bool:
    return session.get_one(UnitRow, unit_id).kind is UnitKind.BUREAU


def first_fields(
    session: Session, *, unit_id: str, books: Books, now: datetime
) -> tuple[str, ...]:
    """What the rules want a first report to say."""
    unit = unit_of(session.get_one(UnitRow, unit_id))
    day = now.astimezone(SHANGHAI).date()
    params = params_of(session, unit, books)
    return tuple(params.get("first_report_fields", day, ()))


def _view(session: Session, row: IncidentRow, books: Books) -> IncidentView:
    unit = session.get_one(UnitRow, row.unit)
    params = params_of(session, unit_of(unit), books)
    happened = row.happened_at.astimezone(SHANGHAI)
    first = {
        kind: min((s.at for s in row.steps if s.kind == kind), default=None)
        for kind in (PHONE, WRITTEN, CLOSED)
    }
    day = happened.date()
    phone = timedelta(minutes=params.get("phone_minutes", day, 0))
    written = timedelta(minutes=params.get("written_minutes", day, 0))
    return IncidentView(
        row.id,
        row.unit,
        unit.name,
        happened,
        row.place,
        row.people,
        row.situation,
        row.measures,
        row.who,
        row.reported_at.astimezone(SHANGHAI),
        Deadline(happened + phone, _local(first[PHONE])),
        Deadline(happened + written, _local(first[WRITTEN])),
        _local(first[CLOSED]),
        tuple(
            StepView(s.kind, s.at.astimezone(SHANGHAI), s.words, s.who)
            for s in row.steps
        ),
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(SHANGHAI) if moment else None
