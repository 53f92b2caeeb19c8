"""
How long an editor waits for the people ranked for a cell of a draft.

As the site does it at each request, with nothing kept in between: the
problem read anew from its text, the draft read by the auditors, everybody
who fills the post tried. The database and the page are not part of it.
"""

from collections.abc import Iterator, Sequence
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

from roster.documents import read_problem, write_problem
from roster.problem import Problem
from roster.services.answering import Asked
from roster.services.editing.ranking import ranked
from roster.services.editing.trying import Trial
from roster.services.fitness import Fitness
from solver import solve
from tests.benchmarks.page import table

LARGE = 90  # staff
CELLS = 20  # asked of each unit
GOAL = 300  # milliseconds


def editing(problems: Sequence[Problem]) -> Iterator[str]:
    """The section of the page."""
    large = [p for p in problems if len(p.staff) >= LARGE]
    yield "## Live check"
    if not large:
        yield f"No unit of {LARGE} staff or more."
        return

    found = [ms for problem in large for ms in _asked(problem)]
    yield f"{len(large)} units of {LARGE} to 250 staff, {CELLS} cells of each."
    walls, own = zip(*found, strict=True)
    yield table(
        ("", "asked", "median ms", "p95 ms", "max ms", "goal ms"),
        [_row("wall", walls), _row("processor", own)],
    )


def _row(name: str, found: Sequence[float]) -> tuple[object, ...]:
    return (
        name,
        len(found),
        f"{median(found):.0f}",
        f"{quantiles(found, n=20)[-1]:.0f}",
        f"{max(found):.0f}",
        GOAL,
    )


def _asked(problem: Problem) -> Iterator[tuple[float, float]]:
    """Milliseconds by the wall and of the processor, for each cell."""
    roster = sorted(solve(problem).assignments)
    text = write_problem(problem)
    luck = Random(problem.id)
    for cell in luck.sample(roster, min(CELLS, len(roster))):
        began, own = perf_counter(), process_time()
        asked = Asked(
            unit="",
            unit_name="",
            term="",
            number=1,
            state="draft",
            status="",
            problem=read_problem(text),
            roster=tuple(roster),
            prefix="",
            units={},
        )
        ranked(Trial(asked, Fitness()), cell.shift, cell.staff)
        yield (
            1000 * (perf_counter() - began),
            1000 * (process_time() - own),
        )
