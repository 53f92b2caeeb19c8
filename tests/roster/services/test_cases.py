"""Numbered cases of the office that end with records: 4, 5, 8 and 14."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from calendars import China
from calendars.changes import changed_days
from calendars.documents import to_json
from calendars.notice import read_notice
from calendars.years import announced_year, shipped_years
from roster.days import CalendarYear, DayKind, Holiday, Notice, Term
from roster.errors import Refused
from roster.papers.roster_text import write_rosters_csv
from roster.people import (
    Leave,
    Period,
    Presence,
    Standing,
    Unit,
    UnitKind,
)
from roster.posts import SHANGHAI
from roster.records import (
    AssignmentRow,
    FeedEventRow,
    RosterRow,
    ShiftRow,
    SolutionRow,
)
from roster.rules.rulebook import Override
from roster.services.board import county_board
from roster.services.calendar_keeping import (
    store_year,
    stored_years,
    touched_duties,
)
from roster.services.exporting import roster_sheets
from roster.services.generating import generate
from roster.services.publishing import publish_term
from roster.services.ruling import add_overrides
from roster.services.viewing import failure, roster
from solver import solve
from tests.conftest import NOW
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT, people
from tests.roster.services.conftest import COUNTY, imported, one_by_one
from tests.web.accounts import add_accounts, log_in
from web import create_app
from web.config import Config
from web.wiring import Office

NEW_YEARS_EVE = date(2026, 12, 31)
YEARS_END = Term(
    "2026-12",
    "2026年年底",
    date(2026, 12, 26),
    NEW_YEARS_EVE,
    ((NEW_YEARS_EVE, NEW_YEARS_EVE),),
)

OVER_NEW_YEAR = replace(YEARS_END, last=date(2027, 1, 3))


def announced() -> CalendarYear:
    """元旦 of 2027 as a notice may announce it, for want of the real one."""
    days_off = Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3))
    return announced_year(2027, [days_off], (Notice("1号", None, "试验"),))


def drafted(records, term: Term) -> None:
    """The small county's drafts for a term; vacations are manned."""
    imported(records, replace(COUNTY, terms=(term,)))
    every_day = Override(
        "bureau", "", "vacation_days", "每天", Period(), "通知", "8号"
    )
    with records.writing() as session:
        add_overrides(session, [every_day], who="王办公室", now=NOW)
    draft(records, term, CHINA)


def draft(records, term: Term, calendar) -> None:
    """Drafts for every unit by that calendar."""
    generate(
        records,
        term_id=term.id,
        calendar=calendar,
        books=BOOKS,
        solve=solve,
        run=one_by_one,
        who="王办公室",
        now=lambda: NOW,
    )


def publish(records, term: Term, calendar) -> None:
    """Publishes all drafts of a term."""
    with records.writing() as session:
        publish_term(
            session,
            term_id=term.id,
            author="王办公室",
            approver="李局长",
            calendar=calendar,
            books=BOOKS,
            now=NOW,
        )


def shown(records, unit: Unit, term: Term, calendar=CHINA, number=None):
    """A unit's roster as pages and papers get it."""
    with records.reading() as session:
        return roster(
            session,
            unit_id=unit.id,
            term_id=term.id,
            calendar=calendar,
            books=BOOKS,
            number=number,
        )


def test_case_4_a_night_over_new_year_is_a_provisional_one(records):
    drafted(records, YEARS_END)

    with records.reading() as session:
        row = session.scalars(
            select(ShiftRow).where(
                ShiftRow.shift == f"{NEW_YEARS_EVE}/duty-night"
            )
        ).one()
        assert row.start == datetime(2026, 12, 31, 18, tzinfo=SHANGHAI)
        assert row.end == datetime(2027, 1, 1, 8, tzinfo=SHANGHAI)
        assert len(row.held) == 1
        assert session.scalars(select(SolutionRow.provisional)).all() == [
            True,
            True,
        ]
        lines = county_board(session, term_id=YEARS_END.id)
        assert {line.provisional for line in lines} == {True}


def test_case_4_what_is_provisional_is_told_with_the_roster(lite):
    drafted(lite, YEARS_END)

    view = shown(lite, BUREAU, YEARS_END)

    assert view.head.provisional
    told = {day.day.date: day.day.provisional for day in view.days}
    assert told[NEW_YEARS_EVE]
    assert not told[date(2026, 12, 26)]


