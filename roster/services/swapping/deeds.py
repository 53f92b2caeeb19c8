"""What people do with a swap or a cover; each step is checked anew."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import StaffRow, SwapRow
from roster.rights import Actor
from roster.rules.rulebook import RuleBook
from roster.services.review_history import said
from roster.services.swapping.automatic import is_automatic
from roster.services.swapping.checks import check
from roster.services.swapping.ground import (
    approvers,
    ground,
    standing,
)
from roster.services.swapping.steps import (
    acts_for,
    check_approver,
    close,
    move,
    put_in_force,
    stand_in,
    swap_to,
    tell_other,
)
from roster.services.swapping.telling import enter, tell
from roster.swaps import State, Verb

Books = Mapping[str, RuleBook]


def propose(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    shift: str,
    staff: str,
    partner: str,
    back: str = "",
    owed: bool = False,
    emergency: bool = False,
    word: str = "",
    behalf: str = "",
    books: Books,
    actor: Actor,
    now: datetime,
) -> int:
    """
    Asks somebody to swap or to stand in; the swap's id.

    Parameters
    ----------
    back
        The partner's shift given in return; none for a cover.
    owed
        Whether a cover is to be returned one day.
    emergency
        After the cut-off; ``word`` must then say why.
    behalf
        Why an editor acts for whoever gives the duty.

    Raises
    ------
    Refused
        For whom it does not concern, and as `checks.check` does.
    """
    for_another = acts_for(actor, staff, behalf)
    if staff == partner or session.get(StaffRow, partner) is None:
        raise Refused("swap-not-on-roster")

    here = ground(session, unit_id, term_id)
    swap = SwapRow(
        unit=unit_id,
        term=term_id,
        shift=shift,
        staff=staff,
        partner=partner,
        back=back,
        owed=owed and not back,
        emergency=emergency,
        state=State.PROPOSED.value,
        word=said(word, needed=emergency),
        answer="",
        behalf=said(behalf, needed=False) if for_another else "",
        proposed_by=actor.who,
        proposed_at=now,
        agreed_by="",
        settled_by="",
    )
    check(session, here, swap, books, now)
    session.add(swap)
    enter(session, swap, "propose", actor.who, now)
    told = {partner, staff} if for_another else {partner}
    tell(
        session, swap, "swap-proposed", told, dict(here.shifts), now, by=staff
    )
    return swap.id


def agree(
    session: Session,
    *,
    swap_id: int,
    behalf: str = "",
    books: Books,
    actor: Actor,
    now: datetime,
) -> State:
    """
    The partner agrees; what may be done without approval is done at once.

    That is an emergency cover, and anything where the unit wants it so,
    as long as two people have spoken for themselves.
    """
    swap = swap_to(session, swap_id, Verb.AGREE)
    for_another = acts_for(actor, swap.partner, behalf)
    here = ground(session, swap.unit, swap.term)
    check(session, here, swap, books, now)
    alone = not (for_another or swap.behalf)
    if for_another:
        swap.behalf = said(behalf, needed=True)

    move(swap, Verb.AGREE)
    swap.agreed_by, swap.agreed_at = actor.who, now
    enter(session, swap, "agree", actor.who, now)
    two = swap.agreed_by != swap.proposed_by
    if swap.emergency and two:
        stand_in(session, here, swap, now)
    elif alone and two and is_automatic(session, swap.unit):
        put_in_force(session, here, swap, Verb.APPROVE, swap.agreed_by, now)
    else:
        told = {swap.staff, swap.partner} if for_another else {swap.staff}
        shifts = dict(here.shifts)
        by = swap.partner
        tell(session, swap, "swap-agreed", told, shifts, now, by=by)
        ask = approvers(session, here, swap)
        tell(session, swap, "swap-waiting", ask, shifts, now)

    return State(swap.state)


def decline(
    session: Session,
    *,
    swap_id: int,
    word: str,
    actor: Actor,
    now: datetime,
) -> None:
    """The partner does not agree, with a word if they like."""
    swap = swap_to(session, swap_id, Verb.DECLINE)
    if actor.staff != swap.partner:
        raise Refused("swap-not-yours")

    close(session, swap, Verb.DECLINE, said(word, needed=False), actor, now)
    tell_other(session, swap, "swap-declined", {swap.staff}, actor, now)


def take_back(
    session: Session,
    *,
    swap_id: int,
    behalf: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Either of the two no longer wants it, or an editor for them."""
    swap = swap_to(session, swap_id, Verb.TAKE_BACK)
    both = {swap.staff, swap.partner}
    word = ""
    if actor.staff not in both:
        acts_for(actor, swap.staff, behalf)
        word = said(behalf, needed=True)

    close(session, swap, Verb.TAKE_BACK, word, actor, now)
    told = both - {actor.staff}
    tell_other(session, swap, "swap-taken-back", told, actor, now)


def approve(
    session: Session,
    *,
    swap_id: int,
    books: Books,
    actor: Actor,
    now: datetime,
) -> State:
    """
    The leader of the earlier day, else the unit's approver, allows it.

    An emergency cover that is in force already is approved afterwards.
    """
    swap = session.get(SwapRow, swap_id)
    if swap is not None and swap.state == State.EMERGENCY:
        return _confirm(session, swap, actor, now)

    swap = swap_to(session, swap_id, Verb.APPROVE)
    here = ground(session, swap.unit, swap.term)
    check_approver(session, here, swap, actor)
    check(session, here, swap, books, now)
    put_in_force(session, here, swap, Verb.APPROVE, actor.who, now)
    return State(swap.state)


def refuse(
    session: Session,
    *,
    swap_id: int,
    word: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Whoever would approve it does not, and says why."""
    swap = swap_to(session, swap_id, Verb.REFUSE)
    here = standing(session, swap.unit, swap.term)
    check_approver(session, here, swap, actor)
    close(session, swap, Verb.REFUSE, said(word, needed=True), actor, now)
    both = {swap.staff, swap.partner}
    tell_other(session, swap, "swap-refused", both, actor, now)


def _confirm(
    session: Session, swap: SwapRow, actor: Actor, now: datetime
) -> State:
    """The leader's word afterwards; the version is in force already."""
    here = standing(session, swap.unit, swap.term)
    check_approver(session, here, swap, actor)
    if actor.who in (swap.proposed_by, swap.agreed_by):
        raise Refused("two-people-needed")

    close(session, swap, Verb.CONFIRM, swap.answer, actor, now)
    return State(swap.state)
