"""The chain of responsibility 局–学区–校, and whom to ring in which order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.people import Standing, UnitKind
from roster.posts import LEADERS
from roster.records import StaffRow, UnitRow
from roster.records.values import unit_of
from roster.rights import Right
from roster.rules.rulebook import RuleBook
from roster.services.account_views import holders
from roster.services.logins import parents
from roster.services.on_duty import on_duty
from roster.services.ruling import params_of

IN_CHARGE = (Standing.PRINCIPAL, Standing.DEPUTY)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to ring; ``why`` is one of the codes of `_calls`."""

    why: str
    staff_id: str
    name: str
    position: str
    phone: str


@dataclass(frozen=True, slots=True)
class Link:
    """One unit of the chain, from below upwards."""

    unit_id: str
    unit_name: str
    kind: UnitKind
    duty_phone: str
    calls: tuple[Call, ...]
    editors: tuple[str, ...]
    approvers: tuple[str, ...]


def chain(
    session: Session,
    *,
    unit_id: str,
    now: datetime,
    books: Mapping[str, RuleBook],
) -> tuple[Link, ...]:
    """The unit and those above it; whoever is on duty now comes first."""
    above = parents(session)
    line = []
    while unit_id and unit_id not in line:
        line.append(unit_id)
        unit_id = above.get(unit_id, "")

    return tuple(_link(session, one, now, books) for one in line)


def _link(
    session: Session,
    unit_id: str,
    now: datetime,
    books: Mapping[str, RuleBook],
) -> Link:
    row = session.get_one(UnitRow, unit_id)
    return Link(
        row.id,
        row.name,
        row.kind,
        row.phone,
        tuple(_once(_calls(session, row, now, books))),
        _names(session, holders(session, Right.PREPARE, unit_id)),
        _names(session, holders(session, Right.APPROVE, unit_id)),
    )


def _calls(
    session: Session,
    row: UnitRow,
    now: datetime,
    books: Mapping[str, RuleBook],
) -> Iterator[Call]:
    """On duty now, leaders on duty now, then who is in charge at all."""
    if row.kind is not UnitKind.DISTRICT:
        params = params_of(session, unit_of(row), books)
        now_on = on_duty(session, unit_id=row.id, moment=now, params=params)
        held = [duty for duty in now_on if duty.staff_id]
        for duty in sorted(held, key=lambda d: d.post in LEADERS):
            why = "leader" if duty.post in LEADERS else "duty"
            yield _call(why, session.get_one(StaffRow, duty.staff_id))

    people = select(StaffRow).where(
        StaffRow.unit == row.id, StaffRow.standing.in_(IN_CHARGE)
    )
    rows = session.scalars(people.order_by(StaffRow.id)).all()
    for standing in IN_CHARGE:
        for person in rows:
            until = person.employed_until
            gone = until is not None and until < now.date()
            if person.standing is standing and not gone:
                yield _call(standing.name.lower(), person)


def _call(why: str, row: StaffRow) -> Call:
    return Call(why, row.id, row.name, row.position, row.phone)


def _once(calls: Iterator[Call]) -> Iterator[Call]:
    """Nobody is rung twice."""
    rung: set[str] = set()
    for call in calls:
        if call.staff_id not in rung:
            rung.add(call.staff_id)
            yield call


def _names(session: Session, staff_ids: tuple[str, ...]) -> tuple[str, ...]:
    found = select(StaffRow.name).where(StaffRow.id.in_(staff_ids))
    return tuple(session.scalars(found.order_by(StaffRow.id)))
