"""What became of a request to solve the rest of a draft anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.documents import read_outcome, read_problem
from roster.edits import Cells, Delta, Edit, EditVerb, desk_of
from roster.errors import Refused
from roster.problem import Assignment, TierResult
from roster.records import (
    EditRow,
    RequestRow,
    RosterRow,
    SolutionRow,
    StaffRow,
)
from roster.review import State
from roster.services.answering import roster_asked
from roster.services.conflicts import folded
from roster.services.editing.asking import Wanted, wanted_of
from roster.services.editing.opening import Stale, log_of, opened
from roster.services.versions import Compared, side_by_side
from roster.services.views import ConflictLine


@dataclass(frozen=True)
class RestView:
    """
    What the rest of a draft came to.

    Parameters
    ----------
    draft
        Whether the draft it was asked of can be edited still.
    compared
        The draft before and after; None where there is nothing to show.
    stands
        Whether the step was not undone since.
    since
        Where nothing was stored because somebody edited meanwhile, the
        edits; none where it was drafted anew.
    loose
        Pins to be let go, which would be enough.
    names
        Of everybody in the edits, by id.
    """

    wanted: Wanted
    draft: bool
    status: str = ""
    tiers: tuple[TierResult, ...] = ()
    compared: Compared | None = None
    stands: bool = True
    since: Sequence[Edit] | None = None
    conflict: tuple[ConflictLine, ...] = ()
    remedies: tuple[ConflictLine, ...] = ()
    loose: Cells = frozenset()
    names: Mapping[str, str] | None = None


def rest_view(session: Session, request_id: int) -> RestView | None:
    """What came of the request, None where it is another kind's."""
    request = session.get_one(RequestRow, request_id)
    if request.wanted is None:
        return None

    wanted = wanted_of(request.wanted)
    row = session.get(RosterRow, wanted.roster_id)
    view = RestView(wanted, row is not None and row.state == State.DRAFT)
    (unit,) = request.units
    if unit.state == "kept":
        return _kept(session, view)

    if unit.solution is None:
        return view

    solution = session.get_one(SolutionRow, unit.solution)
    view = replace(view, status=solution.status)
    found = unit.state == "found"
    return (_found if found else _failed)(session, view, solution)


def _kept(session: Session, view: RestView) -> RestView:
    try:
        opened(session, view.wanted.roster_id, view.wanted.seen)
    except Stale as stale:
        cells = [
            cell
            for edit in stale.since
            for some in _cells(edit.delta)
            for cell in some
        ]
        names = _names(session, cells)
        return replace(view, since=stale.since, names=names)
    except Refused:
        pass

    return view


def _cells(delta: Delta) -> tuple[Cells, ...]:
    return delta.gone, delta.come, delta.pinned, delta.unpinned


def _names(session: Session, cells: Sequence[Assignment]) -> dict[str, str]:
    people = {cell.staff for cell in cells}
    wanted = select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(people))
    return {staff: name for staff, name in session.execute(wanted)}


def _found(
    session: Session, view: RestView, solution: SolutionRow
) -> RestView:
    tiers = tuple(TierResult(*tier) for tier in solution.tiers)
    view = replace(view, tiers=tiers)
    edit = session.scalars(
        select(EditRow).where(
            EditRow.solution == solution.id,
            EditRow.verb == EditVerb.RESOLVE,
        )
    ).one_or_none()
    if edit is None:  # the draft was made anew since, and its log with it
        return replace(view, draft=False)

    row = session.get_one(RosterRow, edit.roster)
    log = log_of(session, row)
    step = next(one for one in log if one.revision == edit.revision)
    return replace(
        view,
        compared=_compared(session, row, solution, step.delta),
        stands=step in desk_of(log).standing,
    )


def _compared(
    session: Session, row: RosterRow, solution: SolutionRow, delta: Delta
) -> Compared:
    """The draft before the step and after, both read by its goals."""
    asked = roster_asked(
        session, unit_id=row.unit, term_id=row.term, number=row.number
    )
    problem = read_problem(solution.problem)
    after = frozenset(read_outcome(solution.outcome).assignments)
    gone, come = (
        {asked.cell(cell.shift, cell.staff) for cell in cells}
        for cells in (delta.gone, delta.come)
    )
    before = (after - come) | gone
    return side_by_side(
        replace(asked, problem=problem, roster=tuple(sorted(before))),
        replace(asked, problem=problem, roster=tuple(sorted(after))),
    )


def _failed(
    _session: Session, view: RestView, solution: SolutionRow
) -> RestView:
    remedies = tuple(ConflictLine(**line) for line in solution.remedies or ())
    loose = frozenset(
        Assignment(*pin["cell"])
        for line in remedies
        if line.code == "unpin"
        for pin in line.facts["pins"]
    )
    conflict = folded(ConflictLine(**line) for line in solution.conflict)
    return replace(view, conflict=conflict, remedies=remedies, loose=loose)
