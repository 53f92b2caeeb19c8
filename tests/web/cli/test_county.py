"""`template`, `import`, `status`: a name list from a school's desk."""

from contextlib import closing

import pytest
from openpyxl import load_workbook

from roster.county import County
from roster.papers.sheets import SHEETS
from roster.people import Standing
from roster.records import open_records
from roster.records.journal import broken
from roster.records.values import county_of
from tests.roster.papers.books import STAFF, content, workbook
from tests.roster.papers.test_workbook import DAMAGED
from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE

LEAVE = ("单位", "姓名", "开始日期", "结束日期")
AWAY = {"请假": [LEAVE, ("柳湾小学", "王强", "10月1日-3日", None)]}
NOBODY_AWAY = {"请假": [LEAVE]}


@pytest.fixture
def paper(tmp_path):
    """Saves a small workbook, its sheets changed as given."""

    def saved(name="名册.xlsx", **changed):
        path = tmp_path / name
        path.write_bytes(content(workbook(**changed)))
        return path

    return saved


def county(terminal) -> County:
    """What the records hold."""
    url = f"sqlite:///{terminal.folder / 'duty.db'}"
    with closing(open_records(url)) as records, records.reading() as session:
        assert broken(session) == []
        return county_of(session)


def test_the_template_has_the_ten_sheets_and_changes_nothing(
    terminal, tmp_path
):
    path = tmp_path / "名册模板.xlsx"

    made = terminal("template", path)
    brought = terminal("import", path, "--yes")

    assert (made.code, made.told) == (DONE, f"已写入 {path}\n")
    assert load_workbook(path).sheetnames[1:] == [s.name for s in SHEETS]
    assert (brought.code, brought.told) == (DONE, "没有变化。\n")


@pytest.mark.parametrize("place", ["nowhere/template.xlsx", "."])
def test_a_place_that_cannot_be_written_is_named(terminal, tmp_path, place):
    answer = terminal("template", tmp_path / place)

    assert answer.code == UNUSABLE
    assert answer.told.startswith(f"{tmp_path / place}: 写不进：")


def test_an_import_is_shown_before_it_is_done(terminal, paper):
    before = terminal.stored()

    answer = terminal("import", paper(**AWAY))

    assert answer.code == REFUSED
    assert "人员：新增 2，变更 0，删去 0" in answer.told
    assert "请假：新增 1，变更 0，删去 0" in answer.told
    assert "未写入：请加 --yes 确认" in answer.told
    assert terminal.stored() == before


def test_an_import_is_shown_in_english_too(terminal, paper, english):
    answer = terminal("import", paper(), "--yes")

    assert "人员: 2 added, 0 changed, 0 removed" in answer.told
    assert answer.told.endswith("Imported.\n")


def test_importing_again_changes_nothing(terminal, paper):
    path = paper(**AWAY)
    terminal("import", path, "--yes")
    before = terminal.stored()

    answer = terminal("import", path, "--yes")

    assert (answer.code, answer.told) == (DONE, "没有变化。\n")
    assert terminal.stored() == before


def test_leave_that_was_withdrawn_is_removed_and_that_is_said(terminal, paper):
    terminal("import", paper(**AWAY), "--yes")

    answer = terminal("import", paper(**NOBODY_AWAY), "--yes")

    assert "请假：新增 0，变更 0，删去 1" in answer.told
    assert "  删去：U1-王强 2026-10-01 2026-10-03 请假" in answer.told
    assert county(terminal).leave == ()


def test_what_a_workbook_has_no_sheet_for_stays(terminal, paper):
    terminal("import", paper(**AWAY), "--yes")

    answer = terminal("import", paper(), "--yes")

    assert answer.told == "没有变化。\n"
    assert len(county(terminal).leave) == 1


def test_leave_of_people_who_are_not_in_the_workbook_stays(terminal, paper):
    terminal("import", paper(**AWAY), "--yes")
    others = [STAFF, ("柳湾小学", "张敏", None, "女", "职工", None)]

    answer = terminal("import", paper(人员=others, **NOBODY_AWAY), "--yes")

    assert "名册中没有（保留）2" in answer.told
    assert "  保留：U1-李秀兰、U1-王强" in answer.told
    assert len(county(terminal).leave) == 1
    assert len(county(terminal).staff) == 3


def test_somebody_changed_is_named(terminal, paper):
    terminal("import", paper(), "--yes")
    moved = [STAFF, ("柳湾小学", "王强", None, "男", "中层", None)]

    answer = terminal("import", paper(人员=moved), "--yes")

    assert "  变更：U1-王强" in answer.told


PEOPLE = (*STAFF, "手机")
AS_WRITTEN = {
    "人员": [
        PEOPLE,
        ("柳湾小学", "王 强", "1", "男", "校长", 44562, 13900000001),
        (
            None,
            "李秀兰",
            None,
            "女 ",
            "教师",
            "２０２２．１．１",
            "139 00000002",
        ),
        (None, "张　敏", None, "女", "门 卫", "2022年1月1日（周六）", None),
    ],
    "请假": [
        LEAVE,
        ("柳湾小学", "王 强、李秀兰", "10月1日-3日", None),
        (None, "张敏", "2026.10.1", "2026/10/3"),
        (None, None, "１０月１０日", 46308),
    ],
    "意愿": [
        ("单位", "姓名", "日期", "星期", "意愿"),
        ("柳湾小学", "李秀兰", "10月17日", "周六", "愿休息"),
        (None, None, "10月18日", "星期日", "愿值班"),
        (None, None, "2026.10.24", "六", "休息"),
    ],
}