def test_case_4_what_is_provisional_is_told_on_paper(lite, tmp_path):
    drafted(lite, YEARS_END)
    path = tmp_path / "值班表.csv"

    with lite.reading() as session:
        sheets = roster_sheets(
            session,
            term_id=YEARS_END.id,
            unit_ids=[BUREAU.id],
            calendar=CHINA,
            books=BOOKS,
        )
    write_rosters_csv(sheets, path)

    written = path.read_text("utf-8-sig").splitlines()
    (sheet,) = sheets
    assert "暂定" in sheet.standing
    assert any("暂定" in line for line in written if "2026-12-31" in line)
    assert not any("暂定" in line for line in written if "2026-12-26" in line)


@pytest.mark.parametrize("form", ["", "?view=list"])
def test_case_4_what_is_provisional_is_told_on_the_page(lite, tmp_path, form):
    drafted(lite, YEARS_END)
    here = Office(Config(tmp_path, f"sqlite:///{tmp_path / 'duty.db'}"))

    with here.records.writing() as session:
        add_accounts(session)
    visitor = log_in(create_app(here).test_client())
    page = visitor.get(f"/units/{BUREAU.id}{form}")

    here.close()
    assert page.status_code == 200
    assert "含暂定日期" in page.text
    assert ">暂定<" in page.text


def test_case_4_once_the_year_is_announced_it_is_drafted_anew(lite):
    drafted(lite, OVER_NEW_YEAR)
    years = China({**shipped_years(), 2027: announced()})

    with pytest.raises(Refused, match="calendar-changed"):
        publish(lite, OVER_NEW_YEAR, years)
    draft(lite, OVER_NEW_YEAR, years)

    assert not shown(lite, BUREAU, OVER_NEW_YEAR, years).head.provisional


def test_case_4_who_holds_that_night_rests_on_new_years_day(lite):
    drafted(lite, OVER_NEW_YEAR)

    view = shown(lite, BUREAU, OVER_NEW_YEAR)

    night = {
        duty.staff_id
        for day in view.days
        for duty in day.duties
        if duty.shift_id == f"{NEW_YEARS_EVE}/duty-night"
    }
    after = {
        duty.staff_id
        for day in view.days
        if day.day.date in (date(2027, 1, 1), date(2027, 1, 2))
        for duty in day.duties
    }
    assert night
    assert not night & after


AMENDMENT = "\n".join(
    [
        "国务院办公厅关于调整2026年国庆节假期安排的通知",
        "国办发明电〔2026〕9号",
        "经国务院批准，现对2026年国庆节假期安排作适当调整，通知如下：",
        "一、2026年10月1日至8日放假调休，共8天。9月20日（星期日）、"
        "10月10日（星期六）、10月11日（星期日）上班。",
        "国务院办公厅",
        "2026年9月10日",
    ]
)  # fmt: skip
ADDED, WORKED = date(2026, 10, 8), date(2026, 10, 11)


def amended() -> CalendarYear:
    """2026 with an eighth day of 国庆节 and one more Sunday worked."""
    return read_notice(AMENDMENT, "调整.txt", CHINA.year)[0]


def after_amendment() -> China:
    return China({**shipped_years(), 2026: amended()})


def kept(records) -> list[tuple]:
    """All that stands in the records about rosters, row by row."""
    with records.reading() as session:
        return [
            tuple(repr(getattr(row, c.name)) for c in table.__table__.columns)
            for table in (RosterRow, ShiftRow, AssignmentRow, FeedEventRow)
            for row in session.scalars(select(table).order_by(table.id))
        ]


def store(records) -> None:
    with records.writing() as session:
        store_year(session, amended(), to_json=to_json, who="王", now=NOW)


def test_case_5_an_amended_calendar_lists_the_people_it_touches(office):
    office.generate()
    office.publish()
    changed = changed_days(CHINA.year(2026), amended())

    with office.records.reading() as session:
        touched = touched_duties(session, changed)

    assert {d.date for d in changed} >= {ADDED, WORKED}
    lost = {
        (one.unit.id, one.duty.post, one.duty.staff)
        for one in touched
        if not one.day.off
    }
    view = shown(office.records, SCHOOL, SHORT)
    (sunday,) = (d for d in view.days if d.day.date == WORKED)
    assert {one.duty.date for one in touched if not one.day.off} == {WORKED}
    assert {(SCHOOL.id, d.post, d.staff_id) for d in sunday.duties} <= lost
    assert {unit for unit, _, _ in lost} == {SCHOOL.id, BUREAU.id}


