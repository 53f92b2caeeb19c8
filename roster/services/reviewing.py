"""
A draft is submitted, approved or returned; two people look at it.

Everything is checked in the writing session, so that of two people at once
the later is told.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import RosterRow, UnitRow
from roster.review import MOVES, State, Verb, is_one_of, may, somebody
from roster.rules.rulebook import RuleBook
from roster.services.concerned import approvers_of, makers_of
from roster.services.messaging import queue
from roster.services.preparing import Calendar
from roster.services.readiness import check_ready
from roster.services.review_history import note, said


def submit(
    session: Session,
    *,
    roster_id: int,
    revision: int,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    who: str,
    now: datetime,
    remark: str = "",
) -> None:
    """
    Hands a draft to those who approve; whoever does answers for it.

    Raises
    ------
    Refused
        For what is no draft, another revision than the one looked at, or
        anything that stands against its publication.
    """
    row = roster_to(session, roster_id, Verb.SUBMIT, revision)
    if not somebody(who):
        raise Refused("two-people-needed")

    words = said(remark, needed=False)
    check_ready(session, row, calendar, books)
    submit_row(session, row, who=who, now=now, remark=words)
    _tell(session, row, "roster-submitted", approvers_of(session, row), now)


def take_back(
    session: Session,
    *,
    roster_id: int,
    revision: int,
    who: str,
    now: datetime,
) -> None:
    """A submitted draft is a draft again, for those who made it."""
    row = roster_to(session, roster_id, Verb.TAKE_BACK, revision)
    _move(row, Verb.TAKE_BACK)
    note(session, row, Verb.TAKE_BACK, who=who, now=now)


def approve(
    session: Session,
    *,
    roster_id: int,
    revision: int,
    who: str,
    now: datetime,
    remark: str = "",
) -> None:
    """
    Approves what was submitted.

    Raises
    ------
    Refused
        For whoever made it or changed it last, for what is not submitted,
        and for another revision than the one looked at.
    """
    row = roster_to(session, roster_id, Verb.APPROVE, revision)
    words = said(remark, needed=False)
    approve_row(session, row, who=who, now=now, remark=words)


def send_back(
    session: Session,
    *,
    roster_id: int,
    revision: int,
    remark: str,
    who: str,
    now: datetime,
) -> None:
    """
    Returns what was submitted or approved; it is a draft again.

    Raises
    ------
    Refused
        Without a remark, for what is not under review, and for another
        revision than the one looked at.
    """
    row = roster_to(session, roster_id, Verb.RETURN, revision)
    words = said(remark, needed=True)
    makers = makers_of(session, row)
    _move(row, Verb.RETURN)
    note(session, row, Verb.RETURN, who=who, now=now, remark=words)
    _tell(session, row, "roster-returned", makers, now)


def roster_to(
    session: Session, roster_id: int, verb: Verb, revision: int | None = None
) -> RosterRow:
    """The roster a verb is to be done with, as it was looked at."""
    row = session.get(RosterRow, roster_id)
    if row is None:
        raise Refused("unknown-roster", value=roster_id)

    if not may(verb, row.state):
        raise Refused(f"cannot-{verb.replace(' ', '-')}", state=row.state)

    if revision is not None and revision != row.revision:
        raise Refused("stale-revision", value=revision, revision=row.revision)

    return row


def submit_row(
    session: Session,
    row: RosterRow,
    *,
    who: str,
    now: datetime,
    remark: str = "",
) -> None:
    """The step itself; what may be submitted was looked at before."""
    row.author = who
    _move(row, Verb.SUBMIT)
    note(session, row, Verb.SUBMIT, who=who, now=now, remark=remark)


def approve_row(
    session: Session,
    row: RosterRow,
    *,
    who: str,
    now: datetime,
    remark: str = "",
) -> None:
    """The step itself, by somebody who did not make it."""
    if not somebody(who):
        raise Refused("two-people-needed")

    if is_one_of(who, (row.author, row.editor)):
        name = session.get_one(UnitRow, row.unit).name
        raise Refused("made-it-yourself", value=who, unit=name)

    row.approver = who
    _move(row, Verb.APPROVE)
    note(session, row, Verb.APPROVE, who=who, now=now, remark=remark)


def _move(row: RosterRow, verb: Verb) -> None:
    row.state = MOVES[verb].end.value
    if row.state == State.DRAFT:
        row.approver = ""


def _tell(
    session: Session,
    row: RosterRow,
    kind: str,
    staff: frozenset[str],
    now: datetime,
) -> None:
    """A message to those who are to act, else to the unit's group."""
    queue(
        session,
        kind=kind,
        staff=staff,
        unit=row.unit,
        facts={"unit": row.unit, "term": row.term, "version": row.number},
        key=f"{row.id}-{row.revision}-{now:%Y%m%dT%H%M%S}",
        now=now,
    )