def test_a_workbook_is_read_as_offices_write_it(terminal, paper):
    path = paper(**AS_WRITTEN)
    book = load_workbook(path)
    book["请假"].merge_cells("A2:A4")
    book["请假"].merge_cells("B3:B4")
    book.save(path)

    answer = terminal("import", path, "--yes")

    assert answer.code == DONE
    found = county(terminal)
    people = {member.name: member for member in found.staff}
    assert set(people) == {"王强", "李秀兰", "张敏"}
    assert {str(m.employed.first) for m in found.staff} == {"2022-01-01"}
    assert people["李秀兰"].phone == "13900000002"
    assert people["张敏"].standing is Standing.GUARD
    away = [(v.staff, v.first.day, v.last.day) for v in found.leave]
    assert sorted(away) == [
        ("1", 1, 3),
        ("U1-张敏", 1, 3),
        ("U1-张敏", 10, 13),
        ("U1-李秀兰", 1, 3),
    ]
    assert [(w.date.day, w.want) for w in found.wishes] == [
        (17, False),
        (18, True),
        (24, False),
    ]


NOBODY = ("没有小学", "赵四", None, "男", "职工", "昨天")
TORN = {
    "人员": [STAFF, NOBODY, ("柳湾小学", None, None, "男", "职工", None)],
    "请假": [LEAVE, ("柳湾小学", "王强", "2026-02-30", None)],
    "其他": [("甲",)],
}


def test_every_mistake_of_every_sheet_is_told_at_once(terminal, paper):
    before = terminal.stored()

    answer = terminal("import", paper(**TORN), "--yes")

    assert answer.code == UNUSABLE
    assert answer.out == ""
    told = answer.told.splitlines()
    assert all(line.startswith("名册.xlsx ") for line in told)
    for words in (
        "名册.xlsx 其他: 不认识这张表",
        "名册.xlsx 人员 A2 单位: 没有“没有小学”这个单位",
        "名册.xlsx 人员 F2 到岗日期: 不是日期",
        "名册.xlsx 人员 B3 姓名: 必须填写",
        "名册.xlsx 请假 C2 开始日期: 不是日期",
    ):
        assert any(line.startswith(words) for line in told), words
    assert terminal.stored() == before


def test_mistakes_are_told_in_english_too(terminal, paper, english):
    answer = terminal("import", paper(**TORN), "--yes")

    assert "名册.xlsx 人员 B3 姓名: This must be filled in" in answer.told


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "不是可用的 .xlsx 工作簿"),
        ("名册.csv", "单位,姓名".encode(), "CSV、文档等请先另存为 .xlsx"),
        ("名册.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧格式"),
        ("改名.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧格式"),
        (
            "加密.xlsx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "去掉密码",
        ),
        ("半份.xlsx", content(workbook())[:900], "不是可用的 .xlsx 工作簿"),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(
    terminal, tmp_path, name, content, said
):
    path = tmp_path / name
    path.write_bytes(content)
    before = terminal.stored()

    answer = terminal("import", path, "--yes")

    assert answer.code == UNUSABLE
    assert answer.told.startswith(f"{name}: ")
    assert said in answer.told
    assert terminal.stored() == before


@pytest.mark.parametrize("damage", DAMAGED)
def test_every_damaged_workbook_is_refused_with_its_places(
    terminal, paper, damage
):
    changed, expected = DAMAGED[damage]
    before = terminal.stored()

    answer = terminal("import", paper(**changed), "--yes")

    assert answer.code == UNUSABLE
    for _, where in expected:
        assert " ".join(("名册.xlsx", *where)) in answer.told
    assert terminal.stored() == before


def test_a_file_that_is_not_there_or_a_folder_is_named(terminal, tmp_path):
    missing = terminal("import", tmp_path / "nowhere.xlsx", "--yes")
    folder = terminal("import", tmp_path, "--yes")

    assert (missing.code, folder.code) == (UNUSABLE, UNUSABLE)
    assert "nowhere.xlsx: 没有这个文件" in missing.told
    assert f"{tmp_path}: 读不出：" in folder.told


def test_where_no_term_is_the_first_step_is_told(terminal):
    answer = terminal("status")

    assert answer.code == DONE
    assert "请先导入名册（duty-roster import 名册.xlsx）" in answer.told


def test_the_status_counts_what_is_published_drafted_and_missing(published):
    published("generate", "--term", "2026-10", "--unit", "U010")

    lines = published("status").out.splitlines()

    assert lines == [
        "2026-10 2026年10月（2026-09-28 至 2026-10-31）："
        "已发布 2，草稿 0，未生成 0；最优已证明 2",
        "2027-02 2027年2月（2027-01-25 至 2027-02-28）："
        "已发布 2，草稿 0，未生成 0；最优已证明 2",
    ]


def test_the_status_is_told_in_english_too(terminal, paper, english):
    terminal("import", paper(), "--yes")

    assert "0 published, 0 drafts, 1 without" in terminal("status").out
