"""Records become cases: all that a unit's roster for a term rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.comp import HalfDay
from roster.county import County
from roster.days import CalendarDay, Term
from roster.errors import Refused
from roster.ledger import Served, carried, months_before
from roster.people import PastDuty, StaffMember, Unit, UnitKind
from roster.posts import SHANGHAI, burden_of
from roster.problem import EarlierDuty
from roster.records import OverrideRow, TermRow
from roster.records.values import county_of, override_of, term_of
from roster.rules.case import Case
from roster.rules.rulebook import Override, RuleBook
from roster.rules.staffing import posts_of
from roster.services.comp.resting import resting
from roster.services.served import ServedDuty, served_duties

# Duties this near to a term may be too close to one in it; no gap and no
# spacing looks further.
NEAR = timedelta(days=60)

# What a day of 历史值班 adds to the ledgers when the list names its kind.
PAST_BURDENS = {
    "双休": {"total": 1, "weekend": 1},
    "节假日": {"total": 1, "holiday": 1},
    "春节": {"total": 1, "holiday": 1, "spring": 1},
}


class Calendar(Protocol):
    """The official calendar, as the services need it."""

    def day(self, when: date) -> CalendarDay:
        """A date with its kind and its run."""
        ...

    def days(self, first: date, last: date) -> Iterable[CalendarDay]:
        """Every date between two, both included."""
        ...

    def version(self, first: date, last: date) -> str:
        """A digest that changes when a year in between does."""
        ...


@dataclass(frozen=True)
class Desk:
    """Everything the cases of one term are cut from."""

    term: Term
    county: County
    books: Mapping[str, RuleBook]
    overrides: tuple[Override, ...]
    served: tuple[ServedDuty, ...]
    days: tuple[CalendarDay, ...]
    calendar: Calendar
    resting: Mapping[str, tuple[HalfDay, ...]]


def term(session: Session, term_id: str) -> Term:
    """A term by its id; raises `Refused` when there is none."""
    row = session.get(TermRow, term_id)
    if row is None:
        known = list(session.scalars(select(TermRow.id).order_by(TermRow.id)))
        if not known:
            raise Refused("no-terms")

        raise Refused("unknown-term", value=term_id, allowed=known)

    return term_of(row)


def check_within(period: Term, day: date) -> None:
    """Refuses a date outside a term, naming the term's own."""
    if not period.first <= day <= period.last:
        raise Refused(
            "not-in-the-term",
            value=str(day),
            term=period.name,
            first=str(period.first),
            last=str(period.last),
        )


def book_id(unit: Unit) -> str:
    """Which of the two documents a unit is under."""
    return "bureau" if unit.kind is UnitKind.BUREAU else "schools"


def rostered_units(county: County) -> tuple[Unit, ...]:
    """The units that have rosters of their own."""
    return tuple(u for u in county.units if u.kind is not UnitKind.DISTRICT)


def chosen_units(
    county: County, unit_ids: Sequence[str] | None
) -> tuple[Unit, ...]:
    """
    The units asked for by id or name, all when none are named.

    A district stands for all the units below it.
    """
    units = rostered_units(county)
    if unit_ids is None:
        return units

    wanted = set(unit_ids)
    districts = {
        unit.id
        for unit in county.units
        if unit.kind is UnitKind.DISTRICT and wanted & {unit.id, unit.name}
    }
    found = tuple(
        unit
        for unit in units
        if wanted & {unit.id, unit.name} or unit.parent in districts
    )
    known = {word for unit in county.units for word in (unit.id, unit.name)}
    if missing := sorted(wanted - known):
        raise Refused("unknown-unit", value="、".join(missing))

    return found


