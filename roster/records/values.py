"""Rows as values and values as rows: the one place where both are known."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import people
from roster.county import County
from roster.days import Term
from roster.people import Period
from roster.records.base import Base
from roster.records.people import (
    InspectorRow,
    LeaveRow,
    LimitRow,
    PastDutyRow,
    RelationRow,
    StaffRow,
    UnitRow,
    WishRow,
)
from roster.records.terms import OverrideRow, PresenceRow, TermRow
from roster.rules.rulebook import Override


def list_rows(county: County) -> list[Base]:
    """The rows of the sheets without ids."""
    return [
        *(
            LeaveRow(staff=v.staff, first=v.first, last=v.last, kind=v.kind)
            for v in county.leave
        ),
        *(
            LimitRow(staff=v.staff, kind=v.kind, **_ends(v.period))
            for v in county.limits
        ),
        *(
            RelationRow(one=v.first, other=v.second, kind=v.kind)
            for v in county.relations
        ),
        *(
            WishRow(staff=v.staff, on=v.date, want=v.want, weight=v.weight)
            for v in county.wishes
        ),
        *(
            PresenceRow(unit=v.unit, first=v.first, last=v.last, note=v.note)
            for v in county.presences
        ),
        *(
            InspectorRow(
                staff=v.staff, recused=list(v.recused), **_ends(v.period)
            )
            for v in county.inspectors
        ),
        *(
            PastDutyRow(staff=v.staff, on=v.date, post=v.post, kind=v.kind)
            for v in county.past
        ),
    ]


def _ends(period: Period) -> dict[str, date | None]:
    return {"first": period.first, "last": period.last}


def unit_row(unit: people.Unit) -> UnitRow:
    """A unit as its row."""
    return UnitRow(
        id=unit.id,
        name=unit.name,
        kind=unit.kind,
        parent=unit.parent or None,
        boarding=unit.boarding,
        public=unit.public,
        phone=unit.phone,
    )


def staff_row(member: people.StaffMember) -> StaffRow:
    """A staff member as their row."""
    return StaffRow(
        id=member.id,
        name=member.name,
        unit=member.unit,
        gender=member.gender,
        standing=member.standing,
        position=member.position,
        phone=member.phone,
        share=member.share,
        hometown_away=member.hometown_away,
        employed_from=member.employed.first,
        employed_until=member.employed.last,
    )


def term_row(term: Term) -> TermRow:
    """A term as its row."""
    return TermRow(
        id=term.id,
        name=term.name,
        first=term.first,
        last=term.last,
        vacations=[[str(a), str(b)] for a, b in term.vacations],
    )


def county_of(session: Session) -> County:
    """Everything in the records as one value, in a stable order."""

    def every(row: type[Base], make: Callable[[Any], Any]) -> tuple[Any, ...]:
        key = row.id  # type: ignore[attr-defined]
        return tuple(
            make(r) for r in session.scalars(select(row).order_by(key))
        )

    return County(
        units=every(UnitRow, unit_of),
        staff=every(StaffRow, member_of),
        leave=every(LeaveRow, leave_of),
        limits=every(LimitRow, limit_of),
        relations=every(RelationRow, relation_of),
        wishes=every(WishRow, wish_of),
        terms=every(TermRow, term_of),
        presences=every(PresenceRow, presence_of),
        inspectors=every(InspectorRow, inspector_of),
        past=every(PastDutyRow, past_of),
    )


def unit_of(row: UnitRow) -> people.Unit:
    """A unit's row as a value."""
    return people.Unit(
        id=row.id,
        name=row.name,
        kind=row.kind,
        parent=row.parent or "",
        boarding=row.boarding,
        public=row.public,
        phone=row.phone,
    )


def member_of(row: StaffRow) -> people.StaffMember:
    """A staff member's row as a value."""
    return people.StaffMember(
        id=row.id,
        name=row.name,
        unit=row.unit,
        gender=row.gender,
        standing=row.standing,
        position=row.position,
        phone=row.phone,
        share=row.share,
        hometown_away=row.hometown_away,
        employed=Period(row.employed_from, row.employed_until),
    )


def leave_of(row: LeaveRow) -> people.Leave:
    """A leave's row as a value."""
    return people.Leave(row.staff, row.first, row.last, row.kind)


def limit_of(row: LimitRow) -> people.Limit:
    """A limit's row as a value."""
    return people.Limit(row.staff, row.kind, Period(row.first, row.last))


def relation_of(row: RelationRow) -> people.Relation:
    """A relation's row as a value."""
    return people.Relation(row.one, row.other, row.kind)


def wish_of(row: WishRow) -> people.Wish:
    """A wish's row as a value."""
    return people.Wish(row.staff, row.on, row.want, row.weight)


def term_of(row: TermRow) -> Term:
    """A term's row as a value."""
    return Term(
        row.id,
        row.name,
        row.first,
        row.last,
        tuple(
            (date.fromisoformat(a), date.fromisoformat(b))
            for a, b in row.vacations
        ),
    )


def presence_of(row: PresenceRow) -> people.Presence:
    """A presence's row as a value."""
    return people.Presence(row.unit, row.first, row.last, row.note)


def inspector_of(row: InspectorRow) -> people.Inspector:
    """An inspector's row as a value."""
    return people.Inspector(
        row.staff, Period(row.first, row.last), tuple(row.recused)
    )


def past_of(row: PastDutyRow) -> people.PastDuty:
    """A past duty's row as a value."""
    return people.PastDuty(row.staff, row.on, row.post, row.kind)


def override_of(row: OverrideRow) -> Override:
    """An override's row as a value."""
    value = tuple(row.value) if isinstance(row.value, list) else row.value
    return Override(
        row.book,
        row.unit or "",
        row.param,
        value,
        Period(row.first, row.last),
        row.reason,
        row.document,
    )


def override_row(override: Override) -> OverrideRow:
    """An override as its row."""
    value = override.value
    return OverrideRow(
        book=override.book,
        unit=override.unit or None,
        param=override.param,
        value=list(value) if isinstance(value, tuple) else value,
        first=override.period.first,
        last=override.period.last,
        reason=override.reason,
        document=override.document,
    )
