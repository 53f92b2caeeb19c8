"""The name list comes in as it went out, however people write it."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import xlsxwriter
from openpyxl import load_workbook

from roster.county import County
from roster.demo import demonstration_county
from roster.errors import Unusable
from roster.papers.workbook_in import read_workbook
from roster.papers.workbook_out import write_county
from roster.people import Gender, Leave, Standing
from tests.roster.papers import books
from tests.roster.papers.books import (
    LEAVE,
    ROWS,
    STAFF,
    TERMS,
    UNITS,
    content,
    workbook,
)


def read(**changed) -> County:
    return books.read(workbook(**changed))


def mistakes(**changed):
    return books.refused(workbook(**changed))


def leave(*rows) -> dict:
    return {"请假": [LEAVE, *rows]}


def test_the_demonstration_county_comes_back_as_it_went_out(tmp_path):
    county = demonstration_county()
    path = tmp_path / "county.xlsx"

    write_county(county, path)

    assert read_workbook(path.read_bytes()) == county


def test_a_blank_unit_is_the_one_above():
    assert {member.unit for member in read().staff} == {"U1"}


def test_who_has_no_number_is_known_by_unit_and_name():
    assert [m.id for m in read().staff] == ["U1-王强", "U1-李秀兰"]


@pytest.mark.parametrize(
    "first",
    [
        "2026-10-01",
        "2026.10.1",
        "2026/10/1",
        "2026年10月1日",
        "20261001",
        "10月1日",
        "10.1",
        "１０月１日（周四）",
        46296,
        46296.0,
        datetime(2026, 10, 1),
        date(2026, 10, 1),
    ],
)
def test_a_date_may_be_written_as_offices_do(first):
    county = read(**leave(("柳湾小学", "王强", None, first, None)))

    day = date(2026, 10, 1)
    assert county.leave == (Leave("U1-王强", day, day),)


@pytest.mark.parametrize(
    "words",
    [
        "10月1日-3日",
        "10月1日至10月3日",
        "2026.10.1-10.3",
        "2026-10-01至2026-10-03",
        "10.1~10.3",
    ],
)
def test_a_range_may_stand_in_one_cell(words):
    county = read(**leave(("柳湾小学", "王强", None, words, None)))

    (found,) = county.leave
    assert (found.first, found.last) == (date(2026, 10, 1), date(2026, 10, 3))


def test_a_range_may_pass_the_new_year():
    county = read(
        **leave(("柳湾小学", "王强", None, "12月30日至1月2日", None))
    )

    assert county.leave[0].last == date(2027, 1, 2)


def test_several_people_may_share_a_row():
    row = ("柳湾小学", "王 强、李秀兰", None, "2026-10-01", None)

    assert [v.staff for v in read(**leave(row)).leave] == [
        "U1-王强",
        "U1-李秀兰",
    ]


def test_a_title_may_stand_above_the_header():
    rows = [("柳湾县学校名单",), (), UNITS, ("U1", "柳湾小学", "学校")]

    assert len(read(单位=rows).units) == 1


def test_a_merged_cell_counts_for_every_row_it_spans():
    book = workbook()
    book["人员"].merge_cells("A2:A3")

    county = read_workbook(content(book))

    assert len(county.staff) == 2


def test_words_of_daily_use_are_understood():
    rows = [STAFF, ("柳湾小学", "王强", 7, "男", "校长", "２０２６.９.１")]

    (member,) = read(人员=rows).staff

    assert member.standing is Standing.PRINCIPAL
    assert member.gender is Gender.MALE
    assert member.id == "7"
    assert member.employed.first == date(2026, 9, 1)


def test_the_row_number_alone_is_no_row():
    rows = [("序号", *UNITS), (1, "U1", "柳湾小学", "学校"), (2,)]

    assert len(read(单位=rows).units) == 1


def test_all_mistakes_of_all_sheets_are_named_at_once():
    found = mistakes(
        单位=[UNITS, ("U1", "柳湾小学", "大学")],
        人员=[STAFF, ("柳湾小学", "王强", None, "男", "职工", "昨天")],
        学期=[TERMS, ("a", "秋季", "2026-08-31", "2026-01-01", None)],
    )

    assert found == [
        ("range-reversed", ("学期", "D2", "结束日期")),
        ("cell-choice", ("单位", "C2", "单位类型")),
        ("cell-date", ("人员", "F2", "到岗日期")),
        ("unknown-unit", ("人员", "A2", "单位")),
    ]


STAFF_ROW = ("柳湾小学", "王强", None, "男", "职工", None)

# Twelve ways in which a workbook is damaged, with the place to look at.
DAMAGED = {
    "a sheet nobody knows": (
        {"其他": [("甲",)]},
        [("unknown-sheet", ("其他",))],
    ),
    "a column missing": (
        {"单位": [UNITS[:2], ("U1", "柳湾小学")]},
        [
            ("missing-column", ("单位", "第1行", "单位类型")),
            ("unknown-unit", ("人员", "A2", "单位")),
            ("unknown-unit", ("人员", "第3行", "单位")),
        ],
    ),
    "a column twice": (
        {"单位": [(*UNITS, "类型"), ("U1", "柳湾小学", "学校", "学校")]},
        [("column-twice", ("单位", "D1", "单位类型"))],
    ),
    "a column nobody knows": (
        {"单位": [(*UNITS, "血型"), ("U1", "柳湾小学", "学校", "A")]},
        [("unknown-column", ("单位", "D1"))],
    ),
    "an empty cell that is needed": (
        {"人员": [STAFF, ("柳湾小学", "王强", None, None, "职工", None)]},
        [("empty-cell", ("人员", "D2", "性别"))],
    ),
    "a unit that is not listed": (
        {"人员": [STAFF, ("没有小学", "王强", None, "男", "职工", None)]},
        [("unknown-unit", ("人员", "A2", "单位"))],
    ),
    "two people of one name": (
        {"人员": [STAFF, STAFF_ROW, STAFF_ROW]},
        [("same-name-needs-id", ("人员", "B3", "姓名"))],
    ),
    "one number for two people": (
        {
            "人员": [
                STAFF,
                ("柳湾小学", "王强", "7", "男", "职工", None),
                ("柳湾小学", "张强", "7", "男", "职工", None),
            ]
        },
        [("id-taken", ("人员", "C3", "工号"))],
    ),
    "leave of somebody unknown": (
        leave(("柳湾小学", "赵四", None, "2026-10-01", None)),
        [("nobody-of-that-name", ("请假", "B2", "姓名"))],
    ),
    "leave that ends before it begins": (
        leave(("柳湾小学", "王强", None, "2026-10-03", "2026-10-01")),
        [("range-reversed", ("请假", "E2", "结束日期"))],
    ),
    "a date that does not exist": (
        leave(("柳湾小学", "王强", None, "2026-02-30", None)),
        [("cell-date", ("请假", "D2", "开始日期"))],
    ),
    "a date whose year is not clear": (
        leave(("柳湾小学", "王强", None, "5月1日", None)),
        [("year-unclear", ("请假", "D2", "开始日期"))],
    ),
    "a weekday that does not fit": (
        {
            "意愿": [
                ("单位", "姓名", "日期", "星期", "意愿"),
                ("柳湾小学", "王强", "2026-10-01", "周五", "愿休息"),
            ]
        },
        [("weekday-differs", ("意愿", "D2", "星期"))],
    ),
    "a vacation outside its term": (
        {
            "学期": [
                TERMS,
                (
                    "a",
                    "秋",
                    "2026-08-31",
                    "2027-01-15",
                    "2027-02-01至2027-02-05",
                ),
            ]
        },
        [("outside-the-term", ("学期", "E2", "寒暑假"))],
    ),
    "terms that overlap": (
        {
            "学期": [
                TERMS,
                ("a", "秋", "2026-08-31", "2027-01-15", None),
                ("b", "春", "2027-01-15", "2027-07-01", None),
            ]
        },
        [("terms-overlap", ("学期", "C3", "开始日期"))],
    ),
    "a wish for both": (
        {
            "意愿": [
                ("单位", "姓名", "日期", "意愿"),
                ("柳湾小学", "王强", "10月1日-3日", "愿休息"),
                ("柳湾小学", "王强", "10月2日", "愿值班"),
            ]
        },
        [("wishes-differ", ("意愿", "D3", "意愿"))],
    ),
    "a formula that failed": (
        {"人员": [STAFF, ("柳湾小学", "#REF!", None, "男", "职工", None)]},
        [("cell-error", ("人员", "B2", "姓名"))],
    ),
    "a formula nobody worked out": (
        {
            "人员": [
                STAFF,
                ("柳湾小学", "=A1&A2", None, "男", "职工", None),
            ]
        },
        [("formula-not-counted", ("人员", "B2", "姓名"))],
    ),
    "a couple of one": (
        {"关系": [("单位", "姓名"), ("柳湾小学", "王强")]},
        [("not-two-people", ("关系", "B2", "姓名"))],
    ),
    "a unit above itself": (
        {
            "单位": [
                (*UNITS, "上级单位"),
                ("U1", "柳湾小学", "学校", "柳湾小学"),
            ]
        },
        [("unit-above-itself", ("单位", "D2", "上级单位"))],
    ),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_workbook_is_refused_with_the_place(kind):
    changed, expected = DAMAGED[kind]

    assert mistakes(**changed) == expected


def test_a_workbook_without_its_people_is_refused():
    book = workbook()
    book.remove(book["人员"])

    with pytest.raises(Unusable, match="missing-sheet"):
        read_workbook(content(book))


def test_people_of_one_name_are_told_apart_by_number():
    rows = [
        STAFF,
        ("柳湾小学", "王强", "7", "男", "职工", None),
        ("柳湾小学", "王强", "8", "男", "职工", None),
    ]
    away = ("柳湾小学", "王强", None, "2026-10-01", None)

    assert mistakes(人员=rows, **leave(away)) == [
        ("several-of-that-name", ("请假", "B2", "姓名"))
    ]
    away = ("柳湾小学", "王强", "8", "2026-10-01", None)
    assert read(人员=rows, **leave(away)).leave[0].staff == "8"


def test_a_formula_counts_by_the_value_it_had(tmp_path):
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in ROWS.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        page.write_formula("B2", '="王"&"强"', None, "王强")

    assert read_workbook(path.read_bytes()).staff[0].name == "王强"


def test_writing_what_begins_like_a_formula_makes_none(tmp_path):
    county = read()
    odd = replace(county.staff[0], position="=1+1")
    path = tmp_path / "county.xlsx"

    write_county(replace(county, staff=(odd, *county.staff[1:])), path)

    assert load_workbook(path)["人员"]["G2"].data_type == "s"
    assert read_workbook(path.read_bytes()).staff[0].position == "=1+1"
