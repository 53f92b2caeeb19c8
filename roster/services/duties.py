"""Rows of shifts as the faces see them, with the names put in."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.posts import ALL_DAY, LEADERS, POSTS, SHANGHAI
from roster.records import ShiftRow, StaffRow
from roster.rules.rulebook import Params
from roster.services.views import DutyView


class Duties:
    """Turns shifts into views; reads each name once."""

    def __init__(self, session: Session, params: Params) -> None:
        self.session = session
        self.params = params
        self.staff: dict[str, StaffRow] = {}

    def of_all(
        self, shifts: Iterable[ShiftRow], unit_id: str
    ) -> tuple[DutyView, ...]:
        """Every place on these shifts, open ones included, leaders first."""
        rows = sorted(
            shifts, key=lambda s: (s.on, POSTS.index(s.post), s.start)
        )
        self._read({held.staff for row in rows for held in row.held})
        return tuple(view for row in rows for view in self._of(row, unit_id))

    def _read(self, ids: set[str]) -> None:
        wanted = sorted(ids - set(self.staff))
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            found = select(StaffRow).where(StaffRow.id.in_(some))
            self.staff |= {row.id: row for row in self.session.scalars(found)}

    def _of(self, row: ShiftRow, unit_id: str) -> Iterator[DutyView]:
        held = [self.staff[h.staff] for h in row.held]
        places: list[StaffRow | None] = [*held]
        places += [None] * (row.needs - len(held))
        for person in places:
            yield DutyView(
                shift_id=row.shift,
                unit_id=unit_id,
                post=row.post,
                start=row.start.astimezone(SHANGHAI),
                end=row.end.astimezone(SHANGHAI),
                staff_id=person.id if person else "",
                staff_name=person.name if person else "",
                position=person.position if person else "",
                presence=self._presence(row),
                tags=tuple(row.tags),
                article=row.article,
            )

    def _presence(self, row: ShiftRow) -> str:
        """How a leader serves; everybody else is there in person."""
        if row.post not in LEADERS:
            return ALL_DAY

        return str(self.params.get("leader_presence", row.on))
