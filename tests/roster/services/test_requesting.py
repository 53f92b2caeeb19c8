"""Rosters are asked for, worked on in the background, and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from roster.audit import audit
from roster.documents import read_outcome, read_problem
from roster.errors import Refused
from roster.people import Leave, Period, Standing
from roster.problem import Outcome, Status
from roster.records import (
    JournalRow,
    RequestRow,
    RosterRow,
    SolutionRow,
    open_records,
)
from roster.records.journal import broken
from roster.records.upgrading import upgrade
from roster.rules.rulebook import Override
from roster.services import requesting
from roster.services.answering import roster_asked
from roster.services.claiming import MOST_CLAIMS
from roster.services.importing import apply
from roster.services.repairing import repair
from roster.services.ruling import add_overrides
from roster.services.viewing import failure
from roster.services.viewing import roster as roster_view
from solver import solve
from tests.conftest import NOW
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT, people
from tests.roster.services.conftest import COUNTY, Office, imported
from tests.roster.services.requests import (
    ALL_AWAY,
    DISTRICT,
    HELPER,
    HELPER_STAFF,
    STUCK,
    STUCK_STAFF,
    Queue,
)


@pytest.fixture
def queue(office) -> Queue:
    """The small county on each database, without rosters."""
    return Queue(office.records)


@pytest.fixture
def lone(lite) -> Queue:
    """The small county on SQLite, without rosters."""
    return Queue(imported(lite).records)


@pytest.fixture
def district(lite) -> Queue:
    """A county with a district, one of whose schools cannot do alone."""
    county = replace(
        COUNTY,
        units=(*COUNTY.units, DISTRICT, STUCK, HELPER),
        staff=(*COUNTY.staff, *STUCK_STAFF, *HELPER_STAFF),
        leave=ALL_AWAY,
    )
    return Queue(imported(lite, county).records)


FEW = replace(
    COUNTY,
    units=(BUREAU, SCHOOL),
    staff=people(
        SCHOOL,
        (Standing.PRINCIPAL, 1),
        (Standing.DEPUTY, 3),
        (Standing.STAFF, 5),
    ),
    inspectors=(),
)


def tightened(records) -> Queue:
    """The school's gap is too long, and may not be shortened by itself."""
    settings = {
        "leader_gap_days": 30,
        "may_relax_gap": False,
        "may_combine": False,
    }
    records = imported(records, FEW).records
    with records.writing() as session:
        add_overrides(
            session,
            [
                Override("schools", "", param, value, Period(), "试验", "1号")
                for param, value in settings.items()
            ],
            who="王办公室",
            now=NOW,
        )
    return Queue(records)


@pytest.fixture
def tight(lite) -> Queue:
    """A county whose school has no roster without easing an article."""
    return tightened(lite)


@pytest.fixture(scope="session")
def attempted(tmp_path_factory) -> Path:
    """The school has no roster, and was told what would be enough."""
    path = tmp_path_factory.mktemp("attempted") / "duty.db"
    opened = open_records(f"sqlite:///{path}")
    upgrade(opened)
    queue = tightened(opened)
    queue.work(queue.claim(queue.ask(SCHOOL.id) and "甲"))
    opened.close()
    return path


@pytest.fixture
def stuck(attempted, tmp_path) -> Iterator[Queue]:
    """The same, to be written to."""
    path = tmp_path / "duty.db"
    copyfile(attempted, path)
    opened = open_records(f"sqlite:///{path}")
    yield Queue(opened)
    opened.close()


def rosters(queue: Queue) -> dict[str, RosterRow]:
    with queue.records.reading() as session:
        rows = session.scalars(select(RosterRow)).all()
        session.expunge_all()
    return {row.unit: row for row in rows}


def solutions(queue: Queue, unit: str) -> int:
    with queue.records.reading() as session:
        found = select(func.count()).where(SolutionRow.unit == unit)
        return session.scalar(found) or 0


def test_what_is_asked_for_is_made(queue):
    number = queue.ask(BUREAU.id, SCHOOL.id)
    assert queue.look(number).state == "queued"

    assert queue.claim() == number
    queue.work(number)

    done = queue.look(number)
    assert done.state == "done"
    assert {unit.state for unit in done.units} == {"found"}
    assert {unit.status for unit in done.units} == {"optimal"}
    assert all(unit.tiers and unit.steps for unit in done.units)
    assert set(rosters(queue)) == {BUREAU.id, SCHOOL.id}
    with queue.records.reading() as session:
        assert broken(session) == []
        verbs = session.scalars(select(JournalRow.verb)).all()
    assert verbs[-3:] == ["ask", "generate", "generate"]


