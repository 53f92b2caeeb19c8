"""Reminds those who draft that a roster is due, or overdue."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.messages.kinds import ROSTER_DUE
from roster.posts import SHANGHAI
from roster.records import TermRow
from roster.rules.rulebook import RuleBook
from roster.services.concerned import editors_of
from roster.services.messaging import queue
from roster.services.preparing import Calendar
from roster.services.punctuality import (
    Kept,
    Punctuality,
    Standing,
    punctuality,
)

AHEAD = 3  # days before it is due
AGAIN = 7  # days until an overdue one is told again


def roster_due(
    session: Session,
    *,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    now: datetime,
) -> int:
    """Tells each unit of the most pressing roster that is not there."""
    today = now.astimezone(SHANGHAI).date()
    terms = select(TermRow.id).where(TermRow.last >= today)
    queued = 0
    for term_id in session.scalars(terms).all():
        lines = punctuality(
            session, term_id=term_id, calendar=calendar, books=books, now=now
        )
        for line in lines:
            if pressing := _pressing(line, now):
                queued += _remind(session, line, term_id, pressing, now)

    return queued


def _pressing(line: Punctuality, now: datetime) -> Kept | None:
    """The longest overdue, else the next if it is near."""
    today = now.astimezone(SHANGHAI).date()
    for one in line.kept:
        near = (one.deadline.due - today).days <= AHEAD
        open_ = one.standing in (Standing.OVERDUE, Standing.WAITING)
        if open_ and near and one.deadline.last >= today:
            return one

    return None


def _remind(
    session: Session,
    line: Punctuality,
    term_id: str,
    pressing: Kept,
    now: datetime,
) -> int:
    deadline = pressing.deadline
    overdue = pressing.standing is Standing.OVERDUE
    stage = f"overdue-{pressing.days // AGAIN}" if overdue else "ahead"
    return queue(
        session,
        kind=ROSTER_DUE,
        staff=editors_of(session, line.unit_id),
        unit=line.unit_id,
        facts={
            "unit": line.unit_id,
            "term": term_id,
            "span": [deadline.span, str(deadline.first), deadline.name],
            "date": str(deadline.due),
        },
        key=f"{line.unit_id}/{deadline.first}/{deadline.span}/{stage}",
        now=now,
    )
