"""Swaps and covers: asked for, agreed, approved, and in force."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from roster.audit import breaches
from roster.errors import Refused
from roster.people import Period
from roster.records import (
    AccountRow,
    FeedEventRow,
    JournalRow,
    LeaveRow,
    MessageRow,
    RelationRow,
    SolutionRow,
    SwapRow,
)
from roster.rights import Actor
from roster.rules.clauses import Apart, Different
from roster.rules.rulebook import Override
from roster.services.answering import roster_asked
from roster.services.publishing import withdraw
from roster.services.ruling import add_overrides
from roster.services.swapping import automatic, deeds, waiting
from roster.services.swapping.following import swapped_cells
from roster.services.swapping.timing import times_of
from roster.services.turning import roster_in_force
from tests.builders import at, day, make_problem, make_staff
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import SHIFTS, TERM, UNIT

D0, D1, D2, D3 = (shift.id for shift in small.SHIFTS)
NOW = at(day(-3))
LATE = at(day(-1), 18)
HELD = {D0: "anna", D1: "bo", D2: "chen", D3: "anna"}

ANNA, BO, CHEN = (
    Actor(f"{name}（{name}）", name) for name in ("anna", "bo", "chen")
)
EDITOR = Actor("编排（e）", edits=True)
BOSS = Actor("审核（b）", approves=True)


class Unit:
    """A school whose roster is in force."""

    def __init__(self, records) -> None:
        self.records = records

    def propose(self, actor=ANNA, partner="bo", **more) -> int:
        asked = {
            "unit_id": UNIT,
            "term_id": TERM,
            "shift": more.pop("shift", D0),
            "staff": more.pop("staff", actor.staff),
            "partner": partner,
            "books": BOOKS,
            "now": more.pop("now", NOW),
            **more,
        }
        with self.records.writing() as session:
            return deeds.propose(session, actor=actor, **asked)

    def does(self, deed, swap, actor, now=NOW, **more):
        if deed in (deeds.agree, deeds.approve):
            more["books"] = BOOKS
        with self.records.writing() as session:
            return deed(session, swap_id=swap, actor=actor, now=now, **more)

    def holds(self) -> dict[str, str]:
        with self.records.reading() as session:
            row = roster_in_force(session, UNIT, TERM)
            return {s.shift: s.held[0].staff for s in row.shifts}

    def number(self) -> int:
        with self.records.reading() as session:
            return roster_in_force(session, UNIT, TERM).number

    def state(self, swap) -> str:
        with self.records.reading() as session:
            return session.get_one(SwapRow, swap).state

    def told(self) -> set[tuple[str, str]]:
        with self.records.reading() as session:
            rows = session.scalars(select(MessageRow))
            return {(row.kind, row.staff) for row in rows if row.staff}


def settle(records, *clauses, held=HELD) -> Unit:
    with records.writing() as session:
        small.settle(session)
        solved = small.solution(session, NOW, *clauses)
        small.swapped(session, held, now=NOW, solved=solved)
        for row in session.scalars(select(MessageRow)).all():
            session.delete(row)

    return Unit(records)


@pytest.fixture
def unit(records) -> Unit:
    return settle(records)


@pytest.fixture
def quick(lite) -> Unit:
    return settle(lite)


def account(unit, name) -> None:
    """Somebody can log in."""
    with unit.records.writing() as session:
        session.add(
            AccountRow(
                login=name,
                name=name,
                staff=name,
                password="",
                must_change=False,
                active=True,
                totp="",
                totp_counter=0,
                recovery=[],
                made_at=NOW,
            )
        )


def test_a_swap_that_is_approved_makes_a_version(unit):
    swap = unit.propose(back=D1)
    unit.does(deeds.agree, swap, BO)
    assert unit.holds() == HELD
    assert unit.does(deeds.approve, swap, BOSS) == "done"
    assert unit.holds() == HELD | {D0: "bo", D1: "anna"}

    with unit.records.reading() as session:
        row = roster_in_force(session, UNIT, TERM)
        assert (row.author, row.approver) == (ANNA.who, BOSS.who)
        solved = session.get_one(SolutionRow, row.solution)
        assert solved.solver == f"swap/{swap}"
        asked = roster_asked(session, unit_id=UNIT, term_id=TERM)
        assert not list(breaches(asked.problem, asked.roster))
        feeds = {
            (e.shift, e.staff)
            for e in session.scalars(select(FeedEventRow))
            if not e.cancelled
        }
        assert {(D0, "bo"), (D1, "anna")} <= feeds
        assert (D0, "anna") not in feeds
        held = {(c.shift, c.staff) for c in swapped_cells(session, row)}
        assert held == {(D0, "bo"), (D1, "anna")}
        verbs = [
            j.verb
            for j in session.scalars(select(JournalRow))
            if j.noun == "swap"
        ]
        assert verbs == ["propose", "agree", "approve"]

    kinds = {kind for kind, _ in unit.told()}
    assert "duties-changed" not in kinds
    approved = {who for kind, who in unit.told() if kind == "swap-approved"}
    assert approved == {"anna", "bo"}


def test_a_cover_takes_one_duty(quick):
    swap = quick.propose(owed=True)
    quick.does(deeds.agree, swap, BO)
    quick.does(deeds.approve, swap, BOSS)
    assert quick.holds() == HELD | {D0: "bo"}


def test_the_leader_of_the_earlier_day_approves(quick):
    account(quick, "bo")
    swap = quick.propose(CHEN, "anna", shift=D2, back=D3)
    quick.does(deeds.agree, swap, ANNA)
    # On D2 chen leads and is a party: then it is the unit's approver.
    with pytest.raises(Refused, match="swap-not-approver"):
        quick.does(deeds.approve, swap, BO)
    assert quick.does(deeds.approve, swap, BOSS) == "done"


def test_nobody_approves_their_own_swap(quick):
    swap = quick.propose()
    quick.does(deeds.agree, swap, BO)
    both = Actor(BO.who, "bo", approves=True)
    with pytest.raises(Refused, match="swap-not-approver"):
        quick.does(deeds.approve, swap, both)


def test_what_nobody_asked_for_is_refused(quick):
    with pytest.raises(Refused, match="swap-not-held"):
        quick.propose(shift=D1)
    with pytest.raises(Refused, match="swap-not-on-roster"):
        quick.propose(partner="wang")
    with pytest.raises(Refused, match="swap-not-yours"):
        quick.propose(BO, "chen", staff="anna")
    swap = quick.propose()
    with pytest.raises(Refused, match="swap-taken"):
        quick.propose(partner="chen")
    with pytest.raises(Refused, match="swap-not-yours"):
        quick.does(deeds.agree, swap, CHEN)


def test_the_cut_off_is_kept(quick):
    swap = quick.propose(now=LATE - timedelta(minutes=1))
    with pytest.raises(Refused, match="swap-too-late"):
        quick.does(deeds.agree, swap, BO, now=LATE)
    with pytest.raises(Refused, match="swap-too-late"):
        quick.propose(CHEN, "bo", shift=D2, back=D1, now=at(day(0), 18))
    with quick.records.writing() as session:
        assert waiting.expire(session, books=BOOKS, now=LATE) == 1
    assert quick.state(swap) == "expired"


def test_an_emergency_cover_is_in_force_at_once(quick):
    with pytest.raises(Refused, match="swap-in-time"):
        quick.propose(emergency=True, word="急病")
    with pytest.raises(Refused, match="remark-needed"):
        quick.propose(emergency=True, now=LATE)
    swap = quick.propose(emergency=True, word="急病", now=LATE)
    assert quick.does(deeds.agree, swap, BO, now=LATE) == "emergency"
    assert quick.holds()[D0] == "bo"
    assert quick.does(deeds.approve, swap, BOSS, now=LATE) == "done"


def test_no_article_is_broken_by_a_swap(lite):
    with pytest.raises(Refused, match="swap-breaks") as refused:
        settle(lite, not_both()).propose(back=D1)
    assert refused.value.facts["articles"] == "第九条"


def not_both() -> Different:
    """Nobody has both the second and the last day."""
    return Different(id="d", article="第九条", tier=0, pairs=((D1, D3),))


def test_who_is_away_by_now_cannot_stand_in(quick):
    with quick.records.writing() as session:
        session.add(
            LeaveRow(staff="bo", first=day(0), last=day(0), kind="事假")
        )
    with pytest.raises(Refused, match="swap-unfit"):
        quick.propose()


def test_who_is_kept_apart_by_now_from_somebody_there_cannot_stand_in(lite):
    """Chen serves on that day, and became Bo's wife since."""
    with lite.writing() as session:
        small.settle(session)
        late = replace(SHIFTS[1], date=SHIFTS[0].date)
        people = make_staff(*small.PEOPLE, posts=("lead",))
        problem = make_problem(people, (SHIFTS[0], late, *SHIFTS[2:]))
        solved = small.solution(session, NOW, problem=problem)
        held = HELD | {D1: "chen"}
        small.swapped(session, held, now=NOW, solved=solved)
        session.add(RelationRow(one="chen", other="bo", kind="夫妻"))

    with pytest.raises(Refused, match="swap-unfit"):
        Unit(lite).propose()


