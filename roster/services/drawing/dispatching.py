"""The clock's work: draws that are due, checks whose time has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from roster.draw.drawing import Place
from roster.draw.frame import Frame
from roster.draw.hashing import canonical
from roster.draw.published import CANCELLED, DRAWN, FIRST, record_of
from roster.people import UnitKind
from roster.records import DrawPlaceRow, DrawRow, JobRunRow, SeriesRow, UnitRow
from roster.rights import Right
from roster.services.account_views import holders
from roster.services.drawing.desk import COMMITTED, Tools, note
from roster.services.drawing.drawn import (
    Result,
    end_of,
    people_of,
    result_of,
)
from roster.services.drawing.frames import (
    CLOCK,
    days_to_draw,
    draws_of,
    frames_of,
)
from roster.services.drawing.secrets import Secret, Vault
from roster.services.drawing.values import awaited, value_for
from roster.services.messaging import queue

# The clock looks every five minutes; what it did long ago says nothing.
JOB = "draws"
KEPT = timedelta(days=2)

MISSED = "missed"  # why a day was not drawn: nobody was there to draw it


def attend(session: Session, *, tools: Tools, vault: Vault) -> int:
    """Draws, dispatches and closes what is due; tells how much it was."""
    session.execute(
        delete(JobRunRow).where(
            JobRunRow.job == JOB, JobRunRow.due < tools.now - KEPT
        )
    )
    rows = session.scalars(
        select(SeriesRow)
        .where(SeriesRow.state == COMMITTED)
        .order_by(SeriesRow.id)
    ).all()
    return sum(_Desk.of(session, row, tools, vault).attend() for row in rows)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One series with what its draws are made from."""

    session: Session
    row: SeriesRow
    tools: Tools
    secret: Secret
    frames: Sequence[Frame]

    @classmethod
    def of(
        cls, session: Session, row: SeriesRow, tools: Tools, vault: Vault
    ) -> "_Desk":
        secret = Secret.of(row, vault)
        return cls(session, row, tools, secret, frames_of(session, row))

    def attend(self) -> int:
        """Everything that is due for it."""
        self._remind()
        made = len(self._make_due())
        sent = sum(
            self._dispatch(self._result(draw))
            for draw in draws_of(self.session, self.row)
            if draw.state == DRAWN and not draw.record
        )
        return made + sent + self._close()

    def _remind(self) -> None:
        """The public value has come out, and nobody has entered it."""
        day = awaited(self.session, self.row, self.tools)
        if day and not value_for(self.session, self.row, day):
            key = f"{self.row.id}/{day}"
            tell_bureau(self.session, "draw-value", key, self.tools.now)

    def _result(self, draw: DrawRow) -> Result:
        frame = self.frames[draw.frame - 1]
        return result_of(self.session, draw, self.secret, frame)

    def _make_due(self) -> Sequence[DrawRow]:
        """The draws whose public value was due, in order of their days."""
        known = {draw.on for draw in draws_of(self.session, self.row)}
        return [
            self._make(day, frame)
            for day, frame in days_to_draw(self.frames).items()
            if day not in known
            and frame.terms.value.due_of(day) <= self.tools.clock
        ]

    def _make(self, day: date, frame: Frame) -> DrawRow:
        due = frame.terms.value.due_of(day)
        over = self.tools.now >= end_of(day)
        return make(
            self.session,
            self.row,
            day=day,
            frame=frame.version,
            value=value_for(self.session, self.row, day, due),
            now=self.tools.now,
            state=CANCELLED if over else DRAWN,
            reason=MISSED if over else "",
        )

    def _dispatch(self, result: Result) -> int:
        """Hands out the checks whose time has come, while it is the day."""
        now = self.tools.now
        if now >= end_of(result.row.on):
            return 0

        ready = [
            place
            for place in result.places
            if place.unit not in result.sent and result.starts(place) <= now
        ]
        if not ready:
            return 0

        people = people_of(self.session, self.secret)
        for place in ready:
            staff = [people[label] for label in result.inspectors(place)]
            self._hand_out(result, place, staff)
        return len(ready)

    def _hand_out(
        self, result: Result, place: Place, staff: Sequence[str]
    ) -> None:
        row = DrawPlaceRow(
            draw=result.row.id,
            unit=place.unit,
            way=place.way.value,
            starts=result.starts(place),
            inspectors=list(staff),
            missing=place.need - len(staff),
            dispatched_at=self.tools.now,
        )
        self.session.add(row)
        self.session.flush()
        note(
            self.session,
            self.row,
            "dispatch",
            CLOCK,
            self.tools.now,
            result.row.number,
        )
        tell(self.session, row, staff, self.tools.now)

    def _close(self) -> int:
        """Publishes what is over, one record sealed with the last."""
        before, count = FIRST, 0
        for draw in draws_of(self.session, self.row):
            if draw.record:
                before = draw.hash
                continue
            if self.tools.now < end_of(draw.on):
                break

            result = self._result(draw)
            shown = tuple(
                place
                for place in result.places
                if draw.state == DRAWN or place.unit in result.sent
            )
            record = record_of(result.made(shown), before)
            draw.record = canonical(record).decode()
            draw.hash = before = record["hash"]
            count += 1

        self.session.flush()
        return count


def make(
    session: Session,
    row: SeriesRow,
    *,
    day: date,
    frame: int,
    value: str,
    now: datetime,
    state: str = DRAWN,
    reason: str = "",
) -> DrawRow:
    """A draw with the next number."""
    draw = DrawRow(
        series=row.id,
        number=len(draws_of(session, row)) + 1,
        on=day,
        frame=frame,
        value=value,
        made_at=now,
        state=state,
        reason=reason,
        record="",
        hash="",
    )
    session.add(draw)
    session.flush()
    note(
        session,
        row,
        "draw" if state == DRAWN else "cancel",
        CLOCK,
        now,
        draw.number,
        day=str(day),
        value=value,
    )
    return draw


def tell(
    session: Session,
    place: DrawPlaceRow,
    staff: Sequence[str],
    now: datetime,
) -> None:
    """A message to those drawn, to the bureau where they do not suffice."""
    if staff:
        queue(
            session,
            kind="draw-dispatched",
            staff=staff,
            facts={"place": place.id},
            key=f"{place.id}",
            now=now,
        )
    if place.missing:
        tell_bureau(session, "draw-short", f"{place.id}", now)


def tell_bureau(session: Session, kind: str, key: str, now: datetime) -> None:
    """A message to those who govern; it names no unit."""
    bureaus = select(UnitRow.id).where(UnitRow.kind == UnitKind.BUREAU)
    for bureau in session.scalars(bureaus).all():
        if people := holders(session, Right.GOVERN, bureau):
            queue(
                session,
                kind=kind,
                staff=people,
                unit=bureau,
                facts={},
                key=key,
                now=now,
            )
