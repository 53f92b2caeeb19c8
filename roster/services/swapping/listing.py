"""Swaps and covers as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from roster.answers import Costs
from roster.errors import Refused
from roster.judging import Judge
from roster.posts import SHANGHAI
from roster.records import RosterRow, ShiftRow, StaffRow, SwapRow, UnitRow
from roster.rights import Actor
from roster.rules.rulebook import RuleBook
from roster.services.answering import Asked
from roster.services.swapping.checks import check
from roster.services.swapping.ground import (
    Ground,
    Standing,
    approvers,
    changed,
    cut_off_of,
    ground,
    may_approve,
    settled_until,
)
from roster.services.turning import roster_in_force
from roster.swaps import OPEN, State


@dataclass(frozen=True, slots=True)
class SwapDuty:
    """A duty given away; without hours where it is no longer there."""

    shift: str
    date: date | None
    post: str
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class SwapView:
    """
    One swap or cover.

    ``until`` is its cut-off while it is open; ``approvers`` are the names
    of those who may decide; ``number`` is the version that came of it.
    """

    id: int
    unit_id: str
    unit_name: str
    term: str
    state: str
    emergency: bool
    owed: bool
    duty: SwapDuty
    back: SwapDuty | None
    staff_id: str
    staff_name: str
    partner_id: str
    partner_name: str
    word: str
    answer: str
    behalf: str
    proposed_by: str
    proposed_at: datetime
    agreed_by: str
    settled_by: str
    until: datetime | None
    approvers: tuple[str, ...]
    may_approve: bool
    number: int | None

    @property
    def open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in OPEN


@dataclass(frozen=True)
class Reader:
    """For whom and by which rules lists are made."""

    session: Session
    books: Mapping[str, RuleBook]
    actors: Mapping[str, Actor]  # by unit

    def views(self, wanted: Select[SwapRow]) -> tuple[SwapView, ...]:
        """The newest first."""
        rows = self.session.scalars(
            wanted.order_by(SwapRow.id.desc()).limit(200)
        )
        return tuple(self._view(row) for row in rows.all())

    def _view(self, swap: SwapRow) -> SwapView:
        row = roster_in_force(self.session, swap.unit, swap.term)
        shifts = {s.shift: s for s in row.shifts} if row else {}
        here = Standing(row, shifts) if row else None
        waits = here is not None and bool(here.of(swap))
        asked = waits and swap.state in (*OPEN, State.EMERGENCY)
        actor = self.actors.get(swap.unit, Actor(""))
        return SwapView(
            id=swap.id,
            unit_id=swap.unit,
            unit_name=self.session.get_one(UnitRow, swap.unit).name,
            term=swap.term,
            state=swap.state,
            emergency=swap.emergency,
            owed=swap.owed,
            duty=_duty(swap.shift, shifts),
            back=_duty(swap.back, shifts) if swap.back else None,
            staff_id=swap.staff,
            staff_name=self._name(swap.staff),
            partner_id=swap.partner,
            partner_name=self._name(swap.partner),
            word=swap.word,
            answer=swap.answer,
            behalf=swap.behalf,
            proposed_by=swap.proposed_by,
            proposed_at=swap.proposed_at.astimezone(SHANGHAI),
            agreed_by=swap.agreed_by,
            settled_by=swap.settled_by,
            until=settled_until(self.session, here, swap, self.books)
            if here and asked and not swap.emergency
            else None,
            approvers=self._names(approvers(self.session, here, swap))
            if here and asked
            else (),
            may_approve=here is not None
            and asked
            and swap.state != State.PROPOSED
            and may_approve(self.session, here, swap, actor),
            number=self._number(swap),
        )

    def _name(self, staff: str) -> str:
        return self.session.get_one(StaffRow, staff).name

    def _names(self, staff: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._name(one) for one in sorted(staff))

    def _number(self, swap: SwapRow) -> int | None:
        if swap.version is None:
            return None

        return self.session.get_one(RosterRow, swap.version).number


def _duty(name: str, shifts: Mapping[str, ShiftRow]) -> SwapDuty:
    row = shifts.get(name)
    if row is not None:
        return SwapDuty(
            name,
            row.on,
            row.post,
            row.start.astimezone(SHANGHAI),
            row.end.astimezone(SHANGHAI),
        )

    # Ids begin with their date and post: 2026-10-07/lead.
    day, _, post = name.partition("/")
    try:
        return SwapDuty(name, date.fromisoformat(day), post.partition("/")[0])
    except ValueError:
        return SwapDuty(name, None, "")


def own_swaps(
    session: Session,
    *,
    staff_id: str,
    books: Mapping[str, RuleBook],
    actors: Mapping[str, Actor],
) -> tuple[SwapView, ...]:
    """Those somebody is a party of."""
    wanted = select(SwapRow).where(
        or_(SwapRow.staff == staff_id, SwapRow.partner == staff_id)
    )
    return Reader(session, books, actors).views(wanted)


def to_approve(
    session: Session,
    *,
    books: Mapping[str, RuleBook],
    actors: Mapping[str, Actor],
) -> tuple[SwapView, ...]:
    """Those that wait for these people, by unit."""
    wanted = select(SwapRow).where(
        SwapRow.unit.in_(actors),
        SwapRow.state.in_((State.AGREED, State.EMERGENCY)),
    )
    found = Reader(session, books, actors).views(wanted)
    return tuple(view for view in found if view.may_approve)


def unit_swaps(
    session: Session,
    *,
    unit_id: str,
    books: Mapping[str, RuleBook],
    actor: Actor,
) -> tuple[SwapView, ...]:
    """All of a unit's, the newest first."""
    wanted = select(SwapRow).where(SwapRow.unit == unit_id)
    return Reader(session, books, {unit_id: actor}).views(wanted)


