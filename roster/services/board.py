"""The county's board: every unit with where it stands in a term."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.people import Unit, UnitKind
from roster.records import (
    AssignmentRow,
    RosterRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
)
from roster.review import State
from roster.services.editing.proof import (
    EDITED,
    FOUND,
    RESOLVED,
    proof_of,
    proven_tiers,
)
from roster.services.viewing import units
from roster.services.views import UnitLine


def county_board(session: Session, *, term_id: str) -> tuple[UnitLine, ...]:
    """Every unit with where it stands in a term."""
    known = {place.id: place for place in units(session)}
    staff = _head_counts(session)
    shown = _shown(session, term_id)
    places = _places(session, [row.id for row in shown.values()])
    failed = _failed(session, term_id)
    return tuple(
        _line(
            session,
            place,
            known,
            staff.get(place.id, 0),
            shown.get(place.id),
            places,
            failed.get(place.id, ""),
        )
        for place in known.values()
        if place.kind is not UnitKind.DISTRICT
    )


def _head_counts(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(StaffRow.unit, func.count()).group_by(StaffRow.unit)
    )
    return {unit_id: count for unit_id, count in rows}


def _shown(session: Session, term_id: str) -> dict[str, RosterRow]:
    """By unit, the roster in force, else the draft."""
    order = (RosterRow.state == State.PUBLISHED), RosterRow.number
    rows = session.scalars(
        select(RosterRow)
        .where(RosterRow.term == term_id, RosterRow.state != State.WITHDRAWN)
        .order_by(*order)
    )
    return {row.unit: row for row in rows}


def _places(
    session: Session, rosters: list[int]
) -> dict[int, tuple[int, int]]:
    """By roster, its shifts and how many places on them are open."""
    held = (
        select(AssignmentRow.shift, func.count().label("held"))
        .group_by(AssignmentRow.shift)
        .subquery()
    )
    open_places = func.sum(ShiftRow.needs - func.coalesce(held.c.held, 0))
    rows = session.execute(
        select(ShiftRow.roster, func.count(), open_places)
        .outerjoin(held, held.c.shift == ShiftRow.id)
        .where(ShiftRow.roster.in_(rosters))
        .group_by(ShiftRow.roster)
    )
    return {roster_id: (shifts, free) for roster_id, shifts, free in rows}


def _failed(session: Session, term_id: str) -> dict[str, str]:
    """By unit, the status of a last attempt that came to nothing."""
    rows = session.execute(
        select(SolutionRow.unit, SolutionRow.status)
        .where(SolutionRow.term == term_id)
        .where(SolutionRow.solver.not_like(f"{RESOLVED}%"))
        .order_by(SolutionRow.id)
    )
    newest = {unit_id: status for unit_id, status in rows}
    return {
        unit_id: status
        for unit_id, status in newest.items()
        if status not in FOUND
    }


def _line(
    session: Session,
    place: Unit,
    known: Mapping[str, Unit],
    staff: int,
    row: RosterRow | None,
    places: Mapping[int, tuple[int, int]],
    failed: str,
) -> UnitLine:
    above = known.get(place.parent)
    district = above.name if above else ""
    here = above and above.kind is UnitKind.DISTRICT
    if row is None:
        return UnitLine(
            place.id,
            place.name,
            place.kind,
            district,
            staff,
            status=failed,
            district_id=place.parent if here else "",
        )

    solution = session.get_one(SolutionRow, row.solution)
    proof = proof_of(session, row)
    shifts, free = places.get(row.id, (0, 0))
    return UnitLine(
        place.id,
        place.name,
        place.kind,
        district,
        staff,
        row.id,
        row.state,
        row.number,
        solution.provisional,
        proof.status if proof else EDITED,
        proven_tiers(proof),
        solution.steps[-1]["code"],
        shifts,
        free,
        place.parent if here else "",
    )
