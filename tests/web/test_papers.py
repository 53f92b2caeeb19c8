"""Rosters on paper: periods, titles, what is marked, and workbooks."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from roster.days import Run
from roster.rights import Role
from roster.services.printing import Readers, papers
from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.county import DUTY_PHONE, EMPTY, LATER, PHONE, STUCK
from web.words.papers import months, paper_title, plain_name

HOLIDAY = Run(date(2026, 10, 1), date(2026, 10, 7), "国庆节")
SHEET = f"/units/{SCHOOL.id}/paper"


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (SHORT.first, SHORT.last, "2026年10月值班安排表", "2026年10月"),
        (HOLIDAY.first, HOLIDAY.last, "2026年国庆节期间", "National Day 2026"),
        (date(2026, 10, 1), date(2026, 10, 31), "2026年10月", "October 2026"),
        (date(2026, 10, 3), date(2026, 10, 3), "2026-10-03值", "2026-10-03,"),
        (
            date(2026, 10, 3),
            date(2026, 10, 9),
            "2026-10-03至2026-10-09值班安排表",
            "2026-10-03 – 2026-10-09, duty roster",
        ),
    ],
)
def test_a_sheet_is_called_as_offices_call_it(first, last, chinese, english):
    said = [
        paper_title(first, last, SHORT, [HOLIDAY], language)
        for language in ("zh", "en")
    ]

    assert said[0].startswith(chinese)
    assert said[1].startswith(english)


def test_months_lie_inside_their_term():
    assert months(SHORT) == [
        (SHORT.first, date(2026, 9, 30)),
        (date(2026, 10, 1), SHORT.last),
    ]


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("张伟（u001-10）", "张伟"),
        ("王办公室", "王办公室"),
        ("张伟（借调）", "张伟（借调）"),
        ("", ""),
    ],
)
def test_paper_bears_names_without_log_ins(signature, name):
    assert plain_name(signature) == name


def test_only_the_days_asked_for_are_on_the_sheet(shown):
    page = shown.reads(f"{SHEET}?first=2026-10-01&last=2026-10-07")

    assert f"{SCHOOL.name}2026年国庆节期间值班安排表" in page
    assert ">2026-10-07<" in page
    assert ">2026-10-10<" not in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("first=10月1日", "不是日期"),
        ("first=2026-10-05&last=2026-10-01", "结束日期早于开始日期"),
    ],
)
def test_a_period_that_is_none_is_said_so(shown, query, said):
    page = shown.reads(f"{SHEET}?{query}")

    assert said in page
    assert "2026年10月值班安排表" in page


def test_days_without_duty_make_no_sheet(shown):
    page = shown.reads(f"{SHEET}?first=2026-10-12&last=2026-10-12")

    assert "这些天没有值班" in page
    assert "盖章" not in page


def test_the_collective_sheet_begins_with_the_days_off_at_hand(shown):
    page = shown.reads("/paper")

    assert "2026年国庆节期间值班安排表" in page
    assert f"{STUCK.name}、{EMPTY.name}" in page
    assert f">{SCHOOL.name}</td>" in page
    assert f">{BUREAU.name}</td>" in page


@pytest.mark.parametrize("page", ["/units/{}", "/"])
def test_the_way_to_paper_is_on_the_page(shown, page):
    text = shown.reads(page.format(SCHOOL.id))

    assert "/paper?" in text


def test_what_no_notice_was_read_for_is_provisional_on_paper(visitor, here):
    drafted(here)

    sheet = visitor.reads(f"{SHEET}?term={LATER.id}")

    assert "含暂定日期：放假通知尚未发布" in sheet
    assert sheet.count("<strong>暂定</strong>") == sheet.count("<tbody")
    assert "草稿" in sheet
    assert "这些天没有已发布的值班" in visitor.reads(f"/paper?term={LATER.id}")
    book = visitor.client.get(f"{SHEET}.xlsx?term={LATER.id}")
    words = list(cells(book.data))
    assert any("含暂定日期" in word for word in words)
    assert "暂定" in words


def drafted(here) -> None:
    """The school's draft for a term whose notice is not known."""
    here.generate(
        term_id=LATER.id, unit_ids=[SCHOOL.id], jobs=1, who="王办公室"
    )


def cells(content: bytes):
    """Every word of a workbook's only sheet."""
    (sheet,) = load_workbook(BytesIO(content)).worksheets
    for row in sheet.iter_rows(values_only=True):
        yield from (str(cell) for cell in row if cell is not None)


def test_telephones_are_for_those_who_may_read_them(here):
    def found(**more):
        with here.records.reading() as session:
            (paper,) = papers(
                session,
                readers=Readers([SCHOOL.id], **more),
                term_id=SHORT.id,
                first=HOLIDAY.first,
                last=HOLIDAY.last,
                calendar=here.calendar,
                books=here.books,
            )
        return paper

    seen, bare = found(phones=[SCHOOL.id]), found(phones=[BUREAU.id])

    assert set(seen.phones.values()) == {PHONE, DUTY_PHONE}
    assert seen.sheet().phone == DUTY_PHONE
    assert {p for e in seen.sheet().entries for p in e.phones} == {PHONE}
    assert not bare.phones
    assert PHONE not in str(bare.sheet())
    assert DUTY_PHONE not in str(bare.sheet())


@pytest.mark.parametrize("address", [f"{SHEET}.xlsx", "/paper.xlsx"])
def test_a_layout_is_a_workbook_too_and_prints_across(acting, address):
    reader = acting(Role.BUREAU_READER).client
    answer = reader.get(f"{address}?first=2026-10-01&last=2026-10-07")

    (sheet,) = load_workbook(BytesIO(answer.data)).worksheets
    words = list(cells(answer.data))
    assert "2026年国庆节期间值班安排表" in words[0]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows
    assert not any(PHONE in word or DUTY_PHONE in word for word in words)
    assert sum("2026-10-0" in word for word in words) >= 7


def test_numbers_are_on_paper_for_who_makes_that_units_rosters(acting):
    page = f"/units/{SCHOOL.id}/paper"

    assert PHONE in acting(Role.UNIT_EDITOR).reads(page)
    for role in (Role.STAFF, Role.HEAD, Role.APPROVER, Role.BUREAU_READER):
        text = acting(role).reads(page)
        assert PHONE not in text
        assert DUTY_PHONE not in text


def test_a_unit_without_a_roster_has_no_workbook(shown):
    shown.reads(f"/units/{EMPTY.id}/paper.xlsx", 404)
    assert "还没有值班表" in shown.reads(f"/units/{EMPTY.id}/paper")
