"""What a unit still lacks before a term can be generated for it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.people import Limit, StaffMember, Unit, UnitKind
from roster.posts import COMBINED, LEAD
from roster.records import UnitRow
from roster.rules.case import Case
from roster.rules.rulebook import RuleBook
from roster.rules.staffing import person_of, posts_of
from roster.services.preparation.demand import differing_days
from roster.services.preparation.rounds import round_of
from roster.services.preparing import Calendar, cases

# A limit that ended this short before a term may have to go on.
LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Point:
    """
    One thing to look at.

    Parameters
    ----------
    code
        What it is; a key of ``web/words/readiness.py``.
    stops
        Whether no roster is possible as long as it stands.
    place
        Where it is put right: a kind of record, ``calendar``, ``unit``,
        ``round`` or ``repair``.
    """

    code: str
    place: str
    stops: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Readiness:
    """A unit with everything there is to look at."""

    unit: Unit
    staff: int
    shifts: int
    points: tuple[Point, ...]

    @property
    def stops(self) -> bool:
        """Whether anything makes a roster impossible."""
        return any(point.stops for point in self.points)


def readiness(
    session: Session,
    *,
    term_id: str,
    unit_ids: Sequence[str] | None,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    now: datetime,
) -> tuple[Readiness, ...]:
    """Every unit with a roster of its own, as its records are now."""
    found = cases(
        session,
        term_id=term_id,
        unit_ids=unit_ids,
        calendar=calendar,
        books=books,
        past=False,
    )
    differing = differing_days(session, found, now.date())
    districts = set(
        session.scalars(
            select(UnitRow.id).where(UnitRow.kind == UnitKind.DISTRICT)
        )
    )
    return tuple(
        Readiness(
            case.unit,
            len(case.staff),
            len(case.shifts),
            _sorted(
                (
                    *_points(case, pooled=case.unit.parent in districts),
                    *_round(session, case, now),
                    *_roster(differing.get(case.unit.id, [])),
                )
            ),
        )
        for case in found
    )


def _sorted(points: Iterable[Point]) -> tuple[Point, ...]:
    """What makes a roster impossible first."""
    return tuple(sorted(points, key=lambda point: not point.stops))


def _round(session: Session, case: Case, now: datetime) -> Iterator[Point]:
    """A wish round that is still open."""
    found = round_of(
        session, unit_id=case.unit.id, term_id=case.term.id, now=now
    )
    if found and found.open:
        facts = {
            "closes": f"{found.closes_at:%Y-%m-%d %H:%M}",
            "count": len(found.waiting),
        }
        yield Point("round-open", "round", facts=facts)


def _roster(days: Sequence[date]) -> Iterator[Point]:
    """A published roster that is no longer what is demanded."""
    if days:
        facts = {"dates": days, "since": days[0]}
        yield Point("roster-differs", "repair", facts=facts)


def _points(case: Case, *, pooled: bool) -> Iterator[Point]:
    if not case.staff:
        yield Point("no-staff", "staff", stops=True)
    else:
        yield from _posts(case, pooled=pooled)
        yield from _people(case)

    if years := [day.date.year for day in case.days if day.provisional]:
        facts = {"year": years[0]}
        yield Point("calendar-provisional", "calendar", facts=facts)

    if not case.unit.phone:
        yield Point("no-duty-phone", "unit")

    if case.unit.boarding and not _students(case):
        yield Point("no-presence", "presence")

    if ending := [v for v in case.limits if _ends(case, v)]:
        yield Point("limits-ending", "limit", facts=_names(case, ending))


def _posts(case: Case, *, pooled: bool) -> Iterator[Point]:
    """
    Posts that the articles demand and nobody fills.

    Leaders may be lent by the units of the same district (article 14).
    """
    filled = {post for m in case.staff for post in posts_of(case, m)}
    filled |= {
        post
        for member in case.staff
        for post in posts_of(case, member, case.term.last)
    }
    for post in dict.fromkeys(shift.post for shift in case.shifts):
        if post not in filled:
            yield _unfilled(post, pooled=pooled)

    if dates := list(_unled(case)):
        yield Point("nobody-to-lead", "leave", facts={"dates": dates})

    if not case.shifts:
        yield Point("no-shifts", "calendar")


def _unled(case: Case) -> Iterator[date]:
    """Days to be led on which all who can lead are away."""
    leaders = [
        person_of(case, member)
        for member in case.staff
        if LEAD in posts_of(case, member)
    ]
    led = (shift.date for shift in case.shifts if shift.post == LEAD)
    for when in dict.fromkeys(led if leaders else ()):
        if all(any(when in p for p in v.unavailable) for v in leaders):
            yield when


def _unfilled(post: str, *, pooled: bool) -> Point:
    if post not in (LEAD, COMBINED):
        facts = {"post": post}
        return Point("nobody-for-post", "staff", stops=True, facts=facts)

    if pooled:
        return Point("no-leader-of-its-own", "staff")

    return Point("no-leader", "staff", stops=True)


def _people(case: Case) -> Iterator[Point]:
    if silent := [m.name for m in case.staff if not m.phone]:
        facts = {"count": len(silent), "names": silent}
        yield Point("no-phones", "staff", facts=facts)

    counted = Counter(member.name for member in case.staff)
    if twice := [name for name, count in counted.items() if count > 1]:
        yield Point("same-names", "staff", facts={"names": twice})

    if leaving := [m for m in case.staff if _leaves(case, m)]:
        names = [member.name for member in leaving]
        yield Point("leaving", "staff", facts={"names": names})


def _leaves(case: Case, member: StaffMember) -> bool:
    last = member.employed.last
    return last is not None and last < case.term.last


def _students(case: Case) -> bool:
    first, last = case.term.first, case.term.last
    return any(p.first <= last and first <= p.last for p in case.presences)


def _ends(case: Case, limit: Limit) -> bool:
    """Whether it ends shortly before the term or in it."""
    last = limit.period.last
    return (
        last is not None and case.term.first - LATELY <= last < case.term.last
    )


def _names(case: Case, limits: Sequence[Limit]) -> dict[str, Any]:
    names = {member.id: member.name for member in case.staff}
    return {
        "names": list(dict.fromkeys(names[limit.staff] for limit in limits))
    }
