"""Builds `Reserve`: these shifts only for those people."""

from collections.abc import Iterator

from roster.auditors.reserve import is_named
from roster.rules.clauses import Reserve
from solver.board import Board
from solver.terms import AllOf


def reserve(clause: Reserve, board: Board) -> Iterator[AllOf]:
    """One for each cell of a reserved shift and anybody else."""
    for person, shift, cell in board.selected(clause.select):
        if not is_named(clause, person, shift):
            yield AllOf((cell,), waived=board.pinned(person.id, shift.id))
