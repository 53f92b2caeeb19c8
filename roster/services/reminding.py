"""What people are told because its time has come."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.messages.kinds import (
    CALENDAR_PROVISIONAL,
    DUTY_TOMORROW,
    ROUND_CLOSING,
    WISH_ROUND,
)
from roster.people import UnitKind
from roster.posts import SHANGHAI
from roster.records import (
    MessageRow,
    RosterRow,
    ShiftRow,
    UnitRow,
    WishRoundRow,
)
from roster.rights import Right
from roster.services.account_views import holders
from roster.services.messaging import queue
from roster.services.preparation.rounds import (
    Round,
    key_of,
    round_of,
    told,
)
from roster.services.preparing import Calendar
from roster.services.served import held_shifts, in_force

A_DAY = timedelta(days=1)  # before its closing a round is called to mind


def duty_tomorrow(session: Session, *, due: datetime, now: datetime) -> int:
    """Tells everybody on duty the day after; not what has begun."""
    tomorrow = due.astimezone(SHANGHAI).date() + timedelta(days=1)
    held = held_shifts().where(ShiftRow.on == tomorrow, ShiftRow.start > now)
    return sum(
        queue(
            session,
            kind=DUTY_TOMORROW,
            staff=[staff],
            unit=unit,
            facts={
                "date": shift.on.isoformat(),
                "post": shift.post,
                "hours": [
                    shift.start.astimezone(SHANGHAI).isoformat(),
                    shift.end.astimezone(SHANGHAI).isoformat(),
                ],
            },
            key=f"{unit}/{shift.shift}",
            now=now,
            due=due,
        )
        for shift, staff, unit in session.execute(held).all()
    )


def calendar_provisional(
    session: Session, *, calendar: Calendar, due: datetime, now: datetime
) -> int:
    """Tells those who keep the calendar of years without a notice."""
    dates = session.scalars(
        select(ShiftRow.on)
        .join(RosterRow, RosterRow.id == ShiftRow.roster)
        .where(in_force(), ShiftRow.on >= now.astimezone(SHANGHAI).date())
        .distinct()
    )
    years = {when.year: when for when in sorted(dates)}
    missing = [
        year for year, last in years.items() if calendar.day(last).provisional
    ]
    bureaus = select(UnitRow.id).where(UnitRow.kind == UnitKind.BUREAU)
    return sum(
        queue(
            session,
            kind=CALENDAR_PROVISIONAL,
            staff=holders(session, Right.GOVERN, bureau),
            unit=bureau,
            facts={"year": year},
            key=f"{bureau}/{year}/{due.astimezone(SHANGHAI):%Y-%m-%d}",
            now=now,
        )
        for bureau in session.scalars(bureaus).all()
        for year in missing
    )


def wish_round_closing(session: Session, *, now: datetime) -> int:
    """Tells those who have not answered, once, a day before the closing."""
    rows = session.scalars(
        select(WishRoundRow).where(
            WishRoundRow.closes_at > now, WishRoundRow.closes_at <= now + A_DAY
        )
    )
    found = (
        round_of(session, unit_id=row.unit, term_id=row.term, now=now)
        for row in rows.all()
    )
    return sum(
        queue(
            session,
            kind=ROUND_CLOSING,
            staff=[member.id for member in one.waiting],
            unit=one.unit_id,
            facts=told(one),
            key=key_of(one),
            now=now,
        )
        for one in found
        if one and one.waiting and not _just_asked(session, one, now)
    )


def _just_asked(session: Session, found: Round, now: datetime) -> bool:
    """Whether it was only lately that people were told of this closing."""
    asked = session.scalar(
        select(func.max(MessageRow.queued_at)).where(
            MessageRow.key.startswith(
                f"{WISH_ROUND}/{key_of(found)}/", autoescape=True
            )
        )
    )
    return asked is not None and asked > now - A_DAY
