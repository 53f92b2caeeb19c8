"""Who may write in a shift's log, and the log itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import DutyLogRow, UnitRow
from roster.records.journal import record
from roster.records.values import unit_of
from roster.rules.rulebook import Params, RuleBook
from roster.services.own_shifts import UnitShift, shift_at, writing_time
from roster.services.ruling import params_of

Books = Mapping[str, RuleBook]


@dataclass(frozen=True, slots=True)
class Place:
    """The shift whose log is written, and who writes."""

    unit_id: str
    shift_id: str
    staff_id: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Whoever may write, at the log they may write in."""

    shift: UnitShift
    params: Params
    opens: datetime
    until: datetime
    who: str
    now: datetime

    def value(self, name: str, otherwise: Any) -> Any:
        """A parameter as it stands on the day of the shift."""
        return self.params.get(name, self.shift.on, otherwise)


def desk_of(
    session: Session, place: Place, books: Books, who: str, now: datetime
) -> Desk:
    """
    Whoever is on the shift, while they may write.

    Raises
    ------
    Refused
        For whoever is not on this shift, or not now.
    """
    desk = any_desk(session, place, books, who, now)
    if not place.staff_id or place.staff_id not in desk.shift.staff:
        raise Refused("not-on-this-shift")

    if not desk.opens <= now < desk.until:
        raise Refused("log-not-open")

    return desk


def any_desk(
    session: Session, place: Place, books: Books, who: str, now: datetime
) -> Desk:
    """The same for whoever need not be on the shift."""
    shift = shift_at(
        session, unit_id=place.unit_id, shift_id=place.shift_id, now=now
    )
    if shift is None:
        raise Refused("no-such-shift")

    unit = unit_of(session.get_one(UnitRow, place.unit_id))
    params = params_of(session, unit, books)
    opens, until = writing_time(session, shift, params)
    return Desk(shift, params, opens, until, who, now)


def log_known(session: Session, unit: str, shift: str) -> DutyLogRow | None:
    """A shift's log, if anybody has written in it."""
    wanted = select(DutyLogRow).where(
        DutyLogRow.unit == unit, DutyLogRow.shift == shift
    )
    return session.scalars(wanted).first()


def log_begun(session: Session, shift: UnitShift) -> DutyLogRow:
    """A shift's log, begun where there was none."""
    row = log_known(session, shift.unit_id, shift.shift_id)
    if row is None:
        row = DutyLogRow(
            unit=shift.unit_id,
            shift=shift.shift_id,
            on=shift.on,
            post=shift.post,
            start=shift.start,
            end=shift.end,
        )
        session.add(row)
        session.flush()

    return row


def record_deed(session: Session, desk: Desk, verb: str, **facts: Any) -> None:
    """Tells the journal that something was written, not what."""
    record(
        session,
        who=desk.who,
        verb=verb,
        noun="duty log",
        thing=f"{desk.shift.unit_id}/{desk.shift.shift_id}",
        now=desk.now,
        facts=facts,
    )
