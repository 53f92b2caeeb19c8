"""
Who has to be read together when a few assignments of a roster change.

Most clauses add up over people: whoever is not touched costs what they did.
Others look at people beside each other: the two of a pair, all who are on
duty on one date. A circle is closed in that sense, so that the difference
of its two readings, before and after, is the difference of the whole
roster's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from roster.auditors import Reading, violations
from roster.auditors.balance import load
from roster.problem import Assignment
from roster.rules import clauses
from roster.rules.clauses import Apart, Balance, Clause, Mix, Same, Spacing


class Circle(NamedTuple):
    """People read together, on some dates only or on all (None)."""

    people: frozenset[str]
    dates: frozenset[date] | None = None


Touched = frozenset[Assignment]  # what a change adds or takes away
Finder = Callable[[Touched], Iterable[Circle]]


def finder(reading: Reading) -> Finder:
    """What finds the circles of a change, for one clause on one roster."""
    clause = reading.clause
    return FINDERS.get(type(clause), everybody)(clause, reading)


def alone(_clause: Clause, _reading: Reading) -> Finder:
    """Everybody touched by themselves."""
    return lambda touched: [
        Circle(frozenset({staff})) for staff in _people(touched)
    ]


def everybody(_clause: Clause, reading: Reading) -> Finder:
    """The whole roster: never wrong, and slow."""
    whole = Circle(frozenset(reading.problem.person))
    return lambda _touched: [whole]


def partners(clause: Apart, _reading: Reading) -> Finder:
    """Those touched, and whoever must be apart from them."""

    def find(touched: Touched) -> list[Circle]:
        people = _people(touched)
        pairs = [pair for pair in clause.pairs if people.intersection(pair)]
        return [Circle(people.union(*pairs))]

    return find


def fellows(clause: Same, reading: Reading) -> Finder:
    """All who hold a shift of the groups touched."""
    holders = defaultdict(set)
    for assignment in reading.all:
        holders[assignment.shift].add(assignment.staff)

    def find(touched: Touched) -> list[Circle]:
        shifts = {assignment.shift for assignment in touched}
        together = {
            shift
            for group in clause.groups
            if shifts.intersection(group)
            for shift in group
        }
        held = [holders[shift] for shift in together if shift in holders]
        return [Circle(_people(touched).union(*held))]

    return find


def same_dates(_clause: Mix, reading: Reading) -> Finder:
    """All who are on duty on the dates touched, on those dates."""
    problem = reading.problem
    on_duty = defaultdict(set)
    for assignment in reading.all:
        on_duty[problem.shift[assignment.shift].date].add(assignment.staff)

    def find(touched: Touched) -> list[Circle]:
        dates = frozenset(problem.shift[a.shift].date for a in touched)
        held = [on_duty[when] for when in dates if when in on_duty]
        return [Circle(_people(touched).union(*held), dates)]

    return find


def closest(_clause: Spacing, reading: Reading) -> Finder:
    """Those touched, and of the others the one with the closest duties."""
    found = [
        violation
        for staff, held in by_staff(reading.all).items()
        for violation in violations(reading.narrowed(frozenset({staff}), held))
    ]
    # As the auditor: of several equally close, the first by id.
    found.sort(key=lambda violation: (-violation.cost, violation.staff))
    ranked = [staff for violation in found for staff in violation.staff]

    def find(touched: Touched) -> list[Circle]:
        people = _people(touched)
        return [Circle(people | _first(ranked, people))]

    return find


def carriers(clause: Balance, reading: Reading) -> Finder:
    """
    Whoever can set the measure, with those touched.

    Squares add up over people, but a mandatory clause tells their sum. The
    spread is set between the ends: of the people with one share nobody
    else's load counts but the largest and the smallest.
    """
    if clause.measure != "spread":
        return (everybody if clause.mandatory else alone)(clause, reading)

    shares = defaultdict(list)
    for person in reading.people:
        shares[person.share].append(
            (load(reading, person, clause.ledger), person.id)
        )
    ranked = [[p for _, p in sorted(loads)] for loads in shares.values()]

    def find(touched: Touched) -> list[Circle]:
        people = _people(touched)
        ends = [
            _first(order, people)
            for upwards in ranked
            for order in (upwards, upwards[::-1])
        ]
        return [Circle(people.union(*ends))]

    return find


def by_staff(
    assignments: Iterable[Assignment],
) -> dict[str, frozenset[Assignment]]:
    """What each person holds, by id."""
    held = defaultdict(set)
    for assignment in assignments:
        held[assignment.staff].add(assignment)

    return {staff: frozenset(theirs) for staff, theirs in held.items()}


def _people(touched: Touched) -> frozenset[str]:
    return frozenset(assignment.staff for assignment in touched)


def _first(ranked: Iterable[str], without: frozenset[str]) -> set[str]:
    """The first of them who is not touched, if there is one."""
    for staff in ranked:
        if staff not in without:
            return {staff}

    return set()


FINDERS: dict[type[Clause], Callable[[Any, Reading], Finder]] = {
    clauses.Apart: partners,
    clauses.AtLeast: alone,
    clauses.Balance: carriers,
    clauses.Bar: alone,
    clauses.Different: alone,
    clauses.Gap: alone,
    clauses.Keep: alone,
    clauses.Limit: alone,
    clauses.Mix: same_dates,
    clauses.Reserve: alone,
    clauses.Rest: alone,
    clauses.Same: fellows,
    clauses.Spacing: closest,
    clauses.Wish: alone,
}
