"""
Work in the background: requests taken from the records, one at a time.

In the serving process a thread does it, started by the serve command; a
process of its own does it for `duty-roster work`. Units are solved in
processes beside either, so that pages need not wait.
"""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from uuid import uuid4

from roster.services.claiming import claim
from web.wiring import Office

REST = 1.0  # seconds between two looks for work
GOODBYE = 20.0  # seconds a thread may take to put its work aside

log = logging.getLogger(__name__)


def spare_jobs() -> int:
    """Processes for solving; one core is left to the site."""
    return max(1, (os.cpu_count() or 1) - 1)


class Worker:
    """Does what is asked for until it is told to stop."""

    def __init__(self, office: Office, jobs: int | None = None) -> None:
        self.office = office
        self.jobs = jobs or spare_jobs()
        # No two are called alike, over restarts neither.
        place = f"{socket.gethostname()[:40]}-{os.getpid()}"
        self.name = f"{place}-{uuid4().hex[:12]}"
        self._stop = Event()

    def stop(self) -> None:
        """What is finished is stored, the rest left for another."""
        self._stop.set()

    def work(self) -> None:
        """Takes requests as they come."""
        while not self._stop.is_set():
            if not self._safely():
                self._stop.wait(REST)

    def _safely(self) -> bool:
        """Whether there was something; no mistake ends the worker."""
        try:
            return self.take_one()
        except Exception:
            log.exception("A request could not be worked on.")
            return False

    def take_one(self) -> bool:
        """Works on the oldest request, if there is one."""
        here = self.office
        number = claim(here.records, worker=self.name, clock=here.clock())
        if number is None:
            return False

        here.work_on(
            number,
            worker=self.name,
            stopped=self._stop.is_set,
            jobs=self.jobs,
        )
        return True


@contextmanager
def working(office: Office) -> Iterator[Worker]:
    """A worker beside whatever is done inside."""
    worker = Worker(office)
    thread = Thread(target=worker.work, name="requests", daemon=True)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(GOODBYE)
