"""Rosters as sheets for the office, and as the documents of their proof."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from roster.papers.rosters import OPEN, RosterEntry, RosterSheet
from roster.posts import KIND_WORDS, LEADERS, NIGHT, WORDS
from roster.records import SolutionRow
from roster.records.values import county_of
from roster.rules.rulebook import RuleBook
from roster.services.preparing import Calendar, chosen_units
from roster.services.viewing import roster, shown_roster
from roster.services.views import DayView, DutyView, RosterView


def roster_sheets(
    session: Session,
    *,
    term_id: str,
    unit_ids: Sequence[str] | None,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> tuple[RosterSheet, ...]:
    """A sheet for each unit that has a roster."""
    units = chosen_units(county_of(session), unit_ids)
    views = (
        roster(
            session,
            unit_id=unit.id,
            term_id=term_id,
            calendar=calendar,
            books=books,
        )
        for unit in units
    )
    return tuple(roster_sheet(view) for view in views if view)


def roster_sheet(view: RosterView) -> RosterSheet:
    """A roster's view as what goes on paper; telephones stay out of it."""
    head = view.head
    entries = [
        entry for day in view.days for entry in _entries(day, day.duties)
    ]
    issued = head.published_at
    return RosterSheet(
        unit=head.unit_name,
        term=head.term.name,
        phone=head.unit_phone,
        number=head.number,
        state="已发布" if head.state == "published" else "草稿",
        author=head.author,
        approver=head.approver,
        issued=f"{issued:%Y-%m-%d}" if issued else "",
        provisional=head.provisional,
        entries=tuple(entries),
    )


def _entries(
    day: DayView, duties: Sequence[DutyView]
) -> Iterator[RosterEntry]:
    for _, some in groupby(duties, key=lambda duty: duty.shift_id):
        held = list(some)
        first = held[0]
        people = [duty for duty in held if duty.staff_id]
        missing = len(held) - len(people)
        notes = ["暂定"] if day.day.provisional else []
        notes += ["学生在校"] if day.students else []
        yield RosterEntry(
            date=day.day.date,
            kind=day.day.festival or KIND_WORDS.get(day.day.kind, ""),
            post=WORDS[first.post],
            shift=_shift_word(first),
            hours=_hours(first),
            names=(*(d.staff_name for d in people), *[OPEN] * missing),
            positions=tuple(duty.position for duty in people),
            leads=first.post in LEADERS,
            note="、".join(notes),
        )


def _shift_word(duty: DutyView) -> str:
    if NIGHT in duty.tags:
        return "夜班"

    whole = duty.end - duty.start >= timedelta(hours=24)
    return "全天" if whole else "白班"


def _hours(duty: DutyView) -> str:
    later = "次日" if duty.end.date() > duty.start.date() else ""
    return f"{duty.start:%H:%M}–{later}{duty.end:%H:%M}"


def pairs(
    session: Session, *, term_id: str, unit_ids: Sequence[str] | None
) -> dict[str, tuple[str, str]]:
    """By unit id, problem and outcome; pooled units share one pair."""
    found: dict[str, tuple[str, str]] = {}
    for unit in chosen_units(county_of(session), unit_ids):
        row = shown_roster(session, unit.id, term_id)
        if row is not None:
            solution = session.get_one(SolutionRow, row.solution)
            found[unit.id] = solution.problem, solution.outcome

    return found
