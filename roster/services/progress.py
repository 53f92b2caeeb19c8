"""How far the work on requests is, and what has come of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from roster.days import Term
from roster.posts import SHANGHAI
from roster.problem import TierResult
from roster.records import (
    RequestRow,
    RequestUnitRow,
    SolutionRow,
    TermRow,
    UnitRow,
)
from roster.records.values import term_of
from roster.services.requesting import OPEN, RUNNING, STALE
from roster.services.viewing import steps_of, tiers_of
from roster.services.views import StepView

# Problem and outcome are long texts that no page of progress reads.
PROOF = load_only(SolutionRow.tiers, SolutionRow.steps)


@dataclass(frozen=True, slots=True)
class RequestUnit:
    """
    A unit of a request and what it came to.

    ``state`` is waiting, found, failed, or kept: a draft that somebody
    changed in the meantime is not replaced.
    """

    unit_id: str
    unit_name: str
    state: str
    status: str
    step: str
    helpers: tuple[str, ...]
    seconds: float
    tiers: tuple[TierResult, ...] = ()
    steps: tuple[StepView, ...] = ()

    @property
    def waiting(self) -> bool:
        """Whether it is still to be done."""
        return self.state == "waiting"


@dataclass(frozen=True, slots=True)
class RequestView:
    """
    A request with all its units.

    Parameters
    ----------
    place_id, place_name
        What it was asked for.
    before
        Open requests that were asked for earlier.
    seconds_left
        As the units finished since the work began let expect; None where
        nothing is known.
    stalled
        Whether whoever worked on it has not been heard of for a while.
    """

    id: int
    kind: str
    place_id: str
    place_name: str
    term: Term
    state: str
    cancelling: bool
    error: str
    who: str
    asked_at: datetime
    units: tuple[RequestUnit, ...]
    before: int = 0
    seconds_left: float | None = None
    stalled: bool = False

    @property
    def open(self) -> bool:
        """Whether there is still something to come."""
        return self.state in OPEN

    @property
    def finished(self) -> int:
        """How many units are done with."""
        return sum(not unit.waiting for unit in self.units)

    def of(self, state: str) -> tuple[RequestUnit, ...]:
        """The units in a state."""
        return tuple(unit for unit in self.units if unit.state == state)


def request(
    session: Session, *, request_id: int, clock: datetime
) -> RequestView | None:
    """A request by its number, with what its units came to."""
    row = session.get(RequestRow, request_id)
    return _view(session, row, clock, whole=True) if row else None


def requests(
    session: Session,
    *,
    term_id: str,
    clock: datetime,
    unit_ids: Collection[str] | None = None,
    most: int = 50,
) -> tuple[RequestView, ...]:
    """The newest requests for a term, those about the units where given."""
    wanted = select(RequestRow).where(RequestRow.term == term_id)
    if unit_ids is not None:
        about = select(RequestUnitRow.request).where(
            RequestUnitRow.unit.in_(unit_ids)
        )
        wanted = wanted.where(RequestRow.id.in_(about))

    rows = session.scalars(wanted.order_by(RequestRow.id.desc()).limit(most))
    return tuple(_view(session, row, clock) for row in rows)


def _view(
    session: Session, row: RequestRow, clock: datetime, *, whole: bool = False
) -> RequestView:
    earlier = select(func.count()).where(
        RequestRow.state.in_(OPEN), RequestRow.id < row.id
    )
    beat = row.beat_at
    return RequestView(
        id=row.id,
        kind=row.kind,
        place_id=row.unit,
        place_name=session.get_one(UnitRow, row.unit).name,
        term=term_of(session.get_one(TermRow, row.term)),
        state=row.state,
        cancelling=row.cancelling,
        error=row.error,
        who=row.who,
        asked_at=row.asked_at.astimezone(SHANGHAI),
        units=tuple(_unit(session, unit, whole=whole) for unit in row.units),
        before=session.scalar(earlier) or 0,
        seconds_left=_left(row, clock),
        stalled=row.state == RUNNING
        and (beat is None or beat < clock - STALE),
    )


def _left(row: RequestRow, clock: datetime) -> float | None:
    """Seconds still to come, if the rest goes as what is done went."""
    since = row.claimed_at
    if row.state != RUNNING or since is None:
        return None

    left = sum(unit.state == "waiting" for unit in row.units)
    done = sum(
        unit.ended_at is not None and unit.ended_at >= since
        for unit in row.units
    )
    if not left or not done:
        return None

    return (clock - since).total_seconds() / done * left


def _unit(
    session: Session, row: RequestUnitRow, *, whole: bool
) -> RequestUnit:
    solution = (
        session.get(SolutionRow, row.solution, options=[PROOF])
        if whole and row.solution is not None
        else None
    )
    return RequestUnit(
        row.unit,
        session.get_one(UnitRow, row.unit).name,
        row.state,
        row.status,
        row.step,
        tuple(row.helpers),
        row.seconds,
        tiers_of(solution) if solution else (),
        steps_of(solution) if solution else (),
    )
