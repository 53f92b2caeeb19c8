"""The empty workbook tells whoever fills it in what is wanted where."""

import pytest
from openpyxl import load_workbook

from roster.county import County
from roster.papers.sheets import SHEETS
from roster.papers.template import write_template
from roster.papers.workbook_in import read_workbook


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "名册模板.xlsx"
    write_template(path)
    return path


def drop_downs(page) -> dict[str, str]:
    """What may be chosen, by the column's letter."""
    return {
        str(choice.sqref).rstrip("0123456789").partition("2:")[0]: str(
            choice.formula1
        )
        for choice in page.data_validations.dataValidation
    }


def test_it_reads_as_a_county_with_nobody_in_it(template):
    assert read_workbook(template.read_bytes()) == County()


def test_it_begins_with_how_to_fill_it_in(template):
    names = load_workbook(template).sheetnames

    assert names == ["填写说明", *(sheet.name for sheet in SHEETS)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_sheet_has_a_marked_example_below_a_header_that_stays(
    template, sheet
):
    page = load_workbook(template)[sheet.name]

    assert page["A2"].value == "示例"
    assert page.freeze_panes == "A2"
    assert page.max_row == 2


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_header_says_in_a_comment_what_to_write(template, sheet):
    page = load_workbook(template)[sheet.name]

    for cell in page[1][1:]:
        column = sheet.column_headed(cell.value)
        assert cell.comment.text == column.comment


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_an_example_is_what_the_reader_would_read(template, sheet):
    book = load_workbook(template)
    for name in ("单位", "人员", "学期", sheet.name):
        book[name]["A2"].value = 1
    if sheet.name == "关系":
        other = [cell.value for cell in book["人员"][2]]
        book["人员"].append([2, other[1], "李秀兰", *other[3:]])
    book.save(template)

    county = read_workbook(template.read_bytes())

    assert county.units
    assert county.staff


def test_words_and_units_are_chosen_from_drop_downs(template):
    book = load_workbook(template)

    assert drop_downs(book["单位"])["D"].startswith('"局机关,学校,幼儿园')
    assert drop_downs(book["单位"])["F"] == '"是,否"'
    assert drop_downs(book["人员"])["B"] == "单位!$C$2:$C$501"
    assert "无夜班" in drop_downs(book["限排"])["E"]
