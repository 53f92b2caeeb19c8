"""What somebody on duty needs: tasks, who is beside them, hand-over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.posts import SHANGHAI
from roster.records import StaffRow, UnitRow
from roster.records.values import unit_of
from roster.rules.rulebook import Article, Params, Value
from roster.services.log_desk import Books
from roster.services.log_views import LogView, Matter, log_of, open_matters
from roster.services.own_shifts import (
    UnitShift,
    shift_after,
    shift_at,
    shift_before,
    writing_time,
)
from roster.services.people import staff_duties
from roster.services.preparing import Calendar
from roster.services.ruling import params_of
from roster.services.views import DutyView, StaffDuty

CHAPTERS = ("主要任务", "交接记录")
BACK, AHEAD = timedelta(days=3), timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Task:
    """An article on what a shift has to do, with its figures in force."""

    article: Article
    figures: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody on duty in the unit on the same day, with their number."""

    duty: DutyView
    phone: str


@dataclass(frozen=True, slots=True)
class OwnShift:
    """
    One's own shift with its log, the one before and the one after.

    ``overdue_at`` is when a relief that has not come is to be reported.
    """

    log: LogView
    opens: datetime
    until: datetime
    before: LogView | None
    after: UnitShift | None
    matters: tuple[Matter, ...]
    check_items: tuple[str, ...]
    handover_items: tuple[str, ...]
    allow_nothing: bool
    overdue_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether its log can be written."""
        return self.opens <= now < self.until

    def is_overdue(self, now: datetime) -> bool:
        """Whether the relief should have signed long ago."""
        handed = self.log.handover
        taken = handed is not None and handed.taken_at is not None
        relief = self.after and self.after.start == self.log.end
        return bool(relief) and not taken and now >= self.overdue_at


def own_duties(
    session: Session,
    *,
    staff_id: str,
    calendar: Calendar,
    books: Books,
    now: datetime,
) -> tuple[StaffDuty, ...]:
    """A person's duties from those just over on, in order of time."""
    today = now.astimezone(SHANGHAI).date()
    view = staff_duties(
        session,
        staff_id=staff_id,
        first=today - BACK,
        last=today + AHEAD,
        calendar=calendar,
        books=books,
    )
    return view.duties if view else ()


def own_shift(
    session: Session,
    *,
    unit_id: str,
    shift_id: str,
    staff_id: str,
    books: Books,
    now: datetime,
) -> OwnShift | None:
    """A shift of somebody's own; nothing where they are not on it."""
    shift = shift_at(session, unit_id=unit_id, shift_id=shift_id, now=now)
    if shift is None or staff_id not in shift.staff:
        return None

    params = _params(session, unit_id, books)
    opens, until = writing_time(session, shift, params)
    log = log_of(session, unit_id=unit_id, shift_id=shift_id, now=now)
    assert log is not None
    before = shift_before(session, shift)
    day = shift.on
    return OwnShift(
        log,
        opens,
        until,
        log_of(session, unit_id=unit_id, shift_id=before.shift_id, now=now)
        if before
        else None,
        shift_after(session, shift),
        open_matters(session, unit_id=unit_id),
        params.get("check_items", day, ()),
        params.get("handover_items", day, ()),
        params.get("allow_no_event", day, otherwise=True),
        shift.end + timedelta(minutes=params.get("overdue_minutes", day, 0)),
    )


def tasks(
    session: Session, *, unit_id: str, when: datetime, books: Books
) -> tuple[Task, ...]:
    """What the rules say a shift has to do, as it stands on that day."""
    params = _params(session, unit_id, books)
    day = when.astimezone(SHANGHAI).date()
    return tuple(
        Task(
            article,
            tuple((p.label, params.get(p.name, day)) for p in article.params),
        )
        for chapter in CHAPTERS
        for article in params.book.articles
        if article.chapter == chapter
    )


def beside(session: Session, duty: StaffDuty) -> tuple[Beside, ...]:
    """Who is on duty there on the day of one's duty, with numbers."""
    ids = [other.staff_id for other in duty.beside]
    rows = select(StaffRow.id, StaffRow.phone).where(StaffRow.id.in_(ids))
    phones = {staff: phone for staff, phone in session.execute(rows)}
    return tuple(
        Beside(other, phones.get(other.staff_id, "")) for other in duty.beside
    )


def duty_phone(session: Session, unit_id: str) -> str:
    """The unit's own telephone for whoever is on duty."""
    return session.get_one(UnitRow, unit_id).phone


def _params(session: Session, unit_id: str, books: Books) -> Params:
    place = unit_of(session.get_one(UnitRow, unit_id))
    return params_of(session, place, books)