def test_what_tells_of_one_person_is_refused_without_a_word_of_it(lite):
    """That two are kept apart is nothing for the one who asks."""
    with lite.writing() as session:
        small.settle(session)
        late = replace(SHIFTS[1], date=SHIFTS[0].date)
        apart = Apart(
            id="a", article="第九条", tier=0, pairs=(("bo", "chen"),)
        )
        people = make_staff(*small.PEOPLE, posts=("lead",))
        problem = make_problem(people, (SHIFTS[0], late, *SHIFTS[2:]), apart)
        solved = small.solution(session, NOW, problem=problem)
        held = HELD | {D1: "chen"}
        small.swapped(session, held, now=NOW, solved=solved)

    with pytest.raises(Refused, match="swap-unfit") as refused:
        Unit(lite).propose()

    assert refused.value.facts == {}


def test_an_editor_acts_for_somebody_and_says_why(quick):
    with pytest.raises(Refused, match="remark-needed"):
        quick.propose(EDITOR, staff="anna")
    swap = quick.propose(EDITOR, staff="anna", behalf="在外培训")
    told = {who for kind, who in quick.told() if kind == "swap-proposed"}
    assert told == {"anna", "bo"}
    quick.does(deeds.agree, swap, EDITOR, behalf="电话里同意")
    with pytest.raises(Refused, match="made-it-yourself"):
        quick.does(deeds.approve, swap, Actor(EDITOR.who, approves=True))
    assert quick.does(deeds.approve, swap, BOSS) == "done"


