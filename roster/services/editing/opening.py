"""A draft as an editor saw it, or what became of it since."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.edits import Edit, EditVerb, delta_of
from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.problem import Assignment
from roster.records import EditRow, RosterRow
from roster.review import State


class Stale(Refused):
    """
    The draft is another one than the editor looked at.

    ``since`` are the edits made in the meantime; none where it was drafted
    anew.
    """

    def __init__(self, row: RosterRow, since: Sequence[Edit]) -> None:
        self.since = tuple(since)
        super().__init__("stale-draft", who=row.editor, revision=row.revision)


def seen_of(row: RosterRow) -> str:
    """
    What an editor has looked at.

    The revision alone does not tell: a draft made anew begins again.
    """
    return f"{row.revision}-{row.solution}-{row.digest[:16]}"


def opened(session: Session, roster_id: int, seen: str) -> RosterRow:
    """
    The draft to be changed.

    Raises
    ------
    Refused
        For what is no draft, or is under review or published.
    Stale
        For a draft that has changed since it was looked at.
    """
    row = session.get(RosterRow, roster_id)
    if row is None:
        raise Refused("unknown-roster", value=roster_id)

    if row.state != State.DRAFT:
        raise Refused("not-editable", state=row.state)

    if seen != seen_of(row):
        raise Stale(row, _since(session, row, seen))

    return row


def _since(session: Session, row: RosterRow, seen: str) -> Sequence[Edit]:
    """The edits after the one looked at, if it is still the same draft."""
    revision, _, rest = seen.partition("-")
    if rest.partition("-")[0] != str(row.solution):
        return ()

    if not revision.isdecimal() or not revision.isascii():
        return ()

    return [e for e in log_of(session, row) if e.revision > int(revision)]


def log_of(session: Session, row: RosterRow) -> list[Edit]:
    """Every edit of a draft, in order."""
    # A draft nobody touched is asked about most.
    if not row.revision:
        return []

    rows = select(EditRow).where(EditRow.roster == row.id)
    return [
        Edit(
            one.revision,
            EditVerb(one.verb),
            delta_of(one.delta),
            one.who,
            one.at.astimezone(SHANGHAI),
            one.solution,
        )
        for one in session.scalars(rows.order_by(EditRow.revision))
    ]


def cells_of(row: RosterRow) -> frozenset[Assignment]:
    """Who holds what, its shifts named as the unit names them."""
    return frozenset(
        Assignment(shift.shift, held.staff)
        for shift in row.shifts
        for held in shift.held
    )
