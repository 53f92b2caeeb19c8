"""
A draft becomes a published version, which never changes.

Two people answer for it: who made it, and who approved it.
"""

from collections.abc import Sequence
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.problem import Assignment
from roster.records import RosterRow, SolutionRow, TermRow
from roster.records.journal import record
from roster.records.values import county_of
from roster.services.drafts import digest_of
from roster.services.feed_events import renew_feed_events
from roster.services.preparing import Calendar, chosen_units
from roster.services.views import Published


def publish_term(
    session: Session,
    *,
    term_id: str,
    unit_ids: Sequence[str] | None = None,
    author: str,
    approver: str,
    calendar: Calendar,
    now: datetime,
) -> tuple[Published, ...]:
    """Publishes every draft of a term, all of them or none."""
    _check_people(author, approver)
    units = [u.id for u in chosen_units(county_of(session), unit_ids)]
    drafts = select(RosterRow.id).where(
        RosterRow.term == term_id,
        RosterRow.state == "draft",
        RosterRow.unit.in_(units),
    )
    return tuple(
        publish(
            session,
            roster_id=roster_id,
            author=author,
            approver=approver,
            calendar=calendar,
            now=now,
        )
        for roster_id in session.scalars(drafts.order_by(RosterRow.unit)).all()
    )


def publish(
    session: Session,
    *,
    roster_id: int,
    author: str,
    approver: str,
    calendar: Calendar,
    now: datetime,
) -> Published:
    """
    Publishes a draft as the next version of its unit's roster.

    Raises
    ------
    Refused
        One person alone, no such draft, an open shift, a draft somebody
        altered, or a calendar that has changed since.
    """
    _check_people(author, approver)
    row = session.get(RosterRow, roster_id)
    if row is None or row.state != "draft":
        raise Refused("not-a-draft", value=roster_id)

    _check_whole(row)
    _check_calendar(session, row, calendar)
    row.author, row.approver = author.strip(), approver.strip()
    row.published_at = now
    row.state = "published"
    session.flush()
    changed = renew_feed_events(session, row, now)
    record(
        session,
        who=row.approver,
        verb="publish",
        noun="roster",
        thing=f"{row.term}/{row.unit}/{row.number}",
        now=now,
        facts={"author": row.author, "digest": row.digest},
    )
    return Published(row.id, row.unit, row.number, changed)


def _check_people(author: str, approver: str) -> None:
    first, second = _letters(author), _letters(approver)
    if not first or not second:
        raise Refused("two-people-needed")

    if first == second:
        raise Refused("same-person", value=author.strip())


def _letters(name: str) -> str:
    """A name without what does not make it another: blanks, width, case."""
    plain = normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _check_whole(row: RosterRow) -> None:
    unfilled = [
        shift.shift for shift in row.shifts if len(shift.held) != shift.needs
    ]
    if unfilled:
        raise Refused("open-shifts", unit=row.unit, shifts=unfilled)

    cells = [
        Assignment(shift.shift, held.staff)
        for shift in row.shifts
        for held in shift.held
    ]
    if digest_of(cells) != row.digest:
        raise Refused("draft-altered", unit=row.unit)


def _check_calendar(
    session: Session, row: RosterRow, calendar: Calendar
) -> None:
    term = session.get_one(TermRow, row.term)
    solution = session.get_one(SolutionRow, row.solution)
    if calendar.version(term.first, term.last) != solution.calendar:
        raise Refused("calendar-changed", unit=row.unit, term=row.term)


def published_at(row: RosterRow) -> datetime | None:
    """When a roster was published, on the office's clock."""
    moment = row.published_at
    return moment.astimezone(SHANGHAI) if moment else None
