"""A draft beside what the small county has published."""

from sqlalchemy import select

from roster.records import RosterRow
from roster.review import OPEN
from roster.services.drafts import copied, next_number
from roster.services.editing.opening import cells_of
from roster.services.generating import generate
from roster.services.turning import roster_in_force
from solver import solve
from tests.offices import BOOKS, CHINA, SCHOOL, SHORT
from tests.web.county import NOW, Frozen, one_by_one

LEAD = "2026-10-17/lead"
EDITOR = "unit editor（unit-editor.u010）"


def draft_of_the_school(here: Frozen) -> int:
    """The id of a second version of the school's roster, as a draft."""
    generate(
        here.records,
        term_id=SHORT.id,
        unit_ids=[SCHOOL.id],
        calendar=CHINA,
        books=BOOKS,
        solve=solve,
        run=one_by_one,
        who=EDITOR,
        now=lambda: NOW,
        seed=7,
    )
    with here.records.reading() as session:
        return session.scalars(
            select(RosterRow.id).where(RosterRow.state.in_(OPEN))
        ).one()


def read(here: Frozen, draft: int, look):
    """What somebody makes of a draft's row."""
    with here.records.reading() as session:
        return look(session, session.get_one(RosterRow, draft))


def cells(here: Frozen, draft: int):
    """Who holds what in a draft."""
    return read(here, draft, lambda _, row: cells_of(row))


def holder(here: Frozen, draft: int, shift: str = LEAD) -> str:
    """Who holds a shift of a draft."""
    return next(c.staff for c in cells(here, draft) if c.shift == shift)


def newer(here, shift: str, staff: str) -> None:
    """A version in force in which somebody else has a shift."""
    with here.records.writing() as session:
        old = roster_in_force(session, SCHOOL.id, SHORT.id)
        row = RosterRow(
            unit=old.unit,
            term=old.term,
            number=next_number(session, old.unit, old.term),
            state="draft",
            solution=old.solution,
            author="甲",
            editor="甲",
            approver="乙",
            base=old.number,
            drafted_at=NOW,
            published_at=NOW,
            digest=old.digest,
        )
        session.add(row)
        session.flush()
        row.shifts.extend(
            copied(
                one,
                [staff]
                if one.shift == shift
                else [held.staff for held in one.held],
            )
            for one in old.shifts
        )
        session.flush()
        row.state = "published"
