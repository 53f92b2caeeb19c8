"""
Who may be on duty when, by what the records say today.

A roster knows what was recorded when it was drafted. Whatever was entered
since is held against it here, by the same rules (`rules.staffing`), for
those who edit or submit a draft, swap duties, or look after published ones.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.audit import Breach
from roster.comp import HalfDay, rests
from roster.people import Leave, Limit, LimitKind, StaffMember
from roster.posts import ALL_DAY, HOLIDAY, LEADERS, NIGHT
from roster.problem import Assignment, Problem, Shift
from roster.records import (
    LeaveRow,
    LimitRow,
    RelationRow,
    StaffRow,
    UnitRow,
)
from roster.records.values import leave_of, limit_of, member_of, unit_of
from roster.rules.clauses import Apart, Bar
from roster.rules.rulebook import Params, RuleBook
from roster.rules.staffing import too_late
from roster.services.answering import breach_line
from roster.services.comp.resting import resting
from roster.services.conflicts import tells_of_one
from roster.services.preparing import book_id
from roster.services.ruling import overrides
from roster.services.served import ServedDuty
from roster.services.views import ConflictLine


class Unfit(StrEnum):
    """Why somebody cannot have a duty."""

    LEFT = "left"
    MOVED = "moved"  # to a unit whose people do not serve there
    NOT_YET = "not-yet-there"
    LEAVE = "leave"  # a shift too late on the evening before it, too
    COMP_LEAVE = "comp-leave"
    EXCUSED = "excused"
    NO_NIGHT = "no-night"
    NO_HOLIDAY = "no-holiday"
    TOGETHER = "relation"  # with somebody they are to be kept apart from

    @property
    def away(self) -> bool:
        """Whether they are not there at all, no article being asked."""
        kept = (Unfit.NO_NIGHT, Unfit.NO_HOLIDAY, Unfit.TOGETHER)
        return self not in kept


# The parameter in whose article each is found.
RESTS_ON = {
    Unfit.LEFT: "leave_from_hour",
    Unfit.MOVED: "leave_from_hour",
    Unfit.NOT_YET: "leave_from_hour",
    Unfit.LEAVE: "leave_from_hour",
    Unfit.COMP_LEAVE: "comp_from_hour",
    Unfit.EXCUSED: "apart_relations",
    Unfit.NO_NIGHT: "protected_nights",
    Unfit.NO_HOLIDAY: "apart_relations",
    Unfit.TOGETHER: "apart_relations",
}

Duty = Shift | ServedDuty
Fact = TypeVar("Fact", Leave, Limit)


@dataclass(frozen=True)
class Facts:
    """What limits one person, and the rules of their unit."""

    member: StaffMember
    params: Params
    leave: tuple[Leave, ...] = ()
    limits: tuple[Limit, ...] = ()
    resting: tuple[HalfDay, ...] = ()

    def against(self, duty: Duty) -> Iterator[Unfit]:
        """Why they cannot have a duty, each reason once."""
        employed = self.member.employed
        if employed.last and duty.date > employed.last:
            yield Unfit.LEFT

        if employed.first and duty.date < employed.first:
            yield Unfit.NOT_YET

        if any(self._on_leave(duty, leave) for leave in self.leave):
            yield Unfit.LEAVE

        if rests(self.params, self.resting, duty.start, duty.end):
            yield Unfit.COMP_LEAVE

        kinds = {v.kind for v in self.limits if duty.date in v.period}
        if LimitKind.NO_DUTY in kinds:
            yield Unfit.EXCUSED

        if LimitKind.NO_NIGHT in kinds and self._all_night(duty):
            yield Unfit.NO_NIGHT

        if LimitKind.NO_HOLIDAY in kinds and HOLIDAY in duty.tags:
            yield Unfit.NO_HOLIDAY

    def _on_leave(self, duty: Duty, leave: Leave) -> bool:
        if duty.date == leave.first - timedelta(days=1):
            return too_late(self.params, duty.end, leave)

        return leave.first <= duty.date <= leave.last

    def _all_night(self, duty: Duty) -> bool:
        """Who leads from home may do so; who leads on site may not."""
        if NIGHT in duty.tags:
            return True

        presence = self.params.get("leader_presence", duty.date)
        # A joint problem's posts name the unit before them.
        leads = duty.post.rpartition("/")[2] in LEADERS
        return leads and presence == ALL_DAY


@dataclass(frozen=True)
class Fitness:
    """
    Some people by today's records.

    Of whomever it does not know it says nothing; ``gone`` are those whom
    the records no longer have, ``apart`` the pairs that must not be on duty
    on one date.
    """

    people: Mapping[str, Facts] = field(default_factory=dict)
    gone: Collection[str] = ()
    apart: Collection[frozenset[str]] = ()

    def against(self, staff: str, duty: Duty) -> tuple[Unfit, ...]:
        """Why somebody cannot have a duty; nothing where they can."""
        if staff in self.gone:
            return (Unfit.LEFT,)

        facts = self.people.get(staff)
        return tuple(facts.against(duty)) if facts else ()

    def line(self, staff: str, why: Unfit) -> ConflictLine:
        """A reason with the article of their unit's rules it rests on."""
        facts = self.people.get(staff)
        found = facts.params.book.article_of[RESTS_ON[why]] if facts else None
        return ConflictLine(why.value, found.name if found else "")

    def news(
        self,
        problem: Problem,
        cells: Iterable[Assignment],
        found: Iterable[Breach],
        units: Collection[str],
        beside: Iterable[Assignment] = (),
    ) -> Iterator[tuple[Assignment, Unfit]]:
        """
        What stands against assignments that a roster's problem, older than
        the records, does not tell itself.

        Parameters
        ----------
        found
            The breaches that it does tell. History is not argued with.
        units
            By id, those whose people serve in it: its own, or a pool's.
        beside
            What else is held in it, for who is to be kept apart.
        """
        cells, found = set(cells), tuple(found)
        told = {
            Assignment(shift, staff)
            for breach in found
            if _of_one(problem, breach)
            for shift in breach.shifts
            for staff in breach.staff
        }
        for cell in sorted(cells - told - problem.past):
            if cell.shift in problem.shift:
                shift = problem.shift[cell.shift]
                for why in self.against(cell.staff, shift):
                    yield cell, why

                facts = self.people.get(cell.staff)
                if facts and facts.member.unit not in units:
                    yield cell, Unfit.MOVED

        parted = set(_of_pairs(problem, found))
        for cell in self.together(problem, cells - problem.past, beside):
            if cell not in parted:
                yield cell, Unfit.TOGETHER

    def together(
        self,
        problem: Problem,
        cells: Collection[Assignment],
        beside: Iterable[Assignment] = (),
    ) -> Iterator[Assignment]:
        """Those on a date on which somebody kept apart is on duty, too."""
        shift = problem.shift
        held = defaultdict[date, set[str]](set)
        for cell in {*cells, *beside}:
            if cell.shift in shift:
                held[shift[cell.shift].date].add(cell.staff)

        for cell in sorted(cells):
            facts = self.people.get(cell.staff)
            if facts is None or cell.shift not in shift:
                continue

            on = shift[cell.shift].date
            pairs = (frozenset((cell.staff, other)) for other in held[on])
            if facts.params.get("apart_relations", on) and any(
                pair in self.apart for pair in pairs
            ):
                yield cell


