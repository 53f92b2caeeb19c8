"""`compare`: what differs between two rosters."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from roster.answers import Comparison
from roster.comparing import compare
from roster.documents import read_outcome, read_problem
from roster.errors import Mistake, Refused, Unusable
from roster.problem import Assignment, Problem
from roster.records.values import county_of
from roster.services.preparing import chosen_units
from roster.services.versions import compared
from web.cli.rosters import chosen_term
from web.cli.terminal import add_command, office, positive, read_bytes, say
from web.language import environment_language
from web.words.repairs import Changes, names_of

Side = tuple[Problem, tuple[Assignment, ...]]


def add_to(commands: Any) -> None:
    """Adds the command."""
    parser = add_command(
        commands,
        "compare",
        compare_rosters,
        say(
            "比较两份值班表：日期、人员、次数、各层级",
            "Compare two rosters: days, people, loads, goals",
        ),
        "duty-roster compare --unit 柳湾小学",
    )
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar=say("文件", "FILE"),
        help=say(
            "问题、结果、问题、结果（JSON）四个文件，先后两份",
            "problem, outcome, problem, outcome (JSON): before and after",
        ),
    )
    parser.add_argument(
        "--unit",
        metavar=say("单位", "UNIT"),
        help=say(
            "改为比较这个单位的两个版本",
            "two versions of this unit instead, by name or id",
        ),
    )
    parser.add_argument("--term", metavar=say("学期编号", "TERM"))
    for name, words in (
        ("before", say("前一版的版号", "the earlier version's number")),
        ("after", say("后一版的版号", "the later version's number")),
    ):
        parser.add_argument(
            f"--{name}", type=positive, metavar="N", help=words
        )


def compare_rosters(asked: argparse.Namespace) -> int:
    """Prints what changed; 0 whether or not anything did."""
    if (asked.unit is None) == (not asked.files):
        raise Unusable(Mistake("files-or-unit", ("compare",)))

    lines = _of_files(asked.files) if asked.files else _of_records(asked)
    for line in lines:
        print(line)

    return 0


def _of_files(paths: list[Path]) -> Iterator[str]:
    if len(paths) != 4:
        where, facts = ("compare",), {"value": len(paths)}
        raise Unusable(Mistake("four-files", where, facts))

    before, after = _sides(paths)
    found = compare(before, after)
    return _lines(found, names_of(before[0], after[0]), {})


def _sides(paths: list[Path]) -> tuple[Side, Side]:
    """Both pairs, with all mistakes of all four files at once."""
    read: list[Any] = []
    mistakes: list[Mistake] = []
    for place, path in enumerate(paths):
        reader = read_outcome if place % 2 else read_problem
        try:
            read.append(reader(read_bytes(path), str(path)))
        except Unusable as error:
            mistakes.extend(error.mistakes)

    if mistakes:
        raise Unusable(*mistakes)

    for place in (0, 2):
        problem, outcome = read[place : place + 2]
        if outcome.problem != problem.id:
            where = (str(paths[place + 1]),)
            facts = {"value": outcome.problem}
            raise Unusable(Mistake("wrong-problem", where, facts))

    return (read[0], read[1].assignments), (read[2], read[3].assignments)


def _of_records(asked: argparse.Namespace) -> Iterator[str]:
    with office() as here:
        term = chosen_term(here, asked.term)
        with here.records.reading() as session:
            unit, *more = chosen_units(county_of(session), [asked.unit])
            if more:
                raise Refused("unknown-unit", value=asked.unit)

            found = compared(
                session,
                unit_id=unit.id,
                term_id=term.id,
                before=asked.before,
                after=asked.after,
            )

    numbers = f"{found.before.number} → {found.after.number}"
    yield say(
        f"{unit.name} {term.name} 第 {numbers} 版",
        f"{unit.name} {term.name} versions {numbers}",
    )
    names = names_of(found.before.problem, found.after.problem)
    yield from _lines(found.found, names, found.after.units)


def _lines(
    found: Comparison, names: Mapping[str, str], units: Mapping[str, str]
) -> Iterator[str]:
    words = Changes(found, names, units, environment_language())
    if not found.shifts:
        yield say("班次和人员没有变化。", "No shift changed hands.")

    for title, lines in (
        (say("按日期：", "By day:"), words.by_day()),
        (say("按人员：", "By person:"), words.by_person()),
        (say("次数：", "Loads:"), words.loads()),
        (say("各层级：", "Tiers:"), words.tiers()),
    ):
        listed = [f"  {line}" for line in lines]
        yield from [title, *listed] if listed else []
