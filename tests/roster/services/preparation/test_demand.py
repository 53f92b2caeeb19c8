"""A roster in force is held against what is demanded today."""

from dataclasses import replace
from datetime import date

from roster.people import Presence
from roster.services.preparation.demand import differing_days
from roster.services.preparing import cases
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT
from tests.roster.services.conftest import imported

TODAY = date(2026, 9, 28)


def differing(records, today=TODAY, **changed):
    with records.reading() as session:
        found = cases(
            session,
            term_id=SHORT.id,
            unit_ids=None,
            calendar=CHINA,
            books=BOOKS,
            past=False,
        )
        other = [
            replace(case, **changed) if case.unit.id == SCHOOL.id else case
            for case in found
        ]
        return differing_days(session, other, today)


def test_what_was_just_published_is_what_is_demanded(desk):
    assert differing(desk.records) == {}


def test_without_a_roster_nothing_differs(lite):
    assert differing(imported(lite).records) == {}


def test_days_with_other_shifts_are_named_from_today_on(desk):
    students = (
        Presence(SCHOOL.id, date(2026, 10, 4), date(2026, 10, 4)),
        Presence(SCHOOL.id, date(2026, 10, 17), date(2026, 10, 18)),
    )

    found = differing(desk.records, presences=students)
    later = differing(desk.records, date(2026, 10, 18), presences=students)

    assert found == {SCHOOL.id: [date(2026, 10, n) for n in (4, 17, 18)]}
    assert later == {SCHOOL.id: [date(2026, 10, 18)]}
    assert BUREAU.id not in found


def test_a_longer_term_lacks_its_new_days(desk):
    longer = replace(SHORT, last=date(2026, 11, 1))
    days = tuple(CHINA.days(longer.first, longer.last))

    found = differing(desk.records, term=longer, days=days)

    assert found == {SCHOOL.id: [date(2026, 11, 1)]}
