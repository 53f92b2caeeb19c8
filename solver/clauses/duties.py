"""
Duties of one person as literals, a block's runs included.

A run is named by its first and its last shift: it is there when both are
held, every date between is held, and nothing of the block is held right
before, right after, or outside the two on their own dates.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ortools.sat.python.cp_model import BoolVarT, IntVar

from roster.auditors.duties import Duty
from roster.auditors.reading import selects_earlier
from roster.problem import Person, Shift
from roster.rules.clauses import Clause
from solver.board import Board
from solver.terms import AllOf


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A duty somebody may come to have.

    ``here`` is true when they have it (None for an earlier duty).
    ``loose`` is true when something in it is not pinned; None when all
    of it is pinned or earlier whenever it is there.
    """

    duty: Duty
    here: BoolVarT | None
    loose: IntVar | None
    block: str = ""


def candidates(
    board: Board, clause: Clause, person: Person
) -> list[Candidate]:
    """All duties of a person that a clause may have to compare."""
    blocks: defaultdict[str, list[Shift]] = defaultdict(list)
    found = [_earlier(clause, person)]

    for shift in board.selected_row(clause.select, person):
        blocks[shift.block or f"\0{shift.id}"].append(shift)

    for name, shifts in blocks.items():
        found.append(_runs(board, person, name, shifts))

    return [candidate for group in found for candidate in group]


def _earlier(clause: Clause, person: Person) -> Iterator[Candidate]:
    for past in person.earlier:
        if selects_earlier(clause.select, past):
            when = past.date
            duty = Duty(
                first=when,
                last=when,
                start=past.start,
                end=past.end,
                fixed=True,
                earlier=True,
            )
            yield Candidate(duty, None, None)


def _runs(
    board: Board, person: Person, block: str, shifts: list[Shift]
) -> Iterator[Candidate]:
    shifts = sorted(shifts, key=lambda s: (s.date, s.start, s.id))
    days = [list(day) for _, day in groupby(shifts, key=lambda s: s.date)]

    for low in range(len(days)):
        for high in range(low, len(days)):
            span = days[low : high + 1]
            if not _joined(span):
                break

            before = days[low - 1] if low else []
            after = days[high + 1] if high + 1 < len(days) else []
            edge = [
                *(before if _joined([before, span[0]]) else []),
                *(after if _joined([span[-1], after]) else []),
            ]
            yield from _spans(board, person, block, span, edge)


def _joined(span: Sequence[Sequence[Shift]]) -> bool:
    if not all(span):
        return False

    dates = [day[0].date for day in span]
    return (dates[-1] - dates[0]).days == len(dates) - 1


def _spans(
    board: Board,
    person: Person,
    block: str,
    span: list[list[Shift]],
    edge: list[Shift],
) -> Iterator[Candidate]:
    """The runs over these very dates, by which shifts they begin and end."""
    inside = [shift for day in span for shift in day]

    for first in span[0]:
        for last in span[-1]:
            if len(span) == 1 and last.end < first.end:
                continue

            outside = [
                shift
                for shift in inside
                if (shift.date == first.date and _begins(shift, first))
                or (shift.date == last.date and _ends(shift, last))
            ]
            if first in outside or last in outside:
                continue

            kept = [shift for shift in inside if shift not in outside]
            yield _candidate(
                board, person, block, (first, last), kept, outside + edge
            )


def _begins(shift: Shift, first: Shift) -> bool:
    return (shift.start, shift.id) < (first.start, first.id)


def _ends(shift: Shift, last: Shift) -> bool:
    return (shift.end, shift.id) > (last.end, last.id)


def _candidate(
    board: Board,
    person: Person,
    block: str,
    ends: tuple[Shift, Shift],
    kept: list[Shift],
    empty: list[Shift],
) -> Candidate:
    cell = {shift.id: board.cells[person.id, shift.id] for shift in kept}
    first, last = ends
    days: defaultdict[object, list[Shift]] = defaultdict(list)
    for shift in kept:
        days[shift.date].append(shift)

    # Both ends, somebody on every date between, nobody around.
    true = {cell[first.id], cell[last.id]}
    true |= {
        board.any_of(cell[shift.id] for shift in day)
        for when, day in days.items()
        if when not in (first.date, last.date)
    }
    false = [~board.cells[person.id, shift.id] for shift in empty]
    literals: list[BoolVarT] = [*sorted(true, key=lambda v: v.index), *false]
    free = [
        cell[shift.id]
        for shift in kept
        if not board.pinned(person.id, shift.id)
    ]
    duty = Duty(
        first.date,
        last.date,
        min(shift.start for shift in kept if shift.date == first.date),
        last.end,
        fixed=not free,
        shifts=tuple(shift.id for shift in kept),
    )
    return Candidate(
        duty,
        _conjunction(board, literals),
        board.any_of(free) if free else None,
        block,
    )


def _conjunction(board: Board, literals: list[BoolVarT]) -> BoolVarT:
    if len(literals) == 1:
        return literals[0]

    whole = board.model.new_bool_var("")
    board.model.add_bool_or([*(~literal for literal in literals), whole])
    return whole


def pairs(
    found: Sequence[Candidate], reach: int
) -> Iterator[tuple[Candidate, Candidate]]:
    """
    Pairs at most ``reach`` dates apart that can be there together.

    Two earlier duties are history and come as no pair.
    """
    found = sorted(found, key=lambda c: (c.duty.first, c.duty.start))

    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if (other.duty.first - one.duty.last).days > reach:
                break

            if one.here is None and other.here is None:
                continue

            if not (one.block and one.block == other.block) or not _touch(
                one, other
            ):
                yield one, other


def _touch(one: Candidate, other: Candidate) -> bool:
    """Whether two runs of a block would be one run."""
    first, second = sorted(
        (one.duty, other.duty), key=lambda duty: (duty.first, duty.last)
    )
    return (second.first - first.last).days <= 1


def literals(one: Candidate, other: Candidate) -> tuple[BoolVarT, ...]:
    """What must be true for both duties to be there."""
    return tuple(side.here for side in (one, other) if side.here is not None)


def both_fixed(one: Candidate, other: Candidate) -> bool:
    """Whether neither can be there without being pinned or earlier."""
    return one.loose is None and other.loose is None


def too_close(
    board: Board, clause: Clause, one: Candidate, other: Candidate
) -> AllOf:
    """
    Two duties that may not both be there.

    A mandatory clause does not argue with two that must stand: it asks
    that something in them is loose.
    """
    if both_fixed(one, other):
        return AllOf(literals(one, other), waived=True)

    if not clause.mandatory:
        return AllOf(literals(one, other))

    return AllOf(_loosened(board, one, other))


def _loosened(
    board: Board, one: Candidate, other: Candidate
) -> tuple[BoolVarT, ...]:
    loose = [side.loose for side in (one, other) if side.loose is not None]
    together = literals(one, other)
    if any(some is literal for some in loose for literal in together):
        return together

    return (*together, board.any_of(loose))