@dataclass(frozen=True, slots=True)
class SwapDraft:
    """
    What is about to be asked for, and what it would cost.

    ``late`` is whether only an emergency cover is left, ``begun`` whether
    the shift has begun, so that who served it is entered afterwards;
    ``against`` is why it is not possible at all.
    """

    term: str
    duty: SwapDuty
    back: SwapDuty | None
    staff_id: str
    staff_name: str
    partner_id: str
    partner_name: str
    late: bool
    begun: bool
    until: datetime
    against: Refused | None
    asked: Asked
    costs: Costs


def draft(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    shift: str,
    staff: str,
    partner: str,
    back: str,
    books: Mapping[str, RuleBook],
    now: datetime,
) -> SwapDraft | None:
    """A swap before anybody has asked for it; None without such people."""
    people = [session.get(StaffRow, name) for name in (staff, partner)]
    if None in people or roster_in_force(session, unit_id, term_id) is None:
        return None

    here = ground(session, unit_id, term_id)
    if shift not in here.shifts or (back and back not in here.shifts):
        return None

    swap = SwapRow(
        unit=unit_id,
        term=term_id,
        shift=shift,
        staff=staff,
        partner=partner,
        back=back,
        emergency=False,
    )
    until = cut_off_of(session, here, swap, books)
    swap.emergency = now >= until
    against = _against(session, here, swap, books, now)
    costs: Costs = ()
    if against is None:
        judge = Judge(here.problem, here.asked.roster)
        costs = judge.costs(*changed(here, swap))

    return SwapDraft(
        term_id,
        _duty(shift, here.shifts),
        _duty(back, here.shifts) if back else None,
        staff,
        session.get_one(StaffRow, staff).name,
        partner,
        session.get_one(StaffRow, partner).name,
        swap.emergency,
        here.shifts[shift].start <= now,
        until,
        against,
        here.asked,
        costs,
    )


def _against(
    session: Session,
    here: Ground,
    swap: SwapRow,
    books: Mapping[str, RuleBook],
    now: datetime,
) -> Refused | None:
    try:
        check(session, here, swap, books, now)
    except Refused as refusal:
        return refusal

    return None
