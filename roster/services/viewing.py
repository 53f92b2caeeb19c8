"""What the pages show: the county's board, rosters, people, failures."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.days import Term
from roster.people import Unit
from roster.posts import SHANGHAI
from roster.problem import TierResult
from roster.records import (
    RosterRow,
    SolutionRow,
    StaffRow,
    TermRow,
    UnitRow,
)
from roster.records.values import term_of, unit_of
from roster.review import State
from roster.rules.rulebook import RuleBook
from roster.services.conflicts import folded
from roster.services.duties import Duties
from roster.services.editing.proof import (
    EDITED,
    FOUND,
    RESOLVED,
    proof_of,
    proven_tiers,
)
from roster.services.preparing import Calendar
from roster.services.remedies import relaxable
from roster.services.ruling import params_of
from roster.services.views import (
    ConflictLine,
    DayView,
    DutyView,
    FailureView,
    RosterHead,
    RosterView,
    StaffLine,
    StepView,
)


def terms(session: Session) -> tuple[Term, ...]:
    """All terms, the earliest first."""
    rows = session.scalars(select(TermRow).order_by(TermRow.first))
    return tuple(term_of(row) for row in rows)


def current_term(session: Session, today: date) -> Term | None:
    """The term a day lies in, else the next one, else the last."""
    every = terms(session)
    later = [term for term in every if today <= term.last]
    return later[0] if later else (every[-1] if every else None)


def units(session: Session) -> tuple[Unit, ...]:
    """All units of the tree, by id."""
    rows = session.scalars(select(UnitRow).order_by(UnitRow.id))
    return tuple(unit_of(row) for row in rows)


def unit(session: Session, unit_id: str) -> Unit | None:
    """A unit by its id."""
    row = session.get(UnitRow, unit_id)
    return unit_of(row) if row else None


def staff_of(session: Session, *, unit_id: str) -> tuple[StaffLine, ...]:
    """A unit's people, without telephone numbers."""
    rows = session.scalars(
        select(StaffRow).where(StaffRow.unit == unit_id).order_by(StaffRow.id)
    )
    return tuple(
        StaffLine(row.id, row.name, row.position, row.standing) for row in rows
    )


def shown_roster(
    session: Session, unit_id: str, term_id: str, number: int | None = None
) -> RosterRow | None:
    """
    The version asked for, else the one in force, else the draft.

    A withdrawn version is shown to whoever asks for it by its number.
    """
    wanted = select(RosterRow).where(
        RosterRow.unit == unit_id, RosterRow.term == term_id
    )
    if number is None:
        wanted = wanted.where(RosterRow.state != State.WITHDRAWN)
    else:
        wanted = wanted.where(RosterRow.number == number)

    order = (RosterRow.state == "published").desc(), RosterRow.number.desc()
    return session.scalars(wanted.order_by(*order)).first()


def roster(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    number: int | None = None,
) -> RosterView | None:
    """A unit's roster for a term, day by day."""
    row = shown_roster(session, unit_id, term_id, number)
    if row is None:
        return None

    place = unit_of(session.get_one(UnitRow, unit_id))
    duties = Duties(session, params_of(session, place, books))
    views = duties.of_all(row.shifts, unit_id)
    head = roster_head(session, row)
    return RosterView(
        head,
        _days(views, row, head.term, calendar),
        namesakes(_names(session, unit_id, views)),
    )


def _names(
    session: Session, unit_id: str, views: tuple[DutyView, ...]
) -> dict[str, str]:
    """By id, everybody of the unit and on its roster."""
    own = select(StaffRow.id, StaffRow.name).where(StaffRow.unit == unit_id)
    names = {view.staff_id: view.staff_name for view in views if view.staff_id}
    return names | {id_: name for id_, name in session.execute(own)}


def namesakes(names: Mapping[str, str]) -> frozenset[str]:
    """The ids of whoever bears a name that another bears, too."""
    count = Counter(names.values())
    return frozenset(id_ for id_, name in names.items() if count[name] > 1)


def _days(
    views: tuple[DutyView, ...],
    row: RosterRow,
    term: Term,
    calendar: Calendar,
) -> tuple[DayView, ...]:
    on = {shift.shift: shift.on for shift in row.shifts}
    days: dict[date, list[DutyView]] = {}
    for view in views:
        days.setdefault(on[view.shift_id], []).append(view)

    return tuple(
        DayView(
            calendar.day(when),
            "students" in duties[0].tags,
            term.in_vacation(when),
            tuple(duties),
        )
        for when, duties in sorted(days.items())
    )


def roster_head(session: Session, row: RosterRow) -> RosterHead:
    """Which roster it is and how good it is proven."""
    solution = session.get_one(SolutionRow, row.solution)
    place = session.get_one(UnitRow, row.unit)
    proof = proof_of(session, row)
    return RosterHead(
        roster_id=row.id,
        unit_id=place.id,
        unit_name=place.name,
        unit_phone=place.phone,
        term=term_of(session.get_one(TermRow, row.term)),
        number=row.number,
        state=row.state,
        provisional=solution.provisional,
        author=row.author,
        approver=row.approver,
        published_at=published_at(row),
        editor=row.editor,
        base=row.base,
        revision=row.revision,
        calendar_version=solution.calendar,
        solver=solution.solver,
        seed=solution.seed,
        seconds=solution.seconds,
        status=proof.status if proof else EDITED,
        # What was proven of the goals may be of another roster.
        tiers=proven_tiers(proof),
        steps=steps_of(solution),
        resolved=proof is not None and proof.id != solution.id,
    )


def published_at(row: RosterRow) -> datetime | None:
    """When a roster was published, on the office's clock."""
    moment = row.published_at
    return moment.astimezone(SHANGHAI) if moment else None


def tiers_of(solution: SolutionRow) -> tuple[TierResult, ...]:
    """What each tier costs, with its bound."""
    return tuple(TierResult(*tier) for tier in solution.tiers)


def steps_of(solution: SolutionRow) -> tuple[StepView, ...]:
    """What was tried, step by step."""
    return tuple(
        StepView(
            step["code"],
            step["article"],
            step["status"],
            {
                "days": step["days"],
                "units": step["units"],
                "patches": step.get("patches", []),
            },
        )
        for step in solution.steps
    )


def newest_attempt(
    session: Session, unit_id: str, term_id: str
) -> SolutionRow | None:
    """
    The last attempt at a unit's term, if it came to nothing.

    A draft whose rest could not be solved anew is there all the same.
    """
    newest = (
        select(SolutionRow)
        .where(SolutionRow.unit == unit_id, SolutionRow.term == term_id)
        .where(SolutionRow.solver.not_like(f"{RESOLVED}%"))
        .order_by(SolutionRow.id.desc())
    )
    solution = session.scalars(newest).first()
    if solution is None or solution.status in FOUND:
        return None

    return solution


def failure(
    session: Session, *, unit_id: str, term_id: str
) -> FailureView | None:
    """Why the last attempt at a unit came to nothing; None if it did not."""
    solution = newest_attempt(session, unit_id, term_id)
    if solution is None:
        return None

    return FailureView(
        unit_id,
        session.get_one(UnitRow, unit_id).name,
        term_of(session.get_one(TermRow, term_id)),
        solution.status,
        steps_of(solution),
        folded(ConflictLine(**line) for line in solution.conflict),
        tuple(ConflictLine(**line) for line in solution.remedies or ()),
        solution.id,
        relaxable(solution),
    )
