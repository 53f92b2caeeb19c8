"""A published roster is repaired with the fewest changes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select

from roster.audit import audit
from roster.comparing import compare
from roster.documents import read_outcome, read_problem
from roster.errors import Refused
from roster.people import Leave, Period, Standing
from roster.problem import Assignment, Outcome, Status
from roster.records import (
    FeedEventRow,
    LeaveRow,
    RosterRow,
    ShiftRow,
    SolutionRow,
    StaffRow,
)
from roster.records.journal import JournalRow, broken
from roster.rules.rulebook import Override
from roster.services.exporting import pairs
from roster.services.importing import apply
from roster.services.people import fairness
from roster.services.repairing import repair
from roster.services.ruling import add_overrides
from roster.services.viewing import failure, roster_head, shown_roster
from solver import solve
from tests.builders import SHANGHAI
from tests.conftest import NOW
from tests.offices import BOOKS, CHINA, SCHOOL, SHORT, member
from tests.roster.services.conftest import COUNTY, SCHOOL_STAFF, imported
from tests.roster.services.small import asked_for

SINCE = date(2026, 10, 5)  # amid the holiday
LATER = datetime(2026, 10, 4, 20, tzinfo=SHANGHAI)


def mended(office, unit=SCHOOL.id, since=SINCE, **more):
    more.setdefault("calendar", CHINA)
    more.setdefault("solve", solve)
    return repair(
        office.records,
        term_id=SHORT.id,
        unit_id=unit,
        since=since,
        books=BOOKS,
        who="王办公室",
        now=lambda: office.now,
        **more,
    )


def said(office, unit=SCHOOL.id, state="published"):
    """Shifts and holders of a unit's newest roster in a state."""
    with office.records.reading() as session:
        row = session.scalars(
            select(RosterRow)
            .where(RosterRow.unit == unit, RosterRow.state == state)
            .order_by(RosterRow.number.desc())
        ).first()
        return row and {
            (shift.on, shift.shift, held.staff)
            for shift in row.shifts
            for held in shift.held
        }


def past(cells):
    return {cell for cell in cells if cell[0] < SINCE}


def on_leave(office, *leave):
    with office.records.writing() as session:
        apply(session, replace(COUNTY, leave=leave), who="w", now=NOW)


def leader_after(office, since=SINCE):
    """Who leads on the first day that may change."""
    return min(cell for cell in said(office) if cell[0] >= since)[2]


def changes(found):
    return compare(found.before, found.after)


def test_leave_is_repaired_with_as_many_changes_as_duties_lost(desk):
    before = said(desk)
    away = leader_after(desk)
    lost = {c for c in before if c[2] == away and c[0] >= SINCE}
    on_leave(desk, Leave(away, SINCE, SHORT.last))

    found = mended(desk)

    after = said(desk, state="draft")
    assert found.status is Status.OPTIMAL
    assert (found.changes, found.proven) == (len(lost), True)
    assert before - after == lost
    assert past(before) == past(after)
    left = {
        (c.date, c.after.id, staff)
        for c in changes(found).shifts
        for staff in c.left
    }
    assert left == lost


def test_leave_already_past_changes_nothing(desk):
    held = min(said(desk))
    on_leave(desk, Leave(held[2], held[0], held[0]))

    found = mended(desk)

    assert found.unchanged
    assert said(desk, state="draft") is None


def test_who_leaves_the_county_keeps_their_past(desk):
    gone = min(said(desk))[2]
    with desk.records.writing() as session:
        row = session.get_one(StaffRow, gone)
        row.employed_until = SINCE - timedelta(days=1)

    mended(desk)

    before, after = said(desk), said(desk, state="draft")
    assert past(before) == past(after)
    assert not {c for c in after if c[2] == gone and c[0] >= SINCE}


def test_who_moves_to_another_unit_keeps_their_past_here(desk):
    gone = min(said(desk))[2]
    with desk.records.writing() as session:
        session.get_one(StaffRow, gone).unit = "U001"

    found = mended(desk)

    before, after = said(desk), said(desk, state="draft")
    assert past(before) == past(after)
    assert not {c for c in after if c[2] == gone and c[0] >= SINCE}
    assert found.after[0].person[gone].name
    with desk.records.reading() as session:
        assert fairness(session, unit_id=SCHOOL.id, term_id=SHORT.id)


def test_who_arrives_takes_duties_only_where_somebody_must_be_replaced(desk):
    new = member(SCHOOL, 90, Standing.DEPUTY, employed=Period(SINCE, None))
    county = replace(COUNTY, staff=(*COUNTY.staff, new))
    with desk.records.writing() as session:
        apply(session, county, who="w", now=NOW)

    assert mended(desk).unchanged
    on_leave(desk, Leave(leader_after(desk), SINCE, SHORT.last))
    mended(desk)

    after = said(desk, state="draft")
    assert all(c[0] >= SINCE for c in after if c[2] == new.id)


