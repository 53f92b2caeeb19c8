"""
A term's rosters for the bureau and every school, as drafts.

Units are solved side by side; each is stored when it is done, so that what
is finished stays when the rest is broken off. Units without a roster are
then helped by their district.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from roster.answers import Explanation
from roster.problem import Outcome, Problem, Status
from roster.records import Records
from roster.rules.case import Case
from roster.rules.drafting import draft_problem
from roster.rules.ladder import PLAIN, Climb, Solve, Step, climb
from roster.rules.pooling import Pooled, may_pool, pool
from roster.rules.rulebook import RuleBook
from roster.services import preparing
from roster.services.drafts import Drafts, Witness, check_not_reviewed
from roster.services.views import Generation, UnitDone

Tasks = Sequence[tuple[str, Any]]
Failure = Callable[[str, str], Any]
Explain = Callable[[Problem], Explanation]


@dataclass(frozen=True)
class Begun:
    """
    What a generation that was broken off had come to.

    Parameters
    ----------
    climbs
        Units with a roster of their own, which may help their district.
    failed
        By solution, the problems without a roster nobody has explained.
    """

    climbs: tuple[Climb, ...] = ()
    failed: Mapping[int, Problem] = field(default_factory=dict)


NOTHING = Begun()


class Run(Protocol):
    """Does work on tasks side by side, as `solver.parallel.run`."""

    def __call__(
        self,
        tasks: Tasks,
        *,
        work: Callable[[Any], Any],
        on_failure: Failure,
        jobs: int | None = None,
    ) -> Iterator[tuple[str, Any]]:
        """Each task's key with what came of it, in the order they end."""
        ...


def generate(
    records: Records,
    *,
    term_id: str,
    unit_ids: Sequence[str] | None = None,
    calendar: preparing.Calendar,
    books: dict[str, RuleBook],
    solve: Solve,
    run: Run,
    who: str,
    now: Callable[[], datetime],
    seed: int = 0,
    jobs: int | None = None,
    progress: Callable[[UnitDone], None] = lambda _: None,
    explain: Explain | None = None,
    begun: Begun = NOTHING,
    witness: Witness | None = None,
) -> Generation:
    """
    Drafts for the units named, or for all.

    ``solve`` and ``explain`` must be picklable, for they go to other
    processes; with the latter, units without a roster are told what would
    be enough. ``witness`` is told of each unit as it is stored.

    Raises
    ------
    Refused
        For a term or a unit that is not in the records, or a roster that
        is being reviewed.
    """
    with records.reading() as session:
        term = preparing.term(session, term_id)
        found = preparing.cases(
            session,
            term_id=term_id,
            unit_ids=unit_ids,
            calendar=calendar,
            books=books,
            seed=seed,
        )
        units = [case.unit for case in found]
        check_not_reviewed(session, term_id, units)

    version = calendar.version(term.first, term.last)
    drafts = Drafts(records, who, now, version, len(found), progress, witness)
    drafts.climbs.extend(begun.climbs)
    drafts.failed.update(begun.failed)
    _alone(found, drafts, partial(run, jobs=jobs), solve)
    _together(drafts, partial(run, jobs=jobs), solve)
    if explain:
        _explained(drafts, partial(run, jobs=jobs), explain)

    return Generation(tuple(drafts.done))


def _alone(
    cases: Sequence[Case],
    drafts: Drafts,
    run: Callable[..., Any],
    solve: Solve,
) -> None:
    by_unit = {case.unit.id: case for case in cases}

    def lost(unit: str, reason: str) -> Climb:
        return _lost(by_unit[unit], reason)

    tasks = [(case.unit.id, case) for case in cases]
    work = partial(climb, solve=solve)
    for _, found in run(tasks, work=work, on_failure=lost):
        drafts.climbed(found)


def _lost(case: Case, reason: str) -> Climb:
    """A unit whose process died: nothing is known, and that is said."""
    problem = draft_problem(case)
    outcome = Outcome(problem.id, Status.UNKNOWN, solver=reason)
    steps = (Step(PLAIN, "", Status.UNKNOWN),)
    return Climb(case, problem, outcome, steps)


def _together(drafts: Drafts, run: Callable[..., Any], solve: Solve) -> None:
    """Districts help their failed units, one after the other in each."""
    tasks = list(_districts(drafts.waiting, drafts.climbs))

    def lost(district: str, reason: str) -> list[tuple[Climb, Any, Any]]:
        failed = dict(tasks)[district][0]
        return [(climbed, None, ()) for climbed in failed]

    work = partial(help_out, solve=solve)
    for _, answers in run(tasks, work=work, on_failure=lost):
        for failed, pooled, steps in answers:
            drafts.pooled(failed, pooled, steps)


def _explained(
    drafts: Drafts, run: Callable[..., Any], explain: Explain
) -> None:
    """What would have been enough for those left without a roster."""
    tasks = [(str(number), p) for number, p in drafts.failed.items()]

    def lost(_number: str, _reason: str) -> Explanation:
        return Explanation()

    for number, found in run(tasks, work=explain, on_failure=lost):
        drafts.explained(int(number), found)


def _districts(
    waiting: Sequence[Climb], climbs: Sequence[Climb]
) -> Iterator[tuple[str, tuple[list[Climb], list[Climb]]]]:
    """By district, the units that failed and those that may help."""
    for district in sorted({c.case.unit.parent for c in waiting}):
        failed = [c for c in waiting if c.case.unit.parent == district]
        helpers = [
            c
            for c in climbs
            if c.found
            and c.case.unit.parent == district
            and c.case.book.id == failed[0].case.book.id
            and may_pool(c.case)
        ]
        yield district, (failed, helpers)


def help_out(
    task: tuple[list[Climb], list[Climb]], solve: Solve
) -> list[tuple[Climb, Pooled | None, tuple[Step, ...]]]:
    """Each failed unit of a district with the help it found."""
    failed, helpers = task
    answers = []
    for climbed in failed:
        pooled, steps = pool(climbed, helpers, solve)
        answers.append((climbed, pooled, steps))
        if pooled:
            # Who helps one unit is not asked again for another.
            busy = set(pooled.step.units)
            helpers = [h for h in helpers if h.case.unit.id not in busy]

    return answers
