"""The facts of a frame: units, days, who may go, where they may not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.draw.frame import Frame, Watch
from roster.people import UnitKind
from roster.posts import SHANGHAI, DutyDay, is_due
from roster.records import (
    AssignmentRow,
    InspectorAwayRow,
    InspectorRow,
    LeaveRow,
    RelationRow,
    RosterRow,
    SeriesRow,
    ShiftRow,
    StaffRow,
    UnitRow,
)
from roster.rules.rulebook import Params
from roster.services.drawing.desk import Tools, terms_of, value_of
from roster.services.drawing.secrets import Secret
from roster.services.preparing import term
from roster.services.ruling import overrides
from roster.services.served import held_shifts

OUTSIDE = (UnitKind.BUREAU, UnitKind.DISTRICT)
SERVED_YEARS = 3  # schools served at so lately are recused


def units_of(session: Session) -> dict[str, str]:
    """Names of the units that are drawn, by id: not the bureau itself."""
    rows = select(UnitRow.id, UnitRow.name).where(UnitRow.kind.not_in(OUTSIDE))
    return {unit: name for unit, name in session.execute(rows)}


def days_of(
    session: Session, row: SeriesRow, tools: Tools
) -> tuple[date, ...]:
    """
    The duty days still to be drawn.

    A day counts when more than half of the units are due on it and its
    public value has not come out yet.
    """
    found = term(session, row.term)
    set_ = overrides(session)
    book = tools.books["schools"]
    every = [Params(book, set_, unit) for unit in units_of(session)]
    value = value_of(row)
    last = found.last
    if row.stopped_on is not None:
        last = min(last, row.stopped_on - timedelta(days=1))

    days = (
        DutyDay(day, vacation=found.in_vacation(day.date))
        for day in tools.calendar.days(found.first, last)
        if value.at_of(day.date) > tools.clock
    )
    return tuple(
        day.date
        for day in days
        if 2 * sum(is_due(day, params) for params in every) > len(every)
    )


def inspectors(session: Session) -> frozenset[str]:
    """Everybody in the pool, whatever their dates."""
    return frozenset(session.scalars(select(InspectorRow.staff)))


def gather(
    session: Session,
    row: SeriesRow,
    tools: Tools,
    secret: Secret,
    *,
    version: int,
) -> Frame:
    """A frame as the records are now; every unit is owed its visit."""
    units = units_of(session)
    days = days_of(session, row, tools)
    watches = _watches(session, days)
    free = {
        staff: tuple(day for day in on if not _on_duty(staff, day, watches))
        for staff, on in _declared(session, days).items()
    }
    pool = {staff: on for staff, on in free.items() if on}
    people = {*pool, *(w[0] for some in watches.values() for w in some)}
    recused = _recused(session, people, tools.clock.date())
    return Frame(
        terms_of(session, row),
        version,
        tools.clock,
        units,
        days,
        tuple(sorted(units)),
        {secret.label(staff): on for staff, on in pool.items()},
        {
            day: tuple(sorted((secret.label(s), a, b) for s, a, b in some))
            for day, some in watches.items()
        },
        {
            secret.label(staff): found
            for staff, where in recused.items()
            if (found := tuple(sorted(where & units.keys())))
        },
    )


def _on_duty(
    staff: str, day: date, watches: Mapping[date, Collection[Watch]]
) -> bool:
    return any(one == staff for one, _, _ in watches.get(day, ()))


def _watches(
    session: Session, days: Collection[date]
) -> dict[date, tuple[Watch, ...]]:
    """Who is on duty in the bureau, in minutes from the day's midnight."""
    found: dict[date, set[Watch]] = defaultdict(set)
    bureau = select(UnitRow.id).where(UnitRow.kind == UnitKind.BUREAU)
    rows = session.execute(
        held_shifts().where(
            RosterRow.unit.in_(bureau),
            ShiftRow.on >= min(days, default=date.max),
        )
    )
    wanted = set(days)
    for shift, staff, _ in rows:
        if shift.on in wanted:
            start, end = (
                _minute(moment, shift.on)
                for moment in (shift.start, shift.end)
            )
            found[shift.on].add((staff, start, end))

    return {day: tuple(sorted(some)) for day, some in sorted(found.items())}


def _minute(moment: datetime, day: date) -> int:
    midnight = datetime.combine(day, time(), SHANGHAI)
    return int((moment - midnight).total_seconds()) // 60


def _declared(
    session: Session, days: Iterable[date]
) -> dict[str, tuple[date, ...]]:
    """The days on which each inspector can go: in their dates, not away."""
    rows = session.execute(
        select(InspectorRow, StaffRow)
        .join(StaffRow, StaffRow.id == InspectorRow.staff)
        .order_by(InspectorRow.id)
    ).all()
    away = _away(session, [person.id for _, person in rows])
    found: dict[str, set[date]] = defaultdict(set)
    days = tuple(days)
    for row, person in rows:
        found[person.id].update(
            day
            for day in days
            if _within(row.first, row.last, day)
            and _within(person.employed_from, person.employed_until, day)
            and not any(
                first <= day <= last for first, last in away[person.id]
            )
        )

    return {staff: tuple(sorted(on)) for staff, on in sorted(found.items())}


def _within(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _away(
    session: Session, people: Collection[str]
) -> Mapping[str, list[tuple[date, date]]]:
    """Leave, and days they declared that they cannot go."""
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    leave = select(LeaveRow).where(LeaveRow.staff.in_(people))
    for row in session.scalars(leave):
        found[row.staff].append((row.first, row.last))

    declared = select(InspectorAwayRow).where(
        InspectorAwayRow.staff.in_(people)
    )
    for away in session.scalars(declared):
        found[away.staff].append((away.on, away.on))

    return found


def _recused(
    session: Session, people: Collection[str], today: date
) -> dict[str, set[str]]:
    """Own unit, relatives' units, where they served, what they declared."""
    found: dict[str, set[str]] = defaultdict(set)
    unit_of = dict(session.execute(select(StaffRow.id, StaffRow.unit)).all())
    for staff in people:
        found[staff].add(unit_of[staff])

    for row in session.scalars(select(RelationRow)):
        for one, other in ((row.one, row.other), (row.other, row.one)):
            if one in people:
                found[one].add(unit_of[other])

    declared = select(InspectorRow).where(InspectorRow.staff.in_(people))
    for inspector in session.scalars(declared):
        found[inspector.staff].update(inspector.recused)

    for staff, unit in session.execute(_served(people, today)):
        found[staff].add(unit)

    return found


def _served(people: Collection[str], today: date) -> Any:
    """Where people held shifts of published rosters in the last years."""
    since = today - timedelta(days=365 * SERVED_YEARS + 1)
    return (
        select(AssignmentRow.staff, RosterRow.unit)
        .join(ShiftRow, ShiftRow.id == AssignmentRow.shift)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .where(
            AssignmentRow.staff.in_(people),
            RosterRow.published_at.is_not(None),
            ShiftRow.on >= since,
        )
        .distinct()
    )