@pytest.mark.parametrize(
    ("units", "more", "code"),
    [
        (("U999",), {}, "unknown-unit"),
        ((), {}, "nothing-asked-for"),
        ((SCHOOL.id,), {"term_id": "3026"}, "unknown-term"),
    ],
)
def test_what_is_not_there_cannot_be_asked_for(lone, units, more, code):
    with pytest.raises(Refused, match=code):
        lone.ask(*units, **more)


def test_a_unit_is_waited_for_once(queue):
    first = queue.ask(SCHOOL.id)

    with pytest.raises(Refused, match="already-asked-for") as error:
        queue.ask(BUREAU.id, SCHOOL.id)

    assert error.value.facts["units"] == SCHOOL.name
    queue.ask(BUREAU.id)
    queue.cancel(first)
    queue.ask(SCHOOL.id)


def submit(queue: Queue, unit: str) -> None:
    """Hands a unit's draft on to be approved."""
    with queue.records.writing() as session:
        row = session.scalars(
            select(RosterRow).where(RosterRow.unit == unit)
        ).one()
        row.state = "submitted"


def test_a_roster_under_review_is_not_asked_for(lone):
    lone.work(lone.claim(lone.ask(SCHOOL.id) and "甲"))
    submit(lone, SCHOOL.id)

    with pytest.raises(Refused, match="in-review"):
        lone.ask(SCHOOL.id)


def test_the_oldest_request_comes_first(queue):
    first, second = queue.ask(SCHOOL.id), queue.ask(BUREAU.id)

    assert [queue.claim(w) for w in "甲乙丙"] == [first, second, None]
    assert queue.look(second).before == 1


