"""What generating would meet at each unit: said before it is asked for."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.people import Unit, UnitKind
from roster.records import EditRow, RosterRow, StaffRow
from roster.review import IN_REVIEW, State
from roster.services.requesting import Waited, waited_for
from roster.services.viewing import units


@dataclass(frozen=True, slots=True)
class Prospect:
    """
    A unit for which a roster may be generated, and what is there already.

    Parameters
    ----------
    published, draft
        Their numbers; 0 where there is none.
    draft_author, edited
        Who made the draft, and whether somebody changed it by hand.
    reviewed
        Where the draft stands if it is no longer to be replaced.
    waited
        The open request for it.
    """

    unit_id: str
    unit_name: str
    district: str
    staff: int
    published: int = 0
    draft: int = 0
    draft_author: str = ""
    edited: bool = False
    reviewed: str = ""
    waited: Waited | None = None

    @property
    def free(self) -> bool:
        """Whether it can be asked for now."""
        return not self.reviewed and self.waited is None

    @property
    def missing(self) -> bool:
        """Whether there is nothing yet."""
        return not self.published and not self.draft and not self.reviewed


def prospects(
    session: Session, *, term_id: str, place: str, within: Collection[str]
) -> tuple[Prospect, ...]:
    """
    The units at and under a place, in the order of the records.

    Parameters
    ----------
    within
        The units that may be shown.
    """
    known = {unit.id: unit for unit in units(session)}
    staff = _head_counts(session)
    open_ = waited_for(session, term_id)
    edited = set(session.scalars(select(EditRow.roster).distinct()))
    rows: dict[str, list[RosterRow]] = {}
    for row in session.scalars(
        select(RosterRow)
        .where(RosterRow.term == term_id)
        .order_by(RosterRow.number)
    ):
        rows.setdefault(row.unit, []).append(row)

    return tuple(
        _prospect(
            unit,
            known.get(unit.parent),
            staff.get(unit.id, 0),
            rows.get(unit.id, ()),
            open_.get(unit.id),
            edited,
        )
        for unit in known.values()
        if unit.id in within
        and unit.kind is not UnitKind.DISTRICT
        and place in _line(known, unit)
    )


def _line(known: dict[str, Unit], unit: Unit) -> list[str]:
    """A unit and those above it."""
    line = [unit.id]
    while unit.parent in known and unit.parent not in line:
        unit = known[unit.parent]
        line.append(unit.id)

    return line


def _head_counts(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(StaffRow.unit, func.count()).group_by(StaffRow.unit)
    )
    return {unit_id: count for unit_id, count in rows}


def _prospect(
    unit: Unit,
    above: Unit | None,
    staff: int,
    rows: Collection[RosterRow],
    waited: Waited | None,
    edited: Collection[int],
) -> Prospect:
    found = Prospect(
        unit.id, unit.name, above.name if above else "", staff, waited=waited
    )
    facts: dict[str, object] = {}
    for row in rows:
        if row.state == State.PUBLISHED:
            facts["published"] = row.number
        elif row.state == State.DRAFT:
            facts["draft"], facts["draft_author"] = row.number, row.author
            facts["edited"] = row.id in edited
        elif row.state in IN_REVIEW:
            facts["reviewed"] = row.state

    return replace(found, **facts)  # type: ignore[arg-type]