def cases(
    session: Session,
    *,
    term_id: str,
    unit_ids: Sequence[str] | None,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    seed: int = 0,
    past: bool = True,
) -> tuple[Case, ...]:
    """
    The units' cases for a term, from the records as they are now.

    Without the ``past`` they do for everything but generating.
    """
    county = county_of(session)
    wanted = term(session, term_id)
    units = chosen_units(county, unit_ids)
    desk = Desk(
        wanted,
        county,
        books,
        tuple(map(override_of, session.scalars(select(OverrideRow)))),
        served_duties(
            session, of_units=[u.id for u in units], but_term=term_id
        )
        if past
        else (),
        tuple(calendar.days(wanted.first, wanted.last)),
        calendar,
        resting(
            session,
            [m.id for m in county.staff],
            first=wanted.first,
            last=wanted.last + timedelta(days=1),
        ),
    )
    made = (_case(desk, unit, seed) for unit in units)
    return tuple(_with_past(case, desk) if past else case for case in made)


def _case(desk: Desk, unit: Unit, seed: int) -> Case:
    staff = tuple(
        m for m in desk.county.staff if m.unit == unit.id and _there(m, desk)
    )
    ids = {member.id for member in staff}
    county, begin, end = desk.county, desk.term.first, desk.term.last
    return Case(
        unit=unit,
        term=desk.term,
        days=desk.days,
        staff=staff,
        book=desk.books[book_id(unit)],
        overrides=desk.overrides,
        # Leave from the day after the term still bars its last night.
        leave=tuple(
            v
            for v in county.leave
            if v.staff in ids
            and begin <= v.last
            and v.first <= end + timedelta(days=1)
        ),
        resting={k: v for k, v in desk.resting.items() if k in ids},
        limits=tuple(v for v in county.limits if v.staff in ids),
        relations=tuple(
            v for v in county.relations if {v.first, v.second} <= ids
        ),
        wishes=tuple(v for v in county.wishes if v.staff in ids),
        presences=tuple(v for v in county.presences if v.unit == unit.id),
        seed=seed,
    )


def _there(member: StaffMember, desk: Desk) -> bool:
    first, last = member.employed.first, member.employed.last
    begin, end = desk.term.first, desk.term.last
    return (first is None or first <= end) and (last is None or begin <= last)


def _with_past(case: Case, desk: Desk) -> Case:
    """The case with what its people bring along."""
    begin = case.term.first
    since = months_before(begin, case.params.get("window_months", begin))
    ids = {member.id for member in case.staff}
    duties = [duty for duty in desk.served if duty.staff in ids]
    listed = [past for past in desk.county.past if past.staff in ids]
    counted = [
        *(duty.as_served() for duty in duties),
        *(_counted(past, desk.calendar) for past in listed),
    ]
    near = [
        *((duty.staff, duty.as_earlier()) for duty in duties),
        *((past.staff, _as_earlier(past)) for past in listed),
    ]
    return replace(
        case,
        carried=carried(
            [duty for duty in counted if duty.date < begin],
            _groups(case),
            _arrivals(case, since),
            since,
        ),
        earlier=_near(near, begin - NEAR, case.term.last + NEAR),
    )


def _near(
    duties: Iterable[tuple[str, EarlierDuty]], first: date, last: date
) -> dict[str, tuple[EarlierDuty, ...]]:
    found: dict[str, tuple[EarlierDuty, ...]] = {}
    for staff, duty in duties:
        if first <= duty.date <= last:
            found[staff] = (*found.get(staff, ()), duty)

    return found


def _counted(past: PastDuty, calendar: Calendar) -> Served:
    """A listed duty as the ledger counts it."""
    burden = PAST_BURDENS.get(past.kind) or burden_of(calendar.day(past.date))
    return Served(past.staff, past.date, burden)


def _as_earlier(past: PastDuty) -> EarlierDuty:
    """A listed duty; its hours are unknown and taken as a day's."""
    start, end = (
        datetime.combine(past.date, time(hour), SHANGHAI) for hour in (8, 18)
    )
    return EarlierDuty(past.date, start, end, past.post)


def _groups(case: Case) -> list[list[str]]:
    """People who share the same duty: by the posts they may fill."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for member in case.staff:
        posts = tuple(posts_of(case, member))
        groups.setdefault(posts, []).append(member.id)

    return list(groups.values())


def _arrivals(case: Case, since: date) -> dict[str, date]:
    return {
        member.id: member.employed.first
        for member in case.staff
        if member.employed.first and member.employed.first > since
    }
