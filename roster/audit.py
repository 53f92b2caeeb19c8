"""
Reads an outcome as if it had come from a stranger.

Every clause is read plainly, every tier's cost is computed anew, and the
rules nobody writes down (a shift is filled, nobody is in two places) are
checked by name: ``coverage``, ``eligible``, ``available``, ``overlap``,
``pin``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from roster.auditors import Violation, cost, read
from roster.problem import Assignment, Outcome, Problem, Shift, Status
from roster.rules.clauses import Clause


@dataclass(frozen=True, slots=True)
class Breach:
    """
    One thing wrong with a roster or with what is said of it.

    ``rule`` is a clause's id, an implicit rule's name, or ``tier 2``,
    ``status`` for a statement that does not hold.
    """

    rule: str
    article: str = ""
    staff: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found; ``waived`` names what pins excuse."""

    breaches: tuple[Breach, ...]
    waived: tuple[Breach, ...]
    costs: dict[int, int]

    @property
    def consistent(self) -> bool:
        """Whether nothing is wrong."""
        return not self.breaches


def audit(problem: Problem, outcome: Outcome) -> Audit:
    """Reads a whole outcome: its roster, its costs and its bounds."""
    empty = outcome.status in (Status.INFEASIBLE, Status.UNKNOWN)
    if empty and not outcome.assignments:
        stray = [Breach("status", facts={"tiers": len(outcome.tiers)})]
        return Audit(tuple(stray if outcome.tiers else ()), (), {})

    found = frozenset(outcome.assignments)
    stated = list(_statements(problem, outcome, found))
    if empty:
        stated.append(Breach("status", facts={"status": outcome.status}))

    return Audit(
        breaches=(*breaches(problem, found), *stated),
        waived=tuple(_waived(problem, found)),
        costs=costs(problem, found),
    )


def breaches(
    problem: Problem, assignments: Iterable[Assignment]
) -> tuple[Breach, ...]:
    """Every mandatory rule that an assignment of people breaks."""
    found = frozenset(assignments)
    there = frozenset(a for a in found if known(problem, a))
    return (
        *(
            Breach("eligible", staff=(a.staff,), shifts=(a.shift,))
            for a in sorted(found - there)
        ),
        *_coverage(problem, there),
        *_people(problem, there),
        *_overlaps(problem, there),
        *(
            Breach("pin", staff=(a.staff,), shifts=(a.shift,))
            for a in sorted(problem.pinned - there)
        ),
        *_clauses(problem, there),
    )


def costs(
    problem: Problem, assignments: Iterable[Assignment]
) -> dict[int, int]:
    """The cost of each tier above 0, ascending."""
    found = frozenset(a for a in assignments if known(problem, a))
    tiers: defaultdict[int, int] = defaultdict(int)

    for clause in problem.clauses:
        if not clause.mandatory:
            violations = read(clause, problem, found)
            tiers[clause.tier] += clause.weight * cost(
                violations, mandatory=False
            )

    return dict(sorted(tiers.items()))


def known(problem: Problem, assignment: Assignment) -> bool:
    """Whether its shift and its person are the problem's."""
    return (
        assignment.shift in problem.shift
        and assignment.staff in problem.person
    )


def _coverage(
    problem: Problem, found: frozenset[Assignment]
) -> Iterator[Breach]:
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for assignment in sorted(found):
        holders[assignment.shift].append(assignment.staff)

    for shift in problem.shifts:
        due = places(problem, shift)
        if len(holders[shift.id]) != due:
            yield Breach(
                "coverage",
                article=shift.article,
                staff=tuple(holders[shift.id]),
                shifts=(shift.id,),
                dates=(shift.date,),
                facts={"needs": due, "holders": len(holders[shift.id])},
            )


def places(problem: Problem, shift: Shift) -> int:
    """How many must hold a shift; history may have put more on it."""
    past = sum(assignment.shift == shift.id for assignment in problem.past)
    return max(shift.needs, past)


def _people(
    problem: Problem, found: frozenset[Assignment]
) -> Iterator[Breach]:
    for assignment in sorted(found - problem.past):
        person = problem.person[assignment.staff]
        shift = problem.shift[assignment.shift]

        if not person.has_post(shift.post, shift.date):
            yield _misplaced("eligible", assignment.staff, shift)

        if person.away(shift.date):
            yield _misplaced("available", assignment.staff, shift)


def _misplaced(rule: str, staff: str, shift: Shift) -> Breach:
    return Breach(
        rule,
        shift.article,
        (staff,),
        (shift.id,),
        (shift.date,),
        {"post": shift.post},
    )


def _overlaps(
    problem: Problem, found: frozenset[Assignment]
) -> Iterator[Breach]:
    held: defaultdict[str, list[Shift]] = defaultdict(list)
    for assignment in sorted(found):
        held[assignment.staff].append(problem.shift[assignment.shift])

    for staff, shifts in sorted(held.items()):
        for one, other in combinations(shifts, 2):
            history = {
                Assignment(one.id, staff),
                Assignment(other.id, staff),
            } <= problem.past
            if one.overlaps(other) and not history:
                yield Breach(
                    "overlap",
                    staff=(staff,),
                    shifts=(one.id, other.id),
                    dates=(one.date, other.date),
                )


def _clauses(
    problem: Problem, found: frozenset[Assignment]
) -> Iterator[Breach]:
    for clause in problem.clauses:
        if not clause.mandatory:
            continue

        violations = read(clause, problem, found)
        if cost(violations, mandatory=True) <= clause.allow:
            continue

        yield from charged(clause, violations)


def charged(
    clause: Clause, violations: Iterable[Violation]
) -> Iterator[Breach]:
    """What of a broken clause's violations no pin excuses."""
    for violation in violations:
        if violation.cost > violation.waived:
            yield Breach(
                clause.id,
                clause.article,
                violation.staff,
                violation.shifts,
                violation.dates,
                {"cost": violation.cost, "allow": clause.allow},
            )


def _waived(
    problem: Problem, found: frozenset[Assignment]
) -> Iterator[Breach]:
    for clause in problem.clauses:
        for violation in read(clause, problem, found):
            if clause.mandatory and violation.waived:
                yield Breach(
                    clause.id,
                    clause.article,
                    violation.staff,
                    violation.shifts,
                    violation.dates,
                    {"waived": violation.waived},
                )


def _statements(
    problem: Problem, outcome: Outcome, found: frozenset[Assignment]
) -> Iterator[Breach]:
    """What the outcome says of itself that does not hold."""
    real = costs(problem, found)

    if outcome.problem != problem.id:
        yield Breach("problem", facts={"stated": outcome.problem})

    if [tier.tier for tier in outcome.tiers] != list(real):
        yield Breach("tiers", facts={"due": list(real)})

    for tier in outcome.tiers:
        facts: dict[str, Any] = {"cost": tier.cost, "bound": tier.bound}
        if tier.cost != real.get(tier.tier):
            yield Breach(
                f"tier {tier.tier}",
                facts=facts | {"real": real.get(tier.tier)},
            )

        if tier.bound > tier.cost:
            yield Breach(f"tier {tier.tier}", facts=facts)

        if outcome.status is Status.OPTIMAL and tier.bound < tier.cost:
            yield Breach(f"tier {tier.tier}", facts=facts)
