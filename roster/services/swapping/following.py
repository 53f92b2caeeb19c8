"""What becomes of swaps when another version comes into force."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.problem import Assignment
from roster.records import RosterRow, ShiftRow, SwapRow
from roster.services.served import in_force
from roster.services.swapping.telling import CLOCK, enter, tell
from roster.swaps import MADE, OPEN, Verb, after


def follow(
    session: Session,
    before: RosterRow | None,
    standing: RosterRow | None,
    now: datetime,
    *,
    by_swap: bool = False,
) -> None:
    """
    Takes open swaps along, or ends them; both are told.

    They go along where the same people still hold the same shifts, though
    at other hours. What a version undoes that was swapped has ended too,
    unless it was handed on by another swap.
    """
    row = standing or before
    if row is None:
        return

    old, new = version_of(before), version_of(standing)
    shifts = {**_shifts(before), **_shifts(standing)}
    for swap in swaps_of(session, row.unit, row.term):
        if swap.state in MADE and by_swap:
            continue  # handed on, or the one that comes into force

        match fate(swap, old, new, now):
            case Fate.ENDS | Fate.UNDONE:
                _end(session, swap, shifts, now)
            case Fate.MOVES:
                both = {swap.staff, swap.partner}
                tell(session, swap, "swap-moved", both, shifts, now)


class Fate(StrEnum):
    """What another version does to a swap."""

    ENDS = "ends"  # open, and a duty is no longer theirs
    MOVES = "moves"  # open, and goes along to other hours
    UNDONE = "undone"  # it was made, and is not any more


Cell = tuple[str, str]  # a shift, and who holds it


@dataclass(frozen=True)
class Version:
    """From when until when its shifts are, by id, and who holds them."""

    hours: Mapping[str, tuple[datetime, datetime]]
    cells: Set[Cell]


def version_of(row: RosterRow | None) -> Version:
    """A stored version, or none at all."""
    shifts = _shifts(row).values()
    hours = {shift.shift: (shift.start, shift.end) for shift in shifts}
    return Version(hours, cells_of(row))


def fate(
    swap: SwapRow, before: Version, after: Version, now: datetime
) -> Fate | None:
    """What becomes of an open or a made swap; None if nothing."""
    if swap.state in OPEN:
        if not given(swap) <= after.cells:
            return Fate.ENDS

        moved = any(
            before.hours.get(name, after.hours[name]) != after.hours[name]
            for name, _ in given(swap)
        )
        return Fate.MOVES if moved else None

    lost = taken(swap) & (before.cells - after.cells)
    coming = any(before.hours[name][0] > now for name, _ in lost)
    return Fate.UNDONE if coming else None


def swaps_of(session: Session, unit: str, term: str) -> Sequence[SwapRow]:
    """A unit's open and made swaps, the oldest first."""
    wanted = select(SwapRow).where(
        SwapRow.unit == unit,
        SwapRow.term == term,
        SwapRow.state.in_(OPEN | MADE),
    )
    # What is open may be the one that comes into force.
    return [
        swap
        for swap in session.scalars(wanted.order_by(SwapRow.id))
        if swap.state in MADE or swap.version is None
    ]


def _shifts(row: RosterRow | None) -> dict[str, ShiftRow]:
    return {s.shift: s for s in row.shifts} if row else {}


def cells_of(row: RosterRow | None) -> set[Cell]:
    """Who holds which shift of a version."""
    return {
        (shift.shift, held.staff)
        for shift in (row.shifts if row else ())
        for held in shift.held
    }


def given(swap: SwapRow) -> set[Cell]:
    """What both hold before it."""
    back = {(swap.back, swap.partner)} if swap.back else set()
    return {(swap.shift, swap.staff)} | back


def taken(swap: SwapRow) -> set[Cell]:
    """What both hold by it."""
    back = {(swap.back, swap.staff)} if swap.back else set()
    return {(swap.shift, swap.partner)} | back


def end_of_person(session: Session, swap: SwapRow, now: datetime) -> None:
    """Ends an open swap of somebody who leaves the unit; both are told."""
    standing = session.scalars(
        select(RosterRow).where(
            in_force(),
            RosterRow.unit == swap.unit,
            RosterRow.term == swap.term,
        )
    ).first()
    _end(session, swap, _shifts(standing), now)


def _end(
    session: Session,
    swap: SwapRow,
    shifts: dict[str, ShiftRow],
    now: datetime,
) -> None:
    swap.state = after(Verb.END, swap.state).value
    swap.settled_at = now
    enter(session, swap, "end", CLOCK, now)
    both = {swap.staff, swap.partner}
    tell(session, swap, "swap-ended", both, shifts, now)


def swapped_cells(session: Session, row: RosterRow) -> tuple[Assignment, ...]:
    """What is held by swaps in a version; what was handed on is not."""
    made = select(SwapRow).where(
        SwapRow.unit == row.unit,
        SwapRow.term == row.term,
        SwapRow.version.is_not(None),
    )
    every = {cell for swap in session.scalars(made) for cell in taken(swap)}
    return tuple(Assignment(*c) for c in sorted(every & cells_of(row)))
