"""A draft changed by hand: what may be, what is marked, what is undone."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from shutil import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from roster.errors import Refused
from roster.problem import Assignment
from roster.records import (
    EditRow,
    JournalRow,
    LeaveRow,
    RosterRow,
    open_records,
)
from roster.records.journal import broken
from roster.rules.clauses import Gap
from roster.services.drafts import digest_of
from roster.services.editing import deeds
from roster.services.editing.deeds import Editor, NotAllowed
from roster.services.editing.opening import (
    Stale,
    cells_of,
    log_of,
    opened,
    seen_of,
)
from roster.services.editing.ranking import ranked
from roster.services.editing.trying import trial_of
from roster.services.reviewing import submit
from tests.builders import day, make_problem, make_shift, make_staff
from tests.conftest import NOW
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import CALENDAR, PEOPLE, SHIFTS

FIRST, SECOND, THIRD, FOURTH = (shift.id for shift in SHIFTS)
HELD = {FIRST: "anna", SECOND: "bo", THIRD: "chen", FOURTH: "anna"}
# Nobody on two days running.
GAP = Gap(id="gap", article="第六条", tier=0, days=2)


@pytest.fixture
def draft(records) -> int:
    """A draft under an article, on each database."""
    return drafted(records)


@pytest.fixture
def small_draft(lite) -> int:
    """The same where the database does not matter."""
    return drafted(lite)


def drafted(records, *clauses) -> int:
    with records.writing() as session:
        small.settle(session)
        solved = small.solution(session, NOW, *(clauses or (GAP,)))
        row = small.draft(session, HELD, who="编排", now=NOW, solved=solved)
        return row.id


def edit(records, roster, deed, *, who="小李", confirmed=False, **more):
    """One edit of the draft as it is."""
    with records.writing() as session:
        row = session.get_one(RosterRow, roster)
        editor = Editor(roster, seen_of(row), who, NOW, BOOKS, confirmed)
        deed(session, editor, **more)
    return holders(records, roster)


def holders(records, roster) -> dict[str, str]:
    with records.reading() as session:
        row = session.get_one(RosterRow, roster)
        assert digest_of(sorted(cells_of(row))) == row.digest
        assert broken(session) == []
        return {cell.shift: cell.staff for cell in cells_of(row)}


def test_somebody_takes_another_s_place_and_it_is_told(records, draft):
    now = edit(
        records, draft, deeds.change, shift=FIRST, staff="anna", to="chen",
        confirmed=True,
    )  # fmt: skip

    assert now == {**HELD, FIRST: "chen"}
    with records.reading() as session:
        row = session.get_one(RosterRow, draft)
        assert (row.revision, row.editor, row.author) == (1, "小李", "编排")
        entry = session.scalars(
            select(JournalRow).order_by(JournalRow.id.desc())
        ).first()
        assert (entry.verb, entry.who) == ("edit: change", "小李")
        assert entry.facts["come"] == [[FIRST, "chen"]]


def test_two_people_swap(records, draft):
    now = edit(
        records, draft, deeds.swap, shift=SECOND, staff="bo",
        other_shift=THIRD, other="chen",
    )  # fmt: skip

    assert now == {**HELD, SECOND: "chen", THIRD: "bo"}


def test_a_broken_article_is_confirmed_and_stays_marked(records, draft):
    wanted = {"shift": FIRST, "staff": "anna", "to": "bo"}
    with pytest.raises(NotAllowed) as refused:
        edit(records, draft, deeds.change, **wanted)

    assert not refused.value.final
    assert [b.line.article for b in refused.value.against] == ["第六条"]
    assert holders(records, draft) == HELD

    edit(records, draft, deeds.change, confirmed=True, **wanted)

    with records.reading() as session:
        row = session.get_one(RosterRow, draft)
        ((told, cells),) = trial_of(session, row, BOOKS).marks()
        assert told.names == ("bo",)
        assert cells == {Assignment(FIRST, "bo"), Assignment(SECOND, "bo")}
    with (
        pytest.raises(Refused, match="rules-broken"),
        records.writing() as session,
    ):
        submit(
            session, roster_id=draft, revision=1, calendar=CALENDAR,
            books=BOOKS, who="小李", now=NOW,
        )  # fmt: skip


def test_leave_taken_since_cannot_be_confirmed(records, draft):
    with records.writing() as session:
        session.add(
            LeaveRow(staff="chen", first=day(0), last=day(0), kind="事假")
        )
    with pytest.raises(NotAllowed) as refused:
        edit(
            records, draft, deeds.change, shift=FIRST, staff="anna",
            to="chen", confirmed=True,
        )  # fmt: skip

    assert refused.value.final
    assert [b.line.code for b in refused.value.against] == ["leave"]
    assert holders(records, draft) == HELD


@pytest.mark.parametrize(
    ("staff", "unavailable", "code"),
    [
        ("dora", (), "eligible"),
        ("chen", ((day(0), day(0)),), "away"),
        ("nobody", (), "eligible"),
    ],
)
def test_what_cannot_be_is_refused_even_if_confirmed(
    lite, staff, unavailable, code
):
    people = (
        *make_staff("anna", "bo", posts=("lead",)),
        *make_staff("chen", posts=("lead",), unavailable=unavailable),
        *make_staff("dora", posts=("duty",)),
    )
    with lite.writing() as session:
        small.settle(session)
        solved = small.solution(
            session, NOW, problem=make_problem(people, SHIFTS)
        )
        roster = small.draft(
            session, HELD, who="编排", now=NOW, solved=solved
        ).id
    with pytest.raises(NotAllowed) as refused:
        edit(
            lite, roster, deeds.change, shift=FIRST, staff="anna", to=staff,
            confirmed=True,
        )  # fmt: skip

    assert refused.value.final
    assert [b.line.code for b in refused.value.against] == [code]
    assert holders(lite, roster) == HELD


def test_nobody_is_put_in_two_places(lite):
    long = replace(make_shift(0, post="lead"), end=SHIFTS[1].end)
    problem = make_problem(
        make_staff(*PEOPLE, posts=("lead",)), (long, *SHIFTS[1:])
    )
    with lite.writing() as session:
        small.settle(session)
        solved = small.solution(session, NOW, problem=problem)
        roster = small.draft(
            session, HELD, who="编排", now=NOW, solved=solved
        ).id
    with pytest.raises(NotAllowed) as refused:
        edit(
            lite, roster, deeds.change, shift=SECOND, staff="bo", to="anna",
            confirmed=True,
        )  # fmt: skip

    assert refused.value.final
    assert [b.line.code for b in refused.value.against] == ["overlap"]


def test_a_place_is_left_open_and_filled_again(lite, small_draft):
    wanted = {"shift": FIRST, "staff": "anna", "to": ""}
    with pytest.raises(NotAllowed):
        edit(lite, small_draft, deeds.change, **wanted)

    now = edit(lite, small_draft, deeds.change, confirmed=True, **wanted)
    assert FIRST not in now

    now = edit(
        lite, small_draft, deeds.change, shift=FIRST, staff="", to="anna"
    )
    assert now == HELD


def test_a_pinned_cell_stays_until_it_is_let_go(lite, small_draft):
    cell = {"shift": SECOND, "staff": "bo"}
    edit(lite, small_draft, deeds.pin, **cell)
    with pytest.raises(Refused, match="already-pinned"):
        edit(lite, small_draft, deeds.pin, **cell)
    with pytest.raises(Refused, match="pinned-cell"):
        edit(
            lite, small_draft, deeds.swap, other_shift=THIRD, other="chen",
            **cell,
        )  # fmt: skip

    edit(lite, small_draft, deeds.unpin, **cell)
    edit(
        lite, small_draft, deeds.swap, other_shift=THIRD, other="chen", **cell
    )


@pytest.mark.parametrize(
    ("deed", "more", "code"),
    [
        (deeds.change, {"shift": FIRST, "staff": "bo", "to": "chen"},
         "not-on-shift"),
        (deeds.change, {"shift": FIRST, "staff": "anna", "to": "anna"},
         "nothing-changed"),
        (deeds.change, {"shift": FIRST, "staff": "", "to": "bo"}, "no-room"),
        (deeds.change, {"shift": "x", "staff": "", "to": "bo"}, "no-room"),
        (deeds.unpin, {"shift": FIRST, "staff": "anna"}, "not-pinned"),
        (deeds.note, {"shift": "x", "words": "好"}, "no-such-shift"),
        (deeds.note, {"words": "  "}, "nothing-changed"),
        (deeds.note, {"words": "长" * 201}, "too-long"),
        (deeds.undo, {}, "nothing-to-undo"),
        (deeds.redo, {}, "nothing-to-redo"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(lite, small_draft, deed, more, code):
    with pytest.raises(Refused, match=code):
        edit(lite, small_draft, deed, confirmed=True, **more)


def test_only_a_draft_is_edited(lite):
    roster = drafted(lite, replace(GAP, days=1))
    with lite.writing() as session:
        submit(
            session, roster_id=roster, revision=0, calendar=CALENDAR,
            books=BOOKS, who="编排", now=NOW,
        )  # fmt: skip
    with pytest.raises(Refused, match="not-editable"):
        edit(lite, roster, deeds.note, words="迟了")


def test_the_later_editor_is_told_what_was_done_since(records, draft):
    with records.reading() as session:
        seen = seen_of(session.get_one(RosterRow, draft))
    edit(records, draft, deeds.note, words="先看国庆", who="小王")
    edit(records, draft, deeds.pin, shift=FIRST, staff="anna", who="小王")

    editor = Editor(draft, seen, "小李", NOW, BOOKS)
    with pytest.raises(Stale) as stale, records.writing() as session:
        deeds.note(session, editor, words="另一句")

    told = [(edit.verb, edit.who) for edit in stale.value.since]
    assert told == [("note", "小王"), ("pin", "小王")]


def test_a_draft_made_anew_is_not_the_one_looked_at(lite, small_draft):
    with lite.reading() as session:
        seen = seen_of(session.get_one(RosterRow, small_draft))
    edit(lite, small_draft, deeds.note, words="先看国庆")
    with lite.writing() as session:
        anew = small.draft(session, HELD, who="重排", now=NOW)
        # It may have the id of the one before, never its revision.
        assert (anew.id, anew.revision) == (small_draft, 2)

    with pytest.raises(Stale) as stale, lite.reading() as session:
        opened(session, small_draft, seen)

    assert stale.value.since == ()


def test_the_log_is_not_rewritten(records, draft):
    edit(records, draft, deeds.note, words="先看国庆")
    for verb in ("UPDATE edit SET who = 'x'",):
        with pytest.raises(DBAPIError), records.writing() as session:
            session.execute(text(verb))


def test_fitter_people_come_first_and_who_cannot_stands_apart(lite):
    roster = drafted(lite)
    with lite.writing() as session:
        session.add(
            LeaveRow(staff="anna", first=day(1), last=day(1), kind="事假")
        )
    with lite.reading() as session:
        trial = trial_of(session, session.get_one(RosterRow, roster), BOOKS)
        found = ranked(trial, SECOND, "bo")

    assert [one.staff for one in found.people] == ["chen"]
    assert [b.line.article for b in found.people[0].found.breaks] == ["第六条"]
    assert [one.staff for one in found.others] == ["anna"]


cells = st.sampled_from([(s, p) for s in (*HELD, "x") for p in PEOPLE])
changes = st.tuples(st.just("change"), cells, st.sampled_from(PEOPLE))
swaps = st.tuples(st.just("swap"), cells, cells)
pins = st.tuples(st.sampled_from(["pin", "unpin"]), cells)
notes = st.tuples(st.just("note"), st.sampled_from(["", FIRST]), st.text())
steps = st.tuples(st.sampled_from(["undo", "redo"]))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(changes, swaps, pins, notes, steps), max_size=12))
def test_whatever_is_done_can_all_be_undone(
    shape, tmp_path_factory, deeds_done
):
    path = copy(shape, tmp_path_factory.mktemp("draft"))
    records = open_records(f"sqlite:///{path}")
    roster = drafted(records)
    first = state_of(records, roster)
    for number, deed in enumerate(deeds_done):
        before = state_of(records, roster)
        try:
            edit(records, roster, *made(deed), **words(deed))
        except Refused:
            assert state_of(records, roster) == before
        else:
            revision = state_of(records, roster)[1]
            assert revision == before[1] + 1, number

    every = state_of(records, roster)
    undone = 0
    while True:
        try:
            edit(records, roster, deeds.undo)
        except Refused:
            break
        undone += 1

    bare = state_of(records, roster)
    assert (bare[0], bare[2:]) == (first[0], first[2:])
    assert bare[1] == every[1] + undone
    for _ in range(undone):
        edit(records, roster, deeds.redo)

    back = state_of(records, roster)
    assert (back[0], back[2:]) == (every[0], every[2:])
    records.close()


def made(deed):
    return (getattr(deeds, deed[0]),)


def words(deed):
    name, *rest = deed
    if name == "note":
        return {"shift": rest[0], "words": rest[1]}
    if name in ("undo", "redo"):
        return {}
    more = {"shift": rest[0][0], "staff": rest[0][1]}
    if name == "change":
        more |= {"to": rest[1], "confirmed": True}
    if name == "swap":
        more |= {
            "other_shift": rest[1][0],
            "other": rest[1][1],
            "confirmed": True,
        }
    return more


def state_of(records, roster):
    """Assignments, revision, digest, pins and notes."""
    from roster.edits import desk_of

    with records.reading() as session:
        row = session.get_one(RosterRow, roster)
        desk = desk_of(log_of(session, row))
        assert row.digest == digest_of(sorted(cells_of(row)))
        return (
            cells_of(row),
            row.revision,
            row.digest,
            desk.pins,
            dict(desk.notes),
        )


def one_edits(url: str, roster: int, seen: str, who: str) -> str:
    """What becomes of one editor's try, in a process of its own."""
    records = open_records(url)
    try:
        with records.writing() as session:
            editor = Editor(roster, seen, who, NOW + timedelta(hours=1), BOOKS)
            deeds.note(session, editor, words=who)
    except Stale:
        return "stale"
    finally:
        records.close()

    return "done"


def test_of_two_editors_at_once_the_later_is_told(records, draft):
    url = records.engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(abs, range(8)))
        for number in range(3):
            with records.reading() as session:
                seen = seen_of(session.get_one(RosterRow, draft))
            tries = [
                pool.submit(one_edits, url, draft, seen, f"{who}{number}")
                for who in ("甲", "乙")
            ]
            came = sorted(one.result() for one in tries)
            assert came == ["done", "stale"]

    with records.reading() as session:
        row = session.get_one(RosterRow, draft)
        assert row.revision == 3
        assert len(session.scalars(select(EditRow)).all()) == 3
