"""A school's own roster is read as it is meant, however it is laid out."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from roster.papers.roster_in.days import dates_in, month_in
from roster.papers.roster_in.names import Known, Same, pieces
from roster.papers.roster_in.statements import Named
from roster.papers.roster_in.words import Heading, heading, split_label
from roster.posts import DORM, DUTY, GUARD, LEAD, MIDDLE
from tests.offices import SHORT
from tests.roster.papers.rosters_in import STAFF, book, held, mistakes, read

TITLE = ["柳湾小学2026年10月值班安排表"]
SIGNED = ["填报人：甲03", None, "审核人：甲00"]


def test_a_list_with_titles_repeats_phones_and_signatures_is_read():
    made = book(
        值班=[
            TITLE,
            ["单位（盖章）：", None, "填表日期：9月25日"],
            [],
            [
                "序号",
                "日期",
                "星期",
                "带班领导",
                "联系电话",
                "值班教师",
                "备注",
            ],
            [
                1,
                datetime(2026, 10, 1),
                "四",
                "甲 00",
                13900000000,
                "甲07、甲08",
            ],
            [
                2,
                "10月2日",
                "周五",
                "甲01",
                "139 0000 0001",
                "甲09\n甲10",
                "暂定",
            ],
            [3, "2026.10.3", "星期六", "同上", None, "甲 11，甲07", "送站"],
            [4, "4日（周日）", None, None, None, "甲08 甲09"],
            [None, None, None, "甲02", None, None],
            [5, 46300, "一", "甲02", None, "待定"],
            [None, "国庆值班要求：24小时开机"],
            SIGNED,
        ]
    )

    roster = read(made)

    assert held(roster) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07", "08"],
        "10-02/lead": ["01"],
        "10-02/duty-day": ["09", "10"],
        "10-03/lead": ["01"],
        "10-03/duty-day": ["07", "11"],
        "10-04/lead": ["02"],
        "10-04/duty-day": ["08", "09"],
        "10-05/lead": ["02"],
    }
    assert roster.notes == {"2026-10-03/lead": "送站"}
    (block,) = roster.blocks
    assert (block.header, block.posts) == (4, ("带班领导", "值班教师"))


def test_each_cell_is_told_where_it_was_read():
    made = book(九十月=[TITLE, ["日期", "带班"], ["10月1日", "甲00"]])

    (place,) = read(made).places.values()

    assert place.where == ("值班.xlsx", "九十月", "B3", "带班")


def test_a_months_sheets_tell_the_days_of_each():
    made = book(
        **{
            "10月": [["日期", "带班领导"], ["3日", "甲00"], [4, "甲01"]],
            "九月": [["日期", "带班领导"], ["30日", None]],
        }
    )

    assert held(read(made)) == {"10-03/lead": ["00"], "10-04/lead": ["01"]}


def test_a_header_of_two_rows_is_one():
    made = book(
        表=[
            ["日期", "带班领导", None, None, "值班教师", None],
            ["日期", "姓名", "职务", "手机", "姓名", "手机"],
            ["10月1日", "甲00", "校长", 139, "甲07、甲08", 138],
        ]
    )

    assert held(read(made)) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07", "08"],
    }


def test_posts_may_stand_in_a_column_of_their_own():
    made = book(
        表=[
            ["日期", "班次", "岗位", "姓名"],
            ["10月1日", "全天", "带班领导", "甲00"],
            [None, "白班", "值班教师", "甲07"],
            [None, "白班", "值班教师", "甲08"],
        ]
    )

    assert held(read(made)) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07", "08"],
    }


def test_numbered_columns_are_one_post():
    made = book(
        表=[
            ["日期", "带班领导", "值班教师1", "值班教师2", "楼层"],
            ["10月1日", "甲00", "甲07", "甲08", "一楼"],
        ]
    )

    roster = read(made)

    assert held(roster)["10-01/duty-day"] == ["07", "08"]
    assert roster.blocks[0].unused == ("楼层",)


def test_a_range_of_dates_is_each_of_them():
    made = book(表=[["日期", "带班领导"], ["10月1日-3日", "甲00"]])

    assert held(read(made)) == {f"10-0{n}/lead": ["00"] for n in (1, 2, 3)}


def test_merged_cells_speak_for_all_their_rows():
    made = book(
        表=[
            ["日期", "带班领导", "值班教师"],
            ["10月1日", "甲00", "甲07"],
            [None, None, "甲08"],
            ["10月2日", None, "甲09"],
        ]
    )
    page = made["表"]
    page.merge_cells("A2:A3")
    page.merge_cells("B2:B4")

    assert held(read(made)) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07", "08"],
        "10-02/lead": ["00"],
        "10-02/duty-day": ["09"],
    }


WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def test_a_month_grid_with_names_beneath_the_dates_is_read():
    made = book(
        表=[
            ["2026年10月值班表"],
            WEEK,
            [28, 29, 30, 1, 2, 3, 4],
            [None, None, None, "带班甲00", "带班：甲01", "带班 甲02", None],
            [None, None, None, "甲07、甲08", None, "值班:甲09 甲10", None],
            [5, 6, 7, 8, 9, 10, 11],
            ["带班领导 甲00\n值班教师 甲07 甲08", *[None] * 6],
            [26, 27, 28, 29, 30, 31, 1],
            ["填报人：甲03"],
        ]
    )
    made["表"]["D5"] = "值班 甲07、甲08"

    assert held(read(made)) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07", "08"],
        "10-02/lead": ["01"],
        "10-03/lead": ["02"],
        "10-03/duty-day": ["09", "10"],
        "10-05/lead": ["00"],
        "10-05/duty-day": ["07", "08"],
    }


def test_a_month_grid_may_begin_on_sunday_and_label_its_rows():
    made = book(
        **{
            "2026.10": [
                [None, *"日一二三四五六"],
                ["日期", 27, 28, 29, 30, "1日", "2日 国庆节", "3"],
                ["带班", None, None, None, None, "甲00", "甲01", "甲02"],
                ["教师", None, None, None, None, "甲07", None, "甲08"],
            ]
        }
    )

    assert held(read(made)) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07"],
        "10-02/lead": ["01"],
        "10-03/lead": ["02"],
        "10-03/duty-day": ["08"],
    }


def test_a_title_tells_the_post_of_names_without_one():
    made = book(
        表=[
            ["10月带班领导值班表"],
            WEEK,
            [None, None, None, "1日 甲00", "2日\n甲01", 3, 4],
        ]
    )

    assert held(read(made)) == {"10-01/lead": ["00"], "10-02/lead": ["01"]}


def test_several_months_stand_below_each_other():
    made = book(
        表=[
            ["2026年9月"],
            WEEK,
            ["28", "29", "30", None, None, None, None],
            ["2026年10月"],
            WEEK,
            [None, None, None, "1\n带班 甲00", None, None, None],
        ]
    )

    roster = read(made)

    assert held(roster) == {"10-01/lead": ["00"]}
    assert [block.header for block in roster.blocks] == [2, 5]


def test_rows_and_tables_of_other_units_are_passed_over():
    made = book(
        汇总=[
            ["日期", "单位", "带班领导", "值班人员"],
            ["10月1日", "柳湾小学", "甲00", "白班 值班员 甲07、甲08"],
            ["10月1日", "柳湾县教科局", "甲01", "甲02"],
        ],
        局=[["柳湾县教科局值班表"], ["日期", "带班领导"], ["10月1日", "甲01"]],
    )

    roster = read(made)

    assert held(roster) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07", "08"],
    }
    assert roster.blocks[0].others == 1
    assert roster.unread == ["局"]


def test_people_on_days_without_duty_are_told_and_left_out():
    made = book(
        表=[
            ["日期", "带班领导", "夜班"],
            ["10月1日", "甲00", "甲07"],
            ["10月8日", "甲01", None],
        ]
    )

    roster = read(made)

    assert held(roster) == {"10-01/lead": ["00"]}
    assert [(p.code, p.said.place.cell) for p in roster.passed] == [
        ("no-shift", "C2"),
        ("no-duty", "B3"),
    ]


def test_tables_that_agree_or_complete_each_other_are_one():
    made = book(
        领导=[["日期", "带班领导"], ["10月1日", "甲00"], ["10月2日", "甲01"]],
        教师=[["日期", "值班教师"], ["10月1日", "甲07"]],
        又=[["日期", "带班领导"], ["10月1日", "甲00"], ["10月2日", None]],
    )

    assert held(read(made)) == {
        "10-01/lead": ["00"],
        "10-01/duty-day": ["07"],
        "10-02/lead": ["01"],
    }


def test_one_sheet_alone_may_be_read():
    made = book(
        旧=[["日期", "带班领导"], ["10月1日", "甲09x"]],
        新=[["日期", "带班领导"], ["10月1日", "甲00"]],
    )

    assert held(read(made, "新")) == {"10-01/lead": ["00"]}
    assert mistakes(made, "没有")[0].code == "no-such-sheet"


TWINS = (
    replace(STAFF[7], name="张伟", position="语文教师"),
    replace(STAFF[8], name="张伟", position="数学教师"),
)


@pytest.mark.parametrize(
    "words", ["张伟（U010-08）", "张伟 U010-08", "张伟(数学教师)", "U010-08"]
)
def test_namesakes_are_told_apart_by_number_or_position(words):
    staff = (*STAFF[:7], *TWINS, *STAFF[9:])
    made = book(表=[["日期", "值班教师"], ["10月1日", words]])

    assert held(read(made, staff=staff)) == {"10-01/duty-day": ["08"]}


def test_a_column_of_positions_tells_namesakes_apart():
    staff = (*STAFF[:7], *TWINS, *STAFF[9:])
    made = book(
        表=[
            ["日期", "值班教师", "职务"],
            ["10月1日", "甲09、张伟", "—、数学教师"],
        ]
    )

    assert held(read(made, staff=staff)) == {"10-01/duty-day": ["08", "09"]}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("带班领导", Heading(LEAD)),
        ("带班领导姓名", Heading(LEAD)),
        ("值班人员（夜班）", Heading(DUTY, "夜班")),
        ("夜班（男）", Heading(DUTY, "夜班")),
        ("白班值班员", Heading(DUTY, "白班")),
        ("值 班 教 师 2", Heading(DUTY)),
        ("保安", Heading(GUARD)),
        ("中层干部", Heading(MIDDLE)),
        ("生活老师", Heading(DORM)),
        ("联系电话", None),
        ("带班领导电话", None),
        ("", None),
    ],
)
def test_headers_stand_for_posts(words, meant):
    assert heading(words) == meant


def test_a_post_may_stand_before_names():
    assert split_label("值班员(白班)甲乙") == (Heading(DUTY, "白班"), "甲乙")
    assert split_label("夜班 门卫 甲乙") == (Heading(GUARD, "夜班"), "甲乙")
    assert split_label("带班:王强") == (Heading(LEAD), "王强")
    assert split_label("王强") == (None, "王强")


KNOWN = Known({"王强", "张三", "李四", "买买提"}, {"P7": "王强"})


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("王强、张 三", ["王强", "张三"]),
        ("王强 李四", ["王强", "李四"]),
        ("王 强 李 四", ["王强", "李四"]),
        ("王强/李四", ["王强", "李四"]),
        ("买 买 提", ["买买提"]),
        ("王强 13900000001", ["王强"]),
        ("王强（0933-6120001）", ["王强"]),
        ("赵 六", ["赵六"]),
        ("（空缺）", []),
        ("——", []),
        (13900000001, []),
    ],
)
def test_names_are_parted_as_they_are_meant(words, names):
    assert [p.name for p in pieces(words, KNOWN)] == names


def test_a_number_beside_a_name_is_a_hint():
    assert pieces("王强 P7", KNOWN) == [Named("王强", "P7")]
    assert isinstance(pieces("同上", KNOWN)[0], Same)


OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    "words",
    [
        "2026-10-05", "2026年10月5日", "2026.10.5", "10月5日（星期一）",
        "10.5周一", "5日", "5日（周一）", 5, 46300, "１０月５日",
        "10月5日（中秋）", datetime(2026, 10, 5),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_spelling(words):
    first, last, _ = dates_in(words, SHORT, OCTOBER)

    assert first == last == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("柳湾小学2026年10月值班表", OCTOBER),
        ("十月份值班安排", OCTOBER),
        ("202610", OCTOBER),
        ("10月", OCTOBER),
        ("9月—10月", None),
        ("2026—2027学年第一学期", None),
        ("10月5日", None),
    ],
)
def test_a_title_may_tell_the_month(title, month):
    assert month_in(title, SHORT) == month
