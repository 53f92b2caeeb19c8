"""
How a solver keeps each kind of clause; one module a kind.

`BUILDERS` is held equal to the kinds of `roster.rules.clauses` and to
`roster.auditors` by a test.
"""

from collections.abc import Callable, Iterable
from typing import Any

from roster.rules import clauses
from roster.rules.clauses import Clause
from solver.board import Board
from solver.clauses.apart import apart
from solver.clauses.at_least import at_least
from solver.clauses.balance import balance
from solver.clauses.bar import bar
from solver.clauses.different import different
from solver.clauses.gap import gap
from solver.clauses.keep import keep
from solver.clauses.limit import limit
from solver.clauses.mix import mix
from solver.clauses.reserve import reserve
from solver.clauses.rest import rest
from solver.clauses.same import same
from solver.clauses.spacing import spacing
from solver.clauses.wish import wish
from solver.terms import Term

Builder = Callable[[Any, Board], Iterable[Term]]

BUILDERS: dict[type[Clause], Builder] = {
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


def build(clause: Clause, board: Board) -> Iterable[Term]:
    """The ways in which a roster can cost something under a clause."""
    return BUILDERS[type(clause)](clause, board)
