"""Rosters as sheets for the office, and as the documents of their proof."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from roster.papers.rosters import OPEN, RosterEntry, RosterSheet
from roster.posts import KIND_WORDS, LEADERS, NIGHT, WORDS
from roster.records import SolutionRow
from roster.records.values import county_of
from roster.review import State
from roster.rules.rulebook import RuleBook
from roster.services.editing.proof import proof_of
from roster.services.preparing import Calendar, chosen_units
from roster.services.viewing import roster, shown_roster
from roster.services.views import DayView, DutyView, RosterView

# What a paper says of its version; all else is a draft.
STATES: Mapping[str, str] = {
    State.PUBLISHED: "已发布",
    State.WITHDRAWN: "已撤销",
}


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


def roster_sheet(
    view: RosterView, phones: Mapping[str, str] | None = None
) -> RosterSheet:
    """
    A roster's view as what goes on paper.

    People's telephones stay out of it unless they are given, by id.
    """
    head = view.head
    entries = [
        entry
        for day in view.days
        for entry in _entries(day, view.namesakes, phones or {})
    ]
    issued = head.published_at
    return RosterSheet(
        unit=head.unit_name,
        term=head.term.name,
        phone=head.unit_phone,
        number=head.number,
        state=STATES.get(head.state, "草稿"),
        author=head.author,
        approver=head.approver,
        issued=f"{issued:%Y-%m-%d}" if issued else "",
        provisional=head.provisional,
        entries=tuple(entries),
        relaxed=head.relaxed,
    )


def _entries(
    day: DayView, namesakes: Collection[str], phones: Mapping[str, str]
) -> Iterator[RosterEntry]:
    for _, some in groupby(day.duties, key=lambda duty: duty.shift_id):
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
            names=(*(_name(d, namesakes) for d in people), *[OPEN] * missing),
            positions=tuple(duty.position for duty in people),
            leads=first.post in LEADERS,
            note="、".join(notes),
            phones=tuple(phones.get(duty.staff_id, "") for duty in people),
        )


def _name(duty: DutyView, namesakes: Collection[str]) -> str:
    """A name; of two people alike with the number that tells them apart."""
    alike = duty.staff_id in namesakes
    return (
        f"{duty.staff_name}（{duty.staff_id}）" if alike else duty.staff_name
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
            solution = proof_of(session, row) or session.get_one(
                SolutionRow, row.solution
            )
            found[unit.id] = solution.problem, solution.outcome

    return found