def test_where_the_unit_wants_it_two_words_are_enough(quick):
    with quick.records.writing() as session:
        automatic.set_automatic(
            session, unit_id=UNIT, automatic=True, who="编排", now=NOW
        )
    swap = quick.propose()
    assert quick.does(deeds.agree, swap, BO) == "done"
    other = quick.propose(EDITOR, "chen", staff="bo", behalf="病假")
    assert quick.does(deeds.agree, other, CHEN) == "agreed"


def test_it_is_taken_back_declined_or_refused(quick):
    swap = quick.propose()
    quick.does(deeds.agree, swap, BO)
    quick.does(deeds.take_back, swap, BO)
    assert quick.state(swap) == "taken back"
    swap = quick.propose()
    quick.does(deeds.decline, swap, BO, word="有事")
    assert quick.state(swap) == "refused"
    swap = quick.propose()
    quick.does(deeds.agree, swap, BO)
    with pytest.raises(Refused, match="remark-needed"):
        quick.does(deeds.refuse, swap, BOSS, word="")
    quick.does(deeds.refuse, swap, BOSS, word="那天要检查")
    with pytest.raises(Refused, match="swap-no-longer"):
        quick.does(deeds.approve, swap, BOSS)
    assert quick.holds() == HELD


def test_an_open_swap_goes_along_or_ends_with_its_duties(quick):
    stays = quick.propose()
    ends = quick.propose(CHEN, "anna", shift=D2, back=D3)
    with quick.records.writing() as session:
        small.swapped(session, HELD | {D2: "bo"}, now=NOW)
    assert quick.state(stays) == "proposed"
    assert quick.state(ends) == "ended"
    ended = {who for kind, who in quick.told() if kind == "swap-ended"}
    assert ended == {"anna", "chen"}


