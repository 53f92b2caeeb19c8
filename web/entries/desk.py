"""What a page of records works on, and what was found there."""

from dataclasses import dataclass
from typing import Any

from flask import abort, url_for

from roster.days import Term
from roster.people import Unit
from roster.services.preparation.kinds import (
    KINDS,
    OF_A_UNIT,
    OF_THE_COUNTY,
    Kind,
)
from roster.services.preparation.listing import Line, line
from web.pages import office, the_term, the_unit


@dataclass(frozen=True)
class Desk:
    """What is worked on: a kind of record of a unit, or of the county."""

    kind: Kind
    unit: Unit | None
    term: Term | None

    @property
    def unit_id(self) -> str:
        """The unit's id; empty for what is the county's."""
        return self.unit.id if self.unit else ""

    def url(self, action: str = "", **more: Any) -> str:
        """The address of a page: ``""``, ``new``, ``change``, ``remove``."""
        if self.unit is None:
            end = f"county_{action}" if action else "county"
            return url_for(f"preparation.{end}", kind=self.kind.name, **more)

        return url_for(
            f"preparation.{action or 'listing'}",
            unit_id=self.unit.id,
            kind=self.kind.name,
            **more,
        )


def desk_of(kind: str, unit_id: str = "") -> Desk:
    """What the address names; 404 for what there is not."""
    if kind not in (OF_A_UNIT if unit_id else OF_THE_COUNTY):
        abort(404)

    with office().records.reading() as session:
        unit = the_unit(session, unit_id) if unit_id else None
        return Desk(KINDS[kind], unit, the_term(session))


def line_of(desk: Desk, row_id: str) -> Line | None:
    """An entry by its id; none for a new one, or one that is gone."""
    if not row_id:
        return None

    here = office()
    with here.records.reading() as session:
        return line(
            session,
            desk.kind.name,
            row_id,
            today=here.today(),
            unit_id=desk.unit_id,
        )
