"""What stands between a draft and its publication."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.audit import Breach, breaches
from roster.documents import read_problem
from roster.errors import Refused
from roster.problem import Assignment, Problem
from roster.records import (
    RosterRow,
    SolutionRow,
    StaffRow,
    TermRow,
    UnitRow,
)
from roster.review import OPEN
from roster.rules.clauses import Keep
from roster.rules.rulebook import RuleBook
from roster.services.answering import bound, breach_line
from roster.services.drafts import digest_of
from roster.services.fitness import Fitness, Unfit, fitness_of
from roster.services.preparing import Calendar
from roster.services.served import in_force, number_in_force
from roster.services.views import ConflictLine


@dataclass(frozen=True, slots=True)
class Broken:
    """A mandatory rule that a draft breaks: which, on which days, by whom."""

    line: ConflictLine
    dates: tuple[date, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readiness:
    """
    Why a draft may not be published as it stands; nothing, if it may.

    ``refusals`` are its own; ``broken`` are the rules it breaks.
    """

    refusals: tuple[Refused, ...] = ()
    broken: tuple[Broken, ...] = field(default=())

    @property
    def ready(self) -> bool:
        """Whether nothing stands against it."""
        return not self.refusals and not self.broken


def readiness(
    session: Session,
    row: RosterRow,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> Readiness:
    """Everything against a draft, at once."""
    refusals = []
    for check in CHECKS:
        try:
            check(session, row, calendar)
        except Refused as refusal:
            refusals.append(refusal)

    found = _read(session, row, books)
    return Readiness(tuple(refusals), tuple(_told(session, found)))


def check_ready(
    session: Session,
    row: RosterRow,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> None:
    """
    Refuses what may not be published as it stands.

    Raises
    ------
    Refused
        For an open shift, a draft somebody altered behind the records'
        back, a calendar or a version in force that has changed since, a
        mandatory rule it breaks, or somebody who by what was entered since
        cannot have a duty.
    """
    for check in CHECKS:
        check(session, row, calendar)

    found = _read(session, row, books)
    if found.breaches:
        articles = dict.fromkeys(one.article for one in found.breaches)
        raise Refused(
            "rules-broken",
            unit=_name(session, row.unit),
            number=len(found.breaches),
            articles="、".join(word for word in articles if word) or "–",
        )

    if found.unfit:
        # Who it is, and why, is told to those who may know of it.
        shifts = dict.fromkeys(cell.shift for cell, _ in found.unfit)
        name = _name(session, row.unit)
        raise Refused("unfit-since", unit=name, shifts=list(shifts))


def _check_filled(session: Session, row: RosterRow, _: Calendar) -> None:
    unfilled = [
        shift.shift for shift in row.shifts if len(shift.held) != shift.needs
    ]
    if unfilled:
        raise Refused(
            "open-shifts", unit=_name(session, row.unit), shifts=unfilled
        )


def _check_digest(session: Session, row: RosterRow, _: Calendar) -> None:
    if digest_of(cells_of(row)) != row.digest:
        raise Refused("draft-altered", unit=_name(session, row.unit))


def _check_base(session: Session, row: RosterRow, _: Calendar) -> None:
    """What was made on another version would undo the one in force."""
    number = number_in_force(session, row.unit, row.term)
    if number != row.base:
        raise Refused(
            "base-renewed",
            unit=_name(session, row.unit),
            base=row.base,
            value=number,
        )


def _check_calendar(
    session: Session, row: RosterRow, calendar: Calendar
) -> None:
    term = session.get_one(TermRow, row.term)
    solution = session.get_one(SolutionRow, row.solution)
    if calendar.version(term.first, term.last) != solution.calendar:
        raise Refused(
            "calendar-changed",
            unit=_name(session, row.unit),
            term=term.name,
        )


CHECKS: tuple[Callable[[Session, RosterRow, Calendar], None], ...] = (
    _check_filled,
    _check_digest,
    _check_base,
    _check_calendar,
)


def _name(session: Session, unit: str) -> str:
    return session.get_one(UnitRow, unit).name


def cells_of(row: RosterRow, prefix: str = "") -> list[Assignment]:
    """A roster's assignments, its shifts named as a problem names them."""
    return [
        Assignment(f"{prefix}{shift.shift}", held.staff)
        for shift in row.shifts
        for held in shift.held
    ]


