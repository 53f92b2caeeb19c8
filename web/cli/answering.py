"""`why` and `stand-in`: questions about one duty."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import date
from time import monotonic
from typing import Any

from roster.answers import Alternative
from roster.errors import Refused
from roster.moves import stand_ins
from roster.problem import Assignment, Problem, Status
from roster.services.answering import Asked, duty_asked
from solver import Alternatives, covers
from web.cli.progress import counted
from web.cli.terminal import add_command, office, say, seconds, tell
from web.language import environment_language
from web.words.answers import (
    alternative_sentence,
    cost_sentence,
    stand_in_sentence,
)

MOST = 20  # stand-ins shown for each shift unless all are asked for


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    parser = add_command(
        commands,
        "why",
        why,
        say(
            "为什么这个班由这个人值，换成别人会怎样",
            "Why somebody has a duty, and what if others had it",
        ),
        "duty-roster why 2026-10-01/lead 王强",
    )
    parser.add_argument("shift", metavar=say("班次", "SHIFT"))
    _who(parser)
    parser.add_argument(
        "--other",
        action="append",
        metavar=say("姓名", "PERSON"),
        help=say(
            "只问这个人（姓名或编号，可重复）；默认所有能任此岗的人",
            "ask of this person only; may be repeated; default: everybody",
        ),
    )
    parser.add_argument(
        "--time-limit",
        type=seconds,
        metavar=say("秒", "SECONDS"),
        help=say("总时限", "the limit for all of it"),
    )

    parser = add_command(
        commands,
        "stand-in",
        stand_in,
        say(
            "谁能代班或换班，对公平影响最小的在前",
            "Who can cover or swap, the fairest first",
        ),
        "duty-roster stand-in 2026-10-01/lead 王强",
    )
    parser.add_argument("shift", nargs="+", metavar=say("班次", "SHIFT"))
    _who(parser)
    parser.add_argument(
        "--all",
        action="store_true",
        help=say("全部列出", "list everybody"),
    )


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", metavar=say("姓名或编号", "PERSON"))
    parser.add_argument(
        "--unit",
        default="",
        metavar=say("单位编号", "UNIT"),
        help=say("同名时指明单位", "the unit, where names are alike"),
    )


def why(asked: argparse.Namespace) -> int:
    """A line for each other person, the bearable ones first."""
    with office() as here, here.records.reading() as session:
        found, staff = duty_asked(
            session, shift=asked.shift, staff=asked.person, unit_id=asked.unit
        )
    cell = found.cell(asked.shift, staff)
    others = Alternatives(found.problem, found.roster, cell)
    names = _others(found.problem, others.people, asked.other)
    until = monotonic() + asked.time_limit if asked.time_limit else None
    answers = [
        others.of(name)
        if until is None or monotonic() < until
        else Alternative(name, possible=None)
        for name in counted(names, say("逐人求解", "person by person"))
    ]
    for answer in sorted(answers, key=_severity):
        said = alternative_sentence(
            found.problem, answer, environment_language(), personal=True
        )
        print(f"{_name(found.problem, answer.staff)}\t{said}")

    return 0


def _others(
    problem: Problem, people: Iterable[str], wanted: list[str] | None
) -> list[str]:
    if wanted is None:
        return list(people)

    found = [
        person.id
        for person in problem.staff
        if {person.id, person.name} & set(wanted)
    ]
    if not found:
        raise Refused("unknown-person", value="、".join(wanted))

    return found


def _severity(found: Alternative) -> tuple[int, int, int]:
    """Those with whom nothing gets worse first, the impossible last."""
    if not found.possible:
        return (2 if found.possible is None else 3, 0, 0)

    worse = found.worse
    return (1, worse.tier, worse.by) if worse else (0, 0, 0)


def _name(problem: Problem, staff: str) -> str:
    return problem.person[staff].name or staff


def stand_in(asked: argparse.Namespace) -> int:
    """Ranked colleagues for each shift; 1 when there is none for one."""
    with office() as here:
        with here.records.reading() as session:
            found, staff = duty_asked(
                session,
                shift=asked.shift[0],
                staff=asked.person,
                unit_id=asked.unit,
            )
        today = here.today()

    cells = [found.cell(shift, staff) for shift in asked.shift]
    _check(found, cells)
    some = [
        _listed(found, cell, cells, today, None if asked.all else MOST)
        for cell in cells
    ]
    if len(cells) > 1:
        _together(found, cells)

    return 0 if all(some) else 1


def _check(found: Asked, cells: list[Assignment]) -> None:
    for cell in cells:
        if cell not in found.held:
            raise Refused(
                "no-such-duty",
                shift=found.own(cell.shift),
                staff=_name(found.problem, cell.staff),
            )


def _listed(
    found: Asked,
    cell: Assignment,
    cells: list[Assignment],
    today: date,
    most: int | None,
) -> bool:
    """Prints a shift's stand-ins; whether there is one."""
    problem, language = found.problem, environment_language()
    others = [
        one
        for one in stand_ins(
            problem,
            found.roster,
            cell.shift,
            cell.staff,
            without=frozenset(cells) - {cell},
        )
        # Nobody gives back what has begun.
        if not one.back or problem.shift[one.back].date > today
    ]
    tell(f"{found.own(cell.shift)}: {len(others)}")
    for one in others[:most]:
        how = stand_in_sentence(found, one, language)
        cost = cost_sentence(problem, one.costs, language, personal=True)
        print(f"{_name(problem, one.staff)}\t{how}\t{cost}")

    return bool(others)


def _together(found: Asked, cells: list[Assignment]) -> None:
    """The fairest covers of all of them at once."""
    outcome = covers(found.problem, found.roster, cells)
    if outcome.status is Status.INFEASIBLE:
        tell(say("没有人能一起接下", "nobody can cover all of it"))
        return

    tell(say("一起代班，对公平影响最小：", "covered together, the fairest:"))
    for line in _taken(found, cells, outcome.assignments):
        print(line)


def _taken(
    found: Asked, cells: list[Assignment], after: Iterable[Assignment]
) -> Iterator[str]:
    new = set(after) - found.held
    for cell in cells:
        for other in sorted(new):
            if other.shift == cell.shift:
                name = _name(found.problem, other.staff)
                yield f"{found.own(cell.shift)}\t{name}"
