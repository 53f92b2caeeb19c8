"""A draft begun by hand, its rest solved anew, what is in force taken over."""

from re import search

import pytest
from sqlalchemy import select

from roster.edits import desk_of
from roster.records import LeaveRow, RosterRow
from roster.review import OPEN
from roster.rights import Role
from roster.services.editing import deeds
from roster.services.editing.deeds import Editor
from roster.services.editing.opening import log_of, seen_of
from roster.services.editing.trying import trial_of
from tests.offices import BOOKS, SCHOOL, SHORT
from tests.web.county import NOW
from tests.web.drafts import (
    cells,
    draft_of_the_school,
    holder,
    newer,
    read,
)
from web.working import Worker

ROSTER = f"/units/{SCHOOL.id}"
BEGIN = f"{ROSTER}/draft"
LEAD = "2026-10-17/lead"
TOMORROW = "2026-10-07"


@pytest.fixture
def draft(here) -> int:
    """A new draft beside the published roster."""
    return draft_of_the_school(here)


@pytest.fixture
def page(draft) -> str:
    return f"{ROSTER}/rosters/{draft}"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """The small school takes no process of its own."""

    def run(tasks, *, work, on_failure, jobs=None, watch=lambda: None):
        for key, task in tasks:
            watch()
            yield key, work(task)

    monkeypatch.setattr("web.wiring.run", run)


def works(here) -> None:
    while Worker(here, jobs=1).take_one():
        pass


def edit(here, draft, deed, **more) -> None:
    with here.records.writing() as session:
        seen = seen_of(session.get_one(RosterRow, draft))
        editor = Editor(draft, seen, "张校长", NOW, BOOKS, confirmed=True)
        deed(session, editor, **more)


def moved(here, draft) -> str:
    """The leader of the day after leads that day, too, and is pinned."""
    before = holder(here, draft)
    other = holder(here, draft, "2026-10-18/lead")
    edit(here, draft, deeds.change, shift=LEAD, staff=before, to=other)
    edit(here, draft, deeds.pin, shift=LEAD, staff=other)
    return other


def asks(visitor, page, **fields):
    found = search(
        'name="seen" value="([^"]+)"', visitor.reads(f"{page}/resolve")
    )
    assert found is not None
    fields.setdefault("seen", found[1])
    return visitor.sends(f"{page}/resolve", **fields)


@pytest.mark.parametrize(
    ("aim", "words"),
    [("fewest", "其余不必改"), ("balance", "已证明：固定的不动")],
)
def test_the_rest_is_solved_and_taken_back_in_one_step(
    visitor, here, draft, page, aim, words
):
    other = moved(here, draft)
    before = cells(here, draft)
    assert "2026-10-17 带班领导" in visitor.reads(f"{page}/resolve")

    answer = asks(visitor, page, aim=aim, since=TOMORROW)
    assert answer.status_code == 303
    assert "<progress" in visitor.reads(answer.location)
    assert "正在排这个单位的值班表" in visitor.reads(f"{page}/edit")
    works(here)

    done = visitor.reads(answer.location)
    assert words in done
    assert ("公平与否" in done) == (aim == "balance")
    after = cells(here, draft)
    assert holder(here, draft) == other
    assert {c for c in before ^ after if c.shift < TOMORROW} == set()
    shown = visitor.reads(f"{page}/edit")
    assert "其余重排：" in shown
    assert "手工改过" not in shown
    assert "改好以前不能送审" not in shown

    edit(here, draft, deeds.undo)
    assert cells(here, draft) == before
    assert "这一步后来撤销了" in visitor.reads(answer.location)


def test_the_rest_heeds_what_was_recorded_since(visitor, here, draft, page):
    who = holder(here, draft)
    with here.records.writing() as session:
        day = NOW.date().replace(day=17)
        session.add(LeaveRow(staff=who, first=day, last=day, kind="事假"))
    assert "改好以前不能送审" in visitor.reads(f"{page}/edit")

    asks(visitor, page, since=TOMORROW)
    works(here)

    marks = read(here, draft, lambda s, r: trial_of(s, r, BOOKS).marks())
    assert marks == []
    assert holder(here, draft) != who


def test_pins_that_cannot_hold_are_named_and_let_go_with_one_click(
    visitor, here, draft, page
):
    who = moved(here, draft)
    with here.records.writing() as session:
        day = NOW.date().replace(day=17)
        session.add(LeaveRow(staff=who, first=day, last=day, kind="事假"))
    before = cells(here, draft)

    answer = asks(visitor, page, since=TOMORROW)
    works(here)

    told = visitor.reads(answer.location)
    assert "固定的不动，其余排不出来" in told
    assert "固定在 2026-10-17 的带班领导" in told
    assert "第" in told
    assert cells(here, draft) == before
    # The unit has its draft: nothing is said to have failed.
    assert "最近一次生成没有结果" not in visitor.reads(ROSTER)

    seen = search('name="seen" value="([^"]+)"', told)
    loose = search('name="loose" value="([^"]+)"', told)
    assert seen is not None
    assert loose is not None
    again = visitor.sends(
        f"{page}/resolve",
        answer.location,
        seen=seen[1],
        since=TOMORROW,
        aim="fewest",
        loose=loose[1],
    )
    works(here)
    assert "同时取消固定 1 处" in visitor.reads(again.location)
    assert holder(here, draft) != who
    pins = read(here, draft, lambda s, r: desk_of(log_of(s, r)).pins)
    assert pins == frozenset()


