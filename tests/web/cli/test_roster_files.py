"""`roster import`: a unit's own roster at the terminal."""

import pytest
from openpyxl import load_workbook

from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE

SCHOOL, TERM = "柳湾小学", ("--term", "2026-10")
ASKED = "--unit", SCHOOL, *TERM


@pytest.fixture
def path(published, tmp_path):
    """The school's exported roster."""
    out = tmp_path / "值班表.xlsx"
    answer = published("export", *ASKED, "--out", out)
    assert answer.code == DONE
    return out


def changed(path, **cells):
    """The list's cells written anew; the grid goes."""
    book = load_workbook(path)
    del book[f"{SCHOOL}月历"]
    for cell, words in cells.items():
        book[SCHOOL][cell] = words
    book.save(path)
    return path


def imports(terminal, path, *more):
    return terminal("roster", "import", path, *ASKED, *more)


def test_an_exported_roster_is_looked_at_and_kept(published, path):
    before = published.stored()

    asked = imports(published, path)

    assert asked.code == REFUSED
    assert "柳湾小学：列表 2026-10" in asked.told
    assert "柳湾小学月历：月历 2026-10" in asked.told
    assert "空缺 0 班，违反必守条款 0 处" in asked.told
    assert "同第 1 版相比，改动 0 处" in asked.told
    assert "请加 --yes" in asked.told
    assert published.stored() == before

    done = imports(published, path, "--yes", "--who", "王芳")

    assert done.code == DONE
    assert "已存为草稿：第 2 版" in done.told


def test_what_it_breaks_leaves_out_and_changes_is_told(published, path):
    book = load_workbook(path)
    names = {
        str(row[2].value)[:10]: row[5].value
        for row in book[SCHOOL].iter_rows(min_row=4)
        if row[5].value
    }
    rows = {
        str(row[2].value)[:10]: row[2].row
        for row in book[SCHOOL].iter_rows(min_row=4)
    }
    row = rows["2026-10-07"]
    changed(path, **{f"F{row}": names["2026-10-06"]})

    told = imports(published, path).told

    assert "违反必守条款 1 处" in told
    assert "第十三条" in told
    assert "改动 1 处" in told
    assert "2026年10月7日（星期三） 带班领导：" in told


def test_a_draft_is_replaced_only_when_it_is_said(published, path):
    assert imports(published, path, "--yes").code == DONE
    before = published.stored()

    refused = imports(published, path, "--yes")

    assert refused.code == REFUSED
    assert "已有第 2 版草稿：要替换它，请加 --replace" in refused.told
    assert published.stored() == before
    assert imports(published, path, "--yes", "--replace").code == DONE


def test_every_mistake_is_told_and_nothing_is_done(published, path):
    changed(path, F4="甲一", F5="甲00、甲01")
    before = published.stored()

    answer = imports(published, path, "--yes")

    assert answer.code == UNUSABLE
    assert "F4 带班领导: 本单位没有叫“甲一”的人" in answer.told
    assert "F5 带班领导" in answer.told
    assert published.stored() == before


def test_a_sheet_alone_may_be_read(published, path):
    told = imports(published, path, "--sheet", f"{SCHOOL}月历").told

    assert "月历 2026-10" in told
    assert "列表" not in told


@pytest.mark.parametrize("unit", ["没有", "县"])
def test_a_unit_that_is_none_is_refused(published, path, unit):
    answer = published("roster", "import", path, "--unit", unit, *TERM)

    assert answer.code == REFUSED


def test_it_speaks_english(published, path, english):
    told = imports(published, path).told

    assert "柳湾小学: list 2026-10" in told
    assert "mandatory articles broken in 0 places" in told
