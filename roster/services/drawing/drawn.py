"""What a draw drew, computed again whenever it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.draw.drawing import Place, draw
from roster.draw.frame import Frame
from roster.draw.published import Made
from roster.posts import SHANGHAI
from roster.records import (
    DrawPlaceRow,
    DrawRecusalRow,
    DrawRow,
    StaffRow,
)
from roster.services.drawing.desk import office_clock
from roster.services.drawing.secrets import Secret

ENDS = time(8)  # a day's draw ends the next morning, at the hand-over


def end_of(day: date) -> datetime:
    """When the draw of a day is over."""
    return datetime.combine(day + timedelta(days=1), ENDS, SHANGHAI)


@dataclass(frozen=True, slots=True)
class Result:
    """
    A draw with its places and those who recused themselves later.

    ``recused`` has labels by unit.
    """

    row: DrawRow
    places: tuple[Place, ...]
    sent: Mapping[str, DrawPlaceRow]
    recused: Mapping[str, tuple[str, ...]]

    def inspectors(self, place: Place) -> tuple[str, ...]:
        """Who makes a check, by label."""
        return place.inspectors(self.recused.get(place.unit, ()))

    def starts(self, place: Place) -> datetime:
        """When a check begins."""
        return place.starts(self.row.on).replace(tzinfo=SHANGHAI)

    def made(self, places: tuple[Place, ...]) -> Made:
        """As it is published, with these of its places."""
        return Made(
            self.row.number,
            self.row.on,
            self.row.frame,
            self.row.value,
            office_clock(self.row.made_at),
            places,
            self.recused,
            self.row.state,
            self.row.reason,
        )


def result_of(
    session: Session, row: DrawRow, secret: Secret, frame: Frame
) -> Result:
    """What a draw drew; nobody but the clock asks before it is time."""
    places = draw(
        secret.key, frame, number=row.number, day=row.on, value=row.value
    )
    sent = session.scalars(
        select(DrawPlaceRow).where(DrawPlaceRow.draw == row.id)
    ).all()
    return Result(
        row,
        places,
        {one.unit: one for one in sent},
        _recused(session, row, secret),
    )


def _recused(
    session: Session, row: DrawRow, secret: Secret
) -> dict[str, tuple[str, ...]]:
    rows = session.execute(
        select(DrawPlaceRow.unit, DrawRecusalRow.staff)
        .join(DrawRecusalRow, DrawRecusalRow.place == DrawPlaceRow.id)
        .where(DrawPlaceRow.draw == row.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for unit, staff in rows:
        label = secret.label(staff)
        found[unit] = tuple(sorted((*found.get(unit, ()), label)))

    return found


def people_of(session: Session, secret: Secret) -> dict[str, str]:
    """Everybody's id by the label they have in this series."""
    return secret.people(session.scalars(select(StaffRow.id)))
