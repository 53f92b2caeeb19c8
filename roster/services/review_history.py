"""What was decided about a version, by whom and with which words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.records import ReviewRow, RosterRow
from roster.records.journal import record
from roster.review import Verb

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of a version's way; ``revision`` is what it was about."""

    verb: Verb
    number: int
    who: str
    at: datetime
    remark: str
    revision: int


def note(
    session: Session,
    row: RosterRow,
    verb: Verb,
    *,
    who: str,
    now: datetime,
    remark: str = "",
) -> None:
    """
    Adds a step to the history and to the journal.

    The words stay in the history: who reads the journal need not read them.
    """
    session.add(
        ReviewRow(
            unit=row.unit,
            term=row.term,
            number=row.number,
            verb=verb.value,
            who=who,
            at=now,
            remark=remark,
            revision=row.revision,
            digest=row.digest,
        )
    )
    facts = {"revision": row.revision, "digest": row.digest}
    if verb is Verb.PUBLISH:
        facts |= {"author": row.author, "approver": row.approver}

    record(
        session,
        who=who,
        verb=verb.value,
        noun="roster",
        thing=f"{row.term}/{row.unit}/{row.number}",
        now=now,
        facts=facts,
    )


def said(words: str, *, needed: bool) -> str:
    """A remark as it is kept; refuses one that lacks or is too long."""
    remark = words.strip()
    if needed and not remark:
        raise Refused("remark-needed")

    if len(remark) > LONGEST:
        raise Refused("too-long", value=f"{remark[:20]}…", most=LONGEST)

    return remark


def history(
    session: Session, *, unit_id: str, term_id: str, number: int | None = None
) -> tuple[Decision, ...]:
    """Every step of a version, or of all a unit's for a term, in order."""
    wanted = select(ReviewRow).where(
        ReviewRow.unit == unit_id, ReviewRow.term == term_id
    )
    if number is not None:
        wanted = wanted.where(ReviewRow.number == number)

    return tuple(
        Decision(
            Verb(row.verb),
            row.number,
            row.who,
            row.at.astimezone(SHANGHAI),
            row.remark,
            row.revision,
        )
        for row in session.scalars(wanted.order_by(ReviewRow.id))
    )


def approved_as_it_is(session: Session, row: RosterRow) -> bool:
    """Whether what was approved last is what the draft says now."""
    last = session.scalars(
        select(ReviewRow)
        .where(
            ReviewRow.unit == row.unit,
            ReviewRow.term == row.term,
            ReviewRow.number == row.number,
        )
        .order_by(ReviewRow.id.desc())
    ).first()
    return (
        last is not None
        and last.verb == Verb.APPROVE
        and (last.revision, last.digest) == (row.revision, row.digest)
        and last.who == row.approver
    )
