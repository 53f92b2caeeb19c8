"""
The rest of a draft solved anew, around what somebody pinned.

A pin in a problem excuses what it breaks by itself, as history must be
excused. What an editor pins excuses no article: where both cannot hold,
there is a conflict that names the pins, and which of them to let go.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from roster.audit import breaches
from roster.people import Period
from roster.problem import (
    Assignment,
    ConflictMember,
    Outcome,
    Person,
    Pin,
    Problem,
    Shift,
    Status,
)
from roster.rules.clauses import Bar, Clause, Keep, Selection
from roster.rules.ladder import Solve
from roster.rules.repair import (
    FIRST,
    KEEP,
    history,
    may_stand,
    moved,
    settled,
    speaking_of,
)
from roster.rules.staffing import NO_HOLIDAY

Cells = frozenset[Assignment]
NOTHING: Cells = frozenset()
FOUND = (Status.OPTIMAL, Status.FEASIBLE)


@dataclass(frozen=True)
class Rest:
    """
    A draft of which the rest is to be solved anew.

    Parameters
    ----------
    problem
        What the draft rests on, its people away as they are known to be.
    held
        Who holds what now; of units solved together, in all of them.
    pins
        What must stay as it is.
    since
        Shifts before that date stay as they are.
    fewest
        Whether to keep as much as can be comes before any other goal.
    prefix
        Before the shifts that may change; other units' stay as they are.
    swapped
        Approved swaps: they stay where they still can.
    """

    problem: Problem
    held: Cells
    pins: Cells
    since: date
    fewest: bool
    prefix: str = ""
    swapped: Cells = NOTHING

    def stays(self, shift: Shift) -> bool:
        """Whether nobody may touch a shift."""
        return shift.date < self.since or not shift.id.startswith(self.prefix)

    @cached_property
    def bare(self) -> Problem:
        """What is to be solved, without what is pinned."""
        shifts = tuple(self._shifts())
        known = {shift.id for shift in shifts}
        held = tuple(sorted(c for c in self.held if c.shift in known))
        clauses = [c for c in self.problem.clauses if not isinstance(c, Keep)]
        bare = replace(
            self.problem,
            shifts=shifts,
            clauses=tuple(self._aims(speaking_of(clauses, shifts))),
            pins=tuple(history(c) for c in self._known if self._is_past(c)),
            previous=held,
        )
        return self._with_locked(bare)

    @cached_property
    def _known(self) -> tuple[Assignment, ...]:
        """What is held by people, and on shifts, that the problem has."""
        return tuple(
            cell
            for cell in sorted(self.held)
            if cell.shift in self.problem.shift
            and cell.staff in self.problem.person
        )

    def _shifts(self) -> Iterator[Shift]:
        """Open places of a shift that stays are left open."""
        for shift in self.problem.shifts:
            count = sum(cell.shift == shift.id for cell in self._known)
            if not self.stays(shift):
                yield shift
            elif count:
                yield replace(shift, needs=min(shift.needs, count))

    def _aims(self, clauses: Iterable[Clause]) -> Iterator[Clause]:
        if not self.fewest:
            yield from clauses
            return

        yield Keep(id=KEEP, tier=FIRST, select=Selection(first=self.since))
        yield from moved(clauses, 1)

    def _is_past(self, cell: Assignment) -> bool:
        return (
            self.stays(self.problem.shift[cell.shift])
            or cell in self.problem.past
        )

    def _with_locked(self, bare: Problem) -> Problem:
        """With what was settled before the draft, where it can stand."""
        settled_before = self.problem.pinned | self.swapped
        locked = (settled_before & self.held) - bare.pinned - self.pins
        for cell in sorted(locked):
            if cell.shift in bare.shift and may_stand(bare, cell):
                pins = (*bare.pins, Pin(cell.shift, cell.staff))
                bare = replace(bare, pins=pins)

        return bare

    @cached_property
    def wanted(self) -> Cells:
        """The pins on shifts that may change."""
        return self.pins - self.bare.pinned

    @property
    def pinned(self) -> Problem:
        """With the pins, which bound what can be reached."""
        more = (Pin(cell.shift, cell.staff) for cell in sorted(self.wanted))
        return replace(self.bare, pins=(*self.bare.pins, *more))

    @property
    def demanded(self) -> Problem:
        """The same with pins that excuse nothing."""
        clauses = (*map(_demand, sorted(self.wanted)), *self.bare.clauses)
        return replace(self.bare, clauses=clauses)

    @property
    def loosened(self) -> Problem:
        """Nothing but the articles, and as many of the pins as can be."""
        articles = (c for c in self.bare.clauses if c.mandatory)
        keep = Keep(id=KEEP, tier=FIRST)
        wanted = tuple(sorted(self.wanted))
        return replace(self.bare, clauses=(keep, *articles), previous=wanted)


def _demand(cell: Assignment) -> Keep:
    select = Selection(shifts=(cell.shift,), staff=(cell.staff,))
    return Keep(id=f"pin {cell.shift} {cell.staff}", tier=0, select=select)


def as_known(problem: Problem, today: Problem) -> Problem:
    """
    A problem with everybody as away and as limited as they are now.

    What was entered since it was made counts; what was taken back since
    does not. Whoever the unit no longer has is away.

    Parameters
    ----------
    today
        The unit's, or the pool's, as it would be made now.
    """
    if not problem.shifts:
        return problem

    whole = Period(
        min(shift.date for shift in problem.shifts),
        max(shift.date for shift in problem.shifts),
    )
    staff = (
        _person(person, today.person.get(person.id), whole)
        for person in problem.staff
    )
    bars = [
        replace(clause, id=f"{clause.id}-now")
        for clause in today.clauses
        if isinstance(clause, Bar)
        and (clause.select.staff or NO_HOLIDAY in clause.select.staff_tags)
        and clause != problem.clause.get(clause.id)
    ]
    return replace(
        problem,
        staff=tuple(staff),
        clauses=(*speaking_of(bars, problem.shifts), *problem.clauses),
    )


def _person(person: Person, now: Person | None, whole: Period) -> Person:
    if now is None:
        return replace(person, unavailable=(*person.unavailable, whole))

    away = dict.fromkeys((*person.unavailable, *now.unavailable))
    tags = dict.fromkeys((*person.tags, *now.tags))
    return replace(person, unavailable=tuple(away), tags=tuple(tags))


@dataclass(frozen=True)
class Resolved:
    """
    What the rest of a draft came to.

    Parameters
    ----------
    problem, outcome
        As any other's; to have changed little is a condition in it. Where
        there is no roster, the problem says nothing of pins.
    loose
        Where there is no roster, the pins to let go, so that there is one.
    fewest
        Whether it is proven that no fewer are enough.
    """

    problem: Problem
    outcome: Outcome
    loose: Cells = field(default=NOTHING)
    fewest: bool = False

    @property
    def found(self) -> bool:
        """Whether there is a roster."""
        return self.outcome.status in FOUND


def resolve(rest: Rest, solve: Solve) -> Resolved:
    """The best rest around the pins, or why there is none."""
    if not rest.wanted.issubset(rest.bare.possible):
        return _failed(rest, solve)

    problem = rest.pinned
    outcome = solve(problem)
    if outcome.status in FOUND and breaches(rest.bare, outcome.assignments):
        # The pins alone break an article.
        outcome = replace(outcome, status=Status.INFEASIBLE)

    if outcome.status is Status.INFEASIBLE:
        return _failed(rest, solve)

    return _done(rest, problem, outcome)


def _done(rest: Rest, problem: Problem, outcome: Outcome) -> Resolved:
    if not rest.fewest:
        return Resolved(problem, outcome)

    answer = settled(problem, outcome)
    return Resolved(answer.problem, answer.outcome)


def _failed(rest: Rest, solve: Solve) -> Resolved:
    against = solve(rest.demanded)
    if against.status in FOUND:
        return _done(rest, rest.demanded, against)

    outcome = replace(
        against,
        status=Status.INFEASIBLE,
        assignments=(),
        tiers=(),
        conflict=tuple(_named(rest, against.conflict)),
    )
    fewer = solve(rest.loosened) if rest.wanted else against
    if fewer.status not in FOUND:
        return Resolved(rest.bare, outcome)

    (kept,) = fewer.tiers
    loose = rest.wanted - set(fewer.assignments)
    return Resolved(rest.bare, outcome, loose, kept.cost == kept.bound)


def _named(
    rest: Rest, conflict: Iterable[ConflictMember]
) -> Iterator[ConflictMember]:
    """A conflict that names the pins as pins."""
    pins = {_demand(cell).id: cell for cell in rest.wanted}
    for member in conflict:
        cell = pins.get(member.clause)
        if cell is None:
            yield member
        else:
            yield ConflictMember(pin=Pin(cell.shift, cell.staff))
