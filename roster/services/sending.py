"""
Sends what is queued: each message is claimed, handed over, marked.

A message is marked ``sending`` and committed before it is handed over. So
a process that dies in between leaves it so, and nobody sends it again of
themselves: it may have arrived. After a while it counts as failed, with
the reason ``interrupted``, and somebody may have it tried again. A try
that was refused, or found nobody, is repeated later and later; so is one
whose answer did not come in time, for then the other side has most often
taken nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from roster.messages.kinds import KINDS
from roster.messages.posting import NotSent
from roster.records import MessageRow, Records
from roster.services.message_views import MessageView, message_views
from roster.services.ways import Way, Ways

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60))
MOST_TRIES = len(PAUSES) + 1
# A group is told several things at once; its robot may speak 20 times a
# minute, and nobody likes thirty bubbles.
AT_ONCE = 8
AT_A_LOOK = 200
# Nobody waits that long for an answer: the process is gone.
LEASE = timedelta(minutes=10)
# No pause is longer: whoever waits longer has seen the clock go back.
LONGEST_PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parcel:
    """Messages that go through one channel together."""

    way: Way
    messages: tuple[MessageView, ...]
    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a parcel; no error where it was taken."""

    channel: str
    count: int
    error: str


def send_queued(
    records: Records,
    *,
    send: Callable[[Parcel], None],
    now: Callable[[], datetime],
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Result]:
    """
    Sends until nothing is due or it is told to stop.

    Parameters
    ----------
    send
        Hands a parcel over, or raises `NotSent`; called without a
        transaction open.
    """
    while not stopped() and _anything(records, now()):
        with records.writing() as session:
            parcel = take(session, now())

        if parcel is None:
            return

        failure = attempt(partial(send, parcel))
        with records.writing() as session:
            mark(session, parcel, failure, now())

        code = failure.code if failure else ""
        yield Result(parcel.way.kind, len(parcel.messages), code)


def take(session: Session, now: datetime) -> Parcel | None:
    """Claims what goes next; drops and puts off what does not go."""
    _give_up_interrupted(session, now)
    ways = Ways(session)
    while rows := session.scalars(_due(now).limit(AT_A_LOOK)).all():
        chosen: list[MessageRow] = []
        way: Way | None = None
        ways.ask_homes(rows)
        for row in rows:
            found = _way_now(ways, row, now)
            if found and way in (None, found) and len(chosen) < AT_ONCE:
                way = found
                chosen.append(row)

        if way is not None:
            return _claimed(session, way, chosen, now)

        session.flush()

    return None


def mark(
    session: Session, parcel: Parcel, failure: NotSent | None, now: datetime
) -> None:
    """Writes down what became of a parcel that is still ours."""
    ours = select(MessageRow).where(
        MessageRow.id.in_([view.id for view in parcel.messages]),
        MessageRow.claimed_at == parcel.claimed_at,
        # Given up by another process, yet now it is known.
        MessageRow.state.in_(["sending", "failed"]),
    )
    for row in session.scalars(ours):
        if failure is None:
            row.state, row.sent_at, row.error = "sent", now, ""
            continue

        row.error = failure.code
        if failure.again and row.attempts < MOST_TRIES:
            row.state = "queued"
            row.next_try = now + PAUSES[row.attempts - 1]
        else:
            row.state = "failed"


def _anything(records: Records, now: datetime) -> bool:
    """Looks first, so that an idle minute does not take the pen."""
    with records.reading() as session:
        waiting = session.scalar(_due(now).limit(1)) is not None
        return waiting or session.scalar(_stale(now).limit(1)) is not None


def _due(now: datetime) -> Select[MessageRow]:
    return (
        select(MessageRow)
        .where(
            MessageRow.state == "queued",
            or_(
                MessageRow.next_try.is_(None),
                MessageRow.next_try <= now,
                and_(
                    MessageRow.next_try > now + LONGEST_PAUSE,
                    MessageRow.next_try != MessageRow.due_at,
                ),
            ),
        )
        .order_by(MessageRow.id)
    )


def _stale(now: datetime) -> Select[MessageRow]:
    return select(MessageRow).where(
        MessageRow.state == "sending",
        or_(
            MessageRow.claimed_at < now - LEASE,
            MessageRow.claimed_at > now + LEASE,
        ),
    )


def _give_up_interrupted(session: Session, now: datetime) -> None:
    for row in session.scalars(_stale(now)):
        row.state, row.error = "failed", "interrupted"


def _way_now(ways: Ways, row: MessageRow, now: datetime) -> Way | None:
    """The channel for this try; None where a message does not go now."""
    lasts = KINDS[row.kind].lasts
    if lasts is not None and now > row.due_at + lasts:
        row.state, row.error = "dropped", "too-late"
        return None

    found = ways.of(row)
    if not found:
        row.state, row.error = "dropped", "no-channel"
        return None

    until = ways.quiet_until(row, now)
    if until is not None:
        row.next_try = until
        return None

    return found[row.attempts % len(found)]


def _claimed(
    session: Session, way: Way, rows: list[MessageRow], now: datetime
) -> Parcel:
    for row in rows:
        row.state, row.claimed_at = "sending", now
        row.attempts += 1
        row.channel = way.kind

    session.flush()
    return Parcel(way, message_views(session, rows), now)


def attempt(hand_over: Callable[[], None]) -> NotSent | None:
    """Hands something over; what went wrong, without any secret."""
    try:
        hand_over()
    except NotSent as failure:
        return failure
    # Whatever a library raises may name the address: only its kind is told.
    except Exception as error:
        return NotSent(f"broken:{type(error).__name__}"[:60], again=True)

    return None