class Renewed:
    """The calendar with other days off, from an amended notice."""

    def __init__(self, **kinds) -> None:
        self.kinds = {date(2026, 10, int(n[1:])): k for n, k in kinds.items()}

    def day(self, when):
        pattern = self.kinds.get(when)
        day = CHINA.day(when)
        return (
            day
            if pattern is None
            else replace(
                CHINA.day(pattern), date=when, festival="", lunar=day.lunar
            )
        )

    def days(self, first, last):
        for number in range((last - first).days + 1):
            yield self.day(first + timedelta(days=number))

    def version(self, first, last):
        return "amended"


# The working Saturday is off after all, and the 7th is worked instead; the
# 1st, long past, is announced as a working day as well.
AMENDED = Renewed(
    _10=date(2026, 10, 17), _7=date(2026, 10, 8), _1=date(2026, 10, 8)
)


def test_a_holiday_announced_anew_changes_only_what_comes(desk):
    before = said(desk)

    found = mended(desk, calendar=AMENDED)

    after = said(desk, state="draft")
    assert past(before) == past(after)
    assert {c[0] for c in before} - {c[0] for c in after} == {
        date(2026, 10, 7)
    }
    assert {c[0] for c in after} - {c[0] for c in before} == {
        date(2026, 10, 10)
    }
    assert found.changes == 0
    dates = set(changes(found).dates)
    assert dates == {date(2026, 10, 7), date(2026, 10, 10)}


def override(param, value, first=SINCE):
    return Override(
        "schools", SCHOOL.id, param, value, Period(first), "试验", "1号"
    )


def ruled(office, *overrides):
    with office.records.writing() as session:
        add_overrides(session, overrides, who="w", now=NOW)


def test_a_changed_rule_is_kept_from_the_date_on(desk):
    before = said(desk)
    ruled(desk, override("leaders_per_day", 2))

    found = mended(desk)

    after = said(desk, state="draft")
    assert before < after
    assert found.changes == 0
    assert past(before) == past(after)
    assert {c[0] for c in after - before} == {
        c[0] for c in before if c[0] >= SINCE
    }


def test_a_surge_adds_people_and_takes_nobody_away(desk):
    before = said(desk)
    surge = override("surge_staff", 2)
    ruled(desk, replace(surge, period=Period(SINCE, SINCE)))

    found = mended(desk)

    after = said(desk, state="draft")
    assert before < after
    assert {c[0] for c in after - before} == {SINCE}
    assert len(after - before) == 2
    assert found.changes == 0
    (change,) = changes(found).shifts
    assert change.before is None
    assert len(change.came) == 2


def test_the_repair_passes_the_audit_as_it_is_stored(desk):
    on_leave(desk, Leave(leader_after(desk), SINCE, SHORT.last))
    found = mended(desk)
    desk.publish()

    with desk.records.reading() as session:
        texts = pairs(session, term_id=SHORT.id, unit_ids=[SCHOOL.id])
        head = roster_head(session, shown_roster(session, SCHOOL.id, SHORT.id))
    problem, outcome = texts[SCHOOL.id]

    assert audit(read_problem(problem), read_outcome(outcome)).consistent
    assert [tier.tier for tier in head.tiers] == [1, 2, 3, 4, 5, 6]
    assert (head.number, head.status) == (2, "optimal")
    assert found.units[0].number == 2
    assert found.units[0].roster_id == head.roster_id


def events(office):
    with office.records.reading() as session:
        return {
            (row.shift, row.staff): (row.sequence, row.cancelled, row.start)
            for row in session.scalars(
                select(FeedEventRow).where(FeedEventRow.unit == SCHOOL.id)
            )
        }


def test_published_it_leaves_the_past_in_every_calendar(desk):
    before = events(desk)
    away = leader_after(desk)
    on_leave(desk, Leave(away, SINCE, SHORT.last))
    desk.now = LATER
    mended(desk)
    desk.publish()

    after = events(desk)
    left = {
        shift
        for (shift, staff), (*_, start) in before.items()
        if staff == away and start > LATER
    }

    # To the unit itself a duty goes on under another name.
    for (shift, staff), fact in before.items():
        changed = shift in left and staff in (away, None)
        now = (1, staff == away, fact[2]) if changed else fact
        assert after[shift, staff] == now
    assert after.keys() > before.keys()


def test_what_a_calendar_of_yesterday_gave_is_not_published(desk):
    mended(desk, calendar=AMENDED)

    with pytest.raises(Refused, match="calendar-changed"):
        desk.publish()
    desk.publish(calendar=AMENDED)
    assert {c[0] for c in past(said(desk))} >= {date(2026, 10, 1)}


