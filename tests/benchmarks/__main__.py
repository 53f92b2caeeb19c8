"""
``python -m tests.benchmarks``: every figure of the solver, in one run.

Figures are printed and never asserted; what must hold stands in tests.
"""

import os
import platform
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import bench, comparing, page
from tests.benchmarks.answers import answers
from tests.benchmarks.county import TERM, YEAR
from tests.benchmarks.editing import editing
from tests.benchmarks.feeds import feeds
from tests.benchmarks.publishing import publishing
from tests.benchmarks.site import site

ROOT = Path(__file__).parents[2]


def main(words: Sequence[str], now: datetime) -> int:
    """Runs what was asked for and prints each part as it is ready."""
    asked = _asked(words)
    parts = []
    for part in _parts(asked, now):
        print(part, end="\n\n", flush=True)
        parts.append(part)

    if asked.out:
        asked.out.write_text("\n\n".join(parts) + "\n", "utf-8")

    return 0


def _asked(words: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.benchmarks")
    add = parser.add_argument
    folder = os.environ.get("ONCALL_FOLDER")
    add("--seed", type=int, default=1)
    add("--units", type=int, default=130, help="the county's first so many")
    add("--year", action="store_true", help="the whole year too")
    add(
        "--only",
        choices=["answers", "editing", "feeds", "site"],
        help="that section alone; feeds, against other servers, only so",
    )
    add("--data", type=Path, help="the demonstration's folder, for the site")
    add("--jobs", type=int, default=2, help="processes side by side")
    add("--peer-seconds", type=float, default=10.0, help="for each unit")
    add("--out", type=Path, help="a Markdown file to write")
    add(
        "--oncall",
        type=Path,
        default=Path(folder) if folder else None,
        help="a folder of .dzn instances (or ONCALL_FOLDER)",
    )
    return parser.parse_args(words)


def _parts(asked: Namespace, now: datetime) -> Iterator[str]:
    yield "# Benchmark results"
    yield _setting(now)
    if asked.only == "site":
        yield from site(asked.data)
        return

    if asked.only == "feeds":
        yield from feeds()
        yield from publishing(asked.data, asked.jobs)
        return

    problems = bench.make_county(asked.seed, asked.units, TERM, asked.jobs)
    if asked.only == "answers":
        yield from answers(problems)
        return

    if asked.only == "editing":
        yield from editing(problems)
        return

    term = bench.run_county(problems, "term", asked.seed, asked.jobs)
    yield from page.county(term)
    runs = bench.run_peers(problems, term, asked.jobs, asked.peer_seconds)
    yield from comparing.peers(runs)
    yield from answers(problems)
    yield from editing(problems)
    if asked.data:
        yield from site(asked.data)

    if asked.oncall and asked.oncall.is_dir():
        yield from comparing.oncall(bench.run_oncall(asked.oncall))
    else:
        yield "On-call rostering: no folder of instances given (--oncall)."

    if asked.year:
        problems = bench.make_county(asked.seed, asked.units, YEAR, asked.jobs)
        yield from page.county(
            bench.run_county(problems, "year", asked.seed, asked.jobs)
        )


def _setting(now: datetime) -> str:
    """When and on what: the figures mean little without it."""
    facts = (
        ("date", f"{now:%Y-%m-%d %H:%M %Z}"),
        ("commit", _commit()),
        ("processor", f"{os.cpu_count()} × {_processor()}"),
        ("load at the start", _load()),
        ("Python", platform.python_version()),
        ("OR-Tools", version("ortools")),
    )
    return page.table(("", ""), facts)


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(
            ("git", *words), cwd=ROOT, capture_output=True, text=True
        ).stdout.strip()

    try:
        changed = git("status", "--porcelain", "solver", "roster")
        return git("rev-parse", "--short", "HEAD") + (
            ", with changes" if changed else ""
        )
    except OSError:
        return "unknown"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()

    return platform.processor() or platform.machine()


def _load() -> str:
    """How much else the machine was doing: other work makes us slow."""
    if not hasattr(os, "getloadavg"):
        return "unknown"

    return "{:.1f}, {:.1f}, {:.1f} (1, 5, 15 minutes)".format(*os.getloadavg())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC)))
