"""Builds `Bar`: these people not on these shifts."""

from collections.abc import Iterator

from roster.rules.clauses import Bar
from solver.board import Board
from solver.terms import AllOf


def bar(clause: Bar, board: Board) -> Iterator[AllOf]:
    """One for each cell of a barred person and shift."""
    for person, shift, cell in board.selected(clause.select):
        yield AllOf((cell,), waived=board.pinned(person.id, shift.id))
