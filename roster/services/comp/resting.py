"""Who is off when: granted half-days are leave on those halves."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.comp import Half, HalfDay
from roster.records import CompLeaveRow


def days_of(row: CompLeaveRow) -> tuple[HalfDay, ...]:
    """The half-days somebody asked for, in order."""
    return tuple(
        HalfDay(date.fromisoformat(when), Half(half))
        for when, half in row.halves
    )


def as_halves(days: Collection[HalfDay]) -> list[list[str]]:
    """The same as they are kept."""
    return [[str(day.date), day.half.value] for day in sorted(days)]


def resting(
    session: Session,
    staff: Collection[str],
    *,
    first: date = date.min,
    last: date = date.max,
) -> dict[str, tuple[HalfDay, ...]]:
    """By person, granted half-days that touch some dates, in order."""
    rows = session.scalars(
        select(CompLeaveRow)
        .where(
            CompLeaveRow.state == "granted",
            CompLeaveRow.staff.in_(staff),
            CompLeaveRow.first <= last,
            CompLeaveRow.last >= first,
        )
        .order_by(CompLeaveRow.first)
    )
    found: dict[str, tuple[HalfDay, ...]] = {}
    for row in rows:
        found[row.staff] = (*found.get(row.staff, ()), *days_of(row))

    return found
