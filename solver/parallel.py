"""
Work on many tasks side by side, each in a process that may die alone.

A process that dies costs only the task it was at: that is tried once more
and then reported. Breaking off stops the processes; what was yielded by
then is the caller's.
"""

import gc
import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from traceback import format_exception_only
from typing import Any, TypeVar

R = TypeVar("R")

TRIES = 2
TICK = 1.0  # seconds at most between two looks of whoever watches
PRELOADED = ["ortools.sat.python.cp_model", "solver"]


@dataclass(slots=True)
class _Task:
    key: str
    message: bytes
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: _Task | None = None

    def give(self, task: _Task) -> None:
        """Hands over a task; a dead process is noticed when waited for."""
        self.task = task
        task.tries += 1
        with suppress(OSError):
            self.pipe.send_bytes(task.message)

    def stop(self) -> None:
        """Ends the process, whatever it is at."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


def run(
    tasks: Sequence[tuple[str, Any]],
    *,
    work: Callable[[Any], R],
    on_failure: Callable[[str, str], R],
    jobs: int | None = None,
    watch: Callable[[], object] = lambda: None,
) -> Iterator[tuple[str, R]]:
    """
    Each task's key with what ``work`` made of it, in the order they end.

    Parameters
    ----------
    tasks
        Keys with picklable tasks; the largest are begun first.
    work
        A picklable function.
    on_failure
        Given a key and a reason, makes the answer for a task that raised,
        or whose process died twice.
    jobs
        Processes; as many as there are cores by default.
    watch
        Is called at least once a `TICK`; what it raises breaks off.
    """
    waiting = deque(
        sorted(
            (_Task(key, pickle.dumps((work, task))) for key, task in tasks),
            key=lambda task: -len(task.message),
        )
    )
    context = _context()
    count = min(jobs or os.cpu_count() or 1, len(waiting))
    workers = [_start(context) for _ in range(count)]
    try:
        while _hand_out(waiting, workers):
            watch()
            yield from _collect(waiting, workers, context, on_failure)
    finally:
        for worker in workers:
            worker.stop()


def _context() -> BaseContext:
    """Fresh processes with the solver loaded once, where that is possible."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _start(context: BaseContext) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(  # type: ignore[attr-defined]
        target=_serve, args=(theirs,), daemon=True
    )
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(pipe: Connection) -> None:
    """A worker's life: a task in, an answer out."""
    # The parent decides what breaking off means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A model is many small objects and no cycles: a third of the time
    # went into looking for garbage while it was built.
    gc.disable()
    while True:
        try:
            message = pipe.recv_bytes()
        except EOFError:
            return

        pipe.send(_answer(message))
        gc.collect()


def _answer(message: bytes) -> tuple[bool, Any]:
    try:
        work, task = pickle.loads(message)
        return True, work(task)
    except Exception as error:  # whatever it was, it is this task's alone
        return False, "".join(format_exception_only(error)).strip()


def _hand_out(waiting: deque[_Task], workers: list[_Worker]) -> bool:
    """Gives every idle worker a task; whether anything is under way."""
    for worker in workers:
        if worker.task is None and waiting:
            worker.give(waiting.popleft())

    return any(worker.task for worker in workers)


def _collect(
    waiting: deque[_Task],
    workers: list[_Worker],
    context: BaseContext,
    on_failure: Callable[[str, str], R],
) -> Iterator[tuple[str, R]]:
    """Waits a little until something ends, and yields what has."""
    busy = {worker.pipe: worker for worker in workers if worker.task}
    for pipe in wait(list(busy), timeout=TICK):
        worker = busy[pipe]  # type: ignore[index]
        task = worker.task
        assert task is not None
        try:
            done, answer = worker.pipe.recv()
        except (EOFError, OSError):
            # The process is gone; another takes its place.
            worker.stop()
            workers[workers.index(worker)] = _start(context)
            if task.tries < TRIES:
                waiting.append(task)
            else:
                yield task.key, on_failure(task.key, "process died")
            continue

        worker.task = None
        yield task.key, answer if done else on_failure(task.key, answer)
