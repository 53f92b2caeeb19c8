"""Stores what solving came to: solutions, and drafts of rosters."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from roster.answers import Explanation
from roster.documents import read_outcome, write_outcome, write_problem
from roster.problem import Assignment, Problem, Shift, Status
from roster.records import (
    AssignmentRow,
    Records,
    RosterRow,
    ShiftRow,
    SolutionRow,
)
from roster.records.journal import record
from roster.rules.case import Case
from roster.rules.ladder import Climb, Step
from roster.rules.mending import Mended
from roster.rules.pooling import Pooled, may_pool
from roster.services.conflicts import conflict_lines
from roster.services.remedies import remedy_lines
from roster.services.views import UnitDone


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
    ) -> None:
        self.records = records
        self.who = who
        self.now = now
        self.calendar = calendar
        self.total = total
        self.progress = progress
        self.done: list[UnitDone] = []
        self.climbs: list[Climb] = []
        self.waiting: list[Climb] = []
        self.failed: dict[int, Problem] = {}

    def climbed(self, climb: Climb) -> None:
        """Stores what a unit came to by itself."""
        self.climbs.append(climb)
        with self.records.writing() as session:
            solution = self._solution(session, climb, climb.steps)
            number = solution.id
            if climb.found:
                cells = climb.outcome.assignments
                said = climb.case.shifts, cells
                self._draft(session, climb.case, said, solution)

        failed = climb.outcome.status is Status.INFEASIBLE
        if failed and may_pool(climb.case):
            self.waiting.append(climb)
            return

        if failed:
            self.failed[number] = climb.problem
        self._report(climb, climb.steps)

    def pooled(
        self, failed: Climb, pooled: Pooled | None, steps: tuple[Step, ...]
    ) -> None:
        """Stores what a district came to for a unit it helped."""
        every = (*failed.steps, *steps)
        with self.records.writing() as session:
            if pooled is None:
                solution = self._solution(session, failed, every)
                self.failed[solution.id] = failed.problem
            else:
                self._store_pool(session, pooled, every)

        climb = failed if pooled is None else pooled.climbs[0]
        self._report(climb, every)

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
        for climb in pooled.climbs:
            cells = pooled.assignments.get(climb.case.unit.id, ())
            said = climb.case.shifts, cells
            self._draft(session, climb.case, said, solution)

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
        drop_drafts(session, unit, term)
        roster = RosterRow(
            unit=unit,
            term=term,
            number=_next_number(session, unit, term),
            state="draft",
            solution=solution.id,
            author=self.who,
            approver="",
            drafted_at=self.now(),
            published_at=None,
            digest=digest_of(said[1]),
        )
        session.add(roster)
        session.flush()
        _add_shifts(session, roster, *said)
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


def drop_drafts(session: Session, unit: str, term: str) -> None:
    """A new draft takes the place of the one before."""
    drafts = select(RosterRow.id).where(
        RosterRow.unit == unit,
        RosterRow.term == term,
        RosterRow.state == "draft",
    )
    shifts = select(ShiftRow.id).where(ShiftRow.roster.in_(drafts))
    session.execute(
        delete(AssignmentRow).where(AssignmentRow.shift.in_(shifts))
    )
    session.execute(delete(ShiftRow).where(ShiftRow.roster.in_(drafts)))
    session.execute(delete(RosterRow).where(RosterRow.id.in_(drafts)))


def _next_number(session: Session, unit: str, term: str) -> int:
    newest = select(func.max(RosterRow.number)).where(
        RosterRow.unit == unit, RosterRow.term == term
    )
    return (session.scalar(newest) or 0) + 1


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
