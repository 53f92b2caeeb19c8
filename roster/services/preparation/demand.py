"""Days on which a roster in force has not the shifts demanded today."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.records import RosterRow, ShiftRow
from roster.rules.case import Case
from roster.services.served import in_force

# What stands on each day: posts with their hours, and how many people.
Days = Mapping[date, Counter[Any]]


def differing_days(
    session: Session, cases: Sequence[Case], today: date
) -> dict[str, list[date]]:
    """
    By unit, the days from today on; units without a roster have none.

    Students who come, a rule or a term that changes: the roster stays as
    it is until it is repaired. A day on which leading and duty are one
    post is as good as one on which they are two.
    """
    units = [case.unit.id for case in cases]
    terms = {case.term.id for case in cases}
    held: dict[str, list[ShiftRow]] = {}
    rows = session.execute(
        select(RosterRow.unit, ShiftRow)
        .join(ShiftRow, ShiftRow.roster == RosterRow.id)
        .where(
            in_force(),
            RosterRow.unit.in_(units),
            RosterRow.term.in_(terms),
            ShiftRow.on >= today,
        )
    )
    for unit, row in rows:
        held.setdefault(unit, []).append(row)

    found = {
        case.unit.id: _differing(case, held[case.unit.id], today)
        for case in cases
        if case.unit.id in held
    }
    return {unit: days for unit, days in found.items() if days}


def _differing(
    case: Case, rows: Sequence[ShiftRow], today: date
) -> list[date]:
    there = _by_day(
        (row.on, row.post, row.start, row.end, row.needs) for row in rows
    )
    wanted = [_demanded(one) for one in (case, replace(case, combined=True))]
    days = set(there) | set(wanted[0])
    return sorted(
        day
        for day in days
        if day >= today
        and all(there.get(day) != some.get(day) for some in wanted)
    )


def _demanded(case: Case) -> Days:
    return _by_day(
        (shift.date, shift.post, shift.start, shift.end, shift.needs)
        for shift in case.shifts
    )


def _by_day(shifts: Iterable[tuple[Any, ...]]) -> Days:
    found: dict[date, Counter[Any]] = {}
    for day, post, start, end, needs in shifts:
        found.setdefault(day, Counter())[post, start, end] += needs

    return found
