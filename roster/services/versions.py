"""Two versions of a unit's roster, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.answers import Comparison, ShiftChange
from roster.comparing import Side, compare
from roster.errors import Refused
from roster.problem import Problem
from roster.records import RosterRow
from roster.rules.repair import in_force
from roster.services.answering import Asked, roster_asked


@dataclass(frozen=True, slots=True)
class Version:
    """One numbered version of a unit's roster for a term."""

    number: int
    state: str


@dataclass(frozen=True)
class Compared:
    """
    What changed from one version to another.

    ``every`` are all the versions there are, the newest first.
    """

    before: Asked
    after: Asked
    found: Comparison
    every: tuple[Version, ...]


def versions(
    session: Session, *, unit_id: str, term_id: str
) -> tuple[Version, ...]:
    """A unit's versions for a term, the newest first."""
    rows = session.execute(
        select(RosterRow.number, RosterRow.state)
        .where(RosterRow.unit == unit_id, RosterRow.term == term_id)
        .order_by(RosterRow.number.desc())
    )
    return tuple(Version(number, state) for number, state in rows)


def compared(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    before: int | None = None,
    after: int | None = None,
) -> Compared:
    """
    Two versions; by default the newest and the published one before it.

    Raises
    ------
    Refused
        Where there is no such version, or nothing to compare with.
    """
    every = versions(session, unit_id=unit_id, term_id=term_id)
    new = _chosen(every, after, [v.number for v in every])
    earlier = [v.number for v in every if v.number < new]
    published = [v.number for v in every if v.state == "published"]
    likely = [number for number in earlier if number in published]
    old = _chosen(every, before, [*likely, *earlier])
    sides = [
        roster_asked(session, unit_id=unit_id, term_id=term_id, number=number)
        for number in (old, new)
    ]
    return Compared(sides[0], sides[1], _compared(*sides), every)


def _chosen(
    every: Sequence[Version], wanted: int | None, likely: Sequence[int]
) -> int:
    """The version asked for, else the likeliest."""
    known = [version.number for version in every]
    if wanted is not None and wanted not in known:
        raise Refused("no-such-version", value=wanted, allowed=known)

    if wanted is None and not likely:
        raise Refused("nothing-to-compare")

    return likely[0] if wanted is None else wanted


def _compared(before: Asked, after: Asked) -> Comparison:
    if before.prefix != after.prefix:
        # One was solved with other units: their goals do not compare.
        found = compare(_alone(before), _alone(after))
        return replace(found, tiers=())

    problem = _beside(before.problem, after.problem)
    found = compare((problem, before.roster), (after.problem, after.roster))
    ours = (c for c in found.shifts if _in_unit(c, after.prefix))
    return replace(found, shifts=tuple(ours))


def _in_unit(change: ShiftChange, prefix: str) -> bool:
    shift = change.after or change.before
    return shift is not None and shift.id.startswith(prefix)


def _beside(before: Problem, after: Problem) -> Problem:
    """The earlier shifts and people, read by the later goals."""
    read = in_force(after, before.shifts)
    gone = (p for p in before.staff if p.id not in after.person)
    return replace(read, staff=(*read.staff, *gone))


def _alone(asked: Asked) -> Side:
    """The unit's own shifts, as if it had been solved alone."""
    shifts = tuple(
        replace(
            shift,
            id=shift.id.removeprefix(asked.prefix),
            post=shift.post.rpartition("/")[2],
        )
        for shift in asked.problem.shifts
        if shift.id.startswith(asked.prefix)
    )
    roster = tuple(
        replace(cell, shift=cell.shift.removeprefix(asked.prefix))
        for cell in asked.roster
        if cell.shift.startswith(asked.prefix)
    )
    problem = replace(asked.problem, shifts=shifts, clauses=(), pins=())
    return replace(problem, previous=()), roster