def solved_with(session: Session, row: RosterRow) -> tuple[RosterRow, ...]:
    """The drafts of other units that rest on the same solution."""
    others = select(RosterRow).where(
        RosterRow.solution == row.solution,
        RosterRow.id != row.id,
        RosterRow.state.in_(OPEN),
    )
    return tuple(session.scalars(others.order_by(RosterRow.unit)))


@dataclass(frozen=True)
class _Found:
    """
    What is wrong with a draft's assignments.

    Parameters
    ----------
    breaches
        Mandatory rules it breaks, by the problem it was drafted from.
    unfit
        Who by today's records, ``fit``, cannot have a duty, which that
        problem does not know.
    """

    problem: Problem
    breaches: tuple[Breach, ...]
    fit: Fitness
    unfit: tuple[tuple[Assignment, Unfit], ...]


def _read(
    session: Session, row: RosterRow, books: Mapping[str, RuleBook]
) -> _Found:
    """Units that were solved together are read together."""
    solution = session.get_one(SolutionRow, row.solution)
    problem = bound(session, row, read_problem(solution.problem))
    units = {id_.partition(":")[0] for id_ in problem.shift if ":" in id_}
    joint = row.unit in units
    cells = cells_of(row, f"{row.unit}:" if joint else "")
    if joint:
        for unit in units - {row.unit}:
            cells += _beside(session, row, unit)

    prefix = f"{row.unit}:" if joint else ""
    own = {f"{prefix}{shift.shift}" for shift in row.shifts}
    broken = []
    for breach in breaches(problem, cells):
        # A shift of its own that is open is told apart; to have changed
        # more than a repair had to is no breach of an article.
        filled = breach.rule == "coverage" and own.issuperset(breach.shifts)
        kept = isinstance(problem.clause.get(breach.rule), Keep)
        if not (filled or kept or _of_another(breach, prefix)):
            broken.append(breach)

    mine = [cell for cell in cells if cell.shift in own]
    fit = fitness_of(session, {cell.staff for cell in mine}, books)
    serving = units if joint else {row.unit}
    unfit = tuple(fit.news(problem, mine, broken, serving, cells))
    return _Found(problem, tuple(broken), fit, unfit)


def _beside(session: Session, row: RosterRow, unit: str) -> list[Assignment]:
    """Another unit's part: its draft of the same solution, else in force."""
    drafted = {one.unit: one for one in solved_with(session, row)}
    standing = select(RosterRow).where(
        in_force(), RosterRow.unit == unit, RosterRow.term == row.term
    )
    other = drafted.get(unit) or session.scalars(standing).one_or_none()
    return cells_of(other, f"{unit}:") if other else []


def _of_another(breach: Breach, prefix: str) -> bool:
    """Whether it is about other units' shifts alone."""
    shifts = breach.shifts
    return bool(shifts) and not any(s.startswith(prefix) for s in shifts)


def _told(session: Session, found: _Found) -> Iterator[Broken]:
    """Each of them ready for words."""
    problem = found.problem

    def names(staff: Iterable[str]) -> tuple[str, ...]:
        return tuple(session.get_one(StaffRow, one).name for one in staff)

    for breach in found.breaches:
        line = _line(problem, breach)
        dates = breach.dates or _dates(problem, breach.shifts)
        yield Broken(line, dates, names(breach.staff))

    alike: dict[tuple[str, Unfit], list[str]] = {}
    for cell, why in found.unfit:
        alike.setdefault((cell.staff, why), []).append(cell.shift)

    for (staff, why), shifts in alike.items():
        line = found.fit.line(staff, why)
        yield Broken(line, _dates(problem, shifts), names([staff]))


def _dates(problem: Problem, shifts: Iterable[str]) -> tuple[date, ...]:
    return tuple(problem.shift[s].date for s in shifts if s in problem.shift)


def _line(problem: Problem, breach: Breach) -> ConflictLine:
    """Somebody or a shift today's problem does not know has no clause."""
    known = all(staff in problem.person for staff in breach.staff) and all(
        shift in problem.shift for shift in breach.shifts
    )
    if known:
        return breach_line(problem, breach)

    return ConflictLine(breach.rule, breach.article)