def test_a_withdrawn_swap_has_ended_and_the_one_before_it_holds(quick):
    first = quick.propose()
    quick.does(deeds.agree, first, BO)
    quick.does(deeds.approve, first, BOSS)
    second = quick.propose(BO, "chen")
    quick.does(deeds.agree, second, CHEN)
    quick.does(deeds.approve, second, BOSS)
    assert quick.holds()[D0] == "chen"
    assert quick.state(first) == "done"
    with quick.records.writing() as session:
        row = roster_in_force(session, UNIT, TERM)
        held = [(c.shift, c.staff) for c in swapped_cells(session, row)]
        assert held == [(D0, "chen")]
        withdraw(
            session, roster_id=row.id, reason="弄错了", who="审核", now=NOW
        )
    assert quick.holds()[D0] == "bo"
    assert quick.state(second) == "ended"
    assert quick.state(first) == "done"


def test_whom_a_swap_waits_for_is_reminded(quick):
    quick.propose()
    with quick.records.writing() as session:
        waiting.remind(session, now=NOW + timedelta(hours=1))
    assert ("swap-waiting", "bo") in quick.told()


def rules(session, **values) -> None:
    """The bureau sets parameters differently for the school."""
    new = [
        Override("schools", UNIT, name, value, Period(), "试", "1号")
        for name, value in values.items()
    ]
    add_overrides(session, new, who="局", now=NOW)


def test_a_cover_may_be_entered_for_as_many_hours_as_the_rules_say(quick):
    over = small.SHIFTS[0].end
    with quick.records.writing() as session:
        rules(session, emergency_hours=5)
        times = times_of(
            session, unit_id=UNIT, term_id=TERM, shift=D0, books=BOOKS
        )
    assert (times.cut_off, times.until) == (LATE, over + timedelta(hours=5))
    assert times.late(LATE)
    assert not times.over(over + timedelta(hours=5))
    assert times.over(over + timedelta(hours=6))

    begun = small.SHIFTS[0].start + timedelta(hours=1)
    first = quick.propose(emergency=True, word="急病", now=begun)
    assert quick.does(deeds.agree, first, BO, now=begun) == "emergency"
    assert quick.holds()[D0] == "bo"
    # And afterwards, what was settled on the telephone.
    second = quick.propose(
        BO, "chen", emergency=True, word="又换了人", now=over
    )
    late = over + timedelta(hours=6)
    with pytest.raises(Refused, match="swap-long-past") as refused:
        quick.does(deeds.agree, second, CHEN, now=late)
    assert refused.value.facts["hours"] == 5
    quick.does(deeds.agree, second, CHEN, now=over)
    assert quick.holds()[D0] == "chen"


def test_rules_without_emergency_cover_leave_nothing_after_the_cut_off(quick):
    with quick.records.writing() as session:
        rules(session, emergency_cover=False)
        times = times_of(
            session, unit_id=UNIT, term_id=TERM, shift=D0, books=BOOKS
        )
    assert times.over(LATE)
    assert not times.over(LATE - timedelta(minutes=1))
    with pytest.raises(Refused, match="swap-no-emergency"):
        quick.propose(emergency=True, word="急病", now=LATE)
