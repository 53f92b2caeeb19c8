"""
The problem: all a solver may know. The outcome: all it answers.

Both are frozen and complete, so that they can be solved anywhere and kept
as evidence. Their JSON form is read and written by `roster.documents`;
what must hold between their parts is checked there, once, with all
mistakes named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from roster.people import Period
from roster.rules.clauses import Clause


@dataclass(frozen=True, slots=True)
class Dated:
    """A post or tag that somebody has, on the dates of its period."""

    name: str
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class EarlierDuty:
    """A duty outside the problem; only rest, gap and spacing read it."""

    date: date
    start: datetime
    end: datetime
    post: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """
    A staff member as the solver sees them.

    Parameters
    ----------
    unavailable
        Closed date ranges, compared with a shift's ``date``.
    carried
        Load brought into the period per ledger, in duties (or points).
    share
        Percent of a full share of duty, 1–1000.
    """

    id: str
    posts: tuple[Dated, ...]
    name: str = ""
    tags: tuple[Dated, ...] = ()
    unavailable: tuple[Period, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)
    earlier: tuple[EarlierDuty, ...] = ()
    share: int = 100

    def has_post(self, post: str, when: date) -> bool:
        """Whether they fill that post on that date."""
        return any(p.name == post and when in p.period for p in self.posts)

    def has_tag(self, tag: str, when: date) -> bool:
        """Whether they bear that tag on that date."""
        return any(t.name == tag and when in t.period for t in self.tags)

    def away(self, when: date) -> bool:
        """Whether a date lies in one of their unavailable ranges."""
        return any(when in period for period in self.unavailable)


@dataclass(frozen=True, slots=True)
class Shift:
    """
    One post on one day, from–until, needing ``needs`` people.

    ``date`` is the duty day and need not be the date of ``start``.
    ``burden`` is what holding it adds to each ledger. Shifts of one
    ``block`` held by one person on consecutive dates count as one duty.
    """

    id: str
    date: date
    start: datetime
    end: datetime
    post: str
    needs: int = 1
    tags: tuple[str, ...] = ()
    burden: Mapping[str, int] = field(default_factory=dict)
    block: str = ""
    article: str = ""

    def overlaps(self, other: "Shift") -> bool:
        """Whether one person cannot hold both; touching ends may."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """One person on one shift, both by id."""

    shift: str
    staff: str


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """An assignment that must stand; a past one is not argued with."""

    shift: str
    staff: str
    past: bool = False

    @property
    def assignment(self) -> Assignment:
        """What it pins."""
        return Assignment(self.shift, self.staff)


@dataclass(frozen=True)
class Problem:
    """One unit's (or one pooled district's) term, complete."""

    id: str
    staff: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    clauses: tuple[Clause, ...]
    pins: tuple[Pin, ...] = ()
    previous: tuple[Assignment, ...] = ()
    seed: int = 0

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by id."""
        return {person.id: person for person in self.staff}

    @cached_property
    def shift(self) -> Mapping[str, Shift]:
        """Shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @cached_property
    def clause(self) -> Mapping[str, Clause]:
        """Clauses by id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def pinned(self) -> frozenset[Assignment]:
        """The assignments that must stand."""
        return frozenset(pin.assignment for pin in self.pins)

    @cached_property
    def past(self) -> frozenset[Assignment]:
        """The pinned assignments that are history."""
        return frozenset(pin.assignment for pin in self.pins if pin.past)

    @cached_property
    def eligible(self) -> tuple[Assignment, ...]:
        """What may be assigned, or was, if nobody were ever away."""
        past = self.past
        return tuple(
            cell
            for shift in self.shifts
            for person in self.staff
            if (cell := Assignment(shift.id, person.id)) in past
            or person.has_post(shift.post, shift.date)
        )

    @cached_property
    def possible(self) -> tuple[Assignment, ...]:
        """All assignments that may be made, or were and must stand."""
        past = self.past
        return tuple(
            cell
            for shift in self.shifts
            for person in self.staff
            if (cell := Assignment(shift.id, person.id)) in past
            or self.may_hold(person, shift)
        )

    def may_hold(self, person: Person, shift: Shift) -> bool:
        """Whether they have its post and are there, both on its date."""
        return person.has_post(shift.post, shift.date) and not person.away(
            shift.date
        )


class Status(StrEnum):
    """What solving came to."""

    OPTIMAL = "optimal"  # every tier's cost equals its proven bound
    FEASIBLE = "feasible"  # every mandatory clause kept, a tier unproven
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"  # no roster in time


@dataclass(frozen=True, slots=True)
class TierResult:
    """A tier's cost and its proven integer lower bound."""

    tier: int
    cost: int
    bound: int


@dataclass(frozen=True, slots=True)
class ConflictMember:
    """
    One member of an irreducible conflict; exactly one of the four.

    ``clause`` and ``shift`` are ids; ``away`` belongs with ``staff``.
    """

    clause: str = ""
    pin: Pin | None = None
    shift: str = ""
    staff: str = ""
    away: Period | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Patch:
    """New values for fields of one clause, from its ``relax`` list."""

    clause: str
    fields: Mapping[str, Any]  # as they stand in the document


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver answers. ``seconds`` alone may differ between runs."""

    problem: str
    status: Status
    assignments: tuple[Assignment, ...] = ()
    tiers: tuple[TierResult, ...] = ()
    conflict: tuple[ConflictMember, ...] = ()
    relaxations: tuple[tuple[Patch, ...], ...] = ()
    seed: int = 0
    seconds: float = 0.0
    solver: str = ""
