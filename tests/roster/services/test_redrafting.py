"""A draft solved anew around pins, begun by hand, brought up to date."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.audit import breaches
from roster.documents import read_problem
from roster.edits import desk_of
from roster.errors import Refused
from roster.problem import Assignment
from roster.records import LeaveRow, RosterRow, SolutionRow, open_records
from roster.records.upgrading import upgrade
from roster.rules.clauses import Balance, Gap
from roster.services.editing import deeds
from roster.services.editing.asking import Wanted
from roster.services.editing.beginning import DraftThere, begin
from roster.services.editing.deeds import Editor, NotAllowed
from roster.services.editing.opening import Stale, cells_of, log_of, seen_of
from roster.services.editing.proof import status_of
from roster.services.editing.rebasing import behind, rebase
from roster.services.editing.resolving import resolve_rest
from roster.services.publishing import publish_term
from roster.services.readiness import readiness
from roster.services.reviewing import submit
from roster.services.turning import roster_in_force
from solver import explain, solve
from tests.builders import day
from tests.conftest import NOW
from tests.offices import BOOKS, CHINA
from tests.roster.services import small
from tests.roster.services.small import CALENDAR, PEOPLE, SHIFTS, TERM, UNIT
from tests.roster.services.test_editing import edit, state_of

FIRST = day(0)
D0, D1, D2, D3 = (shift.id for shift in SHIFTS)
HELD = {D0: "anna", D1: "bo", D2: "chen", D3: "anna"}
# Nobody on two days running; duties as even as can be.
GAP = Gap(id="gap", article="第六条", tier=0, days=2)
EVEN = Balance(id="even", tier=1, ledger="total")


@dataclass
class Desk:
    """A draft, and what is done with it."""

    records: object
    roster: int

    def edit(self, deed, **more):
        return edit(self.records, self.roster, deed, confirmed=True, **more)

    def change(self, shift: str, staff: str, to: str):
        return self.edit(deeds.change, shift=shift, staff=staff, to=to)

    def pin(self, shift: str, staff: str):
        return self.edit(deeds.pin, shift=shift, staff=staff)

    def resolve(self, since: date = FIRST, *, fewest=True, loose=(), **more):
        wanted = Wanted(
            self.roster,
            more.pop("seen", None) or self.seen,
            since,
            fewest,
            frozenset(loose),
        )
        return resolve_rest(
            self.records,
            wanted,
            calendar=CHINA,
            books=BOOKS,
            solve=more.pop("solve", solve),
            explain=explain,
            who="小李",
            now=lambda: NOW,
        )

    def rebase(self, *, confirmed=False, seen=None, **choices):
        named = {globals()[name]: side for name, side in choices.items()}
        with self.records.writing() as session:
            editor = Editor(
                self.roster, seen or self.seen, "小李", NOW, BOOKS, confirmed
            )
            rebase(session, editor, named)

    @property
    def seen(self) -> str:
        with self.records.reading() as session:
            return seen_of(session.get_one(RosterRow, self.roster))

    @property
    def state(self):
        return state_of(self.records, self.roster)

    @property
    def holders(self) -> dict[str, str]:
        return {cell.shift: cell.staff for cell in self.state[0]}

    @property
    def pins(self):
        return self.state[3]

    @property
    def ready(self) -> bool:
        found = self.row(lambda *asked: readiness(*asked, CALENDAR, BOOKS))
        return found.ready

    def row(self, read):
        with self.records.reading() as session:
            return read(session, session.get_one(RosterRow, self.roster))


def drafted(records, *clauses, held=HELD) -> Desk:
    with records.writing() as session:
        small.settle(session)
        solved = small.solution(session, NOW, *(clauses or (GAP, EVEN)))
        row = small.draft(session, held, who="编排", now=NOW, solved=solved)
        return Desk(records, row.id)


def in_force(records, held=HELD, *clauses) -> None:
    """A first version, published, and nothing beside it."""
    with records.writing() as session:
        small.settle(session)
        solved = small.solution(session, NOW, *(clauses or (GAP, EVEN)))
        small.swapped(session, held, now=NOW, solved=solved)


def begun(records) -> Desk:
    with records.writing() as session:
        row = begin(session, unit_id=UNIT, term_id=TERM, who="小李", now=NOW)
        return Desk(records, row.id)


def newer(records, held) -> None:
    """Another version comes into force, as an approved swap makes it."""
    with records.writing() as session:
        small.swapped(session, held, now=NOW)


@pytest.fixture
def draft(records) -> Desk:
    """A draft under an article, on each database."""
    return drafted(records)


@pytest.fixture
def desk(lite) -> Desk:
    """The same where the database does not matter."""
    return drafted(lite)


# The rest solved anew


def test_the_rest_follows_a_pin_with_the_fewest_changes(draft):
    draft.change(D0, "anna", "bo")
    draft.pin(D0, "bo")
    assert draft.row(status_of) == "edited"

    answer = draft.resolve()

    # bo cannot have the next day, too; whoever takes it, one more must move.
    assert draft.holders[D0] == "bo"
    assert draft.holders[D1] != "bo"
    assert sum(draft.holders[s] != HELD[s] for s in HELD) == 2
    assert answer.resolved.outcome.status == "optimal"
    assert draft.row(status_of) == "optimal"
    assert draft.pins == {Assignment(D0, "bo")}
    assert draft.ready


def test_one_step_takes_it_back_and_one_gives_it_again(draft):
    draft.change(D0, "anna", "bo")
    draft.pin(D0, "bo")
    before = draft.state
    draft.resolve()
    after = draft.state

    draft.edit(deeds.undo)
    assert (draft.state[0], draft.state[3]) == (before[0], before[3])
    assert draft.row(status_of) == "edited"

    draft.edit(deeds.redo)
    assert (draft.state[0], draft.state[3]) == (after[0], after[3])
    assert draft.row(status_of) == "optimal"


def test_best_balance_moves_all_but_pins(desk):
    for shift, staff in ((D1, "bo"), (D2, "chen")):
        desk.change(shift, staff, "anna")
    desk.pin(D0, "anna")

    desk.resolve(fewest=False)

    counts = sorted(list(desk.holders.values()).count(p) for p in PEOPLE)
    assert desk.holders[D0] == "anna"
    assert counts == [1, 1, 2]


def test_what_lies_before_the_date_stays_open_places_too(desk):
    desk.change(D0, "anna", "")
    desk.change(D1, "bo", "anna")

    desk.resolve(day(2), fewest=False)

    assert D0 not in desk.holders
    assert desk.holders[D1] == "anna"
    assert desk.holders[D2] != "anna"


def test_leave_taken_since_is_heeded(desk):
    with desk.records.writing() as session:
        session.add(
            LeaveRow(staff="chen", first=day(2), last=day(2), kind="事假")
        )

    desk.resolve()

    assert desk.holders[D2] != "chen"


def test_pins_that_break_an_article_are_named_and_let_go(draft):
    draft.change(D1, "bo", "anna")
    draft.pin(D0, "anna")
    draft.pin(D1, "anna")
    before = draft.state

    answer = draft.resolve()

    assert not answer.resolved.found
    conflict = answer.resolved.outcome.conflict
    assert {m.pin.shift for m in conflict if m.pin} == {D0, D1}
    assert [m.article for m in conflict if m.clause] == ["第六条"]
    (line,) = answer.remedies
    assert line.code == "unpin"
    assert line.facts["proven"]
    assert len(line.facts["pins"]) == 1
    assert draft.state == before

    loose = {Assignment(*pin["cell"]) for pin in line.facts["pins"]}
    assert draft.resolve(loose=loose).resolved.found
    assert draft.pins == {Assignment(D0, "anna"), Assignment(D1, "anna")} - (
        loose
    )
    draft.edit(deeds.undo)
    assert (draft.state[0], draft.state[3]) == (before[0], before[3])


def test_somebody_away_where_they_are_pinned_is_named(desk):
    desk.pin(D2, "chen")
    with desk.records.writing() as session:
        session.add(
            LeaveRow(staff="chen", first=day(2), last=day(2), kind="事假")
        )

    answer = desk.resolve()

    members = answer.resolved.outcome.conflict
    assert {m.pin.staff if m.pin else m.staff for m in members} == {"chen"}
    assert answer.remedies[0].facts["pins"][0]["cell"] == [D2, "chen"]


def test_where_no_pin_helps_the_articles_are_eased(lite):
    desk = drafted(lite, Gap(
        id="gap", article="第六条", tier=0, days=4, relax=({"days": 3},)
    ), EVEN)  # fmt: skip

    answer = desk.resolve()

    assert answer.resolved.outcome.conflict
    assert [line.code for line in answer.remedies][0] == "patches"


def test_who_edits_meanwhile_is_not_overwritten(draft):
    def interrupted(problem):
        if not draft.pins:
            draft.pin(D1, "bo")
        return solve(problem)

    before = draft.holders
    with pytest.raises(Stale) as stale:
        draft.resolve(solve=interrupted)

    assert [edit.verb for edit in stale.value.since] == ["pin"]
    assert draft.holders == before


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since": day(-1)}, "not-in-the-term"),
        ({"loose": [Assignment(D0, "anna")]}, "not-pinned"),
    ],
)
def test_what_makes_no_sense_is_refused(desk, more, code):
    with pytest.raises(Refused, match=code):
        desk.resolve(**more)


def test_editing_after_it_unproves_and_the_log_goes_on(desk):
    desk.change(D0, "anna", "bo")
    looked_at = desk.seen
    desk.resolve()
    with pytest.raises(Stale) as stale:
        desk.resolve(seen=looked_at)
    assert [edit.verb for edit in stale.value.since] == ["resolve"]

    assert desk.row(status_of) == "optimal"
    desk.change(D3, desk.holders[D3], "")
    assert desk.row(status_of) == "edited"


cells = st.sampled_from([(s, p) for s in HELD for p in PEOPLE])
changes = st.tuples(st.just("change"), cells, st.sampled_from([*PEOPLE, ""]))
pinning = st.tuples(st.just("pin"), cells)
solving = st.tuples(
    st.just("resolve"),
    st.integers(0, 4),
    st.booleans(),
    st.sets(cells, max_size=2),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    """A database file with the draft, to be copied."""
    path = tmp_path_factory.mktemp("shelf") / "duty.db"
    records = open_records(f"sqlite:///{path}")
    upgrade(records)
    drafted(records)
    records.close()
    return path


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(changes, pinning, solving), max_size=7))
def test_a_rest_is_the_best_there_is_and_can_be_taken_back(shelf, steps):
    path = shelf.with_name("copy.db")
    copyfile(shelf, path)
    records = open_records(f"sqlite:///{path}")
    desk = Desk(records, 1)
    first = desk.state
    done = 0
    for name, *rest in steps:
        if name == "resolve":
            done += resolved_rightly(desk, day(rest[0]), rest[1], rest[2])
            continue

        (shift, staff), *to = rest
        more = {"to": to[0]} if to else {}
        try:
            desk.edit(getattr(deeds, name), shift=shift, staff=staff, **more)
        except Refused:
            continue
        done += 1

    last = desk.state
    for _ in range(done):
        desk.edit(deeds.undo)
    assert (desk.state[0], desk.state[3]) == (first[0], first[3])
    for _ in range(done):
        desk.edit(deeds.redo)
    assert (desk.state[0], desk.state[3]) == (last[0], last[3])
    records.close()


def resolved_rightly(desk, since, fewest, loose) -> bool:
    """Whether there was a rest; held against every roster there is."""
    before, pins = desk.holders, desk.pins
    loose = {Assignment(*cell) for cell in loose} & pins
    answer = desk.resolve(since, fewest=fewest, loose=loose)
    found = sorted(every_rest(before, pins - loose, since, fewest))
    assert answer.resolved.found == bool(found)
    if not found:
        assert (desk.holders, desk.pins) == (before, pins)
        (line,) = answer.remedies or (None,)
        if line:
            least = {Assignment(*pin["cell"]) for pin in line.facts["pins"]}
            left = pins - loose - least
            assert list(every_rest(before, left, since, fewest))
        return False

    assert desk.pins == pins - loose
    assert cost_of(before, desk.holders, fewest) == found[0]
    stay = {s.id for s in SHIFTS if s.date < since}
    assert all(desk.holders.get(s) == before.get(s) for s in stay)
    with desk.records.reading() as session:
        row = session.get_one(RosterRow, desk.roster)
        problem = read_problem(
            session.get_one(SolutionRow, row.solution).problem
        )
        # What was wrong before the date, or open, is not what was asked.
        wrong = [
            one
            for one in breaches(problem, cells_of(row))
            if one.dates[-1] >= since
        ]
        assert wrong == []
    return True


def every_rest(before, pins, since, fewest):
    """What each roster that keeps all it must would cost."""
    fixed = {c.shift: c.staff for c in pins}
    stay = {s.id for s in SHIFTS if s.date < since}
    choices = [
        [before.get(s)] if s in stay
        else [fixed[s]] if s in fixed
        else PEOPLE
        for s in HELD
    ]  # fmt: skip
    for people in product(*choices):
        after = dict(zip(HELD, people, strict=True))
        twice = any(
            after[one] and after[one] == after[other]
            for one, other in zip(HELD, list(HELD)[1:], strict=False)
            if not {one, other} <= stay
        )
        if not twice:
            yield cost_of(before, after, fewest)


def cost_of(before, after, fewest):
    changed = sum(after.get(s) != before[s] for s in before)
    even = sum(list(after.values()).count(p) ** 2 for p in PEOPLE)
    return (changed, even) if fewest else (even,)


# A draft begun from the version in force


def test_a_draft_begins_as_the_version_in_force(records):
    in_force(records)

    desk = begun(records)

    assert desk.holders == HELD
    assert desk.row(lambda _, row: (row.base, row.number, row.state)) == (
        1,
        2,
        "draft",
    )
    assert desk.row(status_of) == "optimal"
    desk.change(D3, "anna", "bo")
    desk.edit(deeds.undo)
    with pytest.raises(Refused, match="nothing-to-undo"):
        desk.edit(deeds.undo)
    with records.writing() as session:
        row = session.get_one(RosterRow, desk.roster)
        submit(
            session,
            roster_id=row.id,
            revision=row.revision,
            calendar=CALENDAR,
            books=BOOKS,
            who="小李",
            now=NOW,
        )


def test_pins_and_hand_work_of_the_version_are_known_in_the_draft(lite):
    first = drafted(lite)
    first.change(D3, "anna", "bo")
    first.pin(D0, "anna")
    publish(lite, first.roster)

    desk = begun(lite)

    assert desk.pins == {Assignment(D0, "anna")}
    assert desk.row(status_of) == "edited"
    desk.change(D3, "bo", "anna")
    assert desk.row(status_of) == "optimal"


def test_the_proof_of_a_rest_goes_along(lite):
    first = drafted(lite)
    first.change(D0, "anna", "bo")
    first.pin(D0, "bo")
    first.resolve()
    publish(lite, first.roster)

    desk = begun(lite)

    assert desk.row(status_of) == "optimal"
    assert desk.holders == first.holders
    desk.change(D3, desk.holders[D3], "")
    assert desk.row(status_of) == "edited"


def test_a_draft_that_is_there_is_offered_and_not_replaced(lite):
    in_force(lite)
    desk = begun(lite)

    with pytest.raises(DraftThere) as there:
        begun(lite)

    assert there.value.roster_id == desk.roster


def test_nothing_begins_where_nothing_is_in_force(lite):
    with lite.writing() as session:
        small.settle(session)
    with pytest.raises(Refused, match="no-published-roster"):
        begun(lite)


def publish(records, roster) -> None:
    """Puts a draft into force as it is."""
    with records.writing() as session:
        row = session.get_one(RosterRow, roster)
        row.state, row.approver = "published", "chen"
        row.published_at = NOW


# What came into force meanwhile


def test_what_only_the_version_changed_is_taken_over(records):
    in_force(records)
    desk = begun(records)
    desk.change(D3, "anna", "bo")
    newer(records, {**HELD, D0: "chen"})
    assert not desk.row(
        lambda s, row: readiness(s, row, CALENDAR, BOOKS).ready
    )
    before = desk.state

    desk.rebase()

    assert desk.holders == {**HELD, D0: "chen", D3: "bo"}
    assert desk.row(lambda _, row: row.base) == 3
    assert desk.ready

    desk.edit(deeds.undo)
    assert desk.state[0] == before[0]
    assert desk.row(lambda _, row: row.base) == 1
    desk.edit(deeds.redo)
    assert desk.row(lambda _, row: row.base) == 3


def test_what_took_over_the_version_comes_into_force_after_it(lite):
    in_force(lite)
    desk = begun(lite)
    newer(lite, {**HELD, D0: "chen"})
    desk.change(D3, "anna", "bo")
    desk.rebase()

    with lite.writing() as session:
        publish_term(
            session,
            term_id=TERM,
            author="编排",
            approver="校长",
            calendar=CALENDAR,
            books=BOOKS,
            now=NOW,
        )
        standing = roster_in_force(session, UNIT, TERM)
        assert standing.id == desk.roster


@pytest.mark.parametrize(
    ("side", "holder"), [("standing", "chen"), ("draft", "bo")]
)
def test_of_what_both_changed_the_editor_chooses(lite, side, holder):
    in_force(lite)
    desk = begun(lite)
    desk.change(D3, "anna", "bo")
    newer(lite, {**HELD, D3: "chen"})
    with lite.reading() as session:
        row = session.get_one(RosterRow, desk.roster)
        (found,) = behind(session, row).differences
    assert (found.base, found.standing, found.draft) == (
        ("anna",),
        ("chen",),
        ("bo",),
    )
    assert found.both

    with pytest.raises(Refused, match="choose-each"):
        desk.rebase(confirmed=True)
    desk.rebase(D3=side, confirmed=True)

    assert desk.holders == {**HELD, D3: holder}
    assert desk.row(lambda _, row: row.base) == 3


def test_a_pin_is_not_undone_unasked(lite):
    in_force(lite)
    desk = begun(lite)
    desk.pin(D0, "anna")
    newer(lite, {**HELD, D0: "chen"})
    before = desk.state

    with pytest.raises(Refused, match="choose-each"):
        desk.rebase()
    desk.rebase(D0="standing")

    assert desk.holders == {**HELD, D0: "chen"}
    assert desk.pins == frozenset()
    desk.edit(deeds.undo)
    assert (desk.state[0], desk.state[3]) == (before[0], before[3])


def test_what_breaks_an_article_together_is_confirmed(lite):
    in_force(lite)
    desk = begun(lite)
    desk.change(D3, "anna", "bo")
    newer(lite, {**HELD, D2: "bo", D1: "chen"})

    with pytest.raises(NotAllowed) as refused:
        desk.rebase()
    assert not refused.value.final
    desk.rebase(confirmed=True)

    assert desk.holders == {**HELD, D1: "chen", D2: "bo", D3: "bo"}


def test_who_edits_meanwhile_is_heeded_here_too(lite):
    in_force(lite)
    desk = begun(lite)
    newer(lite, {**HELD, D0: "chen"})
    looked_at = desk.seen
    desk.pin(D1, "bo")

    with pytest.raises(Stale):
        desk.rebase(seen=looked_at)


def test_a_draft_on_the_version_in_force_has_nothing_to_take(lite):
    in_force(lite)
    desk = begun(lite)
    with pytest.raises(Refused, match="base-in-force"):
        desk.rebase()


somebody = st.sampled_from(PEOPLE)
rosters = st.fixed_dictionaries(dict.fromkeys(HELD, somebody))


@pytest.fixture(scope="module")
def plain_shelf(tmp_path_factory) -> Path:
    """A version in force in which nobody is asked to rest, to be copied."""
    path = tmp_path_factory.mktemp("plain") / "duty.db"
    records = open_records(f"sqlite:///{path}")
    upgrade(records)
    in_force(records, HELD, EVEN)
    records.close()
    return path


@settings(max_examples=20, deadline=None)
@given(rosters, rosters, st.sets(st.sampled_from(list(HELD))))
def test_changes_on_different_shifts_are_both_there(
    plain_shelf, mine, theirs, ours
):
    path = plain_shelf.with_name("copy.db")
    copyfile(plain_shelf, path)
    records = open_records(f"sqlite:///{path}")
    desk = begun(records)
    mine = {**HELD, **{s: mine[s] for s in ours}}
    theirs = {**theirs, **{s: HELD[s] for s in ours}}
    for shift in ours:
        if mine[shift] != HELD[shift]:
            desk.change(shift, HELD[shift], mine[shift])
    newer(records, theirs)

    desk.rebase()

    both = {s: (mine if s in ours else theirs)[s] for s in HELD}
    assert desk.holders == both
    desk.edit(deeds.undo)
    assert desk.holders == mine
    log = desk.row(lambda s, row: desk_of(log_of(s, row)).redoable)
    assert log.verb == "rebase"
    records.close()
