"""Runs the benchmarks, one part after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from roster.problem import Problem
from solver.parallel import run
from tests.benchmarks.county import unit
from tests.benchmarks.measure import Measured, measure_all
from tests.benchmarks.office import plan
from tests.benchmarks.oncall import Instance, make_problem, read_folder
from tests.benchmarks.oncall_value import value
from tests.benchmarks.peers import Attempt, clerk, weighted_sum


@dataclass(frozen=True, slots=True)
class CountyRun:
    """All units of a period; ``seconds`` is the wall time for them all."""

    period: str
    seed: int
    jobs: int
    seconds: float
    units: list[Measured]
    tight: list[bool]


@dataclass(frozen=True, slots=True)
class OnCallRun:
    """One instance, and its roster's value as the original model has it."""

    measured: Measured
    value: int | None


@dataclass(frozen=True, slots=True)
class PeerRun:
    """One unit as we and the peers solve it."""

    ours: Measured
    clerk: Attempt
    weighted: Attempt


def make_county(
    seed: int, units: int, period: tuple[date, date], jobs: int
) -> list[Problem]:
    """The county's problems, invented side by side."""
    found = dict(
        run(
            [(str(number), number) for number in range(units)],
            work=partial(unit, seed, period=period),
            on_failure=_refuse,
            jobs=jobs,
        )
    )
    return [found[str(number)] for number in range(units)]


def _refuse(name: str, reason: str) -> Problem:
    raise RuntimeError(f"Unit {name}: {reason}")


def run_county(
    problems: Sequence[Problem], period: str, seed: int, jobs: int
) -> CountyRun:
    """Solves every unit, as the product does a term."""
    seconds, units = measure_all(problems, jobs)
    tight = [tight for _, tight in plan(seed)[: len(problems)]]
    return CountyRun(period, seed, jobs, seconds, units, tight)


def run_oncall(folder: Path) -> list[OnCallRun]:
    """Solves a folder's instances one after the other."""
    instances = read_folder(folder)
    problems = [make_problem(instance) for instance in instances]
    _, found = measure_all(problems, jobs=1)
    pairs = zip(instances, found, strict=True)
    return [OnCallRun(each, _value(one, each)) for one, each in pairs]


def _value(instance: Instance, measured: Measured) -> int | None:
    held = {
        int(a.shift): int(a.staff.removeprefix("p"))
        for a in measured.outcome.assignments
    }
    if not held:
        return None

    return value(instance, [held[p] for p in sorted(held)])


def run_peers(
    problems: Sequence[Problem],
    found: CountyRun,
    jobs: int,
    limit: float = 10.0,
) -> list[PeerRun]:
    """
    The peers on a sample, with ours measured in the same minute.

    Parameters
    ----------
    limit
        Wall seconds the weighted sum may take for a unit.
    """
    sample = [problems[place] for place in choose(found)]
    _, ours = measure_all(sample, jobs)
    weighted = dict(
        run(
            [(problem.id, problem) for problem in sample],
            work=partial(weighted_sum, limit=limit),
            on_failure=_lost,
            jobs=jobs,
        )
    )
    return [
        PeerRun(mine, clerk(problem), weighted[problem.id])
        for mine, problem in zip(ours, sample, strict=True)
    ]


def _lost(name: str, reason: str) -> Attempt:
    return Attempt(name, (), 0, 0.0)


def choose(found: CountyRun) -> list[int]:
    """An easy and a tight unit of each of four sizes, by place."""
    first: dict[tuple[int, bool], int] = {}
    for place, measured in enumerate(found.units):
        size = sum(measured.staff > most for most in (25, 60, 120))
        first.setdefault((size, found.tight[place]), place)

    return sorted(first.values())
