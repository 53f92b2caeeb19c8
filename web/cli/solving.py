"""`solve` and `audit`: problems and outcomes as files."""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from roster.answers import Explanation
from roster.audit import Breach, audit
from roster.documents import (
    read_outcome,
    read_problem,
    write_outcome,
)
from roster.errors import Mistake, Unusable
from roster.problem import Outcome, Problem, Status
from roster.services.conflicts import conflict_lines
from roster.services.remedies import remedy_lines
from solver import explain, solve
from solver.parallel import run
from web.cli.reasons import reasons
from web.cli.terminal import (
    add_command,
    make_folder,
    positive,
    read_bytes,
    say,
    seconds,
    seed,
    tell,
    write_text,
)

INFEASIBLE, NO_ROSTER = 3, 4


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    parser = add_command(
        commands,
        "solve",
        solve_files,
        say("求解问题文件（JSON）", "Solve problem files (JSON)"),
        "duty-roster solve problem.json --out outcome.json",
    )
    parser.add_argument("problems", nargs="+", type=Path, metavar="PROBLEM")
    out = parser.add_mutually_exclusive_group()
    out.add_argument("--out", type=Path, metavar="FILE")
    out.add_argument("--out-dir", type=Path, metavar="DIR")
    parser.add_argument("--jobs", type=positive, metavar="N")
    parser.add_argument("--workers", type=positive, default=1, metavar="N")
    parser.add_argument("--time-limit", type=seconds, metavar="SECONDS")
    parser.add_argument("--seed", type=seed, metavar="N")
    parser.add_argument(
        "--explain",
        action="store_true",
        help=say(
            "排不出时，说明放宽哪些条款或增加什么人就够",
            "where there is no roster, what would be enough",
        ),
    )

    parser = add_command(
        commands,
        "audit",
        audit_files,
        say("核对结果是否守规矩", "Check an outcome without any solver"),
        "duty-roster audit problem.json outcome.json",
    )
    parser.add_argument("problem", type=Path, metavar="PROBLEM")
    parser.add_argument("outcome", type=Path, metavar="OUTCOME")


def solve_files(asked: argparse.Namespace) -> int:
    """Solves every file; nothing is written unless all can be read."""
    problems = _read_all(asked.problems)
    _check_targets(asked)
    if asked.seed is not None:
        problems = [replace(p, seed=asked.seed) for p in problems]

    work = partial(
        _solved,
        workers=asked.workers,
        time_limit=asked.time_limit,
        explained=asked.explain,
    )
    tasks = [(str(n), problem) for n, problem in enumerate(problems)]
    found: list[Status] = []
    for key, (outcome, remedies) in run(
        tasks,
        work=work,
        jobs=asked.jobs,
        on_failure=lambda key, reason: _failed(problems[int(key)], reason),
    ):
        found.append(outcome.status)
        tell(f"{outcome.problem}: {outcome.status} {outcome.seconds} s")
        for line in _why(problems[int(key)], outcome, remedies):
            tell(line)
        _write(asked, asked.problems[int(key)], outcome)

    return _exit_code(found)


def _solved(
    problem: Problem,
    *,
    workers: int,
    time_limit: float | None,
    explained: bool,
) -> tuple[Outcome, Explanation | None]:
    """An outcome; where there is no roster, with what would help."""
    outcome = solve(problem, workers=workers, time_limit=time_limit)
    if not explained or outcome.status is not Status.INFEASIBLE:
        return outcome, None

    left = None if time_limit is None else time_limit - outcome.seconds
    found = explain(problem, time_limit=left)
    return replace(outcome, relaxations=found.relaxations), found


def _why(
    problem: Problem, outcome: Outcome, found: Explanation | None
) -> Iterator[str]:
    """Why there is no roster and what would help, in sentences."""
    if found is None:
        return

    yield from reasons(
        conflict_lines(None, problem, outcome.conflict),
        remedy_lines(problem, found),
    )


def _read_all(paths: list[Path]) -> list[Problem]:
    problems, mistakes = [], []
    for path in paths:
        try:
            problems.append(read_problem(read_bytes(path), str(path)))
        except Unusable as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise Unusable(*mistakes)

    return problems


def _check_targets(asked: argparse.Namespace) -> None:
    """Every outcome has a place of its own, before anything is solved."""
    if asked.out_dir is None:
        if len(asked.problems) > 1:
            raise Unusable(Mistake("one-out", ("--out",)))
        return

    names = Counter(_target(asked, path).name for path in asked.problems)
    twice = sorted(name for name, count in names.items() if count > 1)
    if twice:
        where = str(asked.out_dir)
        raise Unusable(*(Mistake("same-out", (where, n)) for n in twice))

    make_folder(asked.out_dir)


def _target(asked: argparse.Namespace, source: Path) -> Path:
    folder: Path = asked.out_dir
    return folder / f"{source.name.removesuffix('.json')}.outcome.json"


def _failed(problem: Problem, reason: str) -> tuple[Outcome, None]:
    """A problem whose solver failed: nothing is known, and that is said."""
    tell(f"{problem.id}: {reason}")
    unknown = Outcome(
        problem.id, Status.UNKNOWN, seed=problem.seed, solver=reason
    )
    return unknown, None


def _write(asked: argparse.Namespace, source: Path, outcome: Outcome) -> None:
    text = write_outcome(outcome)
    if asked.out:
        write_text(asked.out, text)
    elif asked.out_dir:
        write_text(_target(asked, source), text)
    else:
        print(text, end="" if text.endswith("\n") else "\n")


def _exit_code(found: list[Status]) -> int:
    if Status.INFEASIBLE in found:
        return INFEASIBLE

    return NO_ROSTER if Status.UNKNOWN in found else 0


def audit_files(asked: argparse.Namespace) -> int:
    """One line a violation; 0 when there is none, else 1."""
    problem = read_problem(read_bytes(asked.problem), str(asked.problem))
    outcome = read_outcome(read_bytes(asked.outcome), str(asked.outcome))
    if outcome.problem != problem.id:
        where, facts = (str(asked.outcome),), {"value": outcome.problem}
        raise Unusable(Mistake("wrong-problem", where, facts))

    found = audit(problem, outcome)
    for breach in found.breaches:
        print(" ".join(_words(breach)))
    for breach in found.waived:
        words = " ".join(_words(breach))
        tell(say(f"已固定，不计：{words}", f"waived by pins: {words}"))

    return 1 if found.breaches else 0


def _words(breach: Breach) -> Iterator[str]:
    yield breach.rule
    yield breach.article or "-"
    yield ",".join(breach.staff) or "-"
    yield ",".join([*breach.shifts, *map(str, breach.dates)]) or "-"
    for name, value in breach.facts.items():
        yield f"{name}={value}"
