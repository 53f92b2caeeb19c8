"""What the records say today against the rosters that are in force."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from roster.posts import LEADERS
from roster.records import (
    AssignmentRow,
    RosterRow,
    ShiftRow,
    StaffRow,
)
from roster.rules.rulebook import RuleBook
from roster.services.fitness import Unfit, fitness_of
from roster.services.served import ServedDuty, held_shifts, served_duty


@dataclass(frozen=True, slots=True)
class Clash:
    """
    A published duty to come that its holder can no longer have.

    Parameters
    ----------
    why
        All but that somebody left, moved or is not there yet are the
        editor's to know.
    unit, term
        Whose roster it is, which is where it is repaired.
    """

    why: Unfit
    unit: str
    term: str
    staff: str
    name: str
    date: date
    post: str


def clashes(
    session: Session,
    *,
    unit_id: str,
    today: date,
    books: Mapping[str, RuleBook],
) -> tuple[Clash, ...]:
    """
    The duties from today on that cannot stay.

    Those of the unit's people, wherever they serve, and those in the
    unit's rosters of whoever has moved to another.
    """
    names = _names(session, unit_id)
    held = _coming(session, list(names), today)
    fit = fitness_of(session, names, books)
    found = [
        Clash(
            why,
            duty.unit,
            term,
            duty.staff,
            names[duty.staff],
            duty.date,
            duty.post,
        )
        for duty, term in held
        for why in fit.against(duty.staff, duty)
    ]
    found += _together(held, names, fit.apart)
    found += _of_moved(session, unit_id, today)
    return tuple(sorted(found, key=lambda one: (one.date, one.name, one.why)))


def _names(session: Session, unit_id: str) -> dict[str, str]:
    rows = select(StaffRow.id, StaffRow.name).where(StaffRow.unit == unit_id)
    return {staff: name for staff, name in session.execute(rows)}


def _coming(
    session: Session, people: Sequence[str], today: date
) -> list[tuple[ServedDuty, str]]:
    """Their duties in force from today on, each with its term."""
    rows = session.execute(
        held_shifts()
        .add_columns(RosterRow.term)
        .where(ShiftRow.on >= today, AssignmentRow.staff.in_(people))
    )
    return [
        (served_duty(row, staff_id, unit), term)
        for row, staff_id, unit, term in rows
    ]


def _together(
    held: Iterable[tuple[ServedDuty, str]],
    names: Mapping[str, str],
    apart: Collection[frozenset[str]],
) -> Iterator[Clash]:
    """Two on one day in one unit who must not be."""
    days: dict[tuple[str, date], list[tuple[ServedDuty, str]]] = {}
    for duty, term in held:
        days.setdefault((duty.unit, duty.date), []).append((duty, term))
    for same_day in days.values():
        for (one, term), (other, _) in combinations(same_day, 2):
            if frozenset((one.staff, other.staff)) in apart:
                for duty in (one, other):
                    yield Clash(
                        Unfit.TOGETHER,
                        duty.unit,
                        term,
                        duty.staff,
                        names[duty.staff],
                        duty.date,
                        duty.post,
                    )


def _of_moved(session: Session, unit_id: str, today: date) -> Iterator[Clash]:
    """Duties in a unit's rosters of people who are another's by now."""
    rows = session.execute(
        held_shifts()
        .join(StaffRow, StaffRow.id == AssignmentRow.staff)
        .add_columns(RosterRow.term, StaffRow.unit, StaffRow.name)
        .where(
            RosterRow.unit == unit_id,
            StaffRow.unit != unit_id,
            ShiftRow.on >= today,
        )
    ).all()
    pooled = _pooled(session, unit_id) if rows else set()
    for row, staff, unit, term, home, name in rows:
        lent = row.post in LEADERS and (home, term) in pooled
        if not lent:
            yield Clash(Unfit.MOVED, unit, term, staff, name, row.on, row.post)


def _pooled(session: Session, unit_id: str) -> set[tuple[str, str]]:
    """Units, with terms, whose leaders were shared with this one."""
    other = aliased(RosterRow)
    rows = session.execute(
        select(other.unit, other.term)
        .join(RosterRow, RosterRow.solution == other.solution)
        .where(RosterRow.unit == unit_id)
    )
    return {(unit, term) for unit, term in rows}
