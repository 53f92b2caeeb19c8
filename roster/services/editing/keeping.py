"""An edit is stored, with what it makes of the draft."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from roster.edits import Delta, EditVerb
from roster.records import AssignmentRow, EditRow, RosterRow, ShiftRow
from roster.records.journal import record
from roster.services.drafts import digest_of
from roster.services.editing.opening import cells_of


def keep(
    session: Session,
    row: RosterRow,
    verb: EditVerb,
    delta: Delta,
    *,
    who: str,
    now: datetime,
    solution: int | None = None,
    there: bool = False,
) -> None:
    """
    Stores an edit and what it makes of the draft.

    Parameters
    ----------
    solution
        The number of the solution that proves what it comes to.
    there
        Whether the draft is as the edit says already.
    """
    if not there:
        _put(session, row, delta)

    row.revision += 1
    row.editor = who
    row.digest = digest_of(sorted(cells_of(row)))
    session.add(
        EditRow(
            roster=row.id,
            revision=row.revision,
            verb=verb.value,
            delta=delta.said(),
            solution=solution,
            who=who,
            at=now,
        )
    )
    said = delta.said()
    # The words of a note stay with the draft.
    said["notes"] = sorted(delta.notes)
    record(
        session,
        who=who,
        verb=f"edit: {verb.value}",
        noun="roster",
        thing=f"{row.term}/{row.unit}/{row.number}",
        now=now,
        facts={
            **{name: value for name, value in said.items() if value},
            "revision": row.revision,
            "digest": row.digest,
        },
    )


def _put(session: Session, row: RosterRow, delta: Delta) -> None:
    """Changes who is on the shifts concerned, and what it is based on."""
    shifts: dict[str, ShiftRow] = {one.shift: one for one in row.shifts}
    for cell in sorted(delta.gone):
        session.execute(
            delete(AssignmentRow).where(
                AssignmentRow.shift == shifts[cell.shift].id,
                AssignmentRow.staff == cell.staff,
            )
        )
    for cell in sorted(delta.come):
        session.add(
            AssignmentRow(shift=shifts[cell.shift].id, staff=cell.staff)
        )
    if delta.base:
        row.base = delta.base[1]

    session.flush()
    for name in {cell.shift for cell in delta.gone | delta.come}:
        session.refresh(shifts[name], ["held"])
