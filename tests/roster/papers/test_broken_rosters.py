"""Rosters that cannot be read tell what is wrong, where, all at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from roster.errors import Unusable
from roster.people import Standing
from tests.offices import BUREAU, member
from tests.roster.papers.rosters_in import (
    STAFF,
    book,
    bytes_of,
    mistakes,
    read,
)
from web.words import mistake_sentence

DATED = ("日期", "星期", "带班领导", "值班教师")
OLE = b"\xd0\xcf\x11\xe0"
WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def rows(*some, head=DATED) -> Workbook:
    """A list of these rows on a sheet called 表."""
    return book(表=[head, *some])


def bomb() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return content.getvalue()


BROKEN: dict[str, tuple[Callable[[], Workbook | bytes], list[str]]] = {
    "no workbook": (
        lambda: "日期,带班领导".encode(),
        ["值班.xlsx: 不是可用的 .xlsx 工作簿（CSV、文档等请先另存为 .xlsx）"],
    ),
    "old format": (
        lambda: OLE + b"x" * 600,
        ["值班.xlsx: 是旧格式（.xls、.et）的工作簿，请另存为 .xlsx"],
    ),
    "encrypted": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        ["值班.xlsx: 是加密的工作簿，请去掉密码再存一份"],
    ),
    "bomb": (bomb, ["值班.xlsx: 文件太大"]),
    "empty": (lambda: book(表=[]), ["值班.xlsx: 没有认出值班表"]),
    "no header": (
        lambda: book(表=[["10月1日", "甲00"], ["10月2日", "甲01"]]),
        ["值班.xlsx: 没有认出值班表"],
    ),
    "unknown people": (
        lambda: rows(
            ["10月1日", "四", "甲0", "王墙"], ["10月2日", "五", "甲0", None]
        ),
        [
            "值班.xlsx 表 C2、C3: 本单位没有叫“甲0”的人，是不是：甲",
            "值班.xlsx 表 D2 值班教师: 本单位没有叫“王墙”的人",
        ],
    ),
    "another unit's": (
        lambda: rows(["10月1日", "四", "乙一", None]),
        ["值班.xlsx 表 C2 带班领导: “乙一”是“柳湾县教科局”的人"],
    ),
    "namesakes": (
        lambda: rows(["10月1日", "四", "甲00", "张伟"]),
        ["值班.xlsx 表 D2 值班教师: 有几个人叫“张伟”"],
    ),
    "outside the term": (
        lambda: rows(["2027-10-01", None, "甲00"], ["9月5日", None, "甲01"]),
        [
            "值班.xlsx 表 A3 日期: 9月5日 不在“2026年10月”之内",
            "值班.xlsx 表 C2 带班领导: 2027-10-01 不在“2026年10月”之内",
        ],
    ),
    "no duty on any day": (
        lambda: rows(["10月8日", "四", "甲00"], ["10月10日", "六", "甲01"]),
        ["值班.xlsx: 写了人的日子，按制度在“2026年10月”都不值班"],
    ),
    "two columns for one post": (
        lambda: rows(
            ["10月1日", "甲00", "甲01"], head=["日期", "带班领导", "带班领导"]
        ),
        ["值班.xlsx 表 C1: “带班领导”这个岗位有两列（另一列在 B1）"],
    ),
    "formula without a value": (
        lambda: rows(["10月1日", "四", "=A1&B1", None]),
        ["值班.xlsx 表 C2 带班领导: 公式没有算出的值"],
    ),
    "too many people": (
        lambda: rows(["10月1日", "四", "甲00、甲01", "甲07"]),
        ["值班.xlsx 表 C2 带班领导: 2026-10-01 带班领导只要 1 人，写了 2 人"],
    ),
    "somebody twice": (
        lambda: rows(["10月1日", "四", "甲00", "甲07、甲07"]),
        ["值班.xlsx 表 D2 值班教师: 同一班里“甲07”写了两次"],
    ),
    "wrong weekday": (
        lambda: rows(
            ["10月1日", "五", "甲00"], ["10月2日（周六）", None, "甲01"]
        ),
        [
            "值班.xlsx 表 B2 星期: 2026-10-01 是周四，与所写星期不符",
            "值班.xlsx 表 A3 日期: 2026-10-02 是周五，与所写星期不符",
        ],
    ),
    "no date": (
        lambda: rows([None, None, "甲00"], ["国庆", None, "甲01"]),
        [
            "值班.xlsx 表 A2 日期: 这一行写了人，没有日期",
            "值班.xlsx 表 A3 日期: 不是日期",
        ],
    ),
    "nothing above": (
        lambda: rows(["10月1日", "四", "同上"]),
        ["值班.xlsx 表 C2 带班领导: 上面没有姓名，不知道“同上”是谁"],
    ),
    "month grid without a month": (
        lambda: book(表=[WEEK, [None, None, None, "1\n带班 甲00"]]),
        ["值班.xlsx 表 D2: “1”看不出是哪个月"],
    ),
    "month grid with another weekday": (
        lambda: book(表=[["2026年10月"], WEEK, [None, "1\n带班 甲00"]]),
        ["值班.xlsx 表 B3: 2026-10-01 是周四，与所写星期不符"],
    ),
    "month grid without posts": (
        lambda: book(表=[["10月"], WEEK, [None, None, None, "1\n甲00"]]),
        ["值班.xlsx 表 D3: 这一天不止一个岗位，请在姓名前写明岗位"],
    ),
    "two tables that differ": (
        lambda: book(
            表=[["日期", "带班领导"], ["10月1日", "甲00"]],
            月历=[["10月"], WEEK, [None, None, None, "1\n带班 甲01"]],
        ),
        ["值班.xlsx 月历 D3: 2026-10-01 带班领导：与 表 B2 写的人不同"],
    ),
    "nobody of the unit": (
        lambda: rows(head=DATED),
        ["值班.xlsx: 表里没有写“柳湾小学”的人"],
    ),
}

PEOPLE = (
    *STAFF[:7],
    replace(STAFF[7], name="张伟"),
    replace(STAFF[8], name="张伟"),
    replace(member(BUREAU, 77, Standing.STAFF), name="乙一"),
)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_roster_tells_what_is_wrong_and_where(broken):
    make, expected = BROKEN[broken]

    found = [
        mistake_sentence(m) for m in mistakes(make(), staff=_staff(broken))
    ]

    assert len(found) == len(expected), found
    for line, words in zip(found, expected, strict=True):
        assert line.startswith(words), line


@pytest.mark.parametrize("broken", BROKEN)
def test_the_same_is_told_in_english(broken):
    make, _ = BROKEN[broken]

    for mistake in mistakes(make(), staff=_staff(broken)):
        assert mistake_sentence(mistake, "en") != mistake_sentence(mistake)


def _staff(broken: str):
    return PEOPLE if broken in ("namesakes", "another unit's") else STAFF


def test_everything_wrong_is_told_at_once():
    made = rows(
        ["10月1日", "五", "甲0", "甲07、甲08、甲09"],
        ["13月1日", None, "甲01", None],
    )

    codes = {m.code for m in mistakes(made)}

    assert codes == {
        "weekday-differs",
        "nobody-but-perhaps",
        "too-many-people",
        "cell-date",
    }


def test_more_than_a_roster_can_say_is_not_read_on():
    made = rows(*[["10月1日", "四", "甲00", "甲07、甲08"]] * 4_000)

    (mistake,) = mistakes(made)

    assert (mistake.code, mistake.where[2]) == ("too-much-said", "A2502")


def test_a_workbook_is_not_believed_for_its_name():
    assert mistakes(bytes_of(book(表=[]))[:200])[0].code == "not-a-workbook"


WORDS = st.sampled_from(
    [
        *DATED, *WEEK, "姓名", "岗位", "班次", "单位", "时间", "夜班", "一",
        "10月1日", "10月3日-1日", "32日", 31, 1, 46300, 1e9, -3, 0.5, True,
        None, " ", "甲00", "甲 01", "甲07、甲08", "带班甲00", "带班：", "同上",
        "（空缺）", "（", "）", "甲00（", "10月", "13月", "2026年10月",
        "填报人：",
        "柳湾小学", "柳湾县教科局", "=A1", "#REF!", datetime(2026, 10, 1),
        "28\n带班 甲00", "0", "9" * 11, "2026.99.1", "\n", "5日（", "2月30日",
        "U010-07", "甲07 U010-08", "29 国庆\n初五\n带班 甲00", "x" * 500,
    ]
)  # fmt: skip
ROWS = st.lists(st.lists(WORDS, min_size=1, max_size=8), max_size=7)


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(["表", "10月", "值班教师"]), below=ROWS, top=ROWS)
def test_whatever_stands_in_a_workbook_it_is_read_or_refused(name, below, top):
    made = book(**{name: [*top, DATED, *below, WEEK, *below]})
    try:
        read(made)
    except Unusable as error:
        for mistake in error.mistakes:
            assert mistake_sentence(mistake) != mistake_sentence(mistake, "en")
