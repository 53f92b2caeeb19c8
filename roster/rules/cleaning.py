"""Clauses without what they say of shifts that are no longer there."""

from collections.abc import Set
from dataclasses import replace

from roster.rules.clauses import Clause, Different, Same, Wish


def cleaned(clause: Clause, known: Set[str]) -> Clause | None:
    """
    The clause as it speaks of known shifts alone, by id.

    None where it looked at none but shifts that are gone: an empty list
    would narrow nothing, and the clause would look at all.
    """
    select = clause.select
    shifts = tuple(shift for shift in select.shifts if shift in known)
    if select.shifts and not shifts:
        return None

    clause = _own(clause, known)
    return replace(clause, select=replace(select, shifts=shifts))


def _own(clause: Clause, known: Set[str]) -> Clause:
    """The kind's own fields without shifts that are gone."""
    if isinstance(clause, Same):
        named = (
            tuple(shift for shift in group if shift in known)
            for group in clause.groups
        )
        return replace(clause, groups=tuple(group for group in named if group))

    if isinstance(clause, Different):
        pairs = tuple(pair for pair in clause.pairs if set(pair) <= known)
        return replace(clause, pairs=pairs)

    if isinstance(clause, Wish):
        wishes = tuple(
            wished
            for wished in clause.wishes
            if not wished.shift or wished.shift in known
        )
        return replace(clause, wishes=wishes)

    return clause
