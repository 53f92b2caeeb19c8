"""Leaders beside duty, and all units a day, as offices lay them out."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from roster.papers.layout_xlsx import write_layout_xlsx
from roster.papers.layouts import collective, two_blocks
from roster.papers.rosters import RosterEntry, RosterSheet

FIRST, SECOND = date(2026, 10, 1), date(2026, 10, 2)


def entry(when, post, shift, *names, phones=(), **more) -> RosterEntry:
    return RosterEntry(
        date=when,
        kind="国庆节",
        post=post,
        shift=shift,
        hours="08:00–18:00",
        names=names,
        positions=tuple("主任" for _ in names),
        phones=phones,
        **more,
    )


SHEET = RosterSheet(
    unit="柳湾小学",
    term="2026年秋季学期",
    phone="0933-6120001",
    number=2,
    state="已发布",
    author="王芳",
    approver="李刚",
    issued="2026-09-20",
    provisional=False,
    entries=(
        entry(FIRST, "带班领导", "全天", "张伟", leads=True, phones=("138",)),
        entry(FIRST, "值班员", "白班", "赵丽", "孙强", phones=("139", "")),
        entry(FIRST, "门卫", "夜班", "=1+1", note=""),
        entry(SECOND, "带班领导", "全天", "周敏", leads=True, note="暂定"),
    ),
)


def test_leaders_stand_on_the_left_and_turns_on_the_right():
    made = two_blocks(SHEET, title="国庆", printed="2026-09-21", phones=True)

    assert made.headers == (
        *("日期", "星期", "节假日/类别", "带班领导", "职务", "联系电话"),
        *("白班", "夜班", "备注"),
    )
    assert made.rows[0][3:] == (
        *("张伟", "主任", "138"),
        *("值班员 赵丽 139、孙强", "门卫 =1+1", ""),
    )
    assert made.rows[1][3:] == ("周敏", "主任", "", "", "", "暂定")
    assert "编制人：王芳" in made.signatures
    assert "审核人：李刚" in made.signatures


def test_without_the_right_no_telephone_is_on_paper():
    bare = replace(SHEET, phone="")
    for made in (
        two_blocks(bare, title="国庆", printed="", phones=False),
        collective(
            [bare],
            unit="局",
            title="国庆",
            standing="",
            printed="",
            phones=False,
        ),
    ):
        assert not any("电话" in header for header in made.headers)
        words = "".join(word for row in made.rows for word in row)
        assert not any(phone in words for phone in ("138", "139", "6120001"))
        assert {len(row) for row in made.rows} == {len(made.headers)}


def test_all_units_of_a_day_stand_together():
    other = replace(SHEET, unit="石梁小学")

    made = collective(
        [SHEET, other],
        unit="教科局",
        title="国庆",
        standing="2 个单位",
        printed="2026-09-21",
        phones=True,
    )

    assert [(row[1], row[4]) for row in made.rows] == [
        (str(FIRST), "柳湾小学"),
        (str(FIRST), "石梁小学"),
        (str(SECOND), "柳湾小学"),
        (str(SECOND), "石梁小学"),
    ]
    assert made.rows[0][-2] == "0933-6120001"
    assert "白班 值班员 赵丽 139、孙强" in made.rows[0][-3]


@pytest.mark.parametrize("phones", [True, False])
def test_a_workbook_says_what_the_layout_says(tmp_path, phones):
    made = two_blocks(SHEET, title="国庆", printed="", phones=phones)
    path = tmp_path / "paper.xlsx"

    write_layout_xlsx(made, path)

    (sheet,) = load_workbook(path).worksheets
    found = [
        [cell.value for cell in row]
        for row in sheet.iter_rows(min_row=4, max_row=6)
    ]
    assert found[0] == list(made.headers)
    assert found[1][0].date() == FIRST
    assert found[1][3] == "张伟"
    # What looks like a formula is a name.
    cell = sheet.cell(5, made.headers.index("夜班") + 1)
    assert cell.value == "门卫 =1+1"
    assert cell.data_type == "s"
    assert sheet.print_title_rows == "$1:$4"
