"""A draft changed on the site, as plain forms do it."""

from re import search

import pytest
from sqlalchemy import select

from roster.records import RosterRow
from roster.rights import Role
from roster.services.editing import deeds
from roster.services.editing.deeds import Editor
from roster.services.editing.opening import cells_of, seen_of
from roster.services.editing.ranking import ranked
from roster.services.editing.trying import trial_of
from tests.offices import SCHOOL
from tests.web.county import NOW
from tests.web.drafts import draft_of_the_school

LEAD = "2026-10-17/lead"


@pytest.fixture
def draft(here) -> int:
    """A new draft beside the published roster."""
    return draft_of_the_school(here)


@pytest.fixture
def page(draft) -> str:
    return f"/units/{SCHOOL.id}/rosters/{draft}"


def holder(here, draft, shift=LEAD) -> str:
    with here.records.reading() as session:
        cells = cells_of(session.get_one(RosterRow, draft))
        return next(cell.staff for cell in cells if cell.shift == shift)


def seen(visitor, page) -> str:
    found = search('name="seen" value="([^"]+)"', visitor.reads(page))
    assert found is not None
    return found[1]


def edits(visitor, page, **fields):
    fields.setdefault("seen", seen(visitor, f"{page}/edit"))
    return visitor.sends(f"{page}/edit", **fields)


def candidates(here, draft):
    with here.records.reading() as session:
        row = session.get_one(RosterRow, draft)
        return ranked(
            trial_of(session, row, here.books), LEAD, holder(here, draft)
        )


def breaking(here, draft):
    """A cell, and somebody with whom it breaks an article."""
    with here.records.reading() as session:
        row = session.get_one(RosterRow, draft)
        trial = trial_of(session, row, here.books)
        return next(
            (cell, one)
            for cell in sorted(cells_of(row))
            for one in ranked(trial, cell.shift, cell.staff).people
            if one.found.breaks
        )


def test_somebody_is_replaced_and_put_back(visitor, here, draft, page):
    before = holder(here, draft)
    cell = f"{page}/cell?shift={LEAD}&staff={before}"
    other = candidates(here, draft).people[0]
    assert f'value="{other.staff}"' in visitor.reads(cell)

    answer = edits(
        visitor, page, deed="change", shift=LEAD, staff=before,
        to=other.staff, confirmed="1",
    )  # fmt: skip

    assert answer.status_code == 303
    assert answer.location.endswith("/edit#d2026-10-17")
    assert holder(here, draft) == other.staff
    shown = visitor.reads(f"{page}/edit")
    assert "手工改过" in shown
    assert "撤销上一步" in shown

    assert edits(visitor, page, deed="undo").status_code == 303
    assert holder(here, draft) == before
    shown = visitor.reads(f"{page}/edit")
    assert "手工改过" not in shown
    assert "重做" in shown


def test_what_breaks_an_article_is_asked_about_first(
    visitor, here, draft, page
):
    cell, other = breaking(here, draft)
    before = cell.staff
    fields = {
        "deed": "change",
        "shift": cell.shift,
        "staff": before,
        "to": other.staff,
    }

    answer = edits(visitor, page, **fields)

    article = other.found.breaks[0].line.article
    assert answer.status_code == 409
    assert article in answer.text
    assert f'name="to" value="{other.staff}"' in answer.text
    assert 'name="confirmed" value="1"' in answer.text
    assert holder(here, draft, cell.shift) == before

    assert edits(visitor, page, confirmed="1", **fields).status_code == 303
    shown = visitor.reads(f"{page}/edit")
    assert "改好以前不能送审" in shown
    assert article in shown


def test_the_later_editor_keeps_their_words_and_reads_the_other_s(
    visitor, here, draft, page
):
    looked_at = seen(visitor, f"{page}/edit")
    with here.records.writing() as session:
        row = session.get_one(RosterRow, draft)
        editor = Editor(draft, seen_of(row), "张校长", NOW, here.books)
        deeds.note(session, editor, words="国庆再议")

    answer = edits(
        visitor, page, deed="note", words="我的一句", seen=looked_at
    )

    assert answer.status_code == 409
    assert "张校长" in answer.text
    assert "国庆再议" in answer.text
    assert "我的一句</textarea>" in answer.text
    fresh = search('name="seen" value="([^"]+)"', answer.text)
    assert fresh is not None
    assert fresh[1] != looked_at
    assert "国庆再议" in visitor.reads(f"{page}/edit")

    again = edits(visitor, page, deed="note", words="我的一句", seen=fresh[1])
    assert again.status_code == 303


@pytest.mark.parametrize("shape", ["", "?view=list"])
def test_pins_and_notes_are_seen_in_both_shapes(
    visitor, here, draft, page, shape
):
    who = holder(here, draft)
    edits(visitor, page, deed="pin", shift=LEAD, staff=who)
    edits(visitor, page, deed="note", shift=LEAD, words="校长带队")

    shown = visitor.reads(f"{page}/edit{shape}")

    assert '<span class="chip pinned">固定</span>' in shown
    assert "校长带队" in shown
    cell = visitor.reads(f"{page}/cell?shift={LEAD}&staff={who}")
    assert "要换人请先取消固定" in cell
    assert 'name="to"' not in cell


def test_the_script_hears_what_the_page_says(visitor, here, draft, page):
    who = holder(here, draft)
    found = candidates(here, draft)

    answer = visitor.client.get(f"{page}/check?shift={LEAD}&staff={who}")

    people = answer.get_json()["people"]
    assert [one["id"] for one in people] == [
        one.staff for one in (*found.people, *found.others)
    ]
    assert [one["possible"] for one in people] == [
        not one.found.impossible for one in (*found.people, *found.others)
    ]
    other = search(
        '<option value="([^"|]+[|][^"]+)"',
        visitor.reads(f"{page}/cell?shift={LEAD}&staff={who}"),
    )
    assert other is not None
    said = visitor.client.get(
        f"{page}/check?shift={LEAD}&staff={who}&with={other[1]}"
    ).get_json()
    assert set(said) == {"possible", "impossible", "breaks", "costs"}


def test_a_published_roster_is_not_edited(visitor, here, draft):
    with here.records.reading() as session:
        wanted = select(RosterRow.id).where(
            RosterRow.state == "published", RosterRow.unit == SCHOOL.id
        )
        roster = session.scalars(wanted).one()
    page = f"/units/{SCHOOL.id}/rosters/{roster}"
    shown = visitor.reads(f"{page}/edit")
    assert "/cell?" not in shown
    visitor.reads(f"{page}/cell?shift={LEAD}&staff=x", 409)
    token = visitor.token(f"/units/{SCHOOL.id}/rosters/{draft}/edit")
    answer = visitor.client.post(
        f"{page}/edit",
        data={"csrf_token": token, "deed": "note", "words": "x", "seen": "x"},
    )
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "query",
    ["", "?shift=x", f"?shift={LEAD}&staff=nobody", "?shift=x&staff=y"],
)
def test_an_unknown_cell_is_not_found(visitor, page, query):
    visitor.reads(f"{page}/cell{query}", 404)
    visitor.reads(f"{page}/check{query}", 404)


def test_who_approves_looks_and_does_not_touch(working, page):
    approver = working(Role.APPROVER)

    shown = approver.reads(f"{page}/edit")

    assert "/cell?" not in shown
    assert 'name="deed"' not in shown
    approver.reads(f"{page}/cell?shift={LEAD}", 403)
