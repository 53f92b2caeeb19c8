"""A draft on its way to publication, and a version taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.problem import Pin
from roster.records import (
    FeedEventRow,
    LeaveRow,
    MessageRow,
    Records,
    ReviewRow,
    RosterRow,
    StaffRow,
)
from roster.records.journal import JournalRow, broken
from roster.rules.clauses import Limit
from roster.services.on_duty import version_at
from roster.services.publishing import publish, publish_term, withdraw
from roster.services.readiness import readiness
from roster.services.review_history import history
from roster.services.reviewing import approve, send_back, submit, take_back
from roster.services.served import number_in_force
from roster.services.versions import versions
from roster.services.viewing import shown_roster
from tests.builders import day, make_problem
from tests.builders import make_staff as problem_staff
from tests.conftest import NOW
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import (
    CALENDAR,
    SHIFTS,
    TERM,
    UNIT,
    Calendar,
    everything_to,
)

EDITOR, APPROVER, OTHER = "张伟（u1-01）", "李校长（u1-02）", "王芳（u1-03）"


@dataclass
class Desk:
    """The records, and the verbs with everything else filled in."""

    records: Records
    now: datetime = NOW

    def draft(self, cells=None, who=EDITOR, **more) -> int:
        with self.records.writing() as session:
            return small.draft(
                session,
                everything_to("anna") if cells is None else cells,
                who=who,
                now=self.now,
                **more,
            ).id

    def edit(self, roster, shift, name, who=EDITOR):
        with self.records.writing() as session:
            small.edit(session, roster, shift, name, who)

    def submit(self, roster, who=EDITOR, revision=0, calendar=CALENDAR):
        with self.records.writing() as session:
            submit(
                session,
                roster_id=roster,
                revision=revision,
                calendar=calendar,
                books=BOOKS,
                who=who,
                now=self.now,
            )

    def take_back(self, roster, who=EDITOR, revision=0):
        with self.records.writing() as session:
            take_back(
                session,
                roster_id=roster,
                revision=revision,
                who=who,
                now=self.now,
            )

    def approve(self, roster, who=APPROVER, revision=0):
        with self.records.writing() as session:
            approve(
                session,
                roster_id=roster,
                revision=revision,
                who=who,
                now=self.now,
            )

    def send_back(self, roster, remark="国庆初三人太少", revision=0):
        with self.records.writing() as session:
            send_back(
                session,
                roster_id=roster,
                revision=revision,
                remark=remark,
                who=APPROVER,
                now=self.now,
            )

    def publish(self, roster, revision=0, calendar=CALENDAR):
        with self.records.writing() as session:
            return publish(
                session,
                roster_id=roster,
                revision=revision,
                calendar=calendar,
                books=BOOKS,
                who=APPROVER,
                now=self.now,
            )

    def withdraw(self, roster, reason="排错了人"):
        with self.records.writing() as session:
            return withdraw(
                session,
                roster_id=roster,
                reason=reason,
                who=APPROVER,
                now=self.now,
            )

    def whole_way(self, cells=None, **more) -> int:
        """A draft published by its steps."""
        roster = self.draft(cells, **more)
        self.submit(roster)
        self.approve(roster)
        self.publish(roster)
        self.now += timedelta(hours=1)
        return roster

    def state(self, roster) -> str:
        with self.records.reading() as session:
            return session.get_one(RosterRow, roster).state

    def in_force(self, unit=UNIT) -> int:
        with self.records.reading() as session:
            return number_in_force(session, unit, TERM)

    def told(self, kind) -> list[tuple[str | None, dict]]:
        """To whom messages of a kind go, and what they say."""
        with self.records.reading() as session:
            rows = session.execute(
                select(MessageRow.staff, MessageRow.facts).where(
                    MessageRow.kind == kind
                )
            )
            return [tuple(row) for row in rows]


@pytest.fixture
def desk(records) -> Desk:
    """A small school on each database in turn."""
    with records.writing() as session:
        small.settle(session)

    return Desk(records)


@pytest.fixture
def lite_desk(lite) -> Desk:
    """A small school where the database does not matter."""
    with lite.writing() as session:
        small.settle(session, UNIT, "U2")

    return Desk(lite)


def test_two_people_publish_step_by_step(desk):
    roster = desk.draft()

    desk.submit(roster)
    assert desk.state(roster) == "submitted"
    desk.approve(roster)
    assert desk.state(roster) == "approved"
    assert desk.in_force() == 0
    (done,) = desk.publish(roster)

    assert (done.number, done.touched) == (1, 1)
    assert desk.in_force() == 1
    with desk.records.reading() as session:
        steps = history(session, unit_id=UNIT, term_id=TERM)
        assert [(step.verb, step.who) for step in steps] == [
            ("submit", EDITOR),
            ("approve", APPROVER),
            ("publish", APPROVER),
        ]
        assert broken(session) == []


def test_nobody_publishes_what_nobody_approved(lite_desk):
    desk = lite_desk
    roster = desk.draft()

    with pytest.raises(Refused, match="cannot-publish"):
        desk.publish(roster)

    desk.submit(roster)
    with pytest.raises(Refused, match="cannot-publish"):
        desk.publish(roster)


@pytest.mark.parametrize(
    "who", [EDITOR, "张伟 （U1-01）", "张伟(u1-01)", "", "（）"]
)
def test_who_made_it_does_not_approve_it(lite_desk, who):
    roster = lite_desk.draft()
    lite_desk.submit(roster)

    with pytest.raises(Refused, match=r"made-it-yourself|two-people-needed"):
        lite_desk.approve(roster, who=who)

    assert lite_desk.state(roster) == "submitted"


def test_who_changed_it_last_does_not_approve_it_either(lite_desk):
    roster = lite_desk.draft()
    lite_desk.edit(roster, SHIFTS[0].id, "bo", who=OTHER)
    lite_desk.submit(roster, revision=1)

    with pytest.raises(Refused, match="made-it-yourself"):
        lite_desk.approve(roster, who=OTHER, revision=1)

    lite_desk.approve(roster, revision=1)


def test_who_submits_what_another_made_does_not_approve_it(lite_desk):
    roster = lite_desk.draft(who=OTHER)
    lite_desk.submit(roster, who=APPROVER)

    with pytest.raises(Refused, match="made-it-yourself"):
        lite_desk.approve(roster, who=APPROVER)

    lite_desk.approve(roster, who="赵主任（u1-04）")


def test_two_of_one_name_are_two_people(lite_desk):
    roster = lite_desk.draft()
    lite_desk.submit(roster, who="张伟（u1-01）")

    lite_desk.approve(roster, who="张伟（u1-07）")

    assert lite_desk.state(roster) == "approved"


def test_whoever_submits_answers_for_it(lite_desk):
    roster = lite_desk.draft(who=OTHER)

    lite_desk.submit(roster)

    with lite_desk.records.reading() as session:
        row = session.get_one(RosterRow, roster)
        assert (row.author, row.editor) == (EDITOR, OTHER)


def test_an_older_revision_is_refused_at_every_step(lite_desk):
    desk = lite_desk
    roster = desk.draft()
    desk.edit(roster, SHIFTS[0].id, "bo")
    steps = (desk.submit, desk.approve, desk.publish)

    for step in steps:
        with pytest.raises(Refused, match="stale-revision") as refusal:
            step(roster, revision=0)
        assert refusal.value.facts == {"value": 0, "revision": 1}
        step(roster, revision=1)


def test_a_draft_made_anew_is_not_approved_by_a_look_at_the_one_before(desk):
    first = desk.draft()
    desk.submit(first)
    desk.take_back(first)
    second = desk.draft(everything_to("bo"))

    desk.submit(second, revision=1)
    with pytest.raises(Refused, match="stale-revision"):
        desk.approve(second, revision=0)

    desk.approve(second, revision=1)


def test_what_is_returned_is_a_draft_with_a_remark(desk):
    roster = desk.draft()
    desk.submit(roster)
    desk.approve(roster)

    desk.send_back(roster, "  国庆初三人太少 ")

    assert desk.state(roster) == "draft"
    with desk.records.reading() as session:
        last = history(session, unit_id=UNIT, term_id=TERM)[-1]
        assert (last.verb, last.remark) == ("return", "国庆初三人太少")
        assert session.get_one(RosterRow, roster).approver == ""


def test_a_remark_stays_when_the_draft_is_made_anew(lite_desk):
    roster = lite_desk.draft()
    lite_desk.submit(roster)
    lite_desk.send_back(roster)

    lite_desk.draft(everything_to("bo"))

    with lite_desk.records.reading() as session:
        steps = history(session, unit_id=UNIT, term_id=TERM, number=1)
        assert [step.verb for step in steps] == ["submit", "return"]


def test_words_of_a_remark_stay_out_of_the_journal(lite_desk):
    roster = lite_desk.draft()
    lite_desk.submit(roster)
    lite_desk.send_back(roster, "她刚生了孩子")

    with lite_desk.records.reading() as session:
        for row in session.scalars(select(JournalRow)):
            assert "孩子" not in str(row.facts)


@pytest.mark.parametrize("remark", ["", "  ", "字" * 501])
def test_returning_and_withdrawing_need_words(lite_desk, remark):
    desk = lite_desk
    roster = desk.draft()
    desk.submit(roster)

    with pytest.raises(Refused, match=r"remark-needed|too-long"):
        desk.send_back(roster, remark)

    desk.approve(roster)
    desk.publish(roster)
    with pytest.raises(Refused, match=r"remark-needed|too-long"):
        desk.withdraw(roster, remark)

    assert desk.in_force() == 1


def test_who_submitted_may_take_it_back_until_it_is_approved(lite_desk):
    desk = lite_desk
    roster = desk.draft()
    desk.submit(roster)
    desk.take_back(roster)
    assert desk.state(roster) == "draft"

    desk.submit(roster)
    desk.approve(roster)
    with pytest.raises(Refused, match="cannot-take-back"):
        desk.take_back(roster)


def test_what_is_under_review_is_not_drafted_anew(lite_desk):
    roster = lite_desk.draft()
    lite_desk.submit(roster)

    with pytest.raises(Refused, match="in-review"):
        lite_desk.draft(everything_to("bo"))

    assert lite_desk.state(roster) == "submitted"


def test_what_was_altered_after_approval_is_not_published(lite_desk):
    """As by somebody at the database, past its triggers."""
    desk = lite_desk
    roster = desk.draft()
    desk.submit(roster)
    desk.approve(roster)
    with desk.records.writing() as session:
        session.get_one(RosterRow, roster).revision = 4

    with pytest.raises(Refused, match="not-approved"):
        desk.publish(roster, revision=4)


def test_a_draft_of_an_older_version_is_not_published(desk):
    """A swap made the next version while it was under way."""
    desk.whole_way()
    late = desk.draft(everything_to("bo"))
    desk.submit(late)
    desk.approve(late)
    with desk.records.writing() as session:
        row = small.swapped(session, everything_to("chen"), now=desk.now)
        assert row.number == 3

    with pytest.raises(Refused, match="base-renewed") as refusal:
        desk.publish(late)

    assert (refusal.value.facts["base"], refusal.value.facts["value"]) == (
        1,
        3,
    )
    assert desk.in_force() == 3


def test_a_version_withdrawn_meanwhile_makes_a_draft_stale(lite_desk):
    desk = lite_desk
    desk.whole_way()
    second = desk.whole_way(everything_to("bo"))
    late = desk.draft(everything_to("chen"))
    desk.withdraw(second)

    with pytest.raises(Refused, match="base-renewed"):
        desk.submit(late)


def test_a_changed_calendar_stops_submitting_and_publishing(lite_desk):
    desk = lite_desk
    roster = desk.draft()
    with pytest.raises(Refused, match="calendar-changed"):
        desk.submit(roster, calendar=Calendar("two"))

    desk.submit(roster)
    desk.approve(roster)
    with pytest.raises(Refused, match="calendar-changed"):
        desk.publish(roster, calendar=Calendar("two"))


def test_an_open_shift_stops_it(lite_desk):
    cells = everything_to("anna")
    del cells[SHIFTS[2].id]
    roster = lite_desk.draft(cells)

    with pytest.raises(Refused, match="open-shifts") as refusal:
        lite_desk.submit(roster)

    assert refusal.value.facts["shifts"] == [SHIFTS[2].id]


ONE_EACH = Limit(id="limit", tier=0, article="第七条", max=1)


def test_a_broken_article_stops_it_with_its_name(desk):
    """Also where the solver, or an editor, had passed over it."""
    with desk.records.writing() as session:
        solved = small.solution(session, desk.now, ONE_EACH)
    roster = desk.draft(everything_to("anna"), solved=solved)

    with pytest.raises(Refused, match="rules-broken") as refusal:
        desk.submit(roster)

    assert refusal.value.facts["articles"] == "第七条"
    with desk.records.reading() as session:
        row = session.get_one(RosterRow, roster)
        found = readiness(session, row, CALENDAR, BOOKS)
        assert not found.ready
        assert {one.names for one in found.broken} == {("anna",)}


def test_leave_entered_after_drafting_stops_it_at_every_step(desk):
    leave = LeaveRow(staff="anna", first=day(1), last=day(2), kind="病假")
    roster = desk.draft(everything_to("anna"))
    desk.submit(roster)
    desk.approve(roster)
    with desk.records.writing() as session:
        session.add(leave)

    with pytest.raises(Refused, match="unfit-since") as refusal:
        desk.publish(roster)

    # Which duties, but neither who nor why.
    unfit = [SHIFTS[1].id, SHIFTS[2].id]
    assert refusal.value.facts == {"unit": "小学U1", "shifts": unfit}
    with desk.records.reading() as session:
        row = session.get_one(RosterRow, roster)
        (broken,) = readiness(session, row, CALENDAR, BOOKS).broken
    assert (broken.line.code, broken.names) == ("leave", ("anna",))
    assert broken.dates == (day(1), day(2))

    desk.send_back(roster)
    with pytest.raises(Refused, match="unfit-since"):
        desk.submit(roster)
    desk.edit(roster, SHIFTS[1].id, "bo")
    desk.edit(roster, SHIFTS[2].id, "bo")
    desk.submit(roster, revision=2)


def test_a_last_day_entered_after_drafting_stops_it(lite_desk):
    roster = lite_desk.draft(everything_to("anna"))
    with lite_desk.records.writing() as session:
        session.get_one(StaffRow, "anna").employed_until = day(2)

    with pytest.raises(Refused, match="unfit-since") as refusal:
        lite_desk.submit(roster)

    assert refusal.value.facts["shifts"] == [SHIFTS[3].id]


def test_history_is_not_argued_with(lite_desk):
    """A repair keeps the duties of somebody who left since."""
    past = Pin(SHIFTS[0].id, "anna", past=True)
    people = problem_staff("anna", "bo", "chen", posts=("lead",))
    problem = make_problem(people, SHIFTS, pins=(past,))
    with lite_desk.records.writing() as session:
        solved = small.solution(session, NOW, problem=problem)
        session.get_one(StaffRow, "anna").employed_until = day(-1)
    cells = everything_to("bo") | {SHIFTS[0].id: "anna"}

    lite_desk.submit(lite_desk.draft(cells, solved=solved))


def test_everything_against_a_draft_is_told_at_once(lite_desk):
    desk = lite_desk
    cells = everything_to("anna")
    del cells[SHIFTS[2].id]
    roster = desk.draft(cells)
    with desk.records.reading() as session:
        row = session.get_one(RosterRow, roster)
        found = readiness(session, row, Calendar("two"), BOOKS)

    codes = [refusal.code for refusal in found.refusals]
    assert codes == ["open-shifts", "calendar-changed"]
    assert found.broken == ()


def pooled(desk) -> tuple[int, int]:
    """Drafts of two schools that were solved together."""
    with desk.records.writing() as session:
        solved = small.solution(
            session, desk.now, problem=small.joint(UNIT, "U2")
        )
    return (
        desk.draft(solved=solved),
        desk.draft(everything_to("bo"), solved=solved, unit="U2"),
    )


def test_units_solved_together_come_into_force_together(lite_desk):
    desk = lite_desk
    one, other = pooled(desk)
    for roster in (one, other):
        desk.submit(roster)
    desk.approve(one)

    with pytest.raises(Refused, match="together-only") as refusal:
        desk.publish(one)
    assert refusal.value.facts["units"] == "小学U2"
    assert desk.in_force() == desk.in_force("U2") == 0

    desk.approve(other)
    desk.publish(other)
    assert desk.in_force() == desk.in_force("U2") == 1


def test_a_version_taken_back_leaves_the_one_before_in_force(desk):
    first = desk.whole_way()
    second = desk.whole_way(everything_to("bo"))
    before = desk.now

    touched = desk.withdraw(second)

    assert touched == 2
    assert desk.in_force() == 1
    with desk.records.reading() as session:

        def then(moment):
            return version_at(session, unit_id=UNIT, moment=moment).id

        noon = SHIFTS[0].start + timedelta(hours=1)
        assert then(noon) == first
        assert shown_roster(session, UNIT, TERM).id == first
        assert shown_roster(session, UNIT, TERM, 2).id == second
        said = versions(session, unit_id=UNIT, term_id=TERM)
        assert [(v.number, v.state) for v in said] == [
            (2, "withdrawn"),
            (1, "published"),
        ]
        assert said[0].made_at == before


def test_what_was_in_force_stays_told_after_it_is_taken_back(desk):
    """Whoever was checked then was checked by the version of then."""
    desk.now = SHIFTS[0].start - timedelta(days=2)
    desk.whole_way()
    second = desk.whole_way(everything_to("bo"))
    desk.now = SHIFTS[1].start
    desk.withdraw(second)

    with desk.records.reading() as session:

        def then(moment):
            return version_at(session, unit_id=UNIT, moment=moment).number

        assert then(desk.now - timedelta(seconds=1)) == 2
        assert then(desk.now) == 1


def test_with_no_version_before_it_nothing_is_in_force(desk):
    only = desk.whole_way()

    desk.withdraw(only)

    assert desk.in_force() == 0
    with desk.records.reading() as session:
        assert version_at(session, unit_id=UNIT, moment=desk.now) is None
        assert shown_roster(session, UNIT, TERM) is None
        assert shown_roster(session, UNIT, TERM, 1).id == only


@pytest.mark.parametrize("which", [0, 1])
def test_only_the_version_in_force_is_taken_back(lite_desk, which):
    desk = lite_desk
    first = desk.whole_way()
    second = desk.whole_way(everything_to("bo"))
    if which:
        desk.withdraw(second)

    with pytest.raises(Refused, match=r"not-in-force|cannot-withdraw"):
        desk.withdraw((first, second)[which])


def events(desk):
    with desk.records.reading() as session:
        return {
            (row.shift, row.staff): (row.sequence, row.cancelled)
            for row in session.scalars(select(FeedEventRow))
        }


def test_calendars_follow_a_version_taken_back(desk):
    desk.whole_way()
    second = desk.whole_way(everything_to("bo"))
    third = desk.whole_way(everything_to("bo") | {SHIFTS[0].id: "anna"})
    shift = SHIFTS[0].id

    desk.withdraw(third)
    said = events(desk)
    assert said[shift, "anna"] == (3, True)  # made, off, on, off
    assert said[shift, "bo"] == (2, False)

    desk.withdraw(second)
    said = events(desk)
    assert said[shift, "anna"] == (4, False)
    assert said[shift, "bo"] == (3, True)


def test_calendars_keep_what_has_begun(desk):
    only = desk.whole_way()
    desk.now = SHIFTS[1].start

    desk.withdraw(only)

    gone = {shift: off for (shift, _), (_, off) in events(desk).items()}
    assert gone == {
        SHIFTS[0].id: False,
        SHIFTS[1].id: False,
        SHIFTS[2].id: True,
        SHIFTS[3].id: True,
    }


def test_only_those_whose_duties_changed_are_told(desk):
    desk.whole_way()
    assert [who for who, _ in desk.told("roster-published")] == ["anna"]

    changed = everything_to("anna") | {SHIFTS[3].id: "bo"}
    desk.whole_way(changed)

    told = dict(desk.told("duties-changed"))
    duty = [str(SHIFTS[3].date), "lead"]
    assert told.keys() == {"anna", "bo"}
    assert (told["anna"]["lost"], told["anna"]["gained"]) == ([duty], [])
    assert (told["bo"]["lost"], told["bo"]["gained"]) == ([], [duty])


def test_nobody_is_told_of_what_is_past(lite_desk):
    desk = lite_desk
    desk.whole_way()
    desk.now = SHIFTS[3].start + timedelta(hours=1)

    desk.whole_way(everything_to("bo"))

    assert desk.told("duties-changed") == []


def test_whoever_loses_their_duties_is_told_of_a_withdrawal(lite_desk):
    desk = lite_desk
    only = desk.whole_way()

    desk.withdraw(only)

    assert [who for who, _ in desk.told("roster-withdrawn")] == ["anna"]


def test_submitting_and_returning_are_told(lite_desk):
    desk = lite_desk
    roster = desk.draft()
    desk.submit(roster)
    desk.now += timedelta(minutes=5)
    desk.send_back(roster)
    desk.now += timedelta(minutes=5)
    desk.submit(roster)

    assert len(desk.told("roster-submitted")) == 2
    assert len(desk.told("roster-returned")) == 1


def test_the_quick_way_goes_every_step(desk):
    desk.draft()
    with desk.records.writing() as session:
        done = publish_term(
            session,
            term_id=TERM,
            author="王芳",
            approver="李刚",
            calendar=CALENDAR,
            books=BOOKS,
            now=desk.now,
        )

    assert [one.number for one in done] == [1]
    with desk.records.reading() as session:
        rows = session.scalars(select(ReviewRow).order_by(ReviewRow.id)).all()
        assert [(row.verb, row.who) for row in rows] == [
            ("submit", "王芳"),
            ("approve", "李刚"),
            ("publish", "李刚"),
        ]
        row = session.scalars(select(RosterRow)).one()
        assert (row.author, row.approver) == ("王芳", "李刚")
        assert row.published_at.astimezone(SHANGHAI) == desk.now


def test_the_quick_way_approves_nothing_its_approver_made(lite_desk):
    lite_desk.draft(who="李刚")

    with (
        pytest.raises(Refused, match="made-it-yourself"),
        lite_desk.records.writing() as session,
    ):
        publish_term(
            session,
            term_id=TERM,
            author="王芳",
            approver="李刚",
            calendar=CALENDAR,
            books=BOOKS,
            now=lite_desk.now,
        )

    assert lite_desk.in_force() == 0
