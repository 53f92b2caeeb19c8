"""Whatever people do with swaps, in whatever order, the roster stands."""

from copy import copy
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from roster.audit import breaches
from roster.documents import read_outcome, read_problem
from roster.errors import Refused
from roster.problem import Assignment
from roster.records import RosterRow, SolutionRow, SwapRow, open_records
from roster.records.upgrading import upgrade
from roster.rights import Actor
from roster.rules.clauses import Different
from roster.services.publishing import withdraw
from roster.services.swapping import automatic as switch
from roster.services.swapping import checks, deeds, waiting
from roster.services.turning import roster_in_force
from roster.swaps import MADE, OPEN
from tests.builders import at, day
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import PEOPLE, TERM, UNIT
from tests.roster.services.test_swapping import BOSS, EDITOR, HELD, settle

SHIFTS = [shift.id for shift in small.SHIFTS]
CLAUSE = Different(
    id="d", article="第九条", tier=0, pairs=((SHIFTS[1], SHIFTS[3]),)
)
WHO = {name: Actor(f"{name}（{name}）", name) for name in PEOPLE}
NOWS = [at(day(-3)), at(day(-1), 17), at(day(-1), 19), at(day(1), 19)]
shifts = st.sampled_from(SHIFTS)
actors = st.sampled_from([*WHO.values(), EDITOR, BOSS])


