"""Units are solved side by side, and one that dies dies alone."""

import multiprocessing
import os
import signal
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from roster.rules.drafting import draft_problem
from solver import solve
from solver.parallel import run
from tests.offices import SHORT, make_case


def double(number: int) -> int:
    return 2 * number


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(folder: str, number: int) -> int:
    mark = Path(folder) / str(number)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuse(number: int) -> int:
    raise ValueError(f"no {number}")


def lost(key: str, reason: str) -> str:
    return f"lost: {reason}"


def tasks(count: int) -> list[tuple[str, int]]:
    return [(str(n), n) for n in range(count)]


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_every_task_comes_back_once(jobs):
    found = list(run(tasks(5), work=double, on_failure=lost, jobs=jobs))

    assert sorted(found) == [(str(n), 2 * n) for n in range(5)]


def test_no_tasks_need_no_processes():
    assert list(run([], work=double, on_failure=lost)) == []


def test_a_process_that_always_dies_costs_only_its_own_task():
    found = dict(run(tasks(6), work=die_at_three, on_failure=lost, jobs=2))

    assert found.pop("3") == "lost: process died"
    assert found == {str(n): n for n in (0, 1, 2, 4, 5)}


def test_a_killed_task_is_tried_once_more(tmp_path):
    work = partial(die_once, str(tmp_path))

    found = dict(run(tasks(3), work=work, on_failure=lost, jobs=2))

    assert found == {"0": 0, "1": 1, "2": 2}


def test_a_task_that_raises_is_reported_with_its_reason():
    ((_, answer),) = run(tasks(1), work=refuse, on_failure=lost)

    assert answer == "lost: ValueError: no 0"


def test_breaking_off_leaves_no_process_behind():
    running = run(tasks(50), work=double, on_failure=lost, jobs=2)
    next(running)

    running.close()

    assert multiprocessing.active_children() == []


def test_a_unit_is_solved_alike_in_another_process():
    problem = draft_problem(make_case(term=SHORT))
    ((_, far),) = run([("a", problem)], work=solve, on_failure=lost)

    assert far.assignments == solve(problem).assignments


def sleep_long(number: int) -> int:
    sleep(600)
    return number


def test_whoever_watches_breaks_off_what_takes_long():
    looks = []

    def watch() -> None:
        looks.append(1)
        if len(looks) == 2:
            raise KeyboardInterrupt

    running = run(tasks(2), work=sleep_long, on_failure=lost, watch=watch)
    with pytest.raises(KeyboardInterrupt):
        list(running)

    assert multiprocessing.active_children() == []
