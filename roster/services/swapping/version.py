"""A swap becomes the unit's next version, in force at once."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from roster.documents import read_outcome, write_outcome, write_problem
from roster.judging import Judge
from roster.problem import Assignment, Problem, Status, TierResult
from roster.records import RosterRow, ShiftRow, SolutionRow, SwapRow
from roster.review import State, Verb
from roster.services.drafts import copied, digest_of, next_number
from roster.services.review_history import note
from roster.services.reviewing import approve_row, submit_row
from roster.services.swapping.ground import Ground, changed
from roster.services.turning import turn


def make_version(
    session: Session,
    here: Ground,
    swap: SwapRow,
    *,
    author: str,
    approver: str,
    now: datetime,
) -> RosterRow:
    """
    Publishes what a swap leads to.

    It rests on a solution of its own, so that loads, goals and proof are
    those of what is held now; its solver is ``swap/`` and the swap's id.
    """
    solution = _solution(session, here, swap, now)
    row = _row(session, here, swap, solution.id, author, now)
    submit_row(session, row, who=author, now=now)
    approve_row(session, row, who=approver, now=now)
    row.state, row.published_at = State.PUBLISHED.value, now
    session.flush()
    note(session, row, Verb.PUBLISH, who=approver, now=now)
    swap.version = row.id
    session.flush()
    turn(session, here.row, row, now, by_swap=True)
    return row


def _solution(
    session: Session, here: Ground, swap: SwapRow, now: datetime
) -> SolutionRow:
    old = session.get_one(SolutionRow, here.row.solution)
    gone, come = changed(here, swap)
    cells = tuple(sorted((here.asked.held - gone) | come))
    tiers = _tiers(here, old, gone, come)
    outcome = replace(
        read_outcome(old.outcome),
        status=Status.FEASIBLE,
        assignments=cells,
        tiers=tiers,
    )
    row = SolutionRow(
        unit=here.row.unit,
        term=here.row.term,
        problem=write_problem(_kept(here, cells)),
        outcome=write_outcome(outcome),
        status=Status.FEASIBLE.value,
        tiers=[[t.tier, t.cost, t.bound] for t in tiers],
        steps=list(old.steps),
        conflict=[],
        remedies=None,
        book=old.book,
        calendar=old.calendar,
        provisional=old.provisional,
        seed=old.seed,
        seconds=0.0,
        solver=f"swap/{swap.id}",
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _kept(here: Ground, cells: tuple[Assignment, ...]) -> Problem:
    """Pins that the swap undid are none any more."""
    held = frozenset(cells)
    pins = tuple(
        pin
        for pin in here.asked.problem.pins
        if Assignment(pin.shift, pin.staff) in held
    )
    return replace(here.problem, pins=pins)


def _tiers(
    here: Ground,
    old: SolutionRow,
    gone: set[Assignment],
    come: set[Assignment],
) -> tuple[TierResult, ...]:
    """What each goal costs now; what was proven of it holds no further."""
    more = dict(Judge(here.problem, here.asked.roster).costs(gone, come))
    return tuple(
        TierResult(
            tier, cost + more[tier], max(0, min(bound, cost + more[tier]))
        )
        for tier, cost, bound in old.tiers
        if tier in more
    )


def _row(
    session: Session,
    here: Ground,
    swap: SwapRow,
    solution: int,
    author: str,
    now: datetime,
) -> RosterRow:
    row = RosterRow(
        unit=here.row.unit,
        term=here.row.term,
        number=next_number(session, here.row.unit, here.row.term),
        state=State.DRAFT.value,
        solution=solution,
        author=author,
        editor=author,
        approver="",
        base=here.row.number,
        drafted_at=now,
        digest="",
    )
    session.add(row)
    session.flush()
    row.shifts.extend(_shift(shift, swap) for shift in here.row.shifts)
    row.digest = digest_of(
        [
            Assignment(shift.shift, held.staff)
            for shift in row.shifts
            for held in shift.held
        ]
    )
    session.flush()
    return row


def _shift(old: ShiftRow, swap: SwapRow) -> ShiftRow:
    """A shift as it was, held by those who hold it from now on."""
    staff = {held.staff for held in old.held}
    if old.shift == swap.shift:
        staff = (staff - {swap.staff}) | {swap.partner}
    if old.shift == swap.back:
        staff = (staff - {swap.partner}) | {swap.staff}

    return copied(old, staff)
