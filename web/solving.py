"""How pages solve: briefly, and never so many that the site stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

PATIENCE = 4.0  # seconds a page of answers solves
LONGER = 20.0  # seconds a page solves that somebody asked to
AT_ONCE = BoundedSemaphore(2)  # pages that may solve at one time


@contextmanager
def free_to_solve() -> Iterator[bool]:
    """Whether the site may solve now; other pages must not wait for it."""
    free = AT_ONCE.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            AT_ONCE.release()
