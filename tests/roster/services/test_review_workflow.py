"""Whatever people do in whatever order, the review keeps its promises."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from roster.errors import Refused
from roster.records import FeedEventRow, RosterRow, open_records
from roster.records.journal import broken
from roster.records.upgrading import upgrade
from roster.review import same_person
from roster.services.on_duty import version_at
from roster.services.publishing import publish, publish_term, withdraw
from roster.services.readiness import cells_of
from roster.services.review_history import history
from roster.services.reviewing import approve, send_back, submit, take_back
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import CALENDAR, SHIFTS, TERM, UNIT

PEOPLE = ("张伟（u1-01）", "李强（u1-02）", "王芳（u1-03）")
who = st.sampled_from(PEOPLE)
stale = st.sampled_from((0, 0, 0, 1))  # by how much a revision is off
staff = st.sampled_from(small.PEOPLE)
shift = st.sampled_from([shift.id for shift in SHIFTS])
cells = st.fixed_dictionaries({s.id: staff for s in SHIFTS})
BEGIN = SHIFTS[0].start - timedelta(hours=2)


class Model:
    """What an office of paper would know."""

    def __init__(self) -> None:
        self.state = ""  # of the draft under way
        self.author = self.editor = self.approver = ""
        self.revision = self.number = self.base = 0
        self.cells: dict[str, str] = {}
        self.said: dict[int, dict[str, str]] = {}  # by number, as published
        self.stack: list[int] = []  # in force, the newest last
        # Which version was in force from when on.
        self.past: list[tuple[datetime, int]] = []

    @property
    def standing(self) -> int:
        return self.stack[-1] if self.stack else 0

    def at(self, moment: datetime) -> int:
        return next(
            (n for since, n in reversed(self.past) if since <= moment), 0
        )


class Review(RuleBasedStateMachine):
    """People at a draft, right and wrong, while time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        copyfile(_template(), self.folder / "duty.db")
        self.records = open_records(f"sqlite:///{self.folder / 'duty.db'}")
        self.now = BEGIN
        self.model = Model()
        self.roster = 0
        self.solved = 0
        self.sequences: dict[tuple[str, str], int] = {}

    def teardown(self) -> None:
        with self.records.reading() as session:
            assert broken(session) == []
        self.records.close()
        rmtree(self.folder)

    @initialize()
    def begins(self) -> None:
        with self.records.writing() as session:
            self.solved = small.solution(session, self.now)

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.model.state != "draft")
    @rule(who=who, cells=cells)
    def drafts(self, who: str, cells: dict[str, str]) -> None:
        model = self.model
        with self._expecting(not model.state) as session:
            row = small.draft(
                session, cells, who=who, now=self.now, solved=self.solved
            )
            self.roster, number = row.id, row.number
            model.state, model.cells = "draft", dict(cells)
            model.author = model.editor = who
            model.revision, model.base = 0, model.standing
            model.approver, model.number = "", number

    @precondition(lambda self: self.model.state == "draft")
    @rule(who=who, shift=shift, staff=staff)
    def edits(self, who: str, shift: str, staff: str) -> None:
        with self.records.writing() as session:
            small.edit(session, self.roster, shift, staff, who)
        self.model.cells[shift] = staff
        self.model.revision += 1
        self.model.editor = who

    @precondition(lambda self: self.roster)
    @rule(who=who, stale=stale)
    def submits(self, who: str, stale: int) -> None:
        model = self.model
        fit = model.state == "draft" and model.base == model.standing
        with self._expecting(fit and not stale) as session:
            submit(
                session,
                calendar=CALENDAR,
                books=BOOKS,
                **self._asked(who, stale),
            )
            model.state, model.author = "submitted", who

    @precondition(lambda self: self.roster)
    @rule(who=who, stale=stale)
    def takes_back(self, who: str, stale: int) -> None:
        fit = self.model.state == "submitted" and not stale
        with self._expecting(fit) as session:
            take_back(session, **self._asked(who, stale))
            self.model.state = "draft"

    @precondition(lambda self: self.roster)
    @rule(who=who, stale=stale)
    def approves(self, who: str, stale: int) -> None:
        model = self.model
        fit = model.state == "submitted" and not stale
        other = who not in (model.author, model.editor)
        with self._expecting(fit and other) as session:
            approve(session, **self._asked(who, stale))
            model.state, model.approver = "approved", who

    @precondition(lambda self: self.roster)
    @rule(who=who, stale=stale)
    def returns(self, who: str, stale: int) -> None:
        model = self.model
        fit = model.state in ("submitted", "approved") and not stale
        with self._expecting(fit) as session:
            send_back(session, remark="不妥", **self._asked(who, stale))
            model.state, model.approver = "draft", ""

    @precondition(lambda self: self.roster)
    @rule(who=who, stale=stale)
    def publishes(self, who: str, stale: int) -> None:
        model = self.model
        fit = model.state == "approved" and model.base == model.standing
        with self._expecting(fit and not stale) as session:
            publish(
                session,
                calendar=CALENDAR,
                books=BOOKS,
                **self._asked(who, stale),
            )
            self._published()

    @precondition(lambda self: self.roster)
    @rule(which=st.integers(0, 2))
    def goes_on(self, which: int) -> None:
        """The next step of the way, by somebody who may do it."""
        model = self.model
        free = [p for p in PEOPLE if p not in (model.author, model.editor)]
        if model.state == "draft":
            self.submits(PEOPLE[which], 0)
        elif model.state == "submitted":
            self.approves(free[which % len(free)], 0)
        else:
            self.publishes(PEOPLE[which], 0)

    @precondition(lambda self: self.roster)
    @rule(author=who, approver=who)
    def publishes_quickly(self, author: str, approver: str) -> None:
        model = self.model
        made = {model.author, model.editor}
        if model.state == "draft":
            made = {author, model.editor}
        fit = (
            author != approver
            and model.base == model.standing
            and (approver not in made or model.state == "approved")
        )
        with self._expecting(fit) as session:
            publish_term(
                session,
                term_id=TERM,
                author=author,
                approver=approver,
                calendar=CALENDAR,
                books=BOOKS,
                now=self.now,
            )
            self._published()

    @precondition(lambda self: self.model.said)
    @rule(who=who, earlier=st.sampled_from((0, 0, 1)))
    def withdraws(self, who: str, earlier: int) -> None:
        which = self.model.standing - earlier
        with self.records.reading() as session:
            found = session.scalars(
                select(RosterRow.id).where(RosterRow.number == which)
            ).first()
        fit = found is not None and which == self.model.standing
        with self._expecting(fit) as session:
            withdraw(
                session,
                roster_id=found or 0,
                reason="有误",
                who=who,
                now=self.now,
            )
            self.model.stack.pop()
            self.model.past.append((self.now, self.model.standing))

    @precondition(lambda self: self.model.stack)
    @rule(cells=cells)
    def swaps(self, cells: dict[str, str]) -> None:
        """A version beside any draft, as an approved swap makes it."""
        self.now += timedelta(seconds=1)
        with self.records.writing() as session:
            row = small.swapped(
                session, cells, now=self.now, solved=self.solved
            )
            self._in_force(row.number, cells)

    def _published(self) -> None:
        self._in_force(self.model.number, self.model.cells)
        self.model.state, self.roster = "", 0

    def _in_force(self, number: int, cells: dict[str, str]) -> None:
        self.model.said[number] = dict(cells)
        self.model.stack.append(number)
        self.model.past.append((self.now, number))

    def _asked(self, who: str, stale: int) -> dict:
        return {
            "roster_id": self.roster,
            "revision": self.model.revision + stale,
            "who": who,
            "now": self.now,
        }

    @contextmanager
    def _expecting(self, fit: object) -> Iterator:
        """The deed is done exactly when it may be, else nothing is."""
        if fit:
            with self.records.writing() as session:
                yield session
            return

        with pytest.raises(Refused), self.records.writing() as session:
            yield session

    @invariant()
    def the_right_version_is_in_force(self) -> None:
        with self.records.reading() as session:
            for since, number in [*self.model.past, (self.now, 0)]:
                for moment in (since, since - timedelta(seconds=1)):
                    row = version_at(session, unit_id=UNIT, moment=moment)
                    due = self.model.at(moment)
                    # A term's roster is asked for on the term's days.
                    assert (row.number if row else 0) == due, (moment, number)

    @invariant()
    def what_was_published_never_changes(self) -> None:
        with self.records.reading() as session:
            rows = session.scalars(
                select(RosterRow).where(RosterRow.published_at.is_not(None))
            ).all()
            assert {row.number for row in rows} == self.model.said.keys()
            for row in rows:
                said = {c.shift: c.staff for c in cells_of(row)}
                assert said == self.model.said[row.number]

    @invariant()
    def two_people_answer_for_it(self) -> None:
        with self.records.reading() as session:
            rows = session.scalars(
                select(RosterRow).where(
                    RosterRow.state.in_(("approved", "published", "withdrawn"))
                )
            )
            for row in rows:
                assert not same_person(row.approver, row.author)
                assert not same_person(row.approver, row.editor)

    @invariant()
    def what_is_published_was_approved_as_it_is(self) -> None:
        with self.records.reading() as session:
            rows = session.scalars(
                select(RosterRow).where(
                    RosterRow.published_at.is_not(None),
                    RosterRow.author != "bo",  # the swaps
                )
            ).all()
            for row in rows:
                steps = [
                    step
                    for step in history(
                        session,
                        unit_id=UNIT,
                        term_id=TERM,
                        number=row.number,
                    )
                    if step.verb != "withdraw"
                ]
                assert [step.verb for step in steps[-3:]] == [
                    "submit",
                    "approve",
                    "publish",
                ]
                assert {s.revision for s in steps[-3:]} == {row.revision}
                assert steps[-2].who == row.approver

    @invariant()
    def calendars_say_what_is_in_force(self) -> None:
        coming = {shift.id for shift in SHIFTS if shift.start > self.now}
        due = {
            (s, name)
            for s, name in self.model.said.get(self.model.standing, {}).items()
            if s in coming
        }
        with self.records.reading() as session:
            found = session.scalars(
                select(FeedEventRow).where(FeedEventRow.staff.is_not(None))
            ).all()
            live = {
                (row.shift, row.staff)
                for row in found
                if row.shift in coming and not row.cancelled
            }
            sequences = {(r.shift, r.staff): r.sequence for r in found}

        assert live == due
        for key, sequence in self.sequences.items():
            assert sequences[key] >= sequence
        self.sequences = sequences


_FILES: list[Path] = []


def _template() -> Path:
    """A school's records, made once."""
    if not _FILES:
        path = Path(mkdtemp()) / "duty.db"
        records = open_records(f"sqlite:///{path}")
        upgrade(records)
        with records.writing() as session:
            small.settle(session)
        records.close()
        _FILES.append(path)

    return _FILES[0]


TestReview = Review.TestCase
TestReview.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None
)
