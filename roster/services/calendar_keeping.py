"""
Years of the official calendar as they were announced, version by version.

A changed notice makes a new version; published rosters stay as they are,
and the duties it touches are listed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.days import CalendarDay, CalendarYear
from roster.errors import Refused
from roster.people import Unit
from roster.records import CalendarRow, ShiftRow, StaffRow, UnitRow
from roster.records.journal import record
from roster.records.values import unit_of
from roster.services.served import ServedDuty, held_shifts, served_duty


@dataclass(frozen=True, slots=True)
class Touched:
    """A published duty on a day that a new version makes different."""

    unit: Unit
    name: str  # of whoever holds it
    duty: ServedDuty
    day: CalendarDay


def stored_years(session: Session) -> dict[int, str]:
    """The newest version of each stored year, as JSON."""
    newest = select(CalendarRow).order_by(CalendarRow.version)
    return {row.year: row.text for row in session.scalars(newest)}


def state(session: Session) -> str:
    """A word that changes whenever a year is stored."""
    newest = session.scalar(select(func.max(CalendarRow.id)))
    return str(newest or 0)


def store_years(
    session: Session,
    years: Sequence[CalendarYear],
    *,
    seen: str,
    to_json: Callable[[CalendarYear], str],
    who: str,
    now: datetime,
) -> None:
    """
    Stores the years of a notice that was looked at.

    Raises
    ------
    Refused
        When another was stored since; ``seen`` is the `state` then.
    """
    if state(session) != seen:
        raise Refused("calendar-changed-since")

    for year in years:
        store_year(session, year, to_json=to_json, who=who, now=now)


def store_year(
    session: Session,
    year: CalendarYear,
    *,
    to_json: Callable[[CalendarYear], str],
    who: str,
    now: datetime,
) -> int:
    """Stores a year as its next version; gives the version's number."""
    newest = select(func.max(CalendarRow.version)).where(
        CalendarRow.year == year.year
    )
    version = (session.scalar(newest) or 0) + 1
    session.add(
        CalendarRow(
            year=year.year,
            version=version,
            text=to_json(year),
            stored_at=now,
        )
    )
    record(
        session,
        who=who,
        verb="import",
        noun="calendar",
        thing=str(year.year),
        now=now,
        facts={
            "version": version,
            "notices": [notice.number for notice in year.notices],
        },
    )
    return version


def touched_duties(
    session: Session, changed: Collection[CalendarDay]
) -> tuple[Touched, ...]:
    """The published duties on days that have become something else."""
    days: dict[date, CalendarDay] = {day.date: day for day in changed}
    units = {row.id: unit_of(row) for row in session.scalars(select(UnitRow))}
    names = dict(session.execute(select(StaffRow.id, StaffRow.name)).all())
    held = held_shifts().where(ShiftRow.on.in_(list(days)))
    return tuple(
        Touched(
            units[unit],
            names[staff],
            served_duty(row, staff, unit),
            days[row.on],
        )
        for row, staff, unit in session.execute(held)
    )
