"""Workers as they run: killed, restarted, told to stop."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic, sleep

from sqlalchemy import func, select

from roster.records import RosterRow, SolutionRow
from roster.records.journal import broken
from roster.services import progress, requesting
from tests.offices import BUREAU, SCHOOL
from tests.web.county import LATER, NOW, STUCK, Frozen
from web.working import Worker, working

UNITS = (BUREAU.id, SCHOOL.id, STUCK.id)
PATIENCE = 120.0  # seconds; never asserted, it only ends a hopeless wait


def ask(here: Frozen) -> int:
    with here.records.writing() as session:
        return requesting.ask(
            session,
            term_id=LATER.id,
            unit_ids=UNITS,
            place=BUREAU.id,
            who="张伟（u001-10）",
            now=NOW,
        )


def look(here: Frozen, number: int) -> progress.RequestView:
    with here.records.reading() as session:
        found = progress.request(
            session, request_id=number, clock=here.clock()
        )
    assert found is not None
    return found


def wait(until: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not until():
        assert monotonic() < end, "It never came to that."
        sleep(0.02)


@contextmanager
def worker_process(here: Frozen) -> Iterator[subprocess.Popen]:
    """`duty-roster work` on an office's records, halting in the middle."""
    folder = str(here.config.folder)
    surroundings = {**os.environ, "DUTY_ROSTER_DATA": folder}
    surroundings.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.halting"],
        env=surroundings,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def later(here: Frozen) -> None:
    """A while after, when nobody believes the dead worker alive."""
    here.clock = lambda: datetime.now(NOW.tzinfo) + timedelta(minutes=5)


def made(here: Frozen) -> dict[str, tuple[int, int]]:
    """By unit, the rosters of the term and the attempts at them."""
    with here.records.reading() as session:
        rosters, attempts = (
            dict(
                session.execute(
                    select(row.unit, func.count())
                    .where(row.term == LATER.id)
                    .group_by(row.unit)
                ).all()
            )
            for row in (RosterRow, SolutionRow)
        )
        assert broken(session) == []
    return {unit: (rosters.get(unit, 0), attempts[unit]) for unit in attempts}


def test_a_worker_killed_in_the_middle_is_followed_by_another(here):
    number = ask(here)
    with worker_process(here) as process:
        wait(lambda: look(here, number).finished > 0)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    before = look(here, number)
    finished = [unit for unit in before.units if not unit.waiting]
    assert before.state == "running"
    assert len(finished) == 1

    later(here)
    assert Worker(here, jobs=2).take_one()

    after = look(here, number)
    assert after.state == "done"
    assert after.finished == len(UNITS)
    assert all(unit in after.units for unit in finished)
    assert made(here) == dict.fromkeys(UNITS, (1, 1))


def test_a_worker_told_to_stop_goes_home_and_leaves_the_rest(here):
    number = ask(here)
    with worker_process(here) as process:
        wait(lambda: look(here, number).finished > 0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0

    assert look(here, number).state == "queued"
    assert look(here, number).finished == 1
    assert Worker(here, jobs=2).take_one()
    assert look(here, number).state == "done"
    assert made(here) == dict.fromkeys(UNITS, (1, 1))


def test_a_thread_beside_the_site_does_what_is_asked_for(here):
    with working(here):
        number = ask(here)
        wait(lambda: not look(here, number).open)

    assert look(here, number).state == "done"
    assert made(here) == dict.fromkeys(UNITS, (1, 1))


def test_a_mistake_does_not_end_the_worker(here, monkeypatch, caplog):
    worker = Worker(here)
    seen = []

    def mistaken(*_, **__) -> None:
        seen.append(1)
        if len(seen) == 3:
            worker.stop()
        raise ZeroDivisionError

    monkeypatch.setattr("web.working.claim", mistaken)
    monkeypatch.setattr("web.working.REST", 0.0)
    worker.work()

    assert len(seen) == 3
    assert "could not be worked on" in caplog.text
