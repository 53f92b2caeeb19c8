"""
A draft takes over what came into force since it was begun.

Three rosters are held against each other, shift by shift: the version the
draft is based on, the one in force now, and the draft. What only the one
in force changed is offered; what both changed, or the draft has pinned,
is chosen by an editor. Nothing else of the draft is touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.edits import Cells, Delta, EditVerb, desk_of
from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.problem import Assignment
from roster.records import RosterRow, ShiftRow, StaffRow
from roster.rules.rulebook import RuleBook
from roster.services.answering import bound_by
from roster.services.drafts import next_number
from roster.services.editing.deeds import Editor, NotAllowed
from roster.services.editing.keeping import keep
from roster.services.editing.opening import log_of, opened
from roster.services.editing.trying import Found, Trial, trial_of
from roster.services.swapping.following import swapped_cells
from roster.services.turning import roster_in_force
from roster.services.viewing import shown_roster


class Side(StrEnum):
    """Whose people a shift has afterwards."""

    STANDING = "standing"
    DRAFT = "draft"


@dataclass(frozen=True)
class Difference:
    """
    A shift that has changed in force, by people's ids.

    ``both`` tells that the draft changed it too, or has pinned it;
    ``swapped`` that the one in force has it by an approved swap.
    """

    shift: str
    on: date
    post: str
    start: datetime
    end: datetime
    tags: tuple[str, ...]
    base: tuple[str, ...]
    standing: tuple[str, ...]
    draft: tuple[str, ...]
    both: bool
    swapped: bool


@dataclass(frozen=True)
class Behind:
    """
    How far a draft is behind the version in force.

    ``names`` are people's, by id.
    """

    base: int
    standing: int
    differences: tuple[Difference, ...]
    names: Mapping[str, str]


def behind(session: Session, row: RosterRow) -> Behind:
    """
    What came into force since a draft was begun.

    Raises
    ------
    Refused
        Where it is based on the version in force, none is in force, or the
        version has other shifts, which no edit of people makes good.
    """
    standing = _standing(session, row)
    base = shown_roster(session, row.unit, row.term, row.base)
    old = _holders(base) if base else {}
    new, mine = _holders(standing), _holders(row)
    pinned = _by_shift(desk_of(log_of(session, row)).pins)
    swapped = {cell.shift for cell in swapped_cells(session, standing)}
    found = tuple(
        _difference(
            shift,
            old.get(shift.shift, set()),
            new[shift.shift],
            mine[shift.shift],
            pinned.get(shift.shift, set()),
            swapped=shift.shift in swapped,
        )
        for shift in row.shifts
        if new[shift.shift] != old.get(shift.shift, set())
        and new[shift.shift] != mine[shift.shift]
    )
    people = {p for d in found for p in (*d.base, *d.standing, *d.draft)}
    return Behind(row.base, standing.number, found, _names(session, people))


def _standing(session: Session, row: RosterRow) -> RosterRow:
    standing = roster_in_force(session, row.unit, row.term)
    if standing is None or standing.number == row.base:
        raise Refused("base-in-force")

    old, new = _times(row), _times(standing)
    other = sorted(n for n in {**old, **new} if old.get(n) != new.get(n))
    if other:
        raise Refused("other-shifts", number=standing.number, shifts=other)

    return standing


def _times(row: RosterRow) -> dict[str, tuple[object, ...]]:
    return {
        s.shift: (s.on, s.start, s.end, s.post, s.needs) for s in row.shifts
    }


def _holders(row: RosterRow) -> dict[str, set[str]]:
    return {s.shift: {held.staff for held in s.held} for s in row.shifts}


def _by_shift(cells: Cells) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for cell in cells:
        found.setdefault(cell.shift, set()).add(cell.staff)

    return found


def _difference(
    shift: ShiftRow,
    base: set[str],
    standing: set[str],
    draft: set[str],
    pinned: set[str],
    *,
    swapped: bool,
) -> Difference:
    return Difference(
        shift.shift,
        shift.on,
        shift.post,
        shift.start.astimezone(SHANGHAI),
        shift.end.astimezone(SHANGHAI),
        tuple(shift.tags),
        tuple(sorted(base)),
        tuple(sorted(standing)),
        tuple(sorted(draft)),
        both=draft != base or not pinned <= standing,
        swapped=swapped,
    )


def _names(session: Session, people: set[str]) -> dict[str, str]:
    wanted = select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(people))
    return {staff: name for staff, name in session.execute(wanted)}


def rebase(
    session: Session, editor: Editor, choices: Mapping[str, str]
) -> None:
    """
    Takes it over, as one edit; the draft is then based on what is in force.

    Parameters
    ----------
    choices
        By shift, whose people it has afterwards. Of a shift that both
        changed it must be said; of any other those in force are taken.

    Raises
    ------
    Refused
        As `behind` does, and where a choice is missing.
    Stale
        For a draft that has changed since it was looked at.
    NotAllowed
        Where that cannot be, or breaks an article the editor did not say
        to break.
    """
    row = opened(session, editor.roster_id, editor.seen)
    found = behind(session, row)
    open_ = [
        one.shift
        for one in found.differences
        if one.both and choices.get(one.shift) not in list(Side)
    ]
    if open_:
        raise Refused("choose-each", shifts=open_)

    delta = _delta(session, row, found, choices)
    tried = _tried(session, row, delta, editor.books)
    if tried.impossible:
        raise NotAllowed(tried.impossible, final=True)

    if tried.breaks and not editor.confirmed:
        raise NotAllowed(tried.breaks, final=False)

    if row.number < found.standing:
        # In force is the newest number; this is to come after it.
        row.number = next_number(session, row.unit, row.term)

    keep(session, row, EditVerb.REBASE, delta, who=editor.who, now=editor.now)


def _delta(
    session: Session,
    row: RosterRow,
    found: Behind,
    choices: Mapping[str, str],
) -> Delta:
    taken = [
        one
        for one in found.differences
        if choices.get(one.shift, Side.STANDING) == Side.STANDING
    ]
    before, after = (
        frozenset(
            Assignment(one.shift, staff)
            for one in taken
            for staff in getattr(one, side)
        )
        for side in (Side.DRAFT, Side.STANDING)
    )
    pins = desk_of(log_of(session, row)).pins
    gone = before - after
    return Delta(
        gone,
        after - before,
        unpinned=gone & pins,
        base=(found.base, found.standing),
    )


def _tried(
    session: Session,
    row: RosterRow,
    delta: Delta,
    books: Mapping[str, RuleBook],
) -> Found:
    """What it would break, held by what is in force alone."""
    trial = trial_of(session, row, books)
    standing = _standing(session, row)
    problem = bound_by(trial.asked.problem, row.unit, standing)
    bound = Trial(replace(trial.asked, problem=problem), trial.fit)
    return bound.of(delta.gone, delta.come)
