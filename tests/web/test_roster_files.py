"""A school's own roster on the site: sent in, looked at, kept or not."""

from io import BytesIO
from re import search

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from roster.records import RosterRow
from roster.review import State
from roster.rights import Role
from roster.services.editing.opening import cells_of
from roster.services.viewing import shown_roster
from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.drafts import draft_of_the_school

PAGE = f"/units/{SCHOOL.id}/roster-file?term={SHORT.id}"


@pytest.fixture
def editor(working):
    """The school's editor."""
    return working(Role.UNIT_EDITOR)


def exported(visitor):
    """The school's roster as the site gives it out."""
    address = f"/units/{SCHOOL.id}/roster.xlsx?term={SHORT.id}"
    return load_workbook(BytesIO(visitor.client.get(address).data))


def sends(visitor, book, **fields):
    content = BytesIO()
    if isinstance(book, bytes):
        content.write(book)
    else:
        book.save(content)
    content.seek(0)
    return visitor.client.post(
        PAGE,
        data={
            "csrf_token": visitor.token(PAGE),
            "workbook": (content, "十月.xlsx"),
            **fields,
        },
    )


def seen(text: str) -> str:
    found = search('name="seen" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def drafts(here) -> list[tuple[int, str, int]]:
    """Each draft's id, who made it, and its revision."""
    wanted = select(RosterRow.id, RosterRow.editor, RosterRow.revision)
    with here.records.reading() as session:
        rows = session.execute(wanted.where(RosterRow.state == State.DRAFT))
        return [tuple(row) for row in rows]


def test_a_roster_is_sent_looked_at_and_kept_as_a_draft(editor, here):
    sent = sends(editor, exported(editor))
    assert sent.status_code == 303
    preview = editor.reads(sent.location)
    for words in (
        "列表",
        "月历",
        "2026年10月",
        "没有违反",
        "班次和人员没有变化",
    ):
        assert words in preview
    assert drafts(here) == []

    done = editor.sends(sent.location, seen=seen(preview))

    assert done.status_code == 303
    ((draft, *_),) = drafts(here)
    assert done.location.endswith(f"/rosters/{draft}/edit")
    text = editor.reads(done.location)
    assert "已存为草稿" in text
    assert "导入的，没有求解" in text
    with here.records.reading() as session:
        force = shown_roster(session, SCHOOL.id, SHORT.id)
        row = session.get_one(RosterRow, draft)
        assert cells_of(row) == cells_of(force)
    # Nothing waits any more.
    assert "重新上传" in editor.reads(sent.location, 404)


def test_all_mistakes_are_told_and_nothing_is_kept(editor, here):
    book = exported(editor)
    page = book[SCHOOL.name]
    page["F4"], page["F5"] = "甲一", "甲02、甲03"

    answer = sends(editor, book, sheet=SCHOOL.name)

    assert answer.status_code == 400
    assert "F4 带班领导: 本单位没有叫“甲一”的人" in answer.text
    assert "F5 带班领导: 2026-10-02 带班领导只要 1 人" in answer.text
    assert not list(here.config.folder.glob("uploads/*"))
    # What was typed is still there.
    assert f'value="{SCHOOL.name}"' in answer.text


def test_two_sheets_that_differ_are_told_and_one_may_be_chosen(editor, here):
    book = exported(editor)
    page = book[SCHOOL.name]
    page["F4"], page["F5"] = page["F5"].value, page["F4"].value
    assert "写的人不同" in sends(editor, book).text

    sent = sends(editor, book, sheet=SCHOOL.name)

    preview = editor.reads(sent.location)
    assert "改动 2 处" in preview
    done = editor.sends(sent.location, seen=seen(preview))
    assert done.status_code == 303
    assert len(drafts(here)) == 1


def test_open_shifts_and_people_left_out_are_shown(editor):
    book = exported(editor)
    page = book[SCHOOL.name]
    page["F4"] = None
    page.insert_rows(4)
    page["C4"], page["F4"] = "10月8日", "甲02"

    preview = editor.reads(sends(editor, book, sheet=SCHOOL.name).location)

    assert "空缺 1 班" in preview
    assert "写了人、但不会导入的" in preview
    assert "按制度这一天不值班" in preview


def test_a_draft_is_replaced_only_when_it_is_said(editor, here):
    old = draft_of_the_school(here)
    sent = sends(editor, exported(editor))
    preview = editor.reads(sent.location)
    assert "替换" in preview

    late = editor.sends(sent.location, seen=seen(preview))
    assert late.status_code == 409
    assert "已有第 2 版草稿" in late.text
    assert [row[0] for row in drafts(here)] == [old]
    done = editor.sends(sent.location, seen=seen(preview), replace="on")

    assert done.status_code == 303
    ((_, who, revision),) = drafts(here)
    assert who.startswith("unit editor")
    assert revision == 1


def test_a_draft_made_since_the_preview_is_not_replaced(editor, here):
    sent = sends(editor, exported(editor))
    preview = editor.reads(sent.location)
    old = draft_of_the_school(here)

    late = editor.sends(sent.location, seen=seen(preview), replace="on")

    assert late.status_code == 409
    assert "没有导入" in late.text
    assert [row[0] for row in drafts(here)] == [old]
    # The page shows how it is now, and that can be kept.
    done = editor.sends(sent.location, seen=seen(late.text), replace="on")
    assert done.status_code == 303


def test_what_waits_for_one_unit_or_term_is_not_there_for_another(
    visitor, here
):
    sent = sends(visitor, exported(visitor))
    token = search("roster-file/([^?]+)", sent.location)[1]

    visitor.reads(f"/units/{BUREAU.id}/roster-file/{token}", 404)
    visitor.reads(f"/units/{SCHOOL.id}/roster-file/{token}?term=2027-05", 404)
    visitor.reads(f"/units/{SCHOOL.id}/roster-file/{token}?term=no", 404)


def test_a_roster_that_is_none_is_refused_in_words(editor):
    answer = sends(editor, b"\xd0\xcf\x11\xe0" + b"x" * 600)

    assert answer.status_code == 400
    assert "旧格式" in answer.text
    assert "请先选择文件" in editor.sends(PAGE).text


def test_the_preview_speaks_english(editor):
    sent = sends(editor, exported(editor))

    text = editor.reads(f"{sent.location}&lang=en")

    assert "Store as a draft" in text
    assert "month grid" in text


def test_where_a_stranger_belongs_is_told_by_right_alone(visitor, working):
    book = exported(visitor)
    book[SCHOOL.name]["F4"] = "甲20"

    told = sends(visitor, book, sheet=SCHOOL.name).text
    hidden = sends(working(Role.UNIT_EDITOR), book, sheet=SCHOOL.name).text

    assert f"“甲20”是“{BUREAU.name}”的人" in told
    assert BUREAU.name not in hidden.partition("<main")[2]
    assert "本单位没有叫“甲20”的人" in hidden
