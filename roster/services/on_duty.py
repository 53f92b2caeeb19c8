"""Who is on duty at a moment, by the version in force at that moment."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.posts import SHANGHAI
from roster.records import RosterRow, ShiftRow, TermRow
from roster.rules.rulebook import Params
from roster.services.duties import Duties
from roster.services.views import DutyView


def version_at(
    session: Session, *, unit_id: str, moment: datetime
) -> RosterRow | None:
    """The roster in force for a unit at a moment; nights count as begun."""
    # A night's shift belongs to the day it began on, maybe a term's last.
    days = {
        moment.astimezone(SHANGHAI).date() - timedelta(days=back)
        for back in (0, 1)
    }
    found = (
        select(RosterRow)
        .join(TermRow, TermRow.id == RosterRow.term)
        .where(
            RosterRow.unit == unit_id,
            RosterRow.published_at <= moment,
            or_(
                RosterRow.withdrawn_at.is_(None),
                RosterRow.withdrawn_at > moment,
            ),
            TermRow.first <= max(days),
            TermRow.last >= min(days),
        )
        .order_by(TermRow.first.desc(), RosterRow.number.desc())
    )
    return session.scalars(found).first()


def on_duty(
    session: Session, *, unit_id: str, moment: datetime, params: Params
) -> tuple[DutyView, ...]:
    """Everybody on duty in a unit at a moment, leaders first."""
    roster = version_at(session, unit_id=unit_id, moment=moment)
    if roster is None:
        return ()

    shifts = select(ShiftRow).where(
        ShiftRow.roster == roster.id,
        ShiftRow.start <= moment,
        ShiftRow.end > moment,
    )
    duties = Duties(session, params)
    return duties.of_all(session.scalars(shifts).all(), unit_id)
