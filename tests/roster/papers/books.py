"""Small workbooks for tests: sound ones, to be damaged one way at a time."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from roster.county import County
from roster.errors import Unusable
from roster.papers.workbook_in import read_workbook

UNITS = ("单位编号", "单位名称", "单位类型")
STAFF = ("单位", "姓名", "工号", "性别", "身份", "到岗日期")
LEAVE = ("单位", "姓名", "工号", "开始日期", "结束日期")
TERMS = ("学期编号", "学期名称", "开始日期", "结束日期", "寒暑假")


ROWS = {
    "单位": [UNITS, ("U1", "柳湾小学", "学校")],
    "人员": [
        STAFF,
        ("柳湾小学", "王强", None, "男", "主要负责人", None),
        (None, "李秀兰", None, "女", "职工", None),
    ],
    "学期": [
        TERMS,
        (
            "a",
            "秋季",
            "2026-08-31",
            "2027-02-28",
            "2027-01-16至2027-02-28",
        ),
    ],
}


def workbook(**changed) -> Workbook:
    """A small sound workbook; a sheet's rows may be given anew."""
    book = Workbook()
    book.remove(book.active)
    for name, some in (ROWS | changed).items():
        page = book.create_sheet(name)
        for row in some:
            page.append(row)
    return book


def content(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(book: Workbook) -> County:
    return read_workbook(content(book), "名册.xlsx")


def refused(book: Workbook) -> list[tuple[str, tuple[str, ...]]]:
    """What is wrong with it, and where inside the file."""
    with pytest.raises(Unusable) as error:
        read(book)
    return [(m.code, m.where[1:]) for m in error.value.mistakes]
