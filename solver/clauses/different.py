"""Builds `Different`: nobody holds both shifts of a pair."""

from collections.abc import Iterator

from roster.rules.clauses import Different
from solver.board import Board
from solver.terms import AllOf


def different(clause: Different, board: Board) -> Iterator[AllOf]:
    """One for each person who could hold both shifts of a pair."""
    pairs = sorted({tuple(sorted(pair)) for pair in clause.pairs})

    for person in board.problem.staff:
        row = {shift.id for shift in board.selected_row(clause.select, person)}

        for pair in pairs:
            if row.issuperset(pair):
                yield AllOf(
                    tuple(board.cells[person.id, s] for s in pair),
                    waived=all(board.pinned(person.id, s) for s in pair),
                )
