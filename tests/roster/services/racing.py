"""What one of several processes does at the same time as the others."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from os import getpid
from typing import Any

from roster.messages.kinds import DUTIES_CHANGED
from roster.records import Records, open_records
from roster.services.clock import do_once
from roster.services.messaging import queue
from roster.services.sending import send_queued

NOON = datetime(2026, 8, 20, 4, tzinfo=UTC)
PATIENCE = 60.0


def minutes(many: int) -> list[datetime]:
    """So many times that are due, a minute apart."""
    return [NOON + timedelta(minutes=number) for number in range(many)]


def together(
    work: Callable[..., None], records: Records, *args: Any, many: int = 2
) -> list[Any]:
    """What several processes answer that begin at the same moment."""
    spawn = get_context("spawn")
    answers, gate = spawn.Queue(), spawn.Barrier(many)
    url = records.engine.url.render_as_string(hide_password=False)
    processes = [
        spawn.Process(target=work, args=(url, gate, answers, *args))
        for _ in range(many)
    ]
    for process in processes:
        process.start()
    found = [answers.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)

    assert [process.exitcode for process in processes] == [0] * many
    return found


def live(url: str, gate: Any, answers: Any, unit_id: str, dues: int) -> None:
    """Does each due job and sends all messages, if it is the quicker."""
    records = open_records(url)
    carried: list[int] = []

    def carry(parcel: Any) -> None:
        carried.extend(view.id for view in parcel.messages)

    gate.wait()
    done = [due for due in minutes(dues) if _do(records, due, unit_id)]
    for _ in send_queued(records, send=carry, now=lambda: NOON):
        pass
    records.close()
    answers.put((done, carried))


def _do(records: Records, due: datetime, unit_id: str) -> bool:
    with records.writing() as session:
        done = do_once(
            session,
            job="reminder",
            due=due,
            now=due,
            # By process, so that a second time would show.
            work=lambda: queue(
                session,
                kind=DUTIES_CHANGED,
                unit=unit_id,
                facts={},
                key=f"{due.isoformat()}/{getpid()}",
                now=due,
            ),
        )
    return done is not None
