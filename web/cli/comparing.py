"""`compare`: what differs between two rosters."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from roster.answers import Comparison
from roster.comparing import Side, alike, compare
from roster.documents import read_outcome, read_problem
from roster.errors import Mistake, Refused, Unusable
from roster.problem import Outcome, Problem, Status
from roster.records.values import county_of
from roster.services.answering import Asked
from roster.services.preparing import chosen_units
from roster.services.versions import compared
from web.cli.changed import changed_lines
from web.cli.rosters import chosen_term
from web.cli.terminal import add_command, office, positive, read_bytes, say
from web.language import environment_language
from web.words.office import STATES
from web.words.repairs import Changes, names_of


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
    parser.add_argument(
        "--term",
        metavar=say("学期编号", "TERM"),
        help=say("默认为今天所在的学期", "default: the one of today"),
    )
    for name, words in (
        ("before", say("前一版的版号", "the earlier version's number")),
        ("after", say("后一版的版号", "the later version's number")),
    ):
        parser.add_argument(
            f"--{name}", type=positive, metavar="N", help=words
        )


def compare_rosters(asked: argparse.Namespace) -> int:
    """Prints what changed; 0 whether or not anything did."""
    of_records = (asked.term, asked.before, asked.after)
    mixed = asked.files and any(one is not None for one in of_records)
    if mixed or (asked.unit is None) == (not asked.files):
        raise Unusable(Mistake("files-or-unit", ("compare",)))

    lines = _of_files(asked.files) if asked.files else _of_records(asked)
    for line in lines:
        print(line)

    return 0


def _of_files(paths: list[Path]) -> Iterator[str]:
    if len(paths) != 4:
        where, facts = ("compare",), {"value": len(paths)}
        raise Unusable(Mistake("four-files", where, facts))

    before, after = alike(*_sides(paths))
    return _lines(compare(before, after), before[0], after[0])


def _sides(paths: list[Path]) -> tuple[Side, Side]:
    """Both pairs, with all mistakes of all four files at once."""
    read: list[Any] = []
    mistakes: list[Mistake] = []
    for place, path in enumerate(paths):
        reader = read_outcome if place % 2 else read_problem
        try:
            read.append(reader(read_bytes(path), str(path)))
        except Unusable as error:
            read.append(None)
            mistakes.extend(error.mistakes)

    pairs = read[:2], read[2:]
    for (problem, outcome), path in zip(pairs, paths[1::2], strict=True):
        if problem and outcome:
            mistakes.extend(_amiss(problem, outcome, str(path)))

    if mistakes:
        raise Unusable(*mistakes)

    first, second = ((problem, o.assignments) for problem, o in pairs)
    return first, second


def _amiss(problem: Problem, outcome: Outcome, path: str) -> Iterator[Mistake]:
    """Why an outcome is no roster of that problem."""
    if outcome.problem != problem.id:
        yield Mistake("wrong-problem", (path,), {"value": outcome.problem})
    elif outcome.status in (Status.INFEASIBLE, Status.UNKNOWN):
        facts = {"value": outcome.status.value}
        yield Mistake("no-roster-inside", (path,), facts)


def _of_records(asked: argparse.Namespace) -> Iterator[str]:
    with office() as here:
        term = chosen_term(here, asked.term)
        with here.records.reading() as session:
            units = chosen_units(county_of(session), [asked.unit])
            if len(units) != 1:
                raise Refused("one-unit", value=asked.unit)

            (unit,) = units
            found = compared(
                session,
                unit_id=unit.id,
                term_id=term.id,
                before=asked.before,
                after=asked.after,
            )

    before, after = map(_version, (found.before, found.after))
    yield f"{unit.name} {term.name}{say('：', ': ')}{before} → {after}"
    yield from _lines(found.found, found.before.problem, found.read_by)
    if not found.same_goals:
        yield say(
            "两版是与不同的单位一起排的，各层级不能相比。",
            "They were solved with different units; tiers do not compare.",
        )


def _version(asked: Asked) -> str:
    chinese, english = STATES[asked.state]
    return say(
        f"第 {asked.number} 版（{chinese}）",
        f"no. {asked.number} ({english})",
    )


def _lines(
    found: Comparison, before: Problem, read_by: Problem
) -> Iterator[str]:
    if found.shifts:
        yield _count(found)
    else:
        yield say("班次和人员没有变化。", "No shift changed hands.")

    names = names_of(before, read_by)
    language = environment_language()
    yield from changed_lines(
        Changes(found, names, {}, language, problem=read_by)
    )


def _count(found: Comparison) -> str:
    many, shifts = found.changes, len(found.shifts)
    days, people = len(found.dates), len(found.staff)
    return say(
        f"改动 {many} 处：{shifts} 班、{days} 天、{people} 人",
        f"changes: {many} (shifts {shifts}, days {days}, people {people})",
    )