class Swapping(RuleBasedStateMachine):
    """People, an editor, an approver, the clock; none of them careful."""

    blank: Path

    @initialize(automatic=st.booleans())
    def begin(self, automatic) -> None:
        self.folder = Path(mkdtemp())
        copyfile(self.blank, self.folder / "duty.db")
        self.records = open_records(f"sqlite:///{self.folder / 'duty.db'}")
        self.now = NOWS[0]
        self.seen: set[int] = set()
        self.does(
            switch.set_automatic,
            unit_id=UNIT,
            automatic=automatic,
            who="编排",
        )

    def teardown(self) -> None:
        if hasattr(self, "records"):
            self.records.close()
            rmtree(self.folder)

    def does(self, deed, *args, **more) -> None:
        """A deed, or its refusal with nothing changed."""
        before = self.cells()
        try:
            with self.records.writing() as session:
                deed(session, *args, now=self.now, **more)
        except Refused:
            assert self.cells() == before

    def cells(self) -> dict[str, list[str]]:
        with self.records.reading() as session:
            row = roster_in_force(session, UNIT, TERM)
            return {
                s.shift: [h.staff for h in s.held]
                for s in (row.shifts if row else ())
            }

    def swaps(self, *states: str) -> list[int]:
        with self.records.reading() as session:
            wanted = select(SwapRow.id).where(SwapRow.state.in_(states))
            return list(session.scalars(wanted.order_by(SwapRow.id)))

    @rule(
        data=st.data(),
        shift=shifts,
        late=st.booleans(),
        editor=st.booleans(),
    )
    def propose(self, data, shift, late, editor) -> None:
        """Something that may be thought of, if not allowed."""
        held = self.cells()
        staff = held[shift][0]
        others = [name for name in PEOPLE if name != staff]
        partner = data.draw(st.sampled_from(others))
        theirs = [name for name in SHIFTS if held[name] == [partner]]
        self.does(
            deeds.propose,
            unit_id=UNIT,
            term_id=TERM,
            shift=shift,
            staff=staff,
            partner=partner,
            back=data.draw(st.sampled_from(["", *theirs])),
            emergency=late and self.now != NOWS[0],
            word="急" if late else "",
            behalf="代" if editor else "",
            books=BOOKS,
            actor=EDITOR if editor else WHO[staff],
        )

    @rule(shift=shifts, partner=st.sampled_from(PEOPLE))
    def covered_by_the_willing(self, shift, partner) -> None:
        """Somebody is asked to stand in, and all say yes."""
        staff = self.cells()[shift][0]
        self.does(
            deeds.propose,
            unit_id=UNIT,
            term_id=TERM,
            shift=shift,
            staff=staff,
            partner=partner,
            books=BOOKS,
            actor=WHO[staff],
        )
        self.everybody_is_willing()

    @rule()
    def everybody_is_willing(self) -> None:
        """Whatever is open is agreed to and approved, if it may be."""
        for swap in self.swaps("proposed"):
            with self.records.reading() as session:
                partner = session.get_one(SwapRow, swap).partner
            more = {"swap_id": swap, "books": BOOKS}
            self.does(deeds.agree, actor=WHO[partner], **more)
        for swap in self.swaps("agreed", "emergency"):
            self.does(deeds.approve, swap_id=swap, books=BOOKS, actor=BOSS)

    @precondition(lambda self: self.swaps(*OPEN, "emergency"))
    @rule(data=st.data(), actor=actors, own=st.booleans())
    def answer(self, data, actor, own) -> None:
        swap = data.draw(st.sampled_from(self.swaps(*OPEN, "emergency")))
        with self.records.reading() as session:
            row = session.get_one(SwapRow, swap)
            partner, state = row.partner, row.state
        deed = data.draw(
            st.sampled_from(
                [deeds.agree, deeds.agree, deeds.decline, deeds.take_back]
                if state == "proposed"
                else [deeds.approve, deeds.approve, deeds.refuse]
            )
        )
        if own:
            actor = WHO[partner] if state == "proposed" else BOSS
        more = {
            deeds.agree: {"books": BOOKS, "behalf": "代"},
            deeds.decline: {"word": "忙"},
            deeds.take_back: {"behalf": "代"},
            deeds.approve: {"books": BOOKS},
            deeds.refuse: {"word": "不妥"},
        }[deed]
        self.does(deed, swap_id=swap, actor=copy(actor), **more)

    @rule(hurry=st.integers(0, 3))
    def time_goes_on(self, hurry) -> None:
        if hurry < 3:
            return

        self.now = NOWS[min(NOWS.index(self.now) + 1, len(NOWS) - 1)]
        self.does(waiting.expire, books=BOOKS)

    @rule(held=st.permutations(["anna", "bo", "chen", "anna"]))
    def another_version(self, held) -> None:
        if held[1] == held[3]:
            return

        with self.records.writing() as session:
            solved = small.solution(session, self.now, CLAUSE)
            cells = dict(zip(SHIFTS, held, strict=True))
            small.swapped(session, cells, now=self.now, solved=solved)

    @precondition(lambda self: len(self.versions()) > 1)
    @rule()
    def withdrawn(self) -> None:
        with self.records.reading() as session:
            row = roster_in_force(session, UNIT, TERM)
            number = row.id
        self.does(withdraw, roster_id=number, reason="错", who="审核")

    def versions(self) -> list[int]:
        with self.records.reading() as session:
            wanted = select(RosterRow.id).where(RosterRow.state == "published")
            return list(session.scalars(wanted))

    @invariant()
    def every_version_is_whole_and_breaks_nothing(self) -> None:
        with self.records.reading() as session:
            rows = session.scalars(
                select(RosterRow).where(RosterRow.id.not_in(self.seen))
            ).all()
            for row in rows:
                self.seen.add(row.id)
                cells = [
                    Assignment(s.shift, h.staff)
                    for s in row.shifts
                    for h in s.held
                ]
                assert len(cells) == len(SHIFTS) == len(row.shifts)
                solved = session.get_one(SolutionRow, row.solution)
                problem = read_problem(solved.problem)
                assert not list(breaches(problem, cells))
                assert sum(s.burden["total"] for s in row.shifts) == 4
                assert row.approver not in (row.author, row.editor)
                if solved.solver.startswith("swap/"):
                    said = read_outcome(solved.outcome).assignments
                    assert sorted(said) == sorted(cells)

    @invariant()
    def open_swaps_give_what_is_held_and_nothing_twice(self) -> None:
        cells = self.cells()
        with self.records.reading() as session:
            given = []
            for swap in session.scalars(select(SwapRow)):
                if swap.state in OPEN:
                    given.append((swap.shift, swap.staff))
                    if swap.back:
                        given.append((swap.back, swap.partner))
                if swap.state in MADE:
                    assert swap.version is not None
            assert len(given) == len(set(given))
            assert all(staff in cells[shift] for shift, staff in given)


@pytest.fixture(scope="module")
def blank(tmp_path_factory) -> Path:
    """A school whose roster is in force, to be copied."""
    path = tmp_path_factory.mktemp("swaps") / "duty.db"
    records = open_records(f"sqlite:///{path}")
    upgrade(records)
    settle(records, CLAUSE, held=HELD)
    records.close()
    return path


def test_whatever_they_do_the_roster_stands(blank):
    class Here(Swapping):
        pass

    Here.blank = blank
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_machine_finds_what_slips_through_without_the_check(
    blank, monkeypatch
):
    """Or it would prove nothing when it finds nothing."""

    class Here(Swapping):
        # Fewer ways to go, so that it is soon found.
        propose = answer = time_goes_on = None
        another_version = withdrawn = None

    Here.blank = blank
    monkeypatch.setattr(checks, "_check_rules", lambda *_: None)
    with pytest.raises(AssertionError) as found:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=30,
                stateful_step_count=15,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    where = [entry.name for entry in found.traceback]
    assert "every_version_is_whole_and_breaks_nothing" in where