def test_of_workers_who_race_one_wins(queue):
    numbers = [queue.ask(SCHOOL.id), queue.ask(BUREAU.id)]
    start, won = Barrier(6), []

    def race(worker: str) -> None:
        start.wait()
        won.append(queue.claim(worker))

    threads = [Thread(target=race, args=(w,)) for w in "甲乙丙丁戊己"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(n for n in won if n) == numbers
    assert won.count(None) == 4


def test_what_is_finished_is_not_done_again(queue):
    number = queue.ask(BUREAU.id, SCHOOL.id)
    queue.claim("甲")
    with pytest.raises(KeyboardInterrupt):
        queue.work(number, run=dies_after(queue, 1))
    begun = {u.unit_id: u.state for u in queue.look(number).units}
    assert sorted(begun.values()) == ["found", "waiting"]
    assert queue.claim("乙") is None

    queue.later(seconds=61)
    assert queue.look(number).stalled
    assert queue.claim("乙") == number
    queue.work(number, "乙")

    assert queue.look(number).state == "done"
    assert sorted(queue.solved) == [BUREAU.id, SCHOOL.id]
    assert {row.number for row in rosters(queue).values()} == {1}
    assert solutions(queue, SCHOOL.id) == solutions(queue, BUREAU.id) == 1


def dies_after(queue: Queue, count: int):
    """As if the process were killed after so many units."""

    def run(tasks, **more):
        for done, found in enumerate(queue.run(tasks, **more)):
            yield found
            if done + 1 == count:
                raise KeyboardInterrupt

    return run


def test_who_was_taken_for_dead_stores_nothing_more(queue):
    number = queue.ask(BUREAU.id, SCHOOL.id)
    queue.claim("甲")
    late = queue.hold(number, "甲")

    def overtaken(tasks, **more):
        for found in queue.run(tasks, **more):
            queue.later(seconds=61)
            assert queue.claim("乙") == number
            yield found

    queue.work(number, hold=late, run=overtaken)

    assert rosters(queue) == {}
    with queue.records.reading() as session:
        assert session.get_one(RequestRow, number).worker == "乙"
    assert queue.look(number).state == "running"


def test_who_beats_is_not_taken_for_dead(queue):
    number = queue.ask(BUREAU.id, SCHOOL.id)
    queue.claim("甲")
    hold = queue.hold(number)

    for _ in range(4):
        queue.later(seconds=30)
        hold.watch()
        assert queue.claim("乙") is None


def test_a_request_taken_back_stops_and_keeps_what_is_finished(queue):
    number = queue.ask(BUREAU.id, SCHOOL.id)
    queue.claim()

    def watched(tasks, **more):
        for found in queue.run(tasks, **more):
            yield found
            queue.cancel(number)
            assert queue.look(number).cancelling

    queue.work(number, run=watched)

    done = queue.look(number)
    assert done.state == "cancelled"
    assert sorted(u.state for u in done.units) == ["found", "waiting"]
    assert len(rosters(queue)) == 1
    with pytest.raises(Refused, match="request-over"):
        queue.cancel(number)


def test_a_request_whose_worker_is_gone_is_cancelled_at_once(lone):
    number = lone.ask(SCHOOL.id)
    lone.claim()
    lone.later(seconds=61)

    lone.cancel(number)

    assert lone.look(number).state == "cancelled"
    assert lone.claim() is None


def test_who_is_told_to_stop_leaves_the_rest_for_another(lone):
    number = lone.ask(BUREAU.id, SCHOOL.id)
    lone.claim()

    lone.work(number, stopped=lambda: len(lone.solved) == 1)

    assert lone.look(number).state == "queued"
    assert lone.claim("乙") == number
    lone.work(number, "乙")
    assert sorted(lone.solved) == [BUREAU.id, SCHOOL.id]
    assert lone.look(number).state == "done"


def test_a_request_that_kills_its_workers_is_given_up(lone):
    number = lone.ask(SCHOOL.id)
    for _ in range(MOST_CLAIMS):
        assert lone.claim() == number
        lone.later(seconds=61)

    assert lone.claim() is None

    done = lone.look(number)
    assert (done.state, done.error) == ("failed", "worker-died")


def test_a_mistake_of_the_program_ends_the_request_and_is_told(lone):
    number = lone.ask(SCHOOL.id)
    lone.claim()

    def mistaken(tasks, **more):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lone.work(number, run=mistaken)

    done = lone.look(number)
    assert (done.state, done.error) == ("failed", "program-mistake")


def test_the_time_left_is_told_when_something_is_known(lone):
    number = lone.ask(BUREAU.id, SCHOOL.id)
    lone.claim()
    assert lone.look(number).seconds_left is None

    def slow(tasks, **more):
        for found in lone.run(tasks, **more):
            lone.later(seconds=4)
            yield found
            seen.append(lone.look(number).seconds_left)

    seen = []
    lone.work(number, run=slow)

    # Four seconds a unit, one unit left; then none.
    assert seen == [4, None]


def test_a_draft_changed_in_the_meantime_is_not_replaced(lone):
    lone.work(lone.claim(lone.ask(SCHOOL.id) and "甲"))
    number = lone.ask(SCHOOL.id)
    lone.claim()
    with lone.records.writing() as session:
        session.scalars(select(RosterRow)).one().digest = "changed by hand"

    lone.work(number)

    assert [unit.state for unit in lone.look(number).units] == ["kept"]
    assert rosters(lone)[SCHOOL.id].digest == "changed by hand"


@pytest.mark.parametrize("begun", [False, True])
def test_a_draft_handed_on_in_the_meantime_is_not_replaced(lone, begun):
    lone.work(lone.claim(lone.ask(SCHOOL.id) and "甲"))
    number = lone.ask(BUREAU.id, SCHOOL.id)
    lone.claim()
    before = rosters(lone)[SCHOOL.id].id

    def handed_on(tasks, **more):
        if begun:
            submit(lone, SCHOOL.id)
        yield from lone.run(tasks, **more)

    if not begun:
        submit(lone, SCHOOL.id)
    lone.work(number, run=handed_on if begun else lone.run)

    states = {u.unit_id: u.state for u in lone.look(number).units}
    assert states == {BUREAU.id: "found", SCHOOL.id: "kept"}
    assert rosters(lone)[SCHOOL.id].id == before


def test_who_was_finished_before_still_helps_the_district(district):
    number = district.ask(STUCK.id, HELPER.id, place=DISTRICT.id)
    district.claim("甲")
    with pytest.raises(KeyboardInterrupt):
        district.work(number, run=dies_after(district, 2))
    assert [u.state for u in district.look(number).units] == [
        "waiting",
        "found",
    ]

    district.later(seconds=61)
    district.claim("乙")
    district.work(number, "乙")

    done = district.look(number)
    assert {unit.step for unit in done.units} == {"pooled"}
    assert done.units[0].helpers == (STUCK.id, HELPER.id)
    assert district.solved.count(HELPER.id) == 1
    made = rosters(district)
    assert made[STUCK.id].solution == made[HELPER.id].solution


def test_what_would_be_enough_is_told_after_a_restart_too(tight):
    number = tight.ask(SCHOOL.id)
    tight.claim("甲")
    with pytest.raises(KeyboardInterrupt):
        tight.work(number, run=dies_after_solving(tight))
    assert failed(tight).remedies == ()
    before = solutions(tight, SCHOOL.id)

    tight.later(seconds=61)
    tight.claim("乙")
    tight.work(number, "乙")

    assert tight.look(number).state == "done"
    assert failed(tight).relaxable > 0
    assert solutions(tight, SCHOOL.id) == before


def dies_after_solving(queue: Queue):
    """As if killed before anything could be explained."""

    def run(tasks, **more):
        if tasks and tasks[0][0].isdigit():
            raise KeyboardInterrupt
        yield from queue.run(tasks, **more)

    return run


def failed(queue: Queue):
    with queue.records.reading() as session:
        return failure(session, unit_id=SCHOOL.id, term_id=SHORT.id)


def relaxed(queue: Queue, choice: int = 0, **more) -> int:
    """The number of a request for a relaxation of the school's attempt."""
    with queue.records.writing() as session:
        return requesting.ask_relaxation(
            session,
            unit_id=SCHOOL.id,
            term_id=SHORT.id,
            solution_id=more.pop("solution_id", failed(queue).solution),
            choice=choice,
            calendar=more.pop("calendar", CHINA),
            books=BOOKS,
            who="张伟（u001-10）",
            now=NOW,
        )


def test_a_relaxation_tried_is_a_draft_that_says_so(stuck):
    patches = failed(stuck).remedies[0].facts["patches"]
    number = relaxed(stuck)
    stuck.claim()

    stuck.work(number)

    assert stuck.look(number).state == "done"
    assert stuck.look(number).units[0].step == "relaxed"
    assert failed(stuck) is None
    with stuck.records.reading() as session:
        view = roster_view(
            session,
            unit_id=SCHOOL.id,
            term_id=SHORT.id,
            calendar=CHINA,
            books=BOOKS,
        )
        row = session.scalars(select(RosterRow)).one()
        entry = session.scalars(
            select(JournalRow).order_by(JournalRow.id.desc())
        ).first()
        session.expunge(entry)
        solution = session.get_one(SolutionRow, row.solution)
        problem = read_problem(solution.problem)
        outcome = read_outcome(solution.outcome)
    step = view.head.steps[-1]
    assert (step.code, step.status) == ("relaxed", "optimal")
    assert step.facts["patches"] == patches
    assert step.article
    assert entry.facts["relaxed"] == step.article
    assert audit(problem, outcome).consistent
    (patch, *_) = patches
    eased = problem.clause[patch["clause"]]
    assert {"days": eased.days} == patch["to"]
    assert eased.days < 30


def test_what_was_relaxed_is_repaired_as_it_is_and_goes_on_to_say_so(stuck):
    stuck.work(stuck.claim(relaxed(stuck) and "甲"))
    office = Office(stuck.records)
    office.publish()
    with stuck.records.reading() as session:
        asked = roster_asked(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    last = max(asked.roster)
    away = Leave(last.staff, SHORT.last, SHORT.last)
    with stuck.records.writing() as session:
        apply(session, replace(FEW, leave=(away,)), who="w", now=NOW)

    done = repair(
        stuck.records,
        term_id=SHORT.id,
        unit_id=SCHOOL.id,
        since=date(2026, 10, 20),
        calendar=CHINA,
        books=BOOKS,
        solve=solve,
        who="王办公室",
        now=lambda: NOW,
    )

    assert done.found
    assert not done.unchanged
    assert {step.code for step in done.steps} == {"relaxed"}
    assert done.steps[-1].patches


def test_a_relaxation_of_an_older_attempt_is_not_tried(stuck):
    old = failed(stuck).solution
    stuck.work(stuck.claim(stuck.ask(SCHOOL.id) and "甲"))

    with pytest.raises(Refused, match="attempt-outdated"):
        relaxed(stuck, solution_id=old)


def test_a_relaxation_under_another_calendar_is_not_tried(stuck):
    class Changed:
        def version(self, first, last):
            return "another"

    with pytest.raises(Refused, match="attempt-outdated"):
        relaxed(stuck, calendar=Changed())


def test_there_are_no_other_relaxations(stuck):
    for choice in (-1, failed(stuck).relaxable):
        with pytest.raises(Refused, match="no-such-relaxation"):
            relaxed(stuck, choice)


def test_a_relaxation_that_takes_too_long_hides_nothing(stuck):
    before = failed(stuck)
    number = relaxed(stuck)
    stuck.claim()

    def slow(problem):
        return Outcome(problem.id, Status.UNKNOWN)

    stuck.work(number, solve=slow)

    (unit,) = stuck.look(number).units
    assert (unit.state, unit.status) == ("failed", "unknown")
    assert failed(stuck) == before
