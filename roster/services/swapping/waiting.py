"""What the clock does with swaps that wait: it reminds and closes them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.records import SwapRow
from roster.rights import Actor
from roster.rules.rulebook import RuleBook
from roster.services.swapping.ground import (
    approvers,
    settled_until,
    standing,
)
from roster.services.swapping.steps import close
from roster.services.swapping.telling import CLOCK, tell
from roster.services.turning import roster_in_force
from roster.swaps import OPEN, State, Verb


def expire(
    session: Session, *, books: Mapping[str, RuleBook], now: datetime
) -> int:
    """Closes what nobody settled before its cut-off; both are told."""
    rows = session.scalars(
        select(SwapRow).where(SwapRow.state.in_(OPEN)).order_by(SwapRow.id)
    ).all()
    done = 0
    for swap in rows:
        here = standing(session, swap.unit, swap.term)
        if now >= settled_until(session, here, swap, books):
            close(session, swap, Verb.EXPIRE, "", Actor(CLOCK), now)
            both = {swap.staff, swap.partner}
            shifts = dict(here.shifts)
            tell(session, swap, "swap-ended", both, shifts, now)
            done += 1

    return done


def remind(session: Session, *, now: datetime) -> int:
    """Tells once a day whomever an open swap waits for."""
    rows = session.scalars(
        select(SwapRow)
        .where(SwapRow.state.in_((*OPEN, State.EMERGENCY)))
        .order_by(SwapRow.id)
    ).all()
    for swap in rows:
        if roster_in_force(session, swap.unit, swap.term) is None:
            continue

        here = standing(session, swap.unit, swap.term)
        asked = swap.state == State.PROPOSED
        ask = {swap.partner} if asked else approvers(session, here, swap)
        tell(session, swap, "swap-waiting", ask, dict(here.shifts), now)

    return len(rows)
