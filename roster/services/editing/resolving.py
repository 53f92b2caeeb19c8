"""The rest of a draft is solved anew, and kept as one edit of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from roster.answers import Explanation
from roster.documents import write_outcome, write_problem
from roster.edits import Cells, Delta, EditVerb, desk_of
from roster.posts import COMBINED
from roster.problem import Assignment, Problem
from roster.records import Records, RosterRow, SolutionRow
from roster.rules.case import Case
from roster.rules.drafting import draft_problem
from roster.rules.ladder import Solve
from roster.rules.pooling import joint_problem
from roster.rules.resolving import Resolved, Rest, as_known, resolve
from roster.rules.rulebook import RuleBook
from roster.services import preparing
from roster.services.answering import Asked, roster_asked
from roster.services.conflicts import conflict_lines
from roster.services.editing.asking import Wanted, checked
from roster.services.editing.keeping import keep
from roster.services.editing.opening import log_of
from roster.services.editing.proof import RESOLVED
from roster.services.preparing import Calendar
from roster.services.remedies import remedy_lines
from roster.services.swapping.following import swapped_cells
from roster.services.turning import roster_in_force
from roster.services.views import ConflictLine

Explain = Callable[[Problem], Explanation]


@dataclass(frozen=True)
class Draft:
    """A draft taken up, to be solved without holding the records."""

    asked: Asked
    case: Case
    rest: Rest
    pins: Cells  # as the unit names its shifts


@dataclass(frozen=True)
class Answer:
    """
    What the rest came to, and what would be enough where it failed.

    ``delta`` is what it makes of the draft.
    """

    resolved: Resolved
    remedies: tuple[ConflictLine, ...] = ()
    delta: Delta = Delta()


def taken_up(
    session: Session,
    wanted: Wanted,
    *,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> Draft:
    """
    The draft with all that solving its rest needs.

    Raises
    ------
    Refused, Stale
        As `asking.ask_for_rest` does.
    """
    row = checked(session, wanted)
    asked = roster_asked(
        session, unit_id=row.unit, term_id=row.term, number=row.number
    )
    cases = preparing.cases(
        session,
        term_id=row.term,
        unit_ids=list(asked.units) or [row.unit],
        calendar=calendar,
        books=books,
        past=False,
    )
    pins = desk_of(log_of(session, row)).pins - wanted.loose
    standing = roster_in_force(session, row.unit, row.term)
    swapped = swapped_cells(session, standing) if standing else ()
    rest = Rest(
        as_known(asked.problem, _today(asked, cases)),
        asked.held,
        _named(asked, pins),
        wanted.since,
        wanted.fewest,
        asked.prefix,
        _named(asked, swapped),
    )
    case = next(case for case in cases if case.unit.id == row.unit)
    return Draft(asked, case, rest, pins)


def _today(asked: Asked, cases: Sequence[Case]) -> Problem:
    """What it would rest on if it were drafted today."""
    posts = {shift.post.rpartition("/")[2] for shift in asked.problem.shifts}
    cases = [replace(case, combined=COMBINED in posts) for case in cases]
    return joint_problem(cases) if asked.prefix else draft_problem(cases[0])


def _named(asked: Asked, cells: Iterable[Assignment]) -> Cells:
    """Cells as the problem names them."""
    return frozenset(asked.cell(cell.shift, cell.staff) for cell in cells)


def answered(
    draft: Draft, wanted: Wanted, solve: Solve, explain: Explain
) -> Answer:
    """Solves it; where there is no roster, tells what would be enough."""
    found = resolve(draft.rest, solve)
    if found.found:
        return Answer(found, delta=_delta(draft, found, wanted))

    if found.loose:
        return Answer(found, (_loosened(draft, found),))

    if not found.outcome.conflict:
        return Answer(found)

    bare = draft.rest.bare
    return Answer(found, tuple(remedy_lines(bare, explain(bare))))


def _loosened(draft: Draft, found: Resolved) -> ConflictLine:
    """Which pins to let go, ready for words."""
    problem = found.problem
    pins = [
        {
            "name": problem.person[cell.staff].name or cell.staff,
            "date": str(problem.shift[cell.shift].date),
            "post": problem.shift[cell.shift].post,
            "cell": [draft.asked.own(cell.shift), cell.staff],
        }
        for cell in sorted(found.loose)
    ]
    return ConflictLine("unpin", "", {"pins": pins, "proven": found.fewest})


def kept(
    session: Session,
    wanted: Wanted,
    draft: Draft,
    answer: Answer,
    *,
    who: str,
    now: datetime,
) -> tuple[RosterRow, SolutionRow]:
    """
    Stores the answer; a roster that was found becomes one edit.

    Raises
    ------
    Refused, Stale
        As `asking.ask_for_rest` does.
    """
    row = checked(session, wanted)
    solution = stored(session, row, draft, answer, now)
    if answer.resolved.found:
        assert not answer.delta.gone & draft.pins
        keep(
            session,
            row,
            EditVerb.RESOLVE,
            answer.delta,
            who=who,
            now=now,
            solution=solution.id,
        )
    return row, solution


def _delta(draft: Draft, found: Resolved, wanted: Wanted) -> Delta:
    asked, rest = draft.asked, draft.rest
    before, after = (
        frozenset(
            Assignment(asked.own(cell.shift), cell.staff)
            for cell in cells
            if cell.shift in rest.problem.shift
            and not rest.stays(rest.problem.shift[cell.shift])
        )
        for cells in (asked.held, found.outcome.assignments)
    )
    return Delta(before - after, after - before, unpinned=wanted.loose)


def stored(
    session: Session,
    row: RosterRow,
    draft: Draft,
    answer: Answer,
    now: datetime,
) -> SolutionRow:
    """The answer as a solution; its steps are those of the draft."""
    old = session.get_one(SolutionRow, row.solution)
    problem, outcome = answer.resolved.problem, answer.resolved.outcome
    lines = conflict_lines(draft.case, problem, outcome.conflict)
    solution = SolutionRow(
        unit=row.unit,
        term=row.term,
        problem=write_problem(problem),
        outcome=write_outcome(outcome),
        status=outcome.status.value,
        tiers=[[t.tier, t.cost, t.bound] for t in outcome.tiers],
        steps=list(old.steps),
        conflict=[asdict(line) for line in lines],
        remedies=[asdict(line) for line in answer.remedies],
        book=old.book,
        calendar=old.calendar,
        provisional=old.provisional,
        seed=old.seed,
        seconds=outcome.seconds,
        solver=f"{RESOLVED}{outcome.solver}"[:80],
        made_at=now,
    )
    session.add(solution)
    session.flush()
    return solution


def resolve_rest(
    records: Records,
    wanted: Wanted,
    *,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    solve: Solve,
    explain: Explain,
    who: str,
    now: Callable[[], datetime],
) -> Answer:
    """
    All of it at once, for whoever waits.

    Raises
    ------
    Refused, Stale
        As `asking.ask_for_rest` does; nothing is stored then.
    """
    with records.reading() as session:
        draft = taken_up(session, wanted, calendar=calendar, books=books)

    answer = answered(draft, wanted, solve, explain)
    with records.writing() as session:
        kept(session, wanted, draft, answer, who=who, now=now())

    return answer
