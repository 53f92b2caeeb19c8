"""The name list as a workbook: fetched, sent in, looked at, confirmed."""

from io import BytesIO
from os import utime
from re import search
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from roster.records.values import county_of
from tests.offices import BUREAU, SCHOOL
from tests.web.county import PHONE, SCHOOL_STAFF
from tests.web.test_preparation import seen
from web.uploads import HOUR, MOST

PAGE = f"/units/{SCHOOL.id}/workbook"


def county(here):
    with here.records.reading() as session:
        return county_of(session)


def sends(visitor, content: bytes, page: str = PAGE, name: str = "名册.xlsx"):
    return visitor.client.post(
        page,
        data={
            "csrf_token": visitor.token(page),
            "workbook": (BytesIO(content), name),
        },
    )


def fetched(visitor, address: str = f"{PAGE}.xlsx"):
    answer = visitor.client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    return load_workbook(BytesIO(answer.data))


def bytes_of(book) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_somebody_new(book):
    book["人员"].append([99, SCHOOL.name, "王新", "N1", "男", "职工"])
    return bytes_of(book)


def test_a_workbook_is_fetched_changed_looked_at_and_confirmed(visitor, here):
    sent = sends(visitor, with_somebody_new(fetched(visitor)))
    assert sent.status_code == 303
    preview = visitor.reads(sent.location)
    assert "王新 N1" in preview
    assert "N1" not in [m.id for m in county(here).staff]

    done = visitor.sends(sent.location, seen=seen(preview))

    assert done.location == f"/units/{SCHOOL.id}/records/staff"
    assert "N1" in [m.id for m in county(here).staff]
    assert "已导入" in visitor.reads(done.location)
    # Nothing waits any more.
    assert "重新上传" in visitor.reads(sent.location, 404)
    assert list((here.config.folder / "uploads").iterdir()) == []


def test_what_is_sent_back_unchanged_changes_nothing(visitor):
    sent = sends(visitor, bytes_of(fetched(visitor)))

    text = visitor.reads(sent.location)

    assert "没有变化" in text
    assert "<form" not in text.partition("<main")[2]


def test_a_workbook_with_mistakes_is_told_all_of_them_and_not_kept(
    visitor, here
):
    book = fetched(visitor)
    book["人员"].append([99, SCHOOL.name, "", "N1", "男女", "职工"])

    answer = sends(visitor, bytes_of(book))

    assert answer.status_code == 400
    assert "没有这个选项" in answer.text
    assert "必须填写" in answer.text
    assert not list(here.config.folder.glob("uploads/*"))


def test_a_units_workbook_may_not_touch_another_unit(visitor):
    book = fetched(visitor)
    book["人员"].append([99, BUREAU.name, "王新", "N1", "男", "职工"])

    answer = sends(visitor, bytes_of(book))

    assert answer.status_code == 400
    assert "不是本单位的" in answer.text


def test_what_waits_for_one_unit_is_not_there_for_another(visitor):
    sent = sends(visitor, with_somebody_new(fetched(visitor)))
    token = sent.location.rpartition("/")[2]

    visitor.reads(f"/units/{BUREAU.id}/workbook/{token}", 404)
    visitor.reads(f"/county/workbook/{token}", 404)
    visitor.reads(f"{PAGE}/..%2fsecret", 404)


def test_what_has_waited_for_an_hour_is_gone(visitor, here):
    sent = sends(visitor, with_somebody_new(fetched(visitor)))
    for path in here.config.folder.glob("uploads/*"):
        old = path.stat().st_mtime - HOUR - 1
        utime(path, (old, old))

    visitor.reads(sent.location, 404)

    assert not list(here.config.folder.glob("uploads/*"))


def test_only_a_few_files_wait_for_the_same(visitor, here):
    content = with_somebody_new(fetched(visitor))

    for _ in range(MOST + 2):
        last = sends(visitor, content)

    kept = list(here.config.folder.glob("uploads/*.bin"))
    assert len(kept) == MOST
    visitor.reads(last.location)


def test_records_that_changed_since_the_preview_are_not_overwritten(
    visitor, here
):
    sent = sends(visitor, with_somebody_new(fetched(visitor)))
    preview = visitor.reads(sent.location)
    visitor.sends(
        f"/units/{SCHOOL.id}/records/leave/new",
        id=SCHOOL_STAFF[8].id,
        first="2026-10-10",
    )

    late = visitor.sends(sent.location, seen=seen(preview))

    assert late.status_code == 409
    assert "没有导入" in late.text
    assert "删去" in late.text
    assert "N1" not in [m.id for m in county(here).staff]
    visitor.sends(sent.location, seen=seen(late.text))
    assert "N1" in [m.id for m in county(here).staff]


def bomb() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"not a workbook", 400, "不是可用的 .xlsx 工作簿"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, 400, "旧格式"),
        (bomb(), 400, "文件太大"),
    ],
    ids=["text", "old", "bomb"],
)
def test_what_is_no_workbook_is_refused_in_words(
    visitor, here, content, status, words
):
    answer = sends(visitor, content)

    assert answer.status_code == status
    assert words in answer.text
    assert not list(here.config.folder.glob("uploads/*"))


def test_what_is_too_large_is_refused_before_it_is_read(visitor, here):
    answer = visitor.client.post(
        PAGE,
        data=b"x" * 3_000_000,
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code == 413
    assert "太大" in answer.text
    assert not list(here.config.folder.glob("uploads/*"))


def test_nothing_sent_is_told(visitor):
    answer = visitor.sends(PAGE)

    assert answer.status_code == 400
    assert "请先选择文件" in answer.text


def test_a_name_of_a_file_is_only_told(visitor, here):
    name = "../../<b>x.xlsx"
    sent = sends(visitor, with_somebody_new(fetched(visitor)), name=name)

    text = visitor.reads(sent.location)

    assert "<b>" not in text
    kept = list(here.config.folder.glob("uploads/*"))
    assert all(search(r"^[\w-]+\.(bin|json)$", path.name) for path in kept)


def test_the_whole_county_goes_out_and_comes_in(visitor):
    book = fetched(visitor, "/county/workbook.xlsx")
    assert PHONE in [str(row[7].value) for row in book["人员"].rows]

    sent = sends(visitor, with_somebody_new(book), "/county/workbook")
    preview = visitor.reads(sent.location)
    done = visitor.sends(sent.location, seen=seen(preview))

    assert done.location == "/county/unit"


def test_an_empty_workbook_is_there_for_everybody(visitor):
    answer = visitor.client.get("/workbook-template.xlsx")

    assert load_workbook(BytesIO(answer.data))["人员"]["A2"].value == "示例"
