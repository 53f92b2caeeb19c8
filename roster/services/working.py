"""Works on a claimed request: what is finished is not done again."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, cast

from sqlalchemy.orm import Session

from roster.answers import Explanation
from roster.documents import read_outcome, read_problem
from roster.errors import Refused
from roster.problem import Outcome, Patch, Problem, Status
from roster.records import RequestRow, SolutionRow
from roster.rules.case import Case
from roster.rules.easing import eased, relaxed_step
from roster.rules.ladder import COMBINED, POOLED, Climb, Solve, Step
from roster.rules.rulebook import RuleBook
from roster.services import preparing
from roster.services.claiming import Cancelled, Hold, Lost, Stopped
from roster.services.drafts import Drafts, under_review
from roster.services.editing.asking import Wanted, wanted_of
from roster.services.editing.resolving import answered, kept, taken_up
from roster.services.generating import Begun, Explain, generate
from roster.services.preparing import Calendar
from roster.services.remedies import patch_facts
from roster.services.requesting import (
    CANCELLED,
    DONE,
    FAILED,
    RELAX,
    RESOLVE,
)


@dataclass(frozen=True)
class Tools:
    """
    What the work is done with.

    ``run`` is `solver.parallel.run`, or does as that; ``calendar`` and
    ``books`` are those of the moment.
    """

    calendar: Calendar
    books: Mapping[str, RuleBook]
    solve: Solve
    explain: Explain
    run: Callable[..., Any]
    now: Callable[[], datetime]
    jobs: int | None = None


def work_on(hold: Hold, tools: Tools) -> None:
    """
    Does what was asked for, as far as it is still to be done.

    When the worker is told to stop, the request goes back to the queue;
    a mistake of the program ends it, and is raised.
    """
    with suppress(Lost):
        try:
            _work(hold, tools)
        except Cancelled:
            hold.end(CANCELLED)
        except Stopped:
            hold.release()
        except Refused as error:
            hold.end(FAILED, error.code)
        except Lost:
            raise
        except Exception:
            hold.end(FAILED, "program-mistake")
            raise
        else:
            hold.end(DONE)


@dataclass(frozen=True)
class _Order:
    """What was asked for, and how far it is."""

    kind: str
    unit: str
    term: str
    seed: int
    who: str
    solution: int | None
    choice: int
    left: tuple[str, ...]
    reviewed: tuple[str, ...]
    done: Mapping[str, int | None]  # the units' solutions
    helpers: tuple[str, ...]  # units with a roster of their own
    wanted: Wanted | None = None  # of a draft's rest


def _order(session: Session, number: int) -> _Order:
    row = session.get_one(RequestRow, number)
    waiting = [unit.unit for unit in row.units if unit.state == "waiting"]
    reviewed = under_review(session, row.term)
    return _Order(
        row.kind,
        row.unit,
        row.term,
        row.seed,
        row.who,
        row.solution,
        row.choice,
        left=tuple(unit for unit in waiting if unit not in reviewed),
        reviewed=tuple(unit for unit in waiting if unit in reviewed),
        done={u.unit: u.solution for u in row.units if u.state != "waiting"},
        helpers=tuple(
            u.unit
            for u in row.units
            if u.state == "found" and u.step != POOLED
        ),
        wanted=wanted_of(row.wanted) if row.wanted else None,
    )


def _work(hold: Hold, tools: Tools) -> None:
    with hold.records.reading() as session:
        order = _order(session, hold.number)

    for unit in order.reviewed:
        hold.finish(unit, "kept")

    if order.kind not in (RELAX, RESOLVE):
        _generate(hold, tools, order)
    elif order.left:
        (_relax if order.kind == RELAX else _resolve)(hold, tools, order)


def _generate(hold: Hold, tools: Tools, order: _Order) -> None:
    with hold.records.reading() as session:
        begun = _begun(session, tools, order)

    generate(
        hold.records,
        term_id=order.term,
        unit_ids=order.left,
        calendar=tools.calendar,
        books=dict(tools.books),
        solve=tools.solve,
        explain=tools.explain,
        run=partial(tools.run, watch=hold.watch),
        who=order.who,
        now=tools.now,
        seed=order.seed,
        jobs=tools.jobs,
        begun=begun,
        witness=hold,
    )


def _begun(session: Session, tools: Tools, order: _Order) -> Begun:
    """What those finished before may still be needed for."""
    cases = _cases(session, tools, order, order.helpers if order.left else ())
    solutions = {
        unit: session.get_one(SolutionRow, number)
        for unit, number in order.done.items()
        if number is not None
    }
    failed = {
        found.id: read_problem(found.problem)
        for found in solutions.values()
        if found.status == Status.INFEASIBLE and found.remedies is None
    }
    climbs = (_climb(case, solutions[case.unit.id]) for case in cases)
    return Begun(tuple(climbs), failed)


def _cases(
    session: Session, tools: Tools, order: _Order, units: Sequence[str]
) -> tuple[Case, ...]:
    return preparing.cases(
        session,
        term_id=order.term,
        unit_ids=units,
        calendar=tools.calendar,
        books=tools.books,
        seed=order.seed,
    )


def _climb(case: Case, solution: SolutionRow) -> Climb:
    """A unit's way to its roster, as it was stored."""
    step = solution.steps[-1]
    case = replace(
        case, gap_cut=step["days"], combined=step["code"] == COMBINED
    )
    return Climb(
        case,
        read_problem(solution.problem),
        read_outcome(solution.outcome),
        (),
    )


