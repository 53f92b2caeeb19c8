"""Rosters as sheets of paper: some days of some units, with telephones."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.days import Run, Term
from roster.papers.rosters import RosterSheet
from roster.posts import LEADERS, NIGHT
from roster.records import StaffRow
from roster.rules.rulebook import RuleBook
from roster.services.exporting import roster_sheet
from roster.services.preparing import Calendar
from roster.services.viewing import roster
from roster.services.views import (
    DayView,
    DutyView,
    RosterHead,
    RosterView,
)

WHOLE_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Held:
    """One shift of a day with everybody on it."""

    people: tuple[DutyView, ...]

    @property
    def duty(self) -> DutyView:
        """The shift; all of its people have the same."""
        return self.people[0]

    @property
    def turn(self) -> str:
        """``night``, ``whole`` or ``day``: 夜班, 全天, 白班."""
        duty = self.duty
        if NIGHT in duty.tags:
            return "night"

        return "whole" if duty.end - duty.start >= WHOLE_DAY else "day"


@dataclass(frozen=True, slots=True)
class PaperDay:
    """A day of a unit: who leads, and who else is on duty."""

    view: DayView
    leaders: tuple[Held, ...]
    others: tuple[Held, ...]

    def of(self, turn: str) -> tuple[Held, ...]:
        """Who else is on duty in a turn."""
        return tuple(held for held in self.others if held.turn == turn)


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A unit's roster for some days.

    ``phones`` has the telephone of each person and, under the empty id,
    the unit's own; it is empty for whoever may not read them.
    """

    head: RosterHead
    days: tuple[PaperDay, ...]
    phones: Mapping[str, str]
    namesakes: frozenset[str] = frozenset()

    @property
    def provisional(self) -> bool:
        """Whether a notice is missing for one of its days."""
        return any(day.view.day.provisional for day in self.days)

    @property
    def turns(self) -> tuple[str, ...]:
        """The turns that those who do not lead have, in order."""
        found = {held.turn for day in self.days for held in day.others}
        return tuple(t for t in ("whole", "day", "night") if t in found)

    @property
    def view(self) -> RosterView:
        """The roster as pages show it, cut to these days."""
        days = tuple(day.view for day in self.days)
        return RosterView(self.head, days, self.namesakes)

    def sheet(self) -> RosterSheet:
        """As what workbooks are made from."""
        sheet = roster_sheet(self.view, self.phones)
        phone = self.phones.get("", "")
        return replace(sheet, provisional=self.provisional, phone=phone)


@dataclass(frozen=True, slots=True)
class Readers:
    """
    The units of which a visitor may read what.

    ``drafts`` and ``phones`` are those whose drafts and telephone numbers
    they may see, too.
    """

    units: Sequence[str]
    drafts: Collection[str] = ()
    phones: Collection[str] = ()


def papers(
    session: Session,
    *,
    readers: Readers,
    term_id: str,
    first: date,
    last: date,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> tuple[Paper, ...]:
    """The units' rosters for a term, cut to the days asked for."""
    found = []
    for unit_id in readers.units:
        view = roster(
            session,
            unit_id=unit_id,
            term_id=term_id,
            calendar=calendar,
            books=books,
        )
        if view is None:
            continue

        if view.head.state == "published" or unit_id in readers.drafts:
            days = tuple(
                _day(day) for day in view.days if first <= day.day.date <= last
            )
            shown = unit_id in readers.phones
            phones = _phones(session, view.head, days) if shown else {}
            found.append(Paper(view.head, days, phones, view.namesakes))

    return tuple(found)


def _day(day: DayView) -> PaperDay:
    shifts = groupby(day.duties, key=lambda duty: duty.shift_id)
    held = [Held(tuple(people)) for _, people in shifts]
    return PaperDay(
        day,
        tuple(h for h in held if h.duty.post in LEADERS),
        tuple(h for h in held if h.duty.post not in LEADERS),
    )


def _phones(
    session: Session, head: RosterHead, days: Iterable[PaperDay]
) -> dict[str, str]:
    """Of whoever is on duty, pooled leaders of other units included."""
    ids = sorted(
        {duty.staff_id for day in days for duty in day.view.duties} - {""}
    )
    phones = {"": head.unit_phone}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        asked = select(StaffRow.id, StaffRow.phone).where(
            StaffRow.id.in_(some)
        )
        phones |= {key: phone for key, phone in session.execute(asked)}

    return phones


def holidays(term: Term, calendar: Calendar) -> tuple[Run, ...]:
    """The runs of days off in a term that a notice (or the law) made."""
    found: dict[date, Run] = {}
    for day in calendar.days(term.first, term.last):
        if day.run and day.run.holiday:
            found[day.run.first] = day.run

    return tuple(found.values())


def coming(term: Term, calendar: Calendar, today: date) -> tuple[date, date]:
    """The days off that are now, or next, inside a term; else its end."""
    for day in calendar.days(max(today, term.first), term.last):
        if day.run:
            return max(day.run.first, term.first), min(day.run.last, term.last)

    return term.last, term.last
