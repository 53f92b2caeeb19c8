"""
A draft becomes a published version, which never changes, or is withdrawn.

Two people answer for it: who made it, and who approved it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import RosterRow, UnitRow
from roster.records.values import county_of
from roster.review import OPEN, State, Verb, same_person, somebody
from roster.rules.rulebook import RuleBook
from roster.services.preparing import Calendar, chosen_units
from roster.services.readiness import check_ready, solved_with
from roster.services.review_history import approved_as_it_is, note, said
from roster.services.reviewing import (
    approve_row,
    roster_to,
    submit_row,
)
from roster.services.served import in_force
from roster.services.turning import roster_in_force, turn
from roster.services.views import Published


def publish(
    session: Session,
    *,
    roster_id: int,
    revision: int,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    who: str,
    now: datetime,
) -> tuple[Published, ...]:
    """
    Publishes an approved draft as its unit's next version.

    Units that were solved together come into force together, each approved
    by its own people, so that nobody is counted on twice in between.

    Raises
    ------
    Refused
        For what is not approved, another revision than the one looked at,
        or anything that stands against it (`readiness.check_ready`).
    """
    row = roster_to(session, roster_id, Verb.PUBLISH, revision)
    return _publish(session, row, calendar, books, who, now)


def _publish(
    session: Session,
    row: RosterRow,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    who: str,
    now: datetime,
) -> tuple[Published, ...]:
    rows = (row, *solved_with(session, row))
    _check_approved(session, rows)
    for one in rows:
        check_ready(session, one, calendar, books)

    before = [roster_in_force(session, one.unit, one.term) for one in rows]
    for one in rows:
        one.state, one.published_at = State.PUBLISHED.value, now

    session.flush()
    done = []
    for one, earlier in zip(rows, before, strict=True):
        touched = turn(session, earlier, one, now)
        note(session, one, Verb.PUBLISH, who=who, now=now)
        done.append(Published(one.id, one.unit, one.number, touched))

    return tuple(done)


def _check_approved(session: Session, rows: Iterable[RosterRow]) -> None:
    missing = [row for row in rows if row.state != State.APPROVED]
    if missing:
        names = [session.get_one(UnitRow, row.unit).name for row in missing]
        raise Refused("together-only", units="、".join(names))

    for row in rows:
        if not approved_as_it_is(session, row):
            name = session.get_one(UnitRow, row.unit).name
            raise Refused("not-approved", unit=name)


def withdraw(
    session: Session,
    *,
    roster_id: int,
    reason: str,
    who: str,
    now: datetime,
) -> int:
    """
    Takes a version out of force; how many people it touches.

    The published one before it is in force again, where there is one. The
    version itself stays as it is, for what was done by it.

    Raises
    ------
    Refused
        Without a reason, or for a version that is not in force.
    """
    row = roster_to(session, roster_id, Verb.WITHDRAW)
    remark = said(reason, needed=True)
    standing = roster_in_force(session, row.unit, row.term)
    if standing is None or standing.id != row.id:
        raise Refused("not-in-force", number=row.number)

    row.state, row.withdrawn_at = State.WITHDRAWN.value, now
    session.flush()
    earlier = roster_in_force(session, row.unit, row.term)
    touched = turn(session, row, earlier, now)
    note(session, row, Verb.WITHDRAW, who=who, now=now, remark=remark)
    return touched


def publish_term(
    session: Session,
    *,
    term_id: str,
    unit_ids: Sequence[str] | None = None,
    author: str,
    approver: str,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    now: datetime,
) -> tuple[Published, ...]:
    """
    The bureau's quick way: every draft of a term, all of them or none.

    It goes every step of the review: what nobody has submitted is submitted
    by the author, what nobody has approved is approved by the approver.
    """
    check_two(author, approver)
    drafts = open_rosters(session, term_id=term_id, unit_ids=unit_ids)
    for row in drafts:
        if row.state == State.DRAFT:
            submit_row(session, row, who=author.strip(), now=now)
        if row.state == State.SUBMITTED:
            approve_row(session, row, who=approver.strip(), now=now)

    done: list[Published] = []
    for row in drafts:
        # Those solved together have gone with the first of them.
        if row.state == State.APPROVED:
            by = approver.strip()
            done += _publish(session, row, calendar, books, by, now)

    return tuple(done)


def open_rosters(
    session: Session, *, term_id: str, unit_ids: Sequence[str] | None
) -> tuple[RosterRow, ...]:
    """The drafts of a term, under review or not, by unit."""
    units = [u.id for u in chosen_units(county_of(session), unit_ids)]
    wanted = select(RosterRow).where(
        RosterRow.term == term_id,
        RosterRow.state.in_(OPEN),
        RosterRow.unit.in_(units),
    )
    return tuple(session.scalars(wanted.order_by(RosterRow.unit)))


def rosters_in_force(
    session: Session, *, term_id: str, unit_ids: Sequence[str] | None
) -> tuple[RosterRow, ...]:
    """The versions of a term in force, by unit."""
    units = [u.id for u in chosen_units(county_of(session), unit_ids)]
    wanted = select(RosterRow).where(
        in_force(), RosterRow.term == term_id, RosterRow.unit.in_(units)
    )
    return tuple(session.scalars(wanted.order_by(RosterRow.unit)))


def check_two(author: str, approver: str) -> None:
    """Refuses one person alone."""
    if not somebody(author) or not somebody(approver):
        raise Refused("two-people-needed")

    if same_person(author, approver):
        raise Refused("same-person", value=author.strip())
