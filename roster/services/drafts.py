"""Stores what solving came to: solutions, and drafts of rosters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from roster.answers import Explanation
from roster.documents import read_outcome, write_outcome, write_problem
from roster.errors import Refused
from roster.people import Unit
from roster.problem import Assignment, Problem, Shift, Status
from roster.records import (
    AssignmentRow,
    EditRow,
    Records,
    RosterRow,
    ShiftRow,
    SolutionRow,
    UnitRow,
)
from roster.records.journal import record
from roster.review import IN_REVIEW, State
from roster.rules.case import Case
from roster.rules.ladder import RELAXED, Climb, Step
from roster.rules.mending import Mended
from roster.rules.pooling import Pooled, may_pool
from roster.services.conflicts import conflict_lines
from roster.services.editing.proof import IMPORTED
from roster.services.remedies import remedy_lines
from roster.services.served import number_in_force
from roster.services.views import UnitDone


class Witness:
    """Is told of each unit in the very transaction that stores it."""

    def may_replace(self, session: Session, unit_id: str) -> bool:
        """Whether a new draft may take the place of what is there."""
        return True

    def stored(
        self,
        session: Session,
        unit_id: str,
        solution: SolutionRow,
        roster: RosterRow | None,
    ) -> None:
        """Sees the last that was tried for a unit, and its draft."""


class Drafts:
    """
    What a generation has stored so far.

    ``waiting`` are units without a roster which their district may still
    help; they are reported when that has been tried. ``failed`` are the
    problems, by solution, for which nothing is left to try.
    """

    def __init__(
        self,
        records: Records,
        who: str,
        now: Callable[[], datetime],
        calendar: str,
        total: int,
        progress: Callable[[UnitDone], None],
        witness: Witness | None = None,
    ) -> None:
        self.records = records
        self.who = who
        self.now = now
        self.calendar = calendar
        self.total = total
        self.progress = progress
        self.witness = witness or Witness()
        self.done: list[UnitDone] = []
        self.climbs: list[Climb] = []
        self.waiting: list[Climb] = []
        self.failed: dict[int, Problem] = {}

    def climbed(self, climb: Climb) -> None:
        """Stores what a unit came to by itself."""
        self.climbs.append(climb)
        failed = climb.outcome.status is Status.INFEASIBLE
        if failed and may_pool(climb.case):
            with self.records.writing() as session:
                self._solution(session, climb, climb.steps)

            self.waiting.append(climb)
            return

        self.settled(climb, climb.steps)

    def settled(self, climb: Climb, steps: Sequence[Step]) -> None:
        """Stores the last that can be tried for a unit alone."""
        unit = climb.case.unit.id
        roster = None
        with self.records.writing() as session:
            solution = self._solution(session, climb, steps)
            if climb.found and self.witness.may_replace(session, unit):
                said = climb.problem.shifts, climb.outcome.assignments
                roster = self._draft(session, climb.case, said, solution)

            self.witness.stored(session, unit, solution, roster)
            number = solution.id

        if climb.outcome.status is Status.INFEASIBLE:
            self.failed[number] = climb.problem

        self._report(climb, steps)

    def pooled(
        self, failed: Climb, pooled: Pooled | None, steps: tuple[Step, ...]
    ) -> None:
        """Stores what a district came to for a unit it helped."""
        every = (*failed.steps, *steps)
        if pooled is None:
            self.settled(failed, every)
            return

        with self.records.writing() as session:
            self._store_pool(session, pooled, every)

        self._report(pooled.climbs[0], every)

    def explained(self, number: int, found: Explanation) -> None:
        """Stores what would be enough beside a failed attempt."""
        lines = remedy_lines(self.failed[number], found)
        with self.records.writing() as session:
            row = session.get_one(SolutionRow, number)
            outcome = read_outcome(row.outcome)
            outcome = replace(outcome, relaxations=found.relaxations)
            row.outcome = write_outcome(outcome)
            row.remedies = [asdict(line) for line in lines]

    def _store_pool(
        self, session: Session, pooled: Pooled, steps: tuple[Step, ...]
    ) -> None:
        first = replace(pooled.climbs[0], problem=pooled.problem)
        solution = self._solution(session, first, steps)
        units = [climb.case.unit.id for climb in pooled.climbs]
        # One with the old roster beside it would put leaders in two places.
        free = all([self.witness.may_replace(session, u) for u in units])
        for climb, unit in zip(pooled.climbs, units, strict=True):
            said = climb.case.shifts, pooled.assignments.get(unit, ())
            roster = (
                self._draft(session, climb.case, said, solution)
                if free
                else None
            )
            self.witness.stored(session, unit, solution, roster)

    def mended(
        self, session: Session, mended: Mended, since: date
    ) -> tuple[RosterRow, ...]:
        """Stores what a repair came to: its solution, and the drafts."""
        solution = self._solution(session, mended.climb, mended.climb.steps)
        if not mended.climb.found:
            if mended.climb.outcome.status is Status.INFEASIBLE:
                self.failed[solution.id] = mended.climb.problem

            return ()

        facts = {"since": str(since), "changes": mended.settled.changes}
        return tuple(
            self._draft(
                session,
                unit.case,
                mended.parts[unit.case.unit.id],
                solution,
                verb="repair",
                **facts,
            )
            for unit in mended.units
        )

    def imported(
        self,
        session: Session,
        climb: Climb,
        said: tuple[Sequence[Shift], Sequence[Assignment]],
        **facts: Any,
    ) -> RosterRow:
        """Stores a roster nobody solved, with the problem it is read by."""
        solution = self._solution(session, climb, climb.steps)
        solution.status = IMPORTED
        return self._draft(
            session, climb.case, said, solution, verb="import", **facts
        )

    def _solution(
        self, session: Session, climb: Climb, steps: Sequence[Step]
    ) -> SolutionRow:
        case, problem, outcome = climb.case, climb.problem, climb.outcome
        lines = conflict_lines(case, problem, outcome.conflict)
        row = SolutionRow(
            unit=case.unit.id,
            term=case.term.id,
            problem=write_problem(problem),
            outcome=write_outcome(outcome),
            status=outcome.status.value,
            tiers=[[t.tier, t.cost, t.bound] for t in outcome.tiers],
            steps=[asdict(step) for step in steps],
            conflict=[asdict(line) for line in lines],
            remedies=None,
            book=case.book.digest,
            calendar=self.calendar,
            provisional=case.provisional,
            seed=case.seed,
            seconds=outcome.seconds,
            solver=outcome.solver,
            made_at=self.now(),
        )
        session.add(row)
        session.flush()
        return row

    def _draft(
        self,
        session: Session,
        case: Case,
        said: tuple[Sequence[Shift], Sequence[Assignment]],
        solution: SolutionRow,
        verb: str = "generate",
        **facts: Any,
    ) -> RosterRow:
        unit, term = case.unit.id, case.term.id
        revision = drop_drafts(session, unit, term)
        roster = RosterRow(
            unit=unit,
            term=term,
            number=next_number(session, unit, term),
            state="draft",
            solution=solution.id,
            author=self.who,
            editor=self.who,
            approver="",
            base=number_in_force(session, unit, term),
            revision=revision,
            drafted_at=self.now(),
            published_at=None,
            digest=digest_of(said[1]),
        )
        session.add(roster)
        session.flush()
        _add_shifts(session, roster, *said)
        if solution.steps[-1]["code"] == RELAXED:
            facts["relaxed"] = solution.steps[-1]["article"]

        record(
            session,
            who=self.who,
            verb=verb,
            noun="roster",
            thing=f"{term}/{unit}/{roster.number}",
            now=self.now(),
            facts={
                "status": solution.status,
                "digest": roster.digest,
                **facts,
            },
        )
        return roster

    def _report(self, climb: Climb, steps: Sequence[Step]) -> None:
        unit = climb.case.unit
        done = UnitDone(
            unit.id,
            unit.name,
            climb.outcome.status.value,
            steps[-1].code,
            climb.outcome.seconds,
            len(self.done) + 1,
            self.total,
            steps[-1].units,
        )
        self.done.append(done)
        self.progress(done)


def digest_of(cells: Sequence[Assignment]) -> str:
    """What a roster says, as a digest."""
    text = "\n".join(f"{c.shift} {c.staff}" for c in sorted(cells))
    return sha256(text.encode()).hexdigest()


def under_review(session: Session, term: str) -> set[str]:
    """The units whose rosters for a term are being reviewed."""
    rows = select(RosterRow.unit).where(
        RosterRow.term == term, RosterRow.state.in_(IN_REVIEW)
    )
    return set(session.scalars(rows))


def check_not_reviewed(
    session: Session, term: str, units: Sequence[Unit]
) -> None:
    """
    Whether none of the units' rosters is on its way to publication.

    Raises
    ------
    Refused
        Naming the units whose rosters are.
    """
    reviewed = under_review(session, term)
    names = [unit.name for unit in units if unit.id in reviewed]
    if names:
        raise Refused("in-review", unit="、".join(names))


def drop_drafts(session: Session, unit: str, term: str) -> int:
    """
    A new draft takes the place of the one before, and counts on from it.

    The database may give it the same id: whoever looked at the one before
    must not approve this one by its revision. Gives the new one's.

    Raises
    ------
    Refused
        Where the one before is under review.
    """
    _check_not_in_review(session, unit, term)
    drafts = select(RosterRow.id).where(
        RosterRow.unit == unit,
        RosterRow.term == term,
        RosterRow.state == State.DRAFT,
    )
    newest = select(func.max(RosterRow.revision)).where(
        RosterRow.id.in_(drafts)
    )
    revision = session.scalar(newest)
    shifts = select(ShiftRow.id).where(ShiftRow.roster.in_(drafts))
    session.execute(
        delete(AssignmentRow).where(AssignmentRow.shift.in_(shifts))
    )
    session.execute(delete(ShiftRow).where(ShiftRow.roster.in_(drafts)))
    session.execute(delete(EditRow).where(EditRow.roster.in_(drafts)))
    session.execute(delete(RosterRow).where(RosterRow.id.in_(drafts)))
    return 0 if revision is None else revision + 1


def _check_not_in_review(session: Session, unit: str, term: str) -> None:
    state = session.scalar(
        select(RosterRow.state).where(
            RosterRow.unit == unit,
            RosterRow.term == term,
            RosterRow.state.in_(IN_REVIEW),
        )
    )
    if state is not None:
        name = session.get_one(UnitRow, unit).name
        raise Refused("in-review", unit=name, state=state)


def next_number(session: Session, unit: str, term: str) -> int:
    """The number of the unit's next version."""
    newest = select(func.max(RosterRow.number)).where(
        RosterRow.unit == unit, RosterRow.term == term
    )
    return (session.scalar(newest) or 0) + 1


def copied(shift: ShiftRow, staff: Iterable[str]) -> ShiftRow:
    """A shift as it is in another version, held by these people."""
    row = ShiftRow(
        shift=shift.shift,
        on=shift.on,
        start=shift.start,
        end=shift.end,
        post=shift.post,
        needs=shift.needs,
        tags=list(shift.tags),
        burden=dict(shift.burden),
        article=shift.article,
    )
    row.held = [AssignmentRow(staff=name) for name in sorted(staff)]
    return row


def _add_shifts(
    session: Session,
    roster: RosterRow,
    shifts: Sequence[Shift],
    cells: Sequence[Assignment],
) -> None:
    held: dict[str, list[str]] = {}
    for cell in cells:
        held.setdefault(cell.shift, []).append(cell.staff)

    for shift in shifts:
        row = ShiftRow(
            shift=shift.id,
            on=shift.date,
            start=shift.start,
            end=shift.end,
            post=shift.post,
            needs=shift.needs,
            tags=list(shift.tags),
            burden=dict(shift.burden),
            article=shift.article,
        )
        row.held = [
            AssignmentRow(staff=staff)
            for staff in sorted(held.get(shift.id, ()))
        ]
        roster.shifts.append(row)

    session.flush()
