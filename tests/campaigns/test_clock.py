"""Two hundred dues and messages, two processes, one of them killed."""

from collections import Counter
from multiprocessing import get_context
from random import Random
from time import sleep

import pytest
from sqlalchemy import select

from roster.records import JobRunRow, MessageRow
from roster.services.sending import LEASE, send_queued
from tests.offices import SCHOOL
from tests.roster.services.conftest import imported
from tests.roster.services.outbox import open_way, states
from tests.roster.services.racing import NOON, live, minutes

pytestmark = pytest.mark.campaign

DUES = 200
ROUNDS = 5


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_process_killed_at_any_moment_changes_nothing(records, seed):
    office = imported(records)
    open_way(records)
    luck = Random(seed)
    spawn = get_context("spawn")
    answers, gate = spawn.SimpleQueue(), spawn.Barrier(2)
    url = records.engine.url.render_as_string(hide_password=False)
    doomed, other = (
        spawn.Process(target=live, args=(url, gate, answers, SCHOOL.id, DUES))
        for _ in range(2)
    )
    doomed.start()
    other.start()
    while not _runs(records):
        sleep(0.01)
    sleep(luck.uniform(0, 1))
    doomed.kill()
    doomed.join()
    other.join(120)

    assert other.exitcode == 0
    assert sorted(_runs(records)) == minutes(DUES)
    _, carried = answers.get()
    with records.reading() as session:
        keys = session.scalars(select(MessageRow.key)).all()
    assert len({key.rpartition("/")[0] for key in keys}) == len(keys) == DUES
    assert set(Counter(carried).values()) <= {1}

    later = NOON + 2 * LEASE
    assert list(send_queued(records, send=None, now=lambda: later)) == []
    told = Counter(state for state, _ in states(office.records))
    assert told["sent"] + told["failed"] == DUES


def _runs(records) -> list:
    with records.reading() as session:
        return list(session.scalars(select(JobRunRow.due)))
