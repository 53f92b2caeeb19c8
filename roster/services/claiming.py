"""
Requests are claimed by a conditional update, and held by beating.

Any number of processes may look for work, on one machine or several whose
clocks agree to some seconds: whose update changed the row has it. Who has
not beaten for a while is taken for dead; if they were not, they notice
before they store anything, for each unit is stored in a transaction that
asks first whether the request is still theirs.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from roster.records import (
    Records,
    RequestRow,
    RequestUnitRow,
    RosterRow,
    SolutionRow,
)
from roster.services.drafts import Witness, under_review
from roster.services.requesting import (
    CANCELLED,
    FAILED,
    QUEUED,
    RUNNING,
    STALE,
    draft_digests,
)

BEAT = timedelta(seconds=5)
MOST_CLAIMS = 3  # in vain, and the request is given up


class Cancelled(Exception):
    """Somebody took the request back."""


class Stopped(Exception):
    """Whoever works is told to go home."""


class Lost(Exception):
    """Another has taken the request over."""


def claim(records: Records, *, worker: str, clock: datetime) -> int | None:
    """The oldest request that nobody works on, if this worker gets it."""
    with records.reading() as session:
        waiting = session.scalars(
            select(RequestRow.id).where(_free(clock)).order_by(RequestRow.id)
        ).all()

    for number in waiting:
        with records.writing() as session:
            if _taken(session, number, worker, clock):
                return number

    return None


def _free(clock: datetime) -> ColumnElement[bool]:
    gone = RequestRow.beat_at < clock - STALE
    return or_(
        RequestRow.state == QUEUED, and_(RequestRow.state == RUNNING, gone)
    )


def _taken(
    session: Session, number: int, worker: str, clock: datetime
) -> bool:
    won = _changed(
        session,
        update(RequestRow)
        .where(RequestRow.id == number, _free(clock))
        .values(
            state=RUNNING,
            worker=worker,
            claims=RequestRow.claims + 1,
            claimed_at=clock,
            beat_at=clock,
        ),
    )
    if not won:
        return False

    row = session.get_one(RequestRow, number)
    if row.cancelling:
        row.state, row.ended_at = CANCELLED, clock
    elif row.claims > MOST_CLAIMS:
        row.state, row.ended_at, row.error = FAILED, clock, "worker-died"

    return row.state == RUNNING


def _changed(session: Session, change: Any) -> bool:
    """Whether an update found its row."""
    result = session.execute(change)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


class Hold(Witness):
    """A claimed request in the hand of its worker."""

    def __init__(
        self,
        records: Records,
        number: int,
        *,
        worker: str,
        clock: Callable[[], datetime],
        stopped: Callable[[], bool],
    ) -> None:
        self.records = records
        self.number = number
        self.worker = worker
        self.clock = clock
        self.stopped = stopped
        self._beaten = clock()

    def watch(self) -> None:
        """Beats now and then; raises when the work is to end."""
        if self.stopped():
            raise Stopped

        with self.records.reading() as session:
            row = session.get_one(RequestRow, self.number)
            if (row.worker, row.state) != (self.worker, RUNNING):
                raise Lost

            if row.cancelling:
                raise Cancelled

        if self.clock() - self._beaten >= BEAT:
            with self.records.writing() as session:
                self._beat(session)

    def _beat(self, session: Session, **more: Any) -> None:
        """Moves the beat on, if the request is still ours."""
        clock = self.clock()
        mine = and_(
            RequestRow.id == self.number,
            RequestRow.worker == self.worker,
            RequestRow.state == RUNNING,
        )
        values = {"beat_at": clock, **more}
        if not _changed(
            session, update(RequestRow).where(mine).values(**values)
        ):
            raise Lost

        self._beaten = clock

    def may_replace(self, session: Session, unit_id: str) -> bool:
        """Only the draft that was there when the roster was asked for."""
        row = self._unit(session, unit_id)
        term = session.get_one(RequestRow, self.number).term
        now = draft_digests(session, term, [unit_id]).get(unit_id, "")
        reviewed = unit_id in under_review(session, term)
        return now in ("", row.replaces) and not reviewed

    def stored(
        self,
        session: Session,
        unit_id: str,
        solution: SolutionRow,
        roster: RosterRow | None,
    ) -> None:
        """Finishes a unit, in the transaction of its draft."""
        self._beat(session, claims=0)
        row = self._unit(session, unit_id)
        step = solution.steps[-1]
        found = solution.status in ("optimal", "feasible")
        row.state = ("found" if roster else "kept") if found else "failed"
        row.status, row.seconds = solution.status, solution.seconds
        row.step, row.helpers = step["code"], list(step["units"])
        row.solution, row.ended_at = solution.id, self.clock()
        if roster:
            row.replaces = roster.digest

    def _unit(self, session: Session, unit_id: str) -> RequestUnitRow:
        return session.scalars(
            select(RequestUnitRow).where(
                RequestUnitRow.request == self.number,
                RequestUnitRow.unit == unit_id,
            )
        ).one()

    def finish(self, unit_id: str, state: str, status: str = "") -> None:
        """A unit for which nothing is stored."""
        with self.records.writing() as session:
            self._beat(session, claims=0)
            row = self._unit(session, unit_id)
            row.state, row.status = state, status
            row.ended_at = self.clock()

    def end(self, state: str, error: str = "") -> None:
        """The request is over."""
        with self.records.writing() as session:
            self._beat(
                session, state=state, error=error[:200], ended_at=self.clock()
            )

    def release(self) -> None:
        """Gives the request back for another to go on with."""
        with self.records.writing() as session:
            self._beat(session, state=QUEUED, worker="", claims=0)
