"""How well each unit keeps its duty: counts, and how sure they make us."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.checks.results import Result, Verdict
from roster.checks.summary import Tally
from roster.posts import SHANGHAI, is_due
from roster.records import CheckRow, FindingRow, RosterRow, ShiftRow
from roster.review import State
from roster.rules.case import Case
from roster.rules.rulebook import RuleBook
from roster.services.preparing import Calendar, cases
from roster.services.viewing import published_at
from roster.services.views import UnitSummary


def summary(
    session: Session,
    *,
    term_id: str,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    unit_ids: Sequence[str] | None = None,
) -> tuple[UnitSummary, ...]:
    """One line a unit for a term."""
    found = cases(
        session,
        term_id=term_id,
        unit_ids=unit_ids,
        calendar=calendar,
        books=books,
    )
    return tuple(_unit(session, case) for case in found)


def _unit(session: Session, case: Case) -> UnitSummary:
    unit, term = case.unit, case.term
    due = {d.date for d in case.duty_days if is_due(d, case.params)}
    versions = session.scalars(
        select(RosterRow)
        .where(
            RosterRow.unit == unit.id,
            RosterRow.term == term.id,
            RosterRow.published_at.is_not(None),
        )
        .order_by(RosterRow.number)
    ).all()
    first = published_at(versions[0]) if versions else None
    drawn, extra = (
        _verdicts(session, unit.id, term.id, drawn=drawn)
        for drawn in (True, False)
    )
    return UnitSummary(
        unit_id=unit.id,
        unit_name=unit.name,
        kind=unit.kind,
        due=len(due),
        rostered=len(due & _manned(session, versions)),
        published_at=first,
        in_time=_in_force_on(versions, min(due)) if first and due else None,
        checks=_ways(session, unit.id, term.id),
        verdicts=_counted(drawn),
        on_duty=drawn.on_duty,
        extra=_counted(extra),
        extra_on_duty=extra.on_duty,
    )


def _in_force_on(versions: Sequence[RosterRow], when: date) -> bool:
    """Whether one of them was in force when a date began."""
    begin = datetime.combine(when, time(), SHANGHAI)
    return any(
        row.published_at
        and row.published_at < begin
        and (row.withdrawn_at is None or row.withdrawn_at >= begin)
        for row in versions
    )


def _manned(session: Session, versions: Sequence[RosterRow]) -> set[date]:
    """Days of the version in force on which no place is open."""
    standing = [row for row in versions if row.state == State.PUBLISHED]
    if not standing:
        return set()

    shifts = session.scalars(
        select(ShiftRow).where(ShiftRow.roster == standing[-1].id)
    ).all()
    short = {s.on for s in shifts if len(s.held) < s.needs}
    return {shift.on for shift in shifts} - short


def _ways(session: Session, unit_id: str, term_id: str) -> dict[str, int]:
    ways = session.scalars(
        select(CheckRow.way)
        .join(RosterRow, RosterRow.id == CheckRow.roster)
        .where(CheckRow.unit == unit_id, RosterRow.term == term_id)
    )
    return dict(Counter(ways))


def _counted(tally: Tally) -> dict[str, int]:
    return {v.value: tally[v] for v in Verdict if tally[v]}


def _verdicts(
    session: Session, unit_id: str, term_id: str, *, drawn: bool
) -> Tally:
    results = session.scalars(
        select(FindingRow.result)
        .join(CheckRow, CheckRow.id == FindingRow.check)
        .join(RosterRow, RosterRow.id == CheckRow.roster)
        .where(
            CheckRow.unit == unit_id,
            CheckRow.drawn == drawn,
            RosterRow.term == term_id,
        )
    )
    return Tally.of(Result[result] for result in results)
