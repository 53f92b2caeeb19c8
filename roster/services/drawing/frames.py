"""Frames of a series: kept, read again, and renewed when facts change."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.draw.frame import Frame, frame_of
from roster.draw.hashing import canonical
from roster.draw.published import DRAWN
from roster.draw.visits import still_owed, visit_days
from roster.records import DrawRow, FrameRow, SeriesRow
from roster.services.drawing.desk import COMMITTED, Tools, note
from roster.services.drawing.gathering import gather
from roster.services.drawing.secrets import Secret, Vault

CLOCK = "duty-roster"  # who signs what the clock does


def keep(
    session: Session, row: SeriesRow, frame: Frame, now: datetime
) -> None:
    """Stores a frame that was committed to."""
    session.add(
        FrameRow(
            series=row.id,
            version=frame.version,
            hash=frame.hash,
            document=canonical(frame.document).decode(),
            committed_at=now,
        )
    )
    session.flush()


def frames_of(session: Session, row: SeriesRow) -> tuple[Frame, ...]:
    """Every version, the first first."""
    rows = session.scalars(
        select(FrameRow)
        .where(FrameRow.series == row.id)
        .order_by(FrameRow.version)
    )
    return tuple(frame_of(json.loads(one.document)) for one in rows)


def draws_of(session: Session, row: SeriesRow) -> Sequence[DrawRow]:
    """Every draw by its number."""
    return session.scalars(
        select(DrawRow)
        .where(DrawRow.series == row.id)
        .order_by(DrawRow.number)
    ).all()


def in_force(frames: Sequence[Frame], day: date) -> Frame | None:
    """The newest frame committed to before the day's public value."""
    found = None
    for frame in frames:
        if frame.committed_at < frame.terms.value.at_of(day):
            found = frame

    return found


def days_to_draw(frames: Sequence[Frame]) -> dict[date, Frame]:
    """Every day that is drawn, with the frame it is drawn from."""
    every = sorted({day for frame in frames for day in frame.days})
    return {
        day: frame
        for day in every
        if (frame := in_force(frames, day)) and day in frame.days
    }


def renew_all(session: Session, *, tools: Tools, vault: Vault) -> int:
    """A new version of every series whose facts have changed."""
    rows = session.scalars(
        select(SeriesRow)
        .where(SeriesRow.state == COMMITTED)
        .order_by(SeriesRow.id)
    ).all()
    return sum(renew(session, row, tools=tools, vault=vault) for row in rows)


def renew(
    session: Session, row: SeriesRow, *, tools: Tools, vault: Vault
) -> bool:
    """
    Commits to a new version if units, days or people are others now.

    It holds for the days whose public value is still to come. Units whose
    visit was lost with a cancelled draw are dealt anew.
    """
    frames, secret = frames_of(session, row), Secret.of(row, vault)
    old = frames[-1]
    # A clock put back would commit to a frame before draws made already.
    if any(_ahead(old, d.on, tools.clock) for d in draws_of(session, row)):
        return False

    left = tuple(d for d in old.days if _ahead(old, d, tools.clock))
    new = gather(session, row, tools, secret, version=old.version + 1)
    if not left and not new.days:
        return False

    owed = still_owed(
        secret.key,
        units=new.units,
        drawn=_stood(session, row, frames, tools.clock),
    )
    due = {
        unit
        for unit, day in visit_days(secret.key, old).items()
        if day in left and unit in new.units
    }
    if new.days == left and set(owed) == due:
        if _facts(old, left, new) == _facts(new, left, new):
            return False
        new = replace(new, days=old.days, owed=old.owed)
    else:
        new = replace(new, owed=owed)

    # Stamps ascend, even of two versions in one second.
    stamp = max(tools.clock, old.committed_at + timedelta(seconds=1))
    new = replace(new, committed_at=stamp)
    keep(session, row, new, tools.now)
    note(
        session,
        row,
        "commit",
        CLOCK,
        tools.now,
        f"frame-{new.version}",
        frame_hash=new.hash,
    )
    return True


def _ahead(frame: Frame, day: date, clock: datetime) -> bool:
    return frame.terms.value.at_of(day) > clock


def _stood(
    session: Session,
    row: SeriesRow,
    frames: Sequence[Frame],
    clock: datetime,
) -> list[tuple[date, Frame]]:
    """The draws that stand, and the days that are about to be drawn."""
    made = draws_of(session, row)
    seen = {draw.on for draw in made}
    live = {draw.on for draw in made if draw.state == DRAWN}
    return [
        (day, frame)
        for day, frame in days_to_draw(frames).items()
        if day in live or (day not in seen and not _ahead(frame, day, clock))
    ]


def _facts(
    frame: Frame, days: Collection[date], new: Frame
) -> Mapping[str, Any]:
    """What a frame says of the days to come and the people on them."""
    wanted = {*new.pool, *(w[0] for some in new.duty.values() for w in some)}
    pool = {
        label: tuple(day for day in on if day in days)
        for label, on in frame.pool.items()
    }
    return {
        "terms": frame.terms,
        "units": frame.units,
        "pool": {label: on for label, on in pool.items() if on},
        "duty": {d: w for d, w in frame.duty.items() if d in days},
        "recused": {
            label: units
            for label, units in frame.recused.items()
            if label in wanted
        },
    }
