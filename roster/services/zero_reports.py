"""
The zero report: on days the rules name, "nothing happened" by a time.

It is one tap of somebody on duty that day; on plain weekends there is none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.messages.kinds import ZERO_REPORT_DUE
from roster.people import Unit, UnitKind
from roster.posts import KIND_WORDS, SHANGHAI
from roster.records import RosterRow, ShiftRow, UnitRow, ZeroReportRow
from roster.records.journal import record
from roster.records.values import unit_of
from roster.rules.rulebook import Params, RuleBook
from roster.services.messaging import queue
from roster.services.preparing import Calendar, book_id
from roster.services.ruling import overrides
from roster.services.served import held_shifts
from roster.services.viewing import units

Books = Mapping[str, RuleBook]

SOON = timedelta(hours=1)  # before it is due, those on duty are reminded


@dataclass(frozen=True, slots=True)
class ZeroReport:
    """A unit's report of a day; ``at`` is None while there is none."""

    unit_id: str
    unit_name: str
    district: str
    due_at: datetime
    at: datetime | None
    who: str

    def standing(self, now: datetime) -> str:
        """ "in-time", "late", "waiting" or "missing"."""
        if self.at is not None:
            return "late" if self.at > self.due_at else "in-time"

        return "missing" if now > self.due_at else "waiting"


def report_zero(
    session: Session,
    *,
    unit_id: str,
    staff_id: str,
    calendar: Calendar,
    books: Books,
    who: str,
    now: datetime,
) -> None:
    """
    Reports that nothing happened today.

    Raises
    ------
    Refused
        On a day without report, for whoever is not on duty, or twice.
    """
    today = now.astimezone(SHANGHAI).date()
    found = zero_reports(
        session, day=today, calendar=calendar, books=books, unit_ids={unit_id}
    )
    if not found:
        raise Refused("no-zero-report")

    if staff_id not in on_duty_that_day(session, unit_id, today):
        raise Refused("not-on-duty-today")

    if found[0].at is not None:
        raise Refused("zero-reported")

    session.add(ZeroReportRow(unit=unit_id, on=today, who=who, at=now))
    record(
        session,
        who=who,
        verb="report",
        noun="zero report",
        thing=f"{unit_id}/{today}",
        now=now,
    )


def zero_reports(
    session: Session,
    *,
    day: date,
    calendar: Calendar,
    books: Books,
    unit_ids: Collection[str] | None = None,
) -> tuple[ZeroReport, ...]:
    """The reports due on a day, by unit; none where none is asked for."""
    kind = KIND_WORDS.get(calendar.day(day).kind)
    known = {
        row.unit: row
        for row in session.scalars(
            select(ZeroReportRow).where(ZeroReportRow.on == day)
        )
    }
    every, set_ = units(session), overrides(session)
    names = {unit.id: unit for unit in every}
    found = []
    for unit in every:
        wanted = unit_ids is None or unit.id in unit_ids
        if unit.kind is UnitKind.DISTRICT or not wanted:
            continue

        params = Params(books[book_id(unit)], set_, unit.id)
        if kind in params.get("zero_report_on", day, ()):
            row = known.get(unit.id)
            found.append(
                ZeroReport(
                    unit.id,
                    unit.name,
                    _district(unit, names),
                    _due_at(params, day),
                    row.at.astimezone(SHANGHAI) if row else None,
                    row.who if row else "",
                )
            )

    return tuple(found)


def days_of_report(
    session: Session,
    *,
    first: date,
    last: date,
    calendar: Calendar,
    books: Books,
) -> tuple[date, ...]:
    """The days between two for which any unit owes a report."""
    set_ = overrides(session)
    rows = session.scalars(
        select(UnitRow).where(UnitRow.kind != UnitKind.DISTRICT)
    )
    every = [
        Params(books[book_id(unit_of(row))], set_, row.id) for row in rows
    ]
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return tuple(
        day
        for day in days
        if (kind := KIND_WORDS.get(calendar.day(day).kind))
        and any(kind in p.get("zero_report_on", day, ()) for p in every)
    )


def on_duty_that_day(
    session: Session, unit_id: str, day: date
) -> frozenset[str]:
    """Who is on a shift of the unit that begins on that day."""
    rows = session.execute(
        held_shifts().where(RosterRow.unit == unit_id, ShiftRow.on == day)
    )
    return frozenset(staff for _, staff, _ in rows)


def remind(
    session: Session, *, calendar: Calendar, books: Books, now: datetime
) -> int:
    """Tells those on duty once when it is soon due, once when it is late."""
    today = now.astimezone(SHANGHAI).date()
    queued = 0
    for one in zero_reports(
        session, day=today, calendar=calendar, books=books
    ):
        if one.at is not None or now < one.due_at - SOON:
            continue

        people = on_duty_that_day(session, one.unit_id, today)
        if people:
            stage = "late" if now > one.due_at else "soon"
            queued += queue(
                session,
                kind=ZERO_REPORT_DUE,
                staff=people,
                unit=one.unit_id,
                facts={
                    "unit": one.unit_id,
                    "date": today.isoformat(),
                    "time": f"{one.due_at:%H:%M}",
                },
                key=f"{one.unit_id}/{today}/{stage}",
                now=now,
            )

    return queued


def _district(unit: Unit, names: Mapping[str, Unit]) -> str:
    above = names.get(unit.parent)
    return above.name if above and above.kind is UnitKind.DISTRICT else ""


def _due_at(params: Params, day: date) -> datetime:
    clock = time.fromisoformat(params.get("zero_report_time", day, "17:00"))
    return datetime.combine(day, clock, SHANGHAI)
