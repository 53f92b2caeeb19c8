"""A drawn check is recorded: as it was drawn, by whom it was drawn for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.records import CheckRow
from roster.rules.rulebook import RuleBook
from roster.services.checking import NewCheck, record_check
from roster.services.drawing.drawn import end_of
from roster.services.drawing.inspectors import must_stand, place_of


def record_drawn(
    session: Session,
    place_id: int,
    check: NewCheck,
    *,
    staff_id: str,
    books: Mapping[str, RuleBook],
    who: str,
    now: datetime,
) -> str:
    """
    Records what was found; unit, way and inspectors are the draw's.

    Raises
    ------
    Refused
        For whoever was not drawn, twice, before its time or after its day.
    Unusable
        With every mistake in what was found.
    """
    place, draw, row = place_of(session, place_id, staff_id)
    must_stand(draw)
    if place.check is not None and place.check != check.id:
        raise Refused("place-checked")

    moment = check.moment.astimezone(SHANGHAI)
    if not place.starts <= moment < end_of(draw.on):
        raise Refused("not-the-time", day=str(draw.on))

    as_drawn = replace(
        check,
        unit_id=place.unit,
        way=place.way,
        inspectors=tuple(place.inspectors),
        basis=row.basis,
        reason="",
    )
    digest = record_check(
        session, as_drawn, books=books, who=who, now=now, drawn=True
    )
    if place.check is None and session.get(CheckRow, check.id) is not None:
        place.check = check.id
    return digest
