"""
A unit asks its people for their wishes and leave until a date.

Whoever is asked enters what is their own and nobody else's, and only as
long as the round is open, which is looked at as it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.days import Term
from roster.errors import Mistake, Refused, Unusable
from roster.messages.kinds import WISH_ROUND
from roster.people import StaffMember
from roster.posts import SHANGHAI
from roster.records import (
    LeaveRow,
    StaffRow,
    TermRow,
    UnitRow,
    WishAnswerRow,
    WishRoundRow,
    WishRow,
)
from roster.records.journal import record
from roster.records.values import member_of, term_of
from roster.services.messaging import queue
from roster.services.preparation import changing
from roster.services.preparation.listing import people_of

# What people enter themselves.
OWN = ("wish", "leave")

MOST = 10**18  # no database has rows of a greater number


@dataclass(frozen=True, slots=True)
class Round:
    """
    A round as it stands.

    Parameters
    ----------
    answered, waiting
        The unit's people of the term, by whether they have answered.
    """

    id: int
    unit_id: str
    unit_name: str
    term: Term
    closes_at: datetime
    open: bool
    answered: tuple[StaffMember, ...]
    waiting: tuple[StaffMember, ...]


def open_round(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    closes_at: datetime,
    who: str,
    now: datetime,
) -> int:
    """
    Asks a unit's people, or sets another closing date; gives the id.

    Raises
    ------
    Refused
        For a closing date that is past, or after the term.
    """
    term = session.get_one(TermRow, term_id)
    if closes_at <= now:
        raise Refused("closes-in-the-past")

    if closes_at.astimezone(SHANGHAI).date() > term.last:
        raise Refused("closes-after-the-term", last=term.last)

    row = _row(session, unit_id, term_id)
    if row is None:
        row = WishRoundRow(
            unit=unit_id, term=term_id, opened_at=now, opened_by=who
        )
        session.add(row)
    row.closes_at = closes_at
    session.flush()
    _record(session, row, "open", who, now)
    _tell(session, row, now)
    return row.id


def _tell(session: Session, row: WishRoundRow, now: datetime) -> None:
    """A message to everybody who has not answered, with the closing."""
    found = _round(session, row, now)
    if not found.waiting:
        return

    queue(
        session,
        kind=WISH_ROUND,
        staff=[member.id for member in found.waiting],
        unit=row.unit,
        facts=told(found),
        key=key_of(found),
        now=now,
    )


def told(found: Round) -> dict[str, str]:
    """What a message about a round says."""
    return {
        "term": found.term.id,
        "term_name": found.term.name,
        "date": str(found.closes_at.date()),
        "time": f"{found.closes_at:%H:%M}",
    }


def key_of(found: Round) -> str:
    """Stands for a round with its closing, so that each is told once."""
    return f"{found.id}/{found.closes_at:%Y%m%d%H%M}"


def close_round(
    session: Session, *, unit_id: str, term_id: str, who: str, now: datetime
) -> None:
    """Ends a round at once; refused when none is open."""
    row = _row(session, unit_id, term_id)
    if row is None or row.closes_at <= now:
        raise Refused("round-closed")

    row.closes_at = now
    session.flush()
    _record(session, row, "close", who, now)


def round_of(
    session: Session, *, unit_id: str, term_id: str, now: datetime
) -> Round | None:
    """A unit's round for a term, with who has answered."""
    row = _row(session, unit_id, term_id)
    return _round(session, row, now) if row else None


def rounds_for(
    session: Session, *, staff_id: str, now: datetime
) -> tuple[Round, ...]:
    """The rounds somebody is asked in, the latest term first."""
    person = session.get(StaffRow, staff_id)
    if person is None:
        return ()

    rows = session.scalars(
        select(WishRoundRow)
        .join(TermRow, TermRow.id == WishRoundRow.term)
        .where(WishRoundRow.unit == person.unit)
        .order_by(TermRow.first.desc())
    )
    found = (_round(session, row, now) for row in rows)
    return tuple(one for one in found if _is_asked(one, staff_id))


def enter(
    session: Session,
    round_id: int,
    kind: str,
    fields: Mapping[str, str],
    *,
    staff_id: str,
    who: str,
    now: datetime,
) -> None:
    """
    Adds a wish or a leave of the person who asks.

    Raises
    ------
    Refused
        When the round is closed, or somebody else is asked.
    Unusable
        With every mistake of the form; dates lie in the round's term.
    """
    row = _open_row(session, round_id, staff_id, now)
    own = {**fields, "id": staff_id, "name": ""}
    ids = changing.add(
        session, _kind(kind), own, unit_id=row.unit, who=who, now=now
    )
    _check_term(session, row, kind, ids)
    _answered(session, row, staff_id, now)


