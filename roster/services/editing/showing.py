"""A draft as its editors see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.edits import Desk, Edit, desk_of
from roster.problem import Assignment
from roster.records import RosterRow, StaffRow
from roster.rules.rulebook import RuleBook
from roster.services.editing.opening import log_of, seen_of
from roster.services.editing.trying import Trial, trial_of
from roster.services.readiness import Broken


@dataclass(frozen=True)
class DraftDesk:
    """
    What lies on the desk beside the roster itself.

    Parameters
    ----------
    seen
        What a form says back, see `opening.seen_of`.
    fixed
        Assignments that nobody here can change: history, approved swaps.
    marks
        The mandatory rules it breaks, each with the cells it is about.
    names
        People by id, everybody in the log.
    """

    roster_id: int
    unit_id: str
    term_id: str
    number: int
    state: str
    seen: str
    desk: Desk
    log: Sequence[Edit]
    trial: Trial
    fixed: frozenset[Assignment]
    marks: Sequence[tuple[Broken, frozenset[Assignment]]]
    names: Mapping[str, str]

    def broken(self, shift: str, staff: str) -> list[Broken]:
        """What is wrong at a cell."""
        cell = Assignment(shift, staff)
        return [told for told, cells in self.marks if cell in cells]

    def is_pinned(self, shift: str, staff: str) -> bool:
        """Whether an editor holds it fast."""
        return Assignment(shift, staff) in self.desk.pins

    def is_fixed(self, shift: str, staff: str) -> bool:
        """Whether it was settled before the draft."""
        return Assignment(shift, staff) in self.fixed


def draft_desk(
    session: Session, row: RosterRow, books: Mapping[str, RuleBook]
) -> DraftDesk:
    """Everything about a draft's edits."""
    log = log_of(session, row)
    trial = trial_of(session, row, books)
    asked = trial.asked
    fixed = frozenset(
        Assignment(asked.own(cell.shift), cell.staff)
        for cell in asked.problem.pinned
        if cell.shift.startswith(asked.prefix)
    )
    return DraftDesk(
        row.id,
        row.unit,
        row.term,
        row.number,
        row.state,
        seen_of(row),
        desk_of(log),
        log,
        trial,
        fixed,
        trial.marks(),
        _names(session, trial, log),
    )


def _names(
    session: Session, trial: Trial, log: Sequence[Edit]
) -> dict[str, str]:
    named = {p.id: p.name or p.id for p in trial.asked.problem.staff}
    said = {c.staff for e in log for c in e.delta.gone | e.delta.come}
    said |= {c.staff for e in log for c in e.delta.pinned | e.delta.unpinned}
    left = said - named.keys()
    if left:
        rows = select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(left))
        named |= {staff: name for staff, name in session.execute(rows)}

    return named
