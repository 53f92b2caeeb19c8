"""
The fewest changes to a published roster, where facts are others now.

Leave, somebody leaving or joining, a holiday announced anew, a changed
rule, added shifts: whatever the records say today is taken into account
from a date on. The answer is a draft like any other, to be published.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from roster.answers import Explanation
from roster.problem import Assignment, Status
from roster.records import Records
from roster.rules.ladder import Solve, Step
from roster.rules.mending import Mended, Read, mend
from roster.rules.rulebook import RuleBook
from roster.services.conflicts import conflict_lines, folded
from roster.services.drafts import Drafts, check_not_reviewed
from roster.services.generating import Explain
from roster.services.preparing import Calendar
from roster.services.remedies import remedy_lines
from roster.services.standing import check_in_force, rosters_in_force
from roster.services.swapping.foreseen import Foreseen, foreseen
from roster.services.views import ConflictLine


@dataclass(frozen=True, slots=True)
class RepairedUnit:
    """A unit whose roster was repaired; its draft's row and number."""

    unit_id: str
    unit_name: str
    roster_id: int | None = None
    number: int | None = None


@dataclass(frozen=True)
class Repaired:
    """
    What a repair came to.

    Parameters
    ----------
    changes, proven
        Published assignments given up, and whether they are the fewest.
    unchanged
        Whether the roster in force does as it is; nothing is stored then.
    units
        The unit, and those whose rosters are one with its own.
    before, after
        Two rosters to compare, each with what it is read by.
    swaps
        Those that will not go along as they are when it is published.
    """

    status: Status
    changes: int
    proven: bool
    unchanged: bool
    units: tuple[RepairedUnit, ...]
    steps: tuple[Step, ...]
    conflict: tuple[ConflictLine, ...]
    before: Read
    after: Read
    seconds: float
    remedies: tuple[ConflictLine, ...] = ()
    swaps: tuple[Foreseen, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is a roster."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


def repair(
    records: Records,
    *,
    term_id: str,
    unit_id: str,
    since: date,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    solve: Solve,
    who: str,
    now: Callable[[], datetime],
    swapped: Mapping[str, Sequence[Assignment]] | None = None,
    seed: int = 0,
    keep_draft: bool = True,
    explain: Explain | None = None,
) -> Repaired:
    """
    The fewest changes from a date on, stored as a draft.

    Parameters
    ----------
    unit_id
        The unit's id or name.
    swapped
        By unit, the assignments that are approved swaps; by default those
        of the records.
    keep_draft
        Whether to store anything.
    explain
        Tells what would be enough where there is no roster.

    Raises
    ------
    Refused
        For a unit or term that is not there or has no published roster,
        a date outside the term, a roster published in the meantime, or a
        draft under review that would have to give way.
    """
    with records.reading() as session:
        units = rosters_in_force(
            session,
            term_id=term_id,
            unit_id=unit_id,
            since=since,
            calendar=calendar,
            books=books,
            swapped=swapped,
            seed=seed,
        )
        if keep_draft:
            places = [unit.case.unit for unit in units]
            check_not_reviewed(session, term_id, places)

    term = units[0].case.term
    version = calendar.version(term.first, term.last)
    mended = mend(units, since, solve)
    failed = mended.climb.outcome.status is Status.INFEASIBLE
    problem = mended.climb.problem
    found = explain(problem) if explain and failed else Explanation()
    remedies = tuple(remedy_lines(problem, found))
    done = replace(_repaired(mended), remedies=remedies)
    if mended.climb.found and mended.unchanged:
        return done

    if mended.climb.found:
        with records.reading() as session:
            swaps = foreseen(session, mended, now())
        done = replace(done, swaps=swaps)

    if not keep_draft:
        return done

    drafts = Drafts(records, who, now, version, len(units), lambda _: None)
    with records.writing() as session:
        check_in_force(session, units)
        rows = drafts.mended(session, mended, since)
        stored = {row.unit: (row.id, row.number) for row in rows}

    for number in drafts.failed:
        drafts.explained(number, found)

    return replace(done, units=_named(mended, stored))


def _named(
    mended: Mended, stored: Mapping[str, tuple[int, int]]
) -> tuple[RepairedUnit, ...]:
    return tuple(
        RepairedUnit(unit.id, unit.name, *stored.get(unit.id, ()))
        for unit in (in_force.case.unit for in_force in mended.units)
    )


def _repaired(mended: Mended) -> Repaired:
    climb, settled = mended.climb, mended.settled
    lines = conflict_lines(climb.case, climb.problem, climb.outcome.conflict)
    return Repaired(
        status=climb.outcome.status,
        changes=settled.changes,
        proven=settled.proven,
        unchanged=climb.found and mended.unchanged,
        units=_named(mended, {}),
        steps=climb.steps,
        conflict=folded(lines),
        before=mended.before,
        after=mended.after,
        seconds=climb.outcome.seconds,
    )