def take_back(
    session: Session,
    round_id: int,
    kind: str,
    row_id: str,
    *,
    seen: str,
    staff_id: str,
    who: str,
    now: datetime,
) -> None:
    """Takes out a wish or a leave of the person who asks."""
    row = _open_row(session, round_id, staff_id, now)
    if row_id not in _ids(session, _kind(kind), staff_id):
        raise Refused("gone-meanwhile")

    changing.remove(
        session, kind, row_id, seen=seen, unit_id=row.unit, who=who, now=now
    )


def answer(
    session: Session, round_id: int, *, staff_id: str, now: datetime
) -> None:
    """Somebody has seen the round and has no further wishes."""
    _answered(
        session, _open_row(session, round_id, staff_id, now), staff_id, now
    )


def _row(session: Session, unit_id: str, term_id: str) -> WishRoundRow | None:
    return session.scalars(
        select(WishRoundRow).where(
            WishRoundRow.unit == unit_id, WishRoundRow.term == term_id
        )
    ).first()


def _round(session: Session, row: WishRoundRow, now: datetime) -> Round:
    term = term_of(session.get_one(TermRow, row.term))
    answers = set(
        session.scalars(
            select(WishAnswerRow.staff).where(WishAnswerRow.round == row.id)
        )
    )
    people = [m for m in people_of(session, row.unit) if _is_there(m, term)]
    return Round(
        row.id,
        row.unit,
        session.get_one(UnitRow, row.unit).name,
        term,
        row.closes_at.astimezone(SHANGHAI),
        now < row.closes_at,
        tuple(m for m in people if m.id in answers),
        tuple(m for m in people if m.id not in answers),
    )


def _is_there(member: StaffMember, term: Term) -> bool:
    first, last = member.employed.first, member.employed.last
    return (first is None or first <= term.last) and (
        last is None or term.first <= last
    )


def _is_asked(found: Round, staff_id: str) -> bool:
    asked = (*found.answered, *found.waiting)
    return any(member.id == staff_id for member in asked)


def _open_row(
    session: Session, round_id: int, staff_id: str, now: datetime
) -> WishRoundRow:
    """The round, if it is open and asks this person."""
    known = round_id < MOST
    row = session.get(WishRoundRow, round_id) if known else None
    person = session.get(StaffRow, staff_id)
    if row is None or person is None or person.unit != row.unit:
        raise Refused("not-asked")

    term = term_of(session.get_one(TermRow, row.term))
    if not _is_there(member_of(person), term):
        raise Refused("not-asked")

    if now >= row.closes_at:
        raise Refused("round-closed")

    return row


def _kind(kind: str) -> str:
    if kind not in OWN:
        raise Refused("not-asked")

    return kind


def _check_term(
    session: Session, row: WishRoundRow, kind: str, ids: tuple[str, ...]
) -> None:
    """Wishes are for the term that is asked about; so is leave."""
    term = session.get_one(TermRow, row.term)
    facts = {"allowed": f"{term.first}–{term.last}"}
    for id_ in ids:
        if kind == "wish":
            wish = session.get_one(WishRow, int(id_))
            first, last = wish.on, wish.on
        else:
            leave = session.get_one(LeaveRow, int(id_))
            first, last = leave.first, leave.last
        if last < term.first or term.last < first:
            raise Unusable(Mistake("outside-the-term", (), facts))


def _ids(session: Session, kind: str, staff_id: str) -> set[str]:
    row = WishRow if kind == "wish" else LeaveRow
    found = session.scalars(select(row.id).where(row.staff == staff_id))
    return set(map(str, found))


def _answered(
    session: Session, row: WishRoundRow, staff_id: str, now: datetime
) -> None:
    known = session.scalars(
        select(WishAnswerRow).where(
            WishAnswerRow.round == row.id, WishAnswerRow.staff == staff_id
        )
    ).first()
    if known is None:
        session.add(
            WishAnswerRow(round=row.id, staff=staff_id, answered_at=now)
        )
    else:
        known.answered_at = now
    session.flush()


def _record(
    session: Session, row: WishRoundRow, verb: str, who: str, now: datetime
) -> None:
    record(
        session,
        who=who,
        verb=verb,
        noun="wish round",
        thing=row.unit,
        now=now,
        facts={"term": row.term, "closes_at": row.closes_at.isoformat()},
    )