def test_who_edits_meanwhile_is_not_overwritten(visitor, here, draft, page):
    looked_at = read(here, draft, lambda _, row: seen_of(row))
    answer = asks(visitor, page, since=TOMORROW)
    edit(here, draft, deeds.note, words="国庆再议")
    before = cells(here, draft)
    works(here)

    told = visitor.reads(answer.location)
    assert "没有存：草稿在此期间改过或已送审" in told
    assert "国庆再议" in told
    assert cells(here, draft) == before

    late = asks(visitor, page, since=TOMORROW, seen=looked_at)
    assert late.status_code == 409
    assert "张校长" in late.text
    assert "国庆再议" in late.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"since": "2027-01-01"}, 409),
        ({"since": "morgen"}, 400),
        ({"since": TOMORROW, "loose": "x"}, 400),
        ({"since": TOMORROW, "loose": f"{LEAD}|nobody"}, 409),
    ],
)
def test_what_makes_no_sense_is_refused(visitor, page, fields, status):
    assert asks(visitor, page, **fields).status_code == status


def test_a_request_is_taken_back(visitor, here, draft, page):
    moved(here, draft)
    before = cells(here, draft)
    answer = asks(visitor, page, since=TOMORROW)
    visitor.sends(f"{answer.location}/cancel", answer.location)
    works(here)

    assert "没有做，草稿没有变" in visitor.reads(answer.location)
    assert cells(here, draft) == before


def begun(here) -> int:
    with here.records.reading() as session:
        wanted = select(RosterRow.id).where(RosterRow.state.in_(OPEN))
        return session.scalars(wanted).one()


def begins(visitor):
    return visitor.sends(f"{BEGIN}?term={SHORT.id}", ROSTER)


def test_a_draft_begins_as_the_version_in_force(visitor, here):
    assert "由这一版起草" in visitor.reads(ROSTER)

    answer = begins(visitor)

    draft = begun(here)
    assert answer.location.endswith(f"/rosters/{draft}/edit")
    shown = visitor.reads(answer.location)
    assert "已由现行版起草" in shown
    assert "由第 1 版起草" in shown
    assert "手工改过" not in shown
    assert "由这一版起草" not in visitor.reads(ROSTER)

    # Asked for twice, the one that is there is offered.
    again = visitor.client.post(
        f"{BEGIN}?term={SHORT.id}", data={"csrf_token": visitor.token(ROSTER)}
    )
    assert again.location == answer.location
    assert "已经有第 2 版草稿" in visitor.reads(again.location)


def test_what_came_into_force_meanwhile_is_taken_over(visitor, here):
    begins(visitor)
    draft = begun(here)
    page = f"{ROSTER}/rosters/{draft}"
    day = "2026-10-18/lead"
    mine = moved(here, draft)
    theirs = holder(here, draft, "2026-10-24/lead")
    newer(here, day, theirs)

    shown = visitor.reads(f"{page}/edit")
    assert "现行的已是第 3 版" in shown
    assert "接受现行版的改动" in visitor.reads(f"{ROSTER}/review")
    beside = visitor.reads(f"{page}/rebase")
    assert "两边都改过" not in beside
    seen = search('name="seen" value="([^"]+)"', beside)
    assert seen is not None

    answer = visitor.sends(
        f"{page}/rebase", seen=seen[1], confirmed="1",
        **{f"choose {day}": "standing"},
    )  # fmt: skip

    assert answer.status_code == 303
    assert holder(here, draft, day) == theirs
    assert holder(here, draft) == mine
    shown = visitor.reads(f"{page}/edit")
    assert "接受第 3 版的改动" in shown
    assert "现行的已是第 3 版" not in shown
    assert "没有要接受的改动" in visitor.reads(f"{page}/rebase")


def test_what_both_changed_is_shown_side_by_side(visitor, here):
    begins(visitor)
    draft = begun(here)
    page = f"{ROSTER}/rosters/{draft}"
    was = holder(here, draft)
    mine = moved(here, draft)
    theirs = next(
        c.staff
        for c in sorted(cells(here, draft))
        if c.shift.endswith("/lead") and c.staff not in (was, mine)
    )
    newer(here, LEAD, theirs)

    beside = visitor.reads(f"{page}/rebase")
    assert "两边都改过" in beside
    seen = search('name="seen" value="([^"]+)"', beside)
    assert seen is not None
    fields = {"seen": seen[1], "confirmed": "1"}
    answer = visitor.sends(f"{page}/rebase", **fields)
    assert answer.status_code == 409
    assert "要逐条选定" in answer.text
    assert holder(here, draft) == mine

    fields[f"choose {LEAD}"] = "draft"
    assert visitor.sends(f"{page}/rebase", **fields).status_code == 303
    assert holder(here, draft) == mine


def test_who_only_approves_begins_nothing(working, page):
    approver = working(Role.APPROVER)

    assert "由这一版起草" not in approver.reads(ROSTER)
    assert "其余重排" not in approver.reads(f"{page}/edit")
    approver.reads(f"{page}/resolve", 403)
    approver.reads(f"{page}/rebase", 403)