def test_a_repair_is_in_the_journal_with_its_changes(office):
    office.generate()
    office.publish()
    on_leave(office, Leave(leader_after(office), SINCE, SHORT.last))

    found = mended(office)

    with office.records.reading() as session:
        entry = session.scalars(
            select(JournalRow).order_by(JournalRow.id.desc())
        ).first()
        assert entry.verb == "repair"
        assert entry.facts["changes"] == found.changes
        assert entry.facts["since"] == str(SINCE)
        assert broken(session) == []


def rows(office):
    with office.records.reading() as session:
        return [
            len(session.scalars(select(row)).all())
            for row in (RosterRow, ShiftRow, SolutionRow)
        ]


def test_a_dry_run_stores_nothing(desk):
    on_leave(desk, Leave(leader_after(desk), SINCE, SHORT.last))
    stored = rows(desk)

    found = mended(desk, keep_draft=False)

    assert rows(desk) == stored
    assert found.changes > 0
    assert found.units[0].number is None
    assert changes(found).shifts


def test_a_swap_stands_where_it_can(desk):
    cells = sorted(c for c in said(desk) if c[0] >= SINCE)
    swapped = [Assignment(shift, staff) for _, shift, staff in cells]
    away = cells[0][2]
    on_leave(desk, Leave(away, SINCE, SHORT.last))

    found = mended(desk, swapped={SCHOOL.id: swapped})

    held = found.after[0].pinned - found.after[0].past
    assert held == {c for c in swapped if c.staff != away}


def test_swaps_that_would_not_go_along_are_told(desk):
    """One loses its duty, one its partner; one is as it was."""
    cells = sorted(c for c in said(desk) if c[1].endswith("/lead"))
    (_, lost, away), *others = [c for c in cells if c[0] >= SINCE]
    stays, barred = [c for c in others if c[2] != away][:2]
    cover = partial(asked_for, SCHOOL.id, SHORT.id)
    free = next(c[2] for c in others if c[2] not in (away, stays[2]))
    with desk.records.writing() as session:
        session.add_all(
            [
                cover(lost, away, barred[2]),
                cover(barred[1], barred[2], away),
                cover(stays[1], stays[2], free),
            ]
        )
    on_leave(desk, Leave(away, SINCE, SHORT.last))

    found = mended(desk, keep_draft=False)

    fates = {one.duty.id: one.fate for one in found.swaps}
    assert fates.pop(lost) == "ends"
    assert fates.pop(barred[1]) == "barred"
    assert fates.keys() <= {stays[1]}
    told = next(one for one in found.swaps if one.duty.id == barred[1])
    assert told.articles == ()  # it would tell that the partner is away

    with desk.records.writing() as session:
        session.execute(delete(LeaveRow))
    assert mended(desk).swaps == ()


def test_where_nobody_can_stand_in_the_reasons_are_named(desk):
    leaders = [m for m in SCHOOL_STAFF if m.standing != Standing.STAFF]
    on_leave(desk, *(Leave(m.id, SINCE, SHORT.last) for m in leaders))

    found = mended(desk)

    assert found.status is Status.INFEASIBLE
    assert {line.code for line in found.conflict} == {"aways", "shift"}
    assert [step.code for step in found.steps][:2] == ["plain", "gap"]
    assert said(desk, state="draft") is None
    with desk.records.reading() as session:
        seen = failure(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    assert [line.code for line in seen.conflict] == [
        line.code for line in found.conflict
    ]


def test_without_time_nothing_is_known_and_no_draft_stored(desk):
    def slow(problem):
        return Outcome(problem.id, Status.UNKNOWN)

    found = mended(desk, solve=slow)

    assert (found.status, found.found) == (Status.UNKNOWN, False)
    assert said(desk, state="draft") is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"unit": "没有的学校"}, "unknown-unit"),
        ({"since": date(2026, 11, 1)}, "not-in-the-term"),
        ({"since": date(2026, 9, 27)}, "not-in-the-term"),
    ],
)
def test_what_cannot_be_repaired_is_refused(desk, more, code):
    with pytest.raises(Refused, match=code):
        mended(desk, **more)


def test_a_draft_is_not_a_roster_in_force(lite):
    office = imported(lite)
    office.generate()

    with pytest.raises(Refused, match="no-published-roster"):
        mended(office)


def test_a_roster_published_in_the_meantime_is_not_overridden(desk):
    on_leave(desk, Leave(leader_after(desk), SINCE, SHORT.last))

    def slow(problem):
        desk.generate(SCHOOL.id)
        desk.publish()
        return solve(problem)

    with pytest.raises(Refused, match="roster-renewed"):
        mended(desk, solve=slow)
