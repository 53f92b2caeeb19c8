"""The steps that people's deeds and the clock's have in common."""

from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import SwapRow
from roster.rights import Actor, Right
from roster.services.account_views import holders
from roster.services.review_history import said
from roster.services.swapping.ground import (
    Ground,
    Standing,
    approvers,
    may_approve,
    standing,
)
from roster.services.swapping.telling import enter, tell
from roster.services.swapping.version import make_version
from roster.swaps import Verb, after, may


def swap_to(session: Session, swap_id: int, verb: Verb) -> SwapRow:
    """The swap, if this may be done with it where it stands."""
    swap = session.get(SwapRow, swap_id)
    if swap is None:
        raise Refused("swap-unknown")

    if not may(verb, swap.state):
        raise Refused("swap-no-longer", state=swap.state)

    return swap


def acts_for(actor: Actor, staff: str, behalf: str) -> bool:
    """Whether somebody acts for another; an editor may, with a reason."""
    if actor.staff == staff:
        return False

    if not actor.edits:
        raise Refused("swap-not-yours")

    said(behalf, needed=True)
    return True


def check_approver(
    session: Session, here: Standing, swap: SwapRow, actor: Actor
) -> None:
    """Refuses whoever is not to decide it."""
    if not may_approve(session, here, swap, actor):
        raise Refused("swap-not-approver")


def move(swap: SwapRow, verb: Verb) -> None:
    """Takes it where a verb leads."""
    swap.state = after(verb, swap.state).value


def close(
    session: Session,
    swap: SwapRow,
    verb: Verb,
    word: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Ends it without another version."""
    move(swap, verb)
    swap.answer = word
    swap.settled_by, swap.settled_at = actor.who, now
    enter(session, swap, verb.value, actor.who, now)


def put_in_force(
    session: Session,
    here: Ground,
    swap: SwapRow,
    verb: Verb,
    approver: str,
    now: datetime,
) -> None:
    """The new version, and word of it to both."""
    make_version(
        session,
        here,
        swap,
        author=swap.proposed_by,
        approver=approver,
        now=now,
    )
    move(swap, verb)
    swap.settled_by, swap.settled_at = approver, now
    enter(session, swap, verb.value, approver, now)
    both = {swap.staff, swap.partner}
    tell(session, swap, "swap-approved", both, dict(here.shifts), now)


def stand_in(
    session: Session, here: Ground, swap: SwapRow, now: datetime
) -> None:
    """In force on the two people's word, to be approved afterwards."""
    ask = approvers(session, here, swap) | _unit_approvers(session, swap)
    put_in_force(session, here, swap, Verb.STAND_IN, swap.agreed_by, now)
    told = ask - {swap.staff, swap.partner}
    tell(session, swap, "cover-urgent", told, dict(here.shifts), now)


def _unit_approvers(session: Session, swap: SwapRow) -> frozenset[str]:
    return frozenset(holders(session, Right.APPROVE, swap.unit))


def tell_other(
    session: Session,
    swap: SwapRow,
    kind: str,
    told: set[str],
    actor: Actor,
    now: datetime,
) -> None:
    """A message about a step, in the name of whoever took it."""
    here = standing(session, swap.unit, swap.term)
    by = actor.staff or swap.staff
    tell(session, swap, kind, told, dict(here.shifts), now, by=by)
