"""When pupils are at school on days off: boarders, activities, exams."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from roster.demo.strains import presence_on_purpose
from roster.demo.terms import TERMS, school_weekends
from roster.demo.units import Plan
from roster.people import Presence, Unit

# Unit, first and last day, what for.
EVENTS = (
    ("U002", date(2026, 6, 7), date(2026, 6, 7), "高考"),
    ("U002", date(2027, 1, 9), date(2027, 1, 10), "期末考试"),
    ("U003", date(2026, 6, 13), date(2026, 6, 14), "中考"),
    ("U005", date(2025, 11, 22), date(2025, 11, 22), "集中活动"),
    ("U005", date(2026, 5, 30), date(2026, 5, 30), "集中活动"),
    ("U005", date(2026, 12, 26), date(2026, 12, 26), "集中活动"),
    ("U018", date(2026, 10, 24), date(2026, 10, 24), "集中活动"),
    ("U036", date(2026, 4, 18), date(2026, 4, 19), "集中活动"),
    ("U053", date(2026, 11, 21), date(2026, 11, 22), "考试"),
)


def presences_of(
    units: tuple[tuple[Unit, Plan], ...],
) -> tuple[Presence, ...]:
    """Every date range on which a school has pupils on days off."""
    found = [
        presence
        for unit, plan in units
        for presence in (*_boarders(unit), *presence_on_purpose(unit, plan))
    ]
    events = [p for p in (Presence(*event) for event in EVENTS)]
    return tuple(sorted(found + events, key=lambda p: (p.unit, p.first)))


def _boarders(unit: Unit) -> Iterator[Presence]:
    """大周: every other weekend boarders stay; schools take turns."""
    if not unit.boarding:
        return

    for term in TERMS:
        start = int(unit.id[1:]) % 2
        for first, last in islice(school_weekends(term), start, None, 2):
            yield Presence(unit.id, first, last, "寄宿留校")
