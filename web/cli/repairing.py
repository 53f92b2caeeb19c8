"""`repair`: the fewest changes to a published roster."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from roster.comparing import compare
from roster.days import Term
from roster.errors import Refused
from roster.problem import Status
from roster.services import preparing, viewing
from roster.services.repairing import Repaired
from web.cli.changed import changed_lines
from web.cli.reasons import reasons
from web.cli.solving import INFEASIBLE, NO_ROSTER
from web.cli.terminal import add_command, office, say, seconds, seed, tell
from web.language import environment_language
from web.wiring import Office
from web.words.foreseen import foreseen_sentence
from web.words.repairs import Changes, names_of


def add_to(commands: Any) -> None:
    """Adds the command."""
    parser = add_command(
        commands,
        "repair",
        repair,
        say(
            "情况有变时，以最少的改动调整已发布的值班表（存为草稿）",
            "Repair a published roster with the fewest changes (a draft)",
        ),
        "duty-roster repair --unit 柳湾小学 --from 2026-10-12",
    )
    _add_what(parser)
    parser.add_argument(
        "--author",
        default="duty-roster",
        metavar=say("编排人", "A"),
        help=say("编排人，记入日志", "who repairs, for the journal"),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=say("只列出改动，不写入", "list the changes, store nothing"),
    )
    parser.add_argument(
        "--time-limit",
        type=seconds,
        metavar=say("秒", "SECONDS"),
        help=say("每次求解的时限", "the limit for each attempt"),
    )
    parser.add_argument(
        "--seed",
        type=seed,
        default=0,
        metavar="N",
        help=say("随机种子", "the seed of chance"),
    )


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--unit",
        required=True,
        metavar=say("单位", "UNIT"),
        help=say("单位名称或编号", "the unit, by name or id"),
    )
    parser.add_argument(
        "--from",
        dest="since",
        type=date.fromisoformat,
        required=True,
        metavar=say("日期", "DATE"),
        help=say(
            "从这一天起可以改动；此前的一律不变",
            "what may change from; all before stays as it is",
        ),
    )
    parser.add_argument(
        "--term",
        metavar=say("学期编号", "TERM"),
        help=say("默认为该日期所在的学期", "default: the one of that date"),
    )


def repair(asked: argparse.Namespace) -> int:
    """The changes by day and by person; 3 where there is no roster."""
    with office() as here:
        term = _term(here, asked.term, asked.since)
        if asked.since < here.today():
            tell(
                say(
                    "注意：起始日期早于今天，已过的班次也可能改动。",
                    "Note: that date is past; duties since may change, too.",
                )
            )
        found = here.repair(
            term_id=term.id,
            unit_id=asked.unit,
            since=asked.since,
            who=asked.author,
            seed=asked.seed,
            time_limit=asked.time_limit,
            keep_draft=not asked.dry_run,
        )

    return _told(found, asked.since)


def _term(here: Office, name: str | None, since: date) -> Term:
    """The term named, else the one the date lies in."""
    with here.records.reading() as session:
        if name is not None:
            return preparing.term(session, name)

        found = viewing.current_term(session, since)
        if found is None:
            raise Refused("no-terms")

        return found


def _told(found: Repaired, since: date) -> int:
    for line in _lines(found, since):
        print(line)

    tell(_stored(found))
    if found.found:
        return 0

    return INFEASIBLE if found.status is Status.INFEASIBLE else NO_ROSTER


def _lines(found: Repaired, since: date) -> Iterator[str]:
    names = say("、", ", ").join(unit.unit_name for unit in found.units)
    colon = say("：", ": ")
    if not found.found:
        yield from _failure(found, f"{names}{colon}")
    elif found.unchanged:
        yield names + colon + say("不需要改动。", "nothing has to change.")
    else:
        yield f"{names}{colon}{_count(found, since)}"
        yield from _changes(found)
        for swap in found.swaps:
            yield foreseen_sentence(swap, environment_language())


def _count(found: Repaired, since: date) -> str:
    proven = (
        say("已证明最少", "fewest possible, proven")
        if found.proven
        else say("未证明最少", "not proven the fewest")
    )
    return say(
        f"{since} 起改动 {found.changes} 处（{proven}）",
        f"from {since} on, changes: {found.changes} ({proven})",
    )


def _changes(found: Repaired) -> Iterator[str]:
    return changed_lines(
        Changes(
            compare(found.before, found.after),
            names_of(found.before[0], found.after[0]),
            {unit.unit_id: unit.unit_name for unit in found.units},
            environment_language(),
            problem=found.after[0],
        )
    )


def _failure(found: Repaired, head: str) -> Iterator[str]:
    if found.status is not Status.INFEASIBLE:
        yield head + say("限时内无结果。", "no roster in time.")
        return

    yield head + say(
        "无解，下列各项不能同时成立：",
        "no roster; these cannot all hold:",
    )
    yield from reasons(found.conflict, found.remedies)


def _stored(found: Repaired) -> str:
    drafts = [unit for unit in found.units if unit.number is not None]
    if not drafts:
        return say("未写入草稿。", "No draft was stored.")

    stored = say("；", "; ").join(
        say(
            f"“{unit.unit_name}”第 {unit.number} 版",
            f"“{unit.unit_name}” no. {unit.number}",
        )
        for unit in drafts
    )
    return say(
        f"已存为草稿：{stored}。请核对后发布（duty-roster publish）。",
        f"Stored as a draft: {stored}. Check it, then publish.",
    )
