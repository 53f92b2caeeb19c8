"""Who is told of a swap's steps, and what the journal keeps of them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from roster.records import ShiftRow, SwapRow
from roster.records.journal import record
from roster.services.messaging import queue

CLOCK = "–"  # who does what nobody does


def tell(
    session: Session,
    swap: SwapRow,
    kind: str,
    staff: Collection[str],
    shifts: dict[str, ShiftRow],
    now: datetime,
    *,
    by: str = "",
) -> None:
    """A message to some of those concerned, once for each step."""
    if not staff:
        return

    facts: dict[str, object] = {"swap": swap.id, "unit": swap.unit}
    for name, shift in (("mine", swap.shift), ("yours", swap.back)):
        if shift in shifts:
            facts[name] = [str(shifts[shift].on), shifts[shift].post]

    if kind == "cover-urgent" and swap.shift in shifts:
        facts |= _urgent(swap, shifts[swap.shift])

    queue(
        session,
        kind=kind,
        staff=staff,
        unit=swap.unit,
        facts=facts | ({"by": by} if by else {}),
        key=f"{swap.id}/{now:%Y%m%dT%H%M%S}",
        now=now,
    )


def _urgent(swap: SwapRow, shift: ShiftRow) -> dict[str, object]:
    return {
        "date": str(shift.on),
        "hours": [shift.start.isoformat(), shift.end.isoformat()],
        "post": shift.post,
        "stand_in": swap.partner,
        "other": swap.staff,
    }


def enter(
    session: Session, swap: SwapRow, verb: str, who: str, now: datetime
) -> None:
    """Into the journal, without anybody's words or reasons."""
    session.flush()
    record(
        session,
        who=who,
        verb=verb,
        noun="swap",
        thing=str(swap.id),
        now=now,
        facts={
            "unit": swap.unit,
            "term": swap.term,
            "shift": swap.shift,
            "staff": swap.staff,
            "partner": swap.partner,
            "back": swap.back,
            "emergency": swap.emergency,
            "behalf": bool(swap.behalf),
            "state": swap.state,
        },
    )
