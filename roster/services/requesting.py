"""
Rosters asked for in the background: asking, taking back, looking.

The work itself stands in `roster.services.working`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.people import Unit, UnitKind
from roster.records import RequestRow, RequestUnitRow, RosterRow
from roster.records.journal import record
from roster.rules.rulebook import RuleBook
from roster.services import preparing
from roster.services.drafts import check_not_reviewed
from roster.services.preparing import Calendar
from roster.services.remedies import relaxable
from roster.services.viewing import newest_attempt, units

QUEUED, RUNNING, DONE = "queued", "running", "done"
FAILED, CANCELLED = "failed", "cancelled"
OPEN = QUEUED, RUNNING
GENERATE, RELAX, RESOLVE = "generate", "relax", "resolve"
STALE = timedelta(seconds=60)  # without a beat, a worker counts as gone


def ask(
    session: Session,
    *,
    term_id: str,
    unit_ids: Sequence[str],
    place: str,
    who: str,
    now: datetime,
    seed: int = 0,
) -> int:
    """
    A request for drafts of the units; gives its number.

    Parameters
    ----------
    place
        What it is asked for: the unit, or the one above them all.

    Raises
    ------
    Refused
        For a term or unit that is not there, no unit at all, a unit that
        is waited for already, or a roster that is being reviewed.
    """
    preparing.term(session, term_id)
    chosen = chosen_units(session, unit_ids)
    check_free(session, term_id, chosen)
    check_not_reviewed(session, term_id, chosen)
    row = RequestRow(
        kind=GENERATE, unit=place, term=term_id, seed=seed, choice=0
    )
    return queued(session, row, chosen, who, now)


def ask_relaxation(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    solution_id: int,
    choice: int,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
    who: str,
    now: datetime,
) -> int:
    """
    A request for a draft with one of the relaxations of a failed attempt.

    Raises
    ------
    Refused
        Where there is no such relaxation, or what the attempt rested on
        has changed since.
    """
    period = preparing.term(session, term_id)
    chosen = chosen_units(session, [unit_id])
    found = newest_attempt(session, unit_id, term_id)
    if found is None or found.id != solution_id:
        raise Refused("attempt-outdated", unit=chosen[0].name)

    if choice not in range(relaxable(found)):
        raise Refused("no-such-relaxation")

    version = calendar.version(period.first, period.last)
    book = books[preparing.book_id(chosen[0])].digest
    if (found.calendar, found.book) != (version, book):
        raise Refused("attempt-outdated", unit=chosen[0].name)

    check_free(session, term_id, chosen)
    check_not_reviewed(session, term_id, chosen)
    row = RequestRow(
        kind=RELAX,
        unit=unit_id,
        term=term_id,
        seed=found.seed,
        solution=found.id,
        choice=choice,
    )
    return queued(session, row, chosen, who, now)


def chosen_units(
    session: Session, unit_ids: Sequence[str]
) -> tuple[Unit, ...]:
    """The units of these ids; refuses unknown ones, and none at all."""
    known = {
        u.id: u for u in units(session) if u.kind is not UnitKind.DISTRICT
    }
    if missing := sorted(set(unit_ids) - known.keys()):
        raise Refused("unknown-unit", value="、".join(missing))

    if not unit_ids:
        raise Refused("nothing-asked-for")

    return tuple(known[unit] for unit in sorted(set(unit_ids)))


@dataclass(frozen=True, slots=True)
class Waited:
    """An open request, and what it was asked for."""

    id: int
    place: str


def waited_for(session: Session, term_id: str) -> dict[str, Waited]:
    """By unit, the open request for its term."""
    rows = session.execute(
        select(RequestUnitRow.unit, RequestRow.id, RequestRow.unit)
        .join(RequestRow, RequestRow.id == RequestUnitRow.request)
        .where(RequestRow.term == term_id, RequestRow.state.in_(OPEN))
    )
    return {unit: Waited(number, place) for unit, number, place in rows}


def check_free(session: Session, term_id: str, chosen: Sequence[Unit]) -> None:
    """Refuses where one of the units is waited for already."""
    waited = waited_for(session, term_id)
    if names := [unit.name for unit in chosen if unit.id in waited]:
        raise Refused("already-asked-for", units="、".join(names))


def queued(
    session: Session,
    row: RequestRow,
    chosen: Sequence[Unit],
    who: str,
    now: datetime,
) -> int:
    """Puts a request for these units at the queue's end; its number."""
    row.state, row.who, row.asked_at = QUEUED, who, now
    row.cancelling, row.claims, row.error, row.worker = False, 0, "", ""
    drafts = draft_digests(session, row.term, [unit.id for unit in chosen])
    row.units = [
        RequestUnitRow(
            unit=unit.id,
            place=place,
            state="waiting",
            status="",
            step="",
            helpers=[],
            seconds=0.0,
            replaces=drafts.get(unit.id, ""),
        )
        for place, unit in enumerate(chosen)
    ]
    session.add(row)
    session.flush()
    facts = {"kind": row.kind, "units": [unit.id for unit in chosen]}
    _record(session, row, "ask", who, now, **facts)
    return row.id


def draft_digests(
    session: Session, term_id: str, unit_ids: Sequence[str]
) -> dict[str, str]:
    """By unit, what its draft says now."""
    rows = session.execute(
        select(RosterRow.unit, RosterRow.digest).where(
            RosterRow.term == term_id,
            RosterRow.state == "draft",
            RosterRow.unit.in_(unit_ids),
        )
    )
    return {unit: digest for unit, digest in rows}


def cancel(
    session: Session,
    *,
    request_id: int,
    who: str,
    now: datetime,
    clock: datetime,
) -> None:
    """
    Takes a request back; what is finished stays.

    Whoever works on it stops at the next look.

    Raises
    ------
    Refused
        Where it is over.
    """
    row = session.get(RequestRow, request_id)
    if row is None or row.state not in OPEN:
        raise Refused("request-over")

    beat = row.beat_at
    if row.state == RUNNING and beat and beat > clock - STALE:
        row.cancelling = True
    else:
        row.state, row.ended_at = CANCELLED, clock

    _record(session, row, "cancel", who, now)


def _record(
    session: Session,
    row: RequestRow,
    verb: str,
    who: str,
    now: datetime,
    **facts: object,
) -> None:
    record(
        session,
        who=who,
        verb=verb,
        noun="request",
        thing=f"{row.term}/{row.unit}/{row.id}",
        now=now,
        facts=facts,
    )
