"""The commitment: from here on nothing can be changed unseen."""

from collections.abc import Callable
from datetime import date, timedelta
from secrets import token_bytes

from sqlalchemy.orm import Session

from roster.draw.hashing import key_hash
from roster.errors import Refused
from roster.records import SeriesRow
from roster.services.drawing.desk import (
    COMMITTED,
    Tools,
    draft,
    note,
    running,
    value_of,
)
from roster.services.drawing.frames import keep, renew
from roster.services.drawing.gathering import gather
from roster.services.drawing.secrets import Secret, Vault
from roster.services.drawing.series import check


def commit(
    session: Session,
    series_id: int,
    *,
    tools: Tools,
    vault: Vault,
    who: str,
    random: Callable[[int], bytes] = token_bytes,
) -> None:
    """
    Draws the key, and commits to it and to the first frame.

    Raises
    ------
    Unusable
        When it cannot be drawn as the records are now.
    Refused
        When it was committed to before.
    """
    row = draft(session, series_id)
    check(session, row, tools)
    secret = Secret.new(random)
    first = gather(session, row, tools, secret, version=1)
    row.state, row.committed_at = COMMITTED, tools.now
    row.secret, row.key_hash = secret.sealed(vault), key_hash(secret.key)
    keep(session, row, first, tools.now)
    note(
        session,
        row,
        "commit",
        who,
        tools.now,
        document=row.basis,
        key_hash=row.key_hash,
        frame_hash=first.hash,
    )


def stop(
    session: Session,
    series_id: int,
    *,
    reason: str,
    tools: Tools,
    vault: Vault,
    who: str,
) -> None:
    """Draws no day any more whose public value is still to come."""
    row = running(session, series_id)
    if row.stopped_on is not None:
        raise Refused("series-stopped")
    if not reason.strip():
        raise Refused("no-draw-reason")

    row.stopped_on = _first_free(row, tools)
    note(session, row, "end", who, tools.now, reason=reason.strip())
    renew(session, row, tools=tools, vault=vault)


def _first_free(row: SeriesRow, tools: Tools) -> date:
    """The first day whose public value has not come out."""
    day, value = tools.clock.date(), value_of(row)
    while value.at_of(day) <= tools.clock:
        day += timedelta(days=1)

    return day