def _relax(hold: Hold, tools: Tools, order: _Order) -> None:
    """One relaxation of a failed attempt, as a draft that says so."""
    with hold.records.reading() as session:
        attempt = _attempt(session, order)
        (case,) = _cases(session, tools, order, order.left)

    problem, patches = attempt.problem, attempt.patches
    wanted = eased(problem, patches)
    outcome = _solved(hold, tools, wanted)
    told = tuple(patch_facts(problem, patch) for patch in patches)
    last = relaxed_step(problem, patches, told, outcome.status, attempt.steps)
    climb = Climb(case, wanted, outcome, (*attempt.steps, last))
    if not climb.found:
        # What would be enough must stay in sight.
        hold.finish(order.unit, "failed", outcome.status.value)
        return

    Drafts(
        hold.records,
        order.who,
        tools.now,
        attempt.calendar,
        1,
        lambda _: None,
        hold,
    ).settled(climb, climb.steps)


@dataclass(frozen=True)
class _Attempt:
    """A failed attempt, and the relaxation of it that is tried."""

    problem: Problem
    patches: tuple[Patch, ...]
    steps: tuple[Step, ...]
    calendar: str


def _attempt(session: Session, order: _Order) -> _Attempt:
    row = session.get_one(SolutionRow, order.solution)
    return _Attempt(
        read_problem(row.problem),
        read_outcome(row.outcome).relaxations[order.choice],
        tuple(_step(step) for step in row.steps),
        row.calendar,
    )


def _resolve(hold: Hold, tools: Tools, order: _Order) -> None:
    """The rest of a draft, unless somebody changed it in the meantime."""
    assert order.wanted is not None
    try:
        with hold.records.reading() as session:
            draft = taken_up(
                session,
                order.wanted,
                calendar=tools.calendar,
                books=tools.books,
            )
    except Refused:
        hold.finish(order.unit, "kept")
        return

    answer = answered(
        draft,
        order.wanted,
        partial(_solved, hold, tools),
        partial(_explained, hold, tools),
    )
    try:
        with hold.records.writing() as session:
            row, solution = kept(
                session,
                order.wanted,
                draft,
                answer,
                who=order.who,
                now=tools.now(),
            )
            roster = row if answer.resolved.found else None
            hold.stored(session, order.unit, solution, roster)
    except Refused:
        hold.finish(order.unit, "kept")


def _solved(hold: Hold, tools: Tools, problem: Problem) -> Outcome:
    """Solved in a process of its own, so that the site stays quick."""

    def lost(_: str, reason: str) -> Outcome:
        return Outcome(problem.id, Status.UNKNOWN, solver=reason)

    return cast(Outcome, _beside(hold, tools, tools.solve, problem, lost))


def _explained(hold: Hold, tools: Tools, problem: Problem) -> Explanation:
    """The same for what would be enough."""
    found = _beside(
        hold, tools, tools.explain, problem, lambda *_: Explanation()
    )
    return cast(Explanation, found)


def _beside(
    hold: Hold,
    tools: Tools,
    work: Callable[[Problem], Any],
    problem: Problem,
    lost: Callable[[str, str], Any],
) -> Any:
    tasks = [(problem.id, problem)]
    found = tools.run(tasks, work=work, on_failure=lost, watch=hold.watch)
    ((_, came),) = found
    return came


def _step(words: Mapping[str, Any]) -> Step:
    """A stored step."""
    lists = ("units", "cuts", "patches")
    found: dict[str, Any] = {**words, "status": Status(words["status"])}
    found.update((name, tuple(words.get(name, ()))) for name in lists)
    return Step(**found)