def test_case_5_an_amended_calendar_rewrites_no_published_duty(office):
    office.generate()
    office.publish()
    before = kept(office.records)

    store(office.records)

    assert kept(office.records) == before
    with office.records.reading() as session:
        assert set(stored_years(session)) == {2026}
    calendar = after_amendment()
    view = shown(office.records, SCHOOL, SHORT, calendar)
    on = {day.day.date: day for day in view.days}
    assert on[WORKED].duties
    assert on[WORKED].day.kind is DayKind.MAKE_UP
    assert ADDED not in on


def test_case_5_a_draft_of_the_old_calendar_is_published_no_more(lite):
    office = imported(lite)
    office.generate()
    store(lite)

    with pytest.raises(Refused, match="calendar-changed"):
        office.publish(calendar=after_amendment())


def test_case_5_the_change_is_proposed_as_a_draft_beside_the_published(lite):
    office = imported(lite)
    office.generate()
    office.publish()
    published = kept(lite)
    calendar = after_amendment()

    draft(lite, SHORT, calendar)

    proposed = shown(lite, SCHOOL, SHORT, calendar, number=2)
    in_force = shown(lite, SCHOOL, SHORT, calendar)
    days = {day.day.date for day in proposed.days}
    assert ADDED in days
    assert WORKED not in days
    assert (proposed.head.state, in_force.head.state) == (
        "draft",
        "published",
    )
    assert in_force.head.number == 1
    assert set(published) <= set(kept(lite))


STAYING = (date(2026, 10, 17), date(2026, 10, 18))


def test_case_8_students_are_there_on_the_dates_the_list_says(records):
    stay = Presence(SCHOOL.id, *STAYING, "大周留校")
    office = imported(records, replace(COUNTY, presences=(stay,)))

    office.generate(SCHOOL.id)

    view = shown(records, SCHOOL, SHORT)
    assert {d.day.date for d in view.days if d.students} == set(STAYING)
    posts = {
        d.day.date: Counter(duty.post for duty in d.duties) for d in view.days
    }
    for when, count in posts.items():
        teachers = 2 if when in STAYING else 0
        assert count == Counter(lead=1) + Counter(duty=teachers)


DISTRICT = Unit(id="D1", name="柳湾学区", kind=UnitKind.DISTRICT)
NEIGHBOURS = tuple(
    Unit(
        id=f"U02{n}",
        name=f"柳湾{n}小学",
        kind=UnitKind.SCHOOL,
        parent="D1",
    )
    for n in (1, 2)
)


def district(records, *leaders: int):
    """Two schools of a district with so many leaders; the first's away."""
    staff = [
        people(u, (Standing.PRINCIPAL, n)) if n else ()
        for u, n in zip(NEIGHBOURS, leaders, strict=True)
    ]
    leave = tuple(
        Leave(m.id, date(2026, 10, 1), date(2026, 10, 7)) for m in staff[0]
    )
    return imported(
        records,
        replace(
            COUNTY,
            units=(*COUNTY.units, DISTRICT, *NEIGHBOURS),
            staff=(*COUNTY.staff, *staff[0], *staff[1]),
            leave=leave,
        ),
    )


def test_case_14_a_shared_leader_is_at_one_school_at_a_time(records):
    office = district(records, 1, 4)

    done = office.generate(DISTRICT.id)

    assert not done.failed
    with records.reading() as session:
        rows = session.execute(
            select(AssignmentRow.staff, ShiftRow.on, RosterRow.unit)
            .join(ShiftRow, AssignmentRow.shift == ShiftRow.id)
            .join(RosterRow, RosterRow.id == ShiftRow.roster)
        ).all()
    lent = {on for staff, on, unit in rows if staff[:4] != unit}
    assert {date(2026, 10, n) for n in range(1, 8)} <= lent
    places = Counter((staff, on) for staff, on, _ in rows)
    assert set(places.values()) == {1}


def test_case_14_one_leader_is_never_counted_at_both_schools(records):
    office = district(records, 1, 1)

    done = office.generate(DISTRICT.id)

    assert [unit.unit_id for unit in done.failed] == ["U021"]
    assert done.failed[0].status == "infeasible"
    with records.reading() as session:
        found = failure(session, unit_id="U021", term_id=SHORT.id)
        assert found is not None
        assert [step.code for step in found.steps] == [
            "plain",
            "gap",
            "pooled",
        ]
        assert all(line.article for line in found.conflict)
        states = {r.unit for r in session.scalars(select(RosterRow))}
    assert states == {"U022"}
