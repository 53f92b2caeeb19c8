"""
A roster as one clause sees it: the matching people on matching shifts.

Plain reading, no solver: whoever doubts a roster starts here.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from roster.problem import Assignment, EarlierDuty, Person, Problem, Shift
from roster.rules.clauses import Clause, Selection


@dataclass(frozen=True, slots=True)
class Violation:
    """
    One way in which a roster costs something under a clause.

    ``waived`` is what pinned assignments alone already cost; a mandatory
    clause does not argue with those, a goal counts them all the same.
    """

    cost: int
    waived: int = 0
    staff: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()


def selects_shift(select: Selection, shift: Shift) -> bool:
    """Whether a clause looks at that shift, whoever holds it."""
    return (
        (not select.posts or shift.post in select.posts)
        and all(tag in shift.tags for tag in select.shift_tags)
        and (not select.shifts or shift.id in select.shifts)
        and _within(select, shift.date)
    )


def selects_person(select: Selection, person: Person, when: date) -> bool:
    """Whether a clause looks at that person on that date."""
    return (not select.staff or person.id in select.staff) and all(
        person.has_tag(tag, when) for tag in select.staff_tags
    )


def selects_earlier(select: Selection, duty: EarlierDuty) -> bool:
    """Whether a duty outside the problem counts for a clause."""
    return (
        not select.shifts
        and (not select.posts or duty.post in select.posts)
        and all(tag in duty.tags for tag in select.shift_tags)
        and _within(select, duty.date)
    )


def _within(select: Selection, when: date) -> bool:
    return (select.first is None or select.first <= when) and (
        select.last is None or when <= select.last
    )


def _by_shift(assignment: Assignment) -> tuple[str, str]:
    return assignment.shift, assignment.staff


class Reading:
    """
    The assignments of a roster that one clause selects.

    Parameters
    ----------
    among
        The ids of the people it is narrowed to; None for everybody. Their
        assignments alone must be given then.
    """

    def __init__(
        self,
        problem: Problem,
        clause: Clause,
        assignments: Iterable[Assignment],
        among: frozenset[str] | None = None,
    ) -> None:
        self.problem = problem
        self.clause = clause
        self.select = clause.select
        self.all = frozenset(assignments)
        self.among = among

    def narrowed(
        self,
        among: frozenset[str] | None,
        assignments: Iterable[Assignment],
        dates: Container[date] | None = None,
    ) -> "Reading":
        """The same reading of few people, or of few dates as well."""
        few = Reading(self.problem, self.clause, assignments, among)
        few.shifts = (
            self.shifts
            if dates is None
            else tuple(s for s in self.shifts if s.date in dates)
        )
        return few

    @cached_property
    def staff(self) -> tuple[Person, ...]:
        """Whoever is looked at, selected or not."""
        if self.among is None:
            return self.problem.staff

        person = self.problem.person
        return tuple(person[p] for p in sorted(self.among) if p in person)

    def sees(self, staff: str) -> bool:
        """Whether somebody is looked at; they may be gone."""
        return self.among is None or staff in self.among

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts the clause looks at, whoever holds them."""
        return tuple(
            shift
            for shift in self.problem.shifts
            if selects_shift(self.select, shift)
        )

    @cached_property
    def held(self) -> dict[str, tuple[Shift, ...]]:
        """Selected shifts by the id of the person who holds them."""
        selected = {shift.id for shift in self.shifts}
        held: dict[str, list[Shift]] = {}

        for assignment in sorted(self.all, key=_by_shift):
            person = self.problem.person.get(assignment.staff)
            if person is None or assignment.shift not in selected:
                continue

            shift = self.problem.shift[assignment.shift]
            if selects_person(self.select, person, shift.date):
                held.setdefault(person.id, []).append(shift)

        return {
            staff: tuple(sorted(shifts, key=lambda s: (s.start, s.id)))
            for staff, shifts in held.items()
        }

    def holds(self, staff: str) -> tuple[Shift, ...]:
        """The selected shifts somebody holds, by start."""
        return self.held.get(staff, ())

    def pinned(self, staff: str, shift: Shift) -> bool:
        """Whether that assignment must stand anyway."""
        return Assignment(shift.id, staff) in self.problem.pinned

    @cached_property
    def only_pinned(self) -> "Reading":
        """The same reading of the pinned assignments alone."""
        return self.narrowed(self.among, self.all & self.problem.pinned)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The selected people who may hold at least one selected shift."""
        return tuple(
            person
            for person in self.staff
            if any(self._may_hold(person, shift) for shift in self.shifts)
        )

    def _may_hold(self, person: Person, shift: Shift) -> bool:
        return selects_person(
            self.select, person, shift.date
        ) and self.problem.may_hold(person, shift)

    def earlier(self, person: Person) -> Iterator[EarlierDuty]:
        """Their duties outside the problem that count for the clause."""
        return (
            duty
            for duty in person.earlier
            if selects_earlier(self.select, duty)
        )


def points(shifts: Iterable[Shift], ledger: str) -> int:
    """What these shifts add to a ledger; their number without one."""
    if not ledger:
        return sum(1 for _ in shifts)

    return sum(shift.burden.get(ledger, 0) for shift in shifts)
