"""Case 15 of the office's list: a workbook as a village school fills it in."""

from datetime import date

from roster.people import Leave, PastDuty
from tests.roster.papers.books import STAFF, read, refused, workbook

PEOPLE = [
    (*STAFF, "手机"),
    ("柳湾小学", "王 强", "7", "男", "校长", None, 13900000001),
    (None, "王强", "8", "男", "教师", None, 13900000002.0),
    (None, "李秀兰", None, "女", "教师", None, "１３９ ０００００００３"),
]
PAST = [
    ("柳湾小学历史值班表",),
    ("单位", "日期", "岗位", "姓名", "工号"),
    ("柳湾小学", "2026.5.1（周五）", "带班", "王强", "7"),
    (None, None, "值班教师", "李　秀兰", None),
]
AWAY = [
    ("单位", "姓名", "工号", "开始日期"),
    ("柳湾小学", "王 强、李秀兰", "8、U1-李秀兰", "10月1日-3日"),
]


def test_case_15_what_a_school_writes_is_read_as_it_is_meant():
    book = workbook(人员=PEOPLE, 历史值班=PAST, 请假=AWAY)
    book["历史值班"].merge_cells("A3:A4")
    book["历史值班"].merge_cells("B3:B4")
    book["单位"]["D1"], book["单位"]["D2"] = "值班电话", 9336120001

    county = read(book)

    assert [(m.id, m.name) for m in county.staff] == [
        ("7", "王强"),
        ("8", "王强"),
        ("U1-李秀兰", "李秀兰"),
    ]
    assert [m.phone for m in county.staff] == [
        "13900000001",
        "13900000002",
        "13900000003",
    ]
    assert county.units[0].phone == "09336120001"
    first, last = date(2026, 10, 1), date(2026, 10, 3)
    assert county.leave == (
        Leave("8", first, last),
        Leave("U1-李秀兰", first, last),
    )
    may = date(2026, 5, 1)
    assert county.past == (
        PastDuty("7", may, "lead"),
        PastDuty("U1-李秀兰", may, "duty"),
    )


def test_case_15_two_of_one_name_without_numbers_are_refused():
    nameless = [row[:2] + (None,) + row[3:] for row in PEOPLE[1:]]

    found = refused(workbook(人员=[PEOPLE[0], *nameless]))

    assert found == [("same-name-needs-id", ("人员", "B3", "姓名"))]


def test_case_15_one_of_two_people_of_a_name_must_be_told_apart():
    away = [AWAY[0], ("柳湾小学", "王强、李秀兰", None, "10月1日-3日")]

    found = refused(workbook(人员=PEOPLE, 请假=away))

    assert found == [("several-of-that-name", ("请假", "B2", "姓名"))]
