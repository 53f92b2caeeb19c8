"""Workbooks made to break the reader are refused before they cost anything."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from roster.errors import Unusable
from roster.papers.workbook_in import read_workbook
from tests.roster.papers.books import content, workbook

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0"


def doctored(part: str, old: bytes, new: bytes) -> bytes:
    """A sound workbook with one part of it changed."""
    buffer = BytesIO()
    with (
        ZipFile(BytesIO(content(workbook()))) as whole,
        ZipFile(buffer, "w", ZIP_DEFLATED) as copy,
    ):
        for name in whole.namelist():
            inside = whole.read(name)
            if name == part:
                assert old in inside
                inside = inside.replace(old, new)
            copy.writestr(name, inside)

    return buffer.getvalue()


def code(content_: bytes) -> str:
    with pytest.raises(Unusable) as error:
        read_workbook(content_)
    (mistake,) = error.value.mistakes
    return mistake.code


@pytest.mark.parametrize(
    ("bytes_", "expected"),
    [
        (b"", "not-a-workbook"),
        ("单位,姓名".encode(), "not-a-workbook"),
        (OLE + b"x" * 600, "old-workbook"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "encrypted-workbook",
        ),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(bytes_, expected):
    assert code(bytes_) == expected


def test_a_torn_workbook_is_said_to_be_none():
    whole = content(workbook())

    assert code(whole[: len(whole) // 2]) == "not-a-workbook"


def test_a_part_that_is_no_xml_is_said_to_be_none():
    torn = doctored(SHEET, b"</worksheet>", b"")

    assert code(torn) == "not-a-workbook"


def test_a_bomb_is_not_unpacked():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr(SHEET, b" " * 30_000_000)

    assert code(buffer.getvalue()) == "too-large"


def test_an_entity_is_not_unfolded():
    laughs = b'<!DOCTYPE a [<!ENTITY h "ha">]><worksheet'

    assert code(doctored(SHEET, b"<worksheet", laughs)) == "not-a-workbook"


def test_a_merged_area_of_a_whole_sheet_is_not_walked():
    merged = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    end = b"</sheetData>"

    assert code(doctored(SHEET, end, end + merged)) == "too-many-cells"


def test_merged_whole_columns_are_not_walked():
    merged = b'<mergeCells><mergeCell ref="A:XFD"/></mergeCells>'
    end = b"</sheetData>"

    assert code(doctored(SHEET, end, end + merged)) == "too-many-cells"


def test_more_cells_than_a_county_has_are_refused():
    cells = b"<row>" + b"<c/>" * 500_001 + b"</row></sheetData>"

    assert code(doctored(SHEET, b"</sheetData>", cells)) == "too-many-cells"


def test_one_cell_far_away_does_not_make_all_those_between():
    book = workbook()
    for page in book.worksheets[:2]:
        page["CV9000"] = "远"

    assert code(content(book)) == "too-many-cells"


def test_more_rows_than_a_county_has_are_refused():
    book = workbook()
    book["人员"]["A20001"] = "柳湾小学"

    assert code(content(book)) == "too-many-rows"
