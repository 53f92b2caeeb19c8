"""
What a roster costs under each kind of clause, by plain reading.

One module a kind; `AUDITORS` is held equal to the kinds of
`roster.rules.clauses` and to the solver's builders by a test.
"""

from collections.abc import Callable, Iterable
from typing import Any

from roster.auditors.apart import apart
from roster.auditors.at_least import at_least
from roster.auditors.balance import balance
from roster.auditors.bar import bar
from roster.auditors.different import different
from roster.auditors.gap import gap
from roster.auditors.keep import keep
from roster.auditors.limit import limit
from roster.auditors.mix import mix
from roster.auditors.reading import Reading as Reading
from roster.auditors.reading import Violation as Violation
from roster.auditors.reserve import reserve
from roster.auditors.rest import rest
from roster.auditors.same import same
from roster.auditors.spacing import spacing
from roster.auditors.wish import wish
from roster.problem import Assignment, Problem
from roster.rules import clauses
from roster.rules.clauses import Clause

Auditor = Callable[[Any, Reading], Iterable[Violation]]

AUDITORS: dict[type[Clause], Auditor] = {
    clauses.Apart: apart,
    clauses.AtLeast: at_least,
    clauses.Balance: balance,
    clauses.Bar: bar,
    clauses.Different: different,
    clauses.Gap: gap,
    clauses.Keep: keep,
    clauses.Limit: limit,
    clauses.Mix: mix,
    clauses.Reserve: reserve,
    clauses.Rest: rest,
    clauses.Same: same,
    clauses.Spacing: spacing,
    clauses.Wish: wish,
}


def read(
    clause: Clause, problem: Problem, assignments: Iterable[Assignment]
) -> tuple[Violation, ...]:
    """Everything a roster costs under one clause."""
    return violations(Reading(problem, clause, assignments))


def violations(reading: Reading) -> tuple[Violation, ...]:
    """Everything that one clause's reading finds."""
    return tuple(AUDITORS[type(reading.clause)](reading.clause, reading))


def cost(violations: Iterable[Violation], *, mandatory: bool) -> int:
    """The clause's cost; a mandatory one does not argue with pins."""
    return sum(v.cost - (v.waived if mandatory else 0) for v in violations)
