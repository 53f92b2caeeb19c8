"""Two versions of a unit's roster, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.answers import Comparison, ShiftChange
from roster.comparing import Side, alike, compare
from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.problem import Problem, Shift
from roster.records import RosterRow
from roster.review import State
from roster.services.answering import Asked, roster_asked


@dataclass(frozen=True, slots=True)
class Version:
    """
    One numbered version.

    ``made_at`` is when it came to be what it is: drafted, published or
    withdrawn.
    """

    number: int
    state: str
    made_at: datetime


@dataclass(frozen=True)
class Compared:
    """
    What changed from one version to another.

    Parameters
    ----------
    found
        The unit's own shifts, and the loads of those who hold them.
    read_by
        The problem by whose goals both were read.
    same_goals
        Whether they can be: rosters of one unit that were solved with
        different others are about different people.
    """

    before: Asked
    after: Asked
    found: Comparison
    read_by: Problem
    same_goals: bool


def versions(
    session: Session, *, unit_id: str, term_id: str
) -> tuple[Version, ...]:
    """A unit's versions for a term, the newest first."""
    rows = session.execute(
        select(
            RosterRow.number,
            RosterRow.state,
            func.coalesce(
                RosterRow.withdrawn_at,
                RosterRow.published_at,
                RosterRow.drafted_at,
            ),
        )
        .where(RosterRow.unit == unit_id, RosterRow.term == term_id)
        .order_by(RosterRow.number.desc())
    )
    return tuple(
        Version(number, state, moment.astimezone(SHANGHAI))
        for number, state, moment in rows
    )


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
    if not every:
        raise Refused("no-rosters", value=term_id)

    likely = sorted(every, key=lambda v: v.state == State.WITHDRAWN)
    new = _chosen(every, after, [v.number for v in likely])
    earlier = [v for v in every if v.number < new]
    published = [v.number for v in earlier if v.state == State.PUBLISHED]
    old = _chosen(every, before, [*published, *(v.number for v in earlier)])
    sides = [
        roster_asked(session, unit_id=unit_id, term_id=term_id, number=number)
        for number in (old, new)
    ]
    return side_by_side(*sides)


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


def side_by_side(before: Asked, after: Asked) -> Compared:
    """
    Both as what is known at the later one reads them.

    Of units solved together the whole pool is read, for their goals and
    their people's loads go beyond one unit; told is what is the unit's.
    Where the pool is another one, each is cut down to the unit's own
    shifts, and no goal is read.
    """
    same = before.units.keys() == after.units.keys()
    sides = [
        (asked.problem, asked.roster) if same else _alone(asked)
        for asked in (before, after)
    ]
    old, new = alike(*sides)
    found = compare(old, new)
    prefix = after.prefix if same else ""
    shifts = tuple(
        _own(change, prefix)
        for change in found.shifts
        if _shift(change).id.startswith(prefix)
    )
    here = _holders(old, prefix) | _holders(new, prefix)
    loads = tuple(load for load in found.loads if load.staff in here)
    return Compared(
        before,
        after,
        replace(found, shifts=shifts, loads=loads),
        new[0],
        same,
    )


def _holders(side: Side, prefix: str) -> set[str]:
    return {cell.staff for cell in side[1] if cell.shift.startswith(prefix)}


def _shift(change: ShiftChange) -> Shift:
    found = change.after or change.before
    assert found is not None
    return found


def _own(change: ShiftChange, prefix: str) -> ShiftChange:
    """A change as the unit alone would name its shift."""
    before, after = (
        shift and _plain(shift, prefix)
        for shift in (change.before, change.after)
    )
    return replace(change, before=before, after=after)


def _plain(shift: Shift, prefix: str) -> Shift:
    return replace(
        shift,
        id=shift.id.removeprefix(prefix),
        post=shift.post.rpartition("/")[2],
    )


def _alone(asked: Asked) -> Side:
    """The unit's own shifts without any goal, as if solved alone."""
    shifts = tuple(
        _plain(shift, asked.prefix)
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
