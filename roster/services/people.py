"""A person's duties, and how evenly a unit's people bear theirs."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.documents import read_problem
from roster.ledger import LEDGERS
from roster.problem import Problem
from roster.records import (
    AssignmentRow,
    RosterRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
    UnitRow,
)
from roster.records.values import unit_of
from roster.rules.rulebook import RuleBook
from roster.services.answering import roster_asked
from roster.services.duties import Duties
from roster.services.preparing import Calendar
from roster.services.ruling import params_of
from roster.services.served import in_force
from roster.services.viewing import roster_head, shown_roster
from roster.services.views import (
    DutyView,
    FairnessView,
    PersonLoad,
    StaffDuty,
    StaffView,
)


def staff_duties(
    session: Session,
    *,
    staff_id: str,
    first: date,
    last: date,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> StaffView | None:
    """A person's published duties between two dates, in order of time."""
    person = session.get(StaffRow, staff_id)
    if person is None:
        return None

    home = session.get_one(UnitRow, person.unit)
    mine = (
        select(ShiftRow, RosterRow)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .join(AssignmentRow, AssignmentRow.shift == ShiftRow.id)
        .where(
            in_force(),
            AssignmentRow.staff == staff_id,
            ShiftRow.on >= first,
            ShiftRow.on <= last,
        )
        .order_by(ShiftRow.start)
    )
    return StaffView(
        person.id,
        person.name,
        person.position,
        home.id,
        home.name,
        tuple(
            _duty(session, person.id, row, roster, calendar, books)
            for row, roster in session.execute(mine).all()
        ),
    )


def _duty(
    session: Session,
    staff_id: str,
    row: ShiftRow,
    roster: RosterRow,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> StaffDuty:
    """One duty with everybody who is on duty there that day."""
    place = unit_of(session.get_one(UnitRow, roster.unit))
    same_day = select(ShiftRow).where(
        ShiftRow.roster == roster.id, ShiftRow.on == row.on
    )
    duties = Duties(session, params_of(session, place, books))
    views = duties.of_all(session.scalars(same_day).all(), roster.unit)

    def is_it(view: DutyView) -> bool:
        return view.shift_id == row.shift and view.staff_id == staff_id

    return StaffDuty(
        calendar.day(row.on),
        next(view for view in views if is_it(view)),
        place.name,
        tuple(view for view in views if view.staff_id and not is_it(view)),
    )


def fairness(
    session: Session, *, unit_id: str, term_id: str
) -> FairnessView | None:
    """Everybody's duties by ledger: brought along, and in the term."""
    row = shown_roster(session, unit_id, term_id)
    if row is None:
        return None

    solution = session.get_one(SolutionRow, row.solution)
    problem = read_problem(solution.problem)
    served = _served(session, row, problem)
    homes = {
        id_: home
        for id_, home in session.execute(
            select(StaffRow.id, StaffRow.unit).where(
                StaffRow.id.in_([person.id for person in problem.staff])
            )
        )
    }
    people = tuple(
        PersonLoad(
            person.id,
            person.name,
            tuple(dict.fromkeys(p.name.split("/")[-1] for p in person.posts)),
            person.share,
            {name: person.carried.get(name, 0) for name in LEDGERS},
            {name: served[person.id].get(name, 0) for name in LEDGERS},
        )
        for person in problem.staff
        if homes.get(person.id) == unit_id
    )
    return FairnessView(roster_head(session, row), LEDGERS, people)


def _served(
    session: Session, row: RosterRow, problem: Problem
) -> Mapping[str, Mapping[str, int]]:
    """What everybody bears in a version and those solved with it."""
    asked = roster_asked(
        session, unit_id=row.unit, term_id=row.term, number=row.number
    )
    loads: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cell in asked.roster:
        for ledger, points in problem.shift[cell.shift].burden.items():
            loads[cell.staff][ledger] += points

    return loads
