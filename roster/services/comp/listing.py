"""Comp-leave as pages show it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from roster.comp import Balance, HalfDay, Lot, balance, hour_of
from roster.posts import POSTS, SHANGHAI
from roster.records import CompEntryRow, CompLeaveRow, StaffRow, UnitRow
from roster.rights import Actor
from roster.rules.rulebook import RuleBook
from roster.services.comp.checks import rules_for
from roster.services.comp.earning import entries_of
from roster.services.comp.resting import days_of

Books = Mapping[str, RuleBook]

SOON = timedelta(days=30)
MOST = 200  # requests shown


@dataclass(frozen=True, slots=True)
class CompRequest:
    """
    Half-days off somebody asked for.

    ``left`` is what they have left, for whoever decides; ``begun`` whether
    the first of the half-days has, ``over`` whether the last has.
    """

    id: int
    unit_id: str
    unit_name: str
    staff_id: str
    staff_name: str
    days: tuple[HalfDay, ...]
    state: str
    word: str
    behalf: str
    answer: str
    asked_by: str
    asked_at: datetime
    settled_by: str
    begun: bool
    over: bool
    may_decide: bool
    left: int | None = None

    @property
    def closed(self) -> bool:
        """Whether nothing more comes of it."""
        return self.over if self.state == "granted" else self.state != "asked"


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty, what it earned and what that was taken for."""

    lot: Lot
    post: str
    unit_name: str

    def lost(self, today: date) -> int:
        """Half-days that expired before anybody took them."""
        return self.lot.left if self.lot.expires < today else 0


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One entry of the account, in the order they were made."""

    at: datetime
    kind: str
    halves: int
    date: date
    half: str
    post: str
    who: str


@dataclass(frozen=True, slots=True)
class PersonComp:
    """Somebody's comp-leave."""

    staff_id: str
    name: str
    unit_id: str
    today: date
    found: Balance
    duties: tuple[DutyLine, ...]
    requests: tuple[CompRequest, ...]
    booked: tuple[BookedLine, ...]
    expire_days: int

    @property
    def standing(self) -> int:
        """Half-days left; below zero where some are unpaid."""
        return self.found.standing(self.today)

    @property
    def expiring(self) -> tuple[tuple[date, int], ...]:
        """When how many half-days would be lost, the next first."""
        sums: dict[date, int] = {}
        for lot in self.found.lots:
            if lot.left and lot.expires >= self.today:
                sums[lot.expires] = sums.get(lot.expires, 0) + lot.left

        return tuple(sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person in their unit's list."""

    staff_id: str
    name: str
    position: str
    standing: int
    unpaid: int
    expiring: int  # within thirty days
    expires_first: date | None
    coming: tuple[HalfDay, ...]  # half-days off to come


def person_comp(
    session: Session,
    *,
    staff_id: str,
    books: Books,
    actor: Actor,
    now: datetime,
) -> PersonComp | None:
    """Everything about one person's comp-leave; None for nobody."""
    person = session.get(StaffRow, staff_id)
    if person is None:
        return None

    today = now.astimezone(SHANGHAI).date()
    entries = entries_of(session, [staff_id], books=books, now=now)
    found = balance(entries.get(staff_id, ()))
    wanted = select(CompLeaveRow).where(CompLeaveRow.staff == staff_id)
    params = rules_for(session, person.unit, books)
    return PersonComp(
        staff_id,
        person.name,
        person.unit,
        today,
        found,
        tuple(
            DutyLine(
                lot,
                post_of(lot.shift),
                ""
                if lot.unit == person.unit
                else _unit_name(session, lot.unit),
            )
            for lot in sorted(
                found.lots, key=lambda lot: (lot.on, lot.shift), reverse=True
            )
        ),
        _requests(session, wanted, books, lambda _: actor, now),
        _booked(session, staff_id),
        int(params.get("comp_expire_days", today)),
    )


def post_of(shift: str) -> str:
    """The post in a shift's id, ``2026-10-07/duty-night``."""
    name = shift.partition("/")[2]
    fitting = [post for post in POSTS if name == post or f"{post}-" in name]
    return fitting[0] if fitting else name


def _booked(session: Session, staff_id: str) -> tuple[BookedLine, ...]:
    rows = session.scalars(
        select(CompEntryRow)
        .where(CompEntryRow.staff == staff_id)
        .order_by(CompEntryRow.id.desc())
    )
    return tuple(
        BookedLine(
            row.at.astimezone(SHANGHAI),
            row.kind,
            row.halves,
            row.on,
            row.half,
            post_of(row.shift),
            row.who,
        )
        for row in rows
    )


class _Names:
    """Names of units."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def unit(self, unit_id: str) -> str:
        return self.session.get_one(UnitRow, unit_id).name


def _unit_name(session: Session, unit_id: str) -> str:
    return session.get_one(UnitRow, unit_id).name


def _requests(
    session: Session,
    wanted: Select[CompLeaveRow],
    books: Books,
    actor_in: Callable[[str], Actor],
    now: datetime,
    left: Mapping[str, int] | None = None,
) -> tuple[CompRequest, ...]:
    rows = session.scalars(
        wanted.order_by(CompLeaveRow.id.desc()).limit(MOST)
    ).all()
    found = []
    for row in rows:
        days, person = days_of(row), session.get_one(StaffRow, row.staff)
        params = rules_for(session, person.unit, books)
        starts = [day.start(hour_of(params, day)) for day in days]
        actor = actor_in(person.unit)
        found.append(
            CompRequest(
                id=row.id,
                unit_id=person.unit,
                unit_name=_unit_name(session, person.unit),
                staff_id=row.staff,
                staff_name=person.name,
                days=days,
                state=row.state,
                word=row.word,
                behalf=row.behalf,
                answer=row.answer,
                asked_by=row.asked_by,
                asked_at=row.asked_at.astimezone(SHANGHAI),
                settled_by=row.settled_by,
                begun=starts[0] <= now,
                over=starts[-1] <= now,
                may_decide=(actor.edits or actor.approves)
                and actor.staff != row.staff,
                left=left.get(row.staff, 0) if left is not None else None,
            )
        )

    return tuple(found)


def waiting(
    session: Session,
    *,
    actors: Mapping[str, Actor],
    books: Books,
    now: datetime,
) -> tuple[CompRequest, ...]:
    """Requests that wait for these people, by unit."""
    units = [unit for unit, who in actors.items() if who.edits or who.approves]
    wanted = select(CompLeaveRow).where(
        _of_units(units), CompLeaveRow.state == "asked"
    )
    staff = {row.staff for row in session.scalars(wanted)}
    left = _standings(session, staff, books, now) if staff else {}
    found = _requests(session, wanted, books, actors.__getitem__, now, left)
    return tuple(one for one in found if one.may_decide)


def _of_units(units: Collection[str]) -> ColumnElement[bool]:
    """Of those who are with these units now, wherever they were before."""
    people = select(StaffRow.id).where(StaffRow.unit.in_(units))
    return CompLeaveRow.staff.in_(people)


def _standings(
    session: Session, staff: Collection[str], books: Books, now: datetime
) -> dict[str, int]:
    today = now.astimezone(SHANGHAI).date()
    entries = entries_of(session, staff, books=books, now=now)
    return {
        name: balance(some).standing(today) for name, some in entries.items()
    }


def unit_comp(
    session: Session, *, unit_id: str, books: Books, now: datetime
) -> tuple[StaffLine, ...]:
    """Who of a unit has how much, who loses most and soonest first."""
    today = now.astimezone(SHANGHAI).date()
    people = session.scalars(
        select(StaffRow).where(StaffRow.unit == unit_id).order_by(StaffRow.id)
    ).all()
    ids = [row.id for row in people]
    entries = entries_of(session, ids, books=books, now=now)
    lines = (
        _line(row, balance(entries.get(row.id, ())), today) for row in people
    )
    return tuple(sorted(_of_account(lines), key=_urgency))


def _line(row: StaffRow, found: Balance, today: date) -> StaffLine:
    return StaffLine(
        row.id,
        row.name,
        row.position,
        found.standing(today),
        len(found.unpaid),
        found.left(today, today + SOON),
        found.expires_first(today),
        tuple(sorted(day for day in found.days if day.date >= today)),
    )


def _of_account(lines: Iterable[StaffLine]) -> Iterable[StaffLine]:
    """Those who have any, or owe some, or are off."""
    return (one for one in lines if one.standing or one.unpaid or one.coming)


def _urgency(line: StaffLine) -> tuple[bool, int, date, str]:
    soonest = line.expires_first or date.max
    return not line.unpaid, -line.expiring, soonest, line.staff_id


def unit_requests(
    session: Session,
    *,
    unit_id: str,
    books: Books,
    actor: Actor,
    now: datetime,
) -> tuple[CompRequest, ...]:
    """All of a unit's requests, the newest first."""
    wanted = select(CompLeaveRow).where(_of_units([unit_id]))
    waits = wanted.where(CompLeaveRow.state == "asked")
    staff = {row.staff for row in session.scalars(waits)}
    left = _standings(session, staff, books, now) if staff else {}
    return _requests(session, wanted, books, lambda _: actor, now, left)


def unit_of_staff(session: Session, staff_id: str) -> str | None:
    """The unit of a person; None for nobody."""
    row = session.get(StaffRow, staff_id)
    return row.unit if row else None
