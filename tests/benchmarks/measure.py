"""Solves a problem and notes what it took, phase by phase."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from time import perf_counter, process_time

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.sat.python.cp_model import CpSolver

from roster.audit import audit
from roster.problem import Outcome, Problem, Status
from solver import solve
from solver.parallel import run


@dataclass(frozen=True, slots=True)
class Measured:
    """
    One problem's outcome and its costs to us.

    ``seconds``, ``cpsat`` (asking CP-SAT) and ``flow`` (solving flows) are
    wall seconds, ``cpu`` is the process's own; the rest of ``seconds`` is
    Python building models. ``peak`` is the process's memory in MiB so far,
    0 where the system does not tell; ``questions`` counts CP-SAT's.
    """

    problem: str
    staff: int
    outcome: Outcome
    seconds: float = 0.0
    cpu: float = 0.0
    cpsat: float = 0.0
    flow: float = 0.0
    questions: int = 0
    peak: float = 0.0
    failure: str = ""

    @property
    def proven(self) -> bool:
        """Whether every tier's cost is proven least."""
        return self.outcome.status is Status.OPTIMAL

    @property
    def open_tiers(self) -> tuple[str, ...]:
        """The tiers left unproven, as ``tier: cost, at least bound``."""
        return tuple(
            f"tier {tier.tier}: {tier.cost}, at least {tier.bound}"
            for tier in self.outcome.tiers
            if tier.bound < tier.cost
        )


class Clock:
    """Seconds spent in some call, and how often it was called."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.calls = 0

    def watch(self, call: Callable) -> Callable:
        """The same call, with its time noted."""

        @wraps(call)
        def watched(*args, **more):
            began = perf_counter()
            try:
                return call(*args, **more)
            finally:
                self.seconds += perf_counter() - began
                self.calls += 1

        return watched


@contextmanager
def watching(owner: type, name: str) -> Iterator[Clock]:
    """Notes the time of a method while the context lasts."""
    clock, plain = Clock(), getattr(owner, name)
    setattr(owner, name, clock.watch(plain))
    try:
        yield clock
    finally:
        setattr(owner, name, plain)


def measure(problem: Problem) -> Measured:
    """Solves to the end and reads the outcome as a stranger's."""
    with (
        watching(CpSolver, "solve") as cpsat,
        watching(SimpleMinCostFlow, "solve") as flow,
    ):
        began, cpu = perf_counter(), process_time()
        outcome = solve(problem)
        seconds, cpu = perf_counter() - began, process_time() - cpu

    found = audit(problem, outcome).breaches
    return Measured(
        problem.id,
        len(problem.staff),
        outcome,
        seconds,
        cpu,
        cpsat.seconds,
        flow.seconds,
        cpsat.calls,
        _peak(),
        str(found[0]) if found else "",
    )


def _peak() -> float:
    """The most memory this process ever used, in MiB."""
    with suppress(ImportError):  # Windows has no such module
        from resource import RUSAGE_SELF, getrusage

        return getrusage(RUSAGE_SELF).ru_maxrss / 1024

    return 0.0


def measure_all(
    problems: Sequence[Problem], jobs: int
) -> tuple[float, list[Measured]]:
    """Wall seconds for all side by side, and each as it was given."""
    began = perf_counter()
    found = dict(
        run(
            [(problem.id, problem) for problem in problems],
            work=measure,
            on_failure=_failed,
            jobs=jobs,
        )
    )
    return perf_counter() - began, [found[p.id] for p in problems]


def _failed(name: str, reason: str) -> Measured:
    return Measured(name, 0, Outcome(name, Status.UNKNOWN), failure=reason)
