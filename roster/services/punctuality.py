"""Who had their rosters ready in time, who was late, who still is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.deadlines import Deadline, deadlines
from roster.people import UnitKind
from roster.posts import SHANGHAI
from roster.records import ReviewRow, RosterRow, UnitRow
from roster.records.values import unit_of
from roster.review import IN_REVIEW, Verb
from roster.rules.rulebook import Params, RuleBook
from roster.services.preparing import Calendar, book_id, term
from roster.services.ruling import overrides


class Standing(StrEnum):
    """How a unit stands with a deadline."""

    READY = "ready"  # in force when it was due, or already
    LATE = "late"  # in force now, but not when it was due
    OVERDUE = "overdue"  # due, and nothing is in force
    WAITING = "waiting"  # not due yet, nothing in force


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A deadline and how it was kept.

    ``days`` are those it is or was late; ``submitted`` and ``published``
    are when the version that counts was.
    """

    deadline: Deadline
    standing: Standing
    days: int = 0
    submitted: datetime | None = None
    published: datetime | None = None

    @property
    def submitted_in_time(self) -> bool:
        """Whether at least those who drafted were in time."""
        return (
            self.submitted is not None
            and self.submitted.date() <= self.deadline.due
        )


@dataclass(frozen=True, slots=True)
class Punctuality:
    """A unit with all its deadlines of a term."""

    unit_id: str
    unit_name: str
    kind: UnitKind
    district: str
    kept: tuple[Kept, ...]

    def count(self, standing: str) -> int:
        """How many deadlines stand like that."""
        return sum(one.standing == standing for one in self.kept)

    @property
    def worst(self) -> int:
        """By how many days it is or was late at most."""
        return max((one.days for one in self.kept), default=0)

    @property
    def next(self) -> Kept | None:
        """What is to come first, if anything is."""
        waiting = (o for o in self.kept if o.standing is Standing.WAITING)
        return next(waiting, None)


@dataclass(frozen=True, slots=True)
class _Version:
    """When a version was handed in, in force from, and until."""

    submitted: datetime | None
    published: datetime
    withdrawn: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether it was in force at a moment."""
        return self.published <= moment and (
            self.withdrawn is None or self.withdrawn > moment
        )


@dataclass(frozen=True, slots=True)
class _Way:
    """A unit's versions of a term; ``waiting`` since, if under review."""

    versions: tuple[_Version, ...] = ()
    waiting: datetime | None = None


def punctuality(
    session: Session,
    *,
    term_id: str,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    now: datetime,
    units: Collection[str] | None = None,
) -> tuple[Punctuality, ...]:
    """A line a unit: of those named, else of all that have rosters."""
    period = term(session, term_id)
    known = {
        row.id: unit_of(row)
        for row in session.scalars(select(UnitRow).order_by(UnitRow.id))
    }
    ways = _ways(session, term_id)
    set_otherwise = overrides(session)
    lines = []
    for unit in known.values():
        if unit.kind is UnitKind.DISTRICT:
            continue

        if units is None or unit.id in units:
            params = Params(books[book_id(unit)], set_otherwise, unit.id)
            found = deadlines(period, calendar.day, params)
            way = ways.get(unit.id, _Way())
            kept = tuple(_kept(one, way, now) for one in found)
            above = known.get(unit.parent)
            district = above.name if above else ""
            lines.append(
                Punctuality(unit.id, unit.name, unit.kind, district, kept)
            )

    return tuple(lines)


def _ways(session: Session, term_id: str) -> dict[str, _Way]:
    submitted = _submitted(session, term_id)
    rows = session.scalars(
        select(RosterRow)
        .where(RosterRow.term == term_id)
        .order_by(RosterRow.number)
    ).all()
    versions: dict[str, list[_Version]] = {}
    waiting: dict[str, datetime | None] = {}
    for row in rows:
        handed_in = submitted.get((row.unit, row.number))
        if row.published_at is not None:
            # Of what is older than the reviews only that is known.
            version = _Version(
                handed_in or row.published_at,
                row.published_at,
                row.withdrawn_at,
            )
            versions.setdefault(row.unit, []).append(version)
        elif row.state in IN_REVIEW:
            waiting[row.unit] = handed_in

    return {
        unit: _Way(tuple(versions.get(unit, ())), waiting.get(unit))
        for unit in versions.keys() | waiting.keys()
    }


def _submitted(
    session: Session, term_id: str
) -> dict[tuple[str, int], datetime]:
    """When each version was handed in last."""
    rows = session.execute(
        select(ReviewRow.unit, ReviewRow.number, ReviewRow.at)
        .where(ReviewRow.term == term_id, ReviewRow.verb == Verb.SUBMIT)
        .order_by(ReviewRow.id)
    )
    return {(unit, number): at for unit, number, at in rows}


def _kept(deadline: Deadline, way: _Way, now: datetime) -> Kept:
    end = _end_of(deadline.due)
    over = min(end, now)
    standing = _first(way.versions, over)
    now_standing = _first(way.versions, now)
    gone = now_standing is None and _end_of(deadline.last) > now
    if standing is not None and not gone:
        return _as(deadline, Standing.READY, standing)

    if end > now:
        return Kept(deadline, Standing.WAITING, 0, _local(way.waiting))

    later = [v for v in way.versions if v.published > end]
    if later and not gone:
        days = (_day(later[0].published) - deadline.due).days
        return _as(deadline, Standing.LATE, later[0], days)

    days = (_day(now) - deadline.due).days
    return Kept(deadline, Standing.OVERDUE, days, _local(way.waiting))


def _first(versions: Sequence[_Version], moment: datetime) -> _Version | None:
    """The earliest version of those in force at a moment."""
    return next((v for v in versions if v.holds(moment)), None)


def _as(
    deadline: Deadline, standing: Standing, version: _Version, days: int = 0
) -> Kept:
    return Kept(
        deadline,
        standing,
        days,
        _local(version.submitted),
        _local(version.published),
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(SHANGHAI) if moment else None


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def _end_of(when: date) -> datetime:
    """The moment after which a day is over."""
    return datetime.combine(when + timedelta(days=1), time(), SHANGHAI)