def _of_one(problem: Problem, breach: Breach) -> bool:
    """Whether a breach says that somebody cannot be there, for themselves."""
    if breach.rule in ("available", "eligible"):
        return True

    barred = isinstance(problem.clause.get(breach.rule), Bar)
    return barred and tells_of_one(breach_line(problem, breach))


def _of_pairs(
    problem: Problem, found: Iterable[Breach]
) -> Iterator[Assignment]:
    """The assignments that breaches already say are not kept apart."""
    for breach in found:
        if isinstance(problem.clause.get(breach.rule), Apart):
            for shift in breach.shifts:
                for staff in breach.staff:
                    yield Assignment(shift, staff)


def fitness_of(
    session: Session, staff: Iterable[str], books: Mapping[str, RuleBook]
) -> Fitness:
    """These people as the records have them now."""
    wanted = sorted(set(staff))
    rows = session.execute(
        select(StaffRow, UnitRow)
        .join(UnitRow, UnitRow.id == StaffRow.unit)
        .where(StaffRow.id.in_(wanted))
    ).all()
    leaves = select(LeaveRow).where(LeaveRow.staff.in_(wanted))
    leave = _by_staff(map(leave_of, session.scalars(leaves)))
    limited = select(LimitRow).where(LimitRow.staff.in_(wanted))
    limits = _by_staff(map(limit_of, session.scalars(limited)))
    off = resting(session, wanted)
    set_differently = overrides(session)
    people = {
        row.id: Facts(
            member_of(row),
            Params(books[book_id(unit_of(unit))], set_differently, unit.id),
            tuple(leave[row.id]),
            tuple(limits[row.id]),
            off.get(row.id, ()),
        )
        for row, unit in rows
    }
    gone = frozenset(wanted) - people.keys()
    return Fitness(people, gone, _kept_apart(session, wanted))


def _kept_apart(
    session: Session, people: Collection[str]
) -> frozenset[frozenset[str]]:
    pairs = select(RelationRow).where(
        or_(RelationRow.one.in_(people), RelationRow.other.in_(people))
    )
    return frozenset(
        frozenset((row.one, row.other)) for row in session.scalars(pairs)
    )


def _by_staff(values: Iterable[Fact]) -> Mapping[str, list[Fact]]:
    found = defaultdict[str, list[Fact]](list)
    for value in values:
        found[value.staff].append(value)

    return found
