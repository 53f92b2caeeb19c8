"""`draft`, `resolve`, `take-over`: a draft in larger steps."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import RosterRow
from roster.review import State
from roster.services.conflicts import conflict_lines
from roster.services.editing.asking import Wanted, likely_since
from roster.services.editing.beginning import begin
from roster.services.editing.deeds import Editor, NotAllowed
from roster.services.editing.opening import seen_of
from roster.services.editing.rebasing import (
    Behind,
    Difference,
    Side,
    behind,
    rebase,
)
from roster.services.editing.resolving import Answer
from roster.services.publishing import open_rosters, rosters_in_force
from web.cli.reasons import reasons
from web.cli.rosters import chosen_term
from web.cli.solving import INFEASIBLE, NO_ROSTER
from web.cli.terminal import add_command, office, say, seconds, tell
from web.language import environment_language
from web.wiring import Office
from web.words.dates import full_date
from web.words.review import broken_sentence


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    who = "--unit 柳湾小学 --who 王芳"
    _who(
        add_command(
            commands,
            "draft",
            draft,
            say(
                "由现行版起草：人员和固定都照旧，再手工改",
                "Begin a draft as the version in force, to be edited",
            ),
            f"duty-roster draft {who}",
        )
    )
    parser = _who(
        add_command(
            commands,
            "resolve",
            resolve,
            say(
                "草稿里固定的不动，其余重排（作为一步改动）",
                "Solve a draft anew around its pins, as one edit",
            ),
            f"duty-roster resolve {who} --from 2026-10-12",
        )
    )
    _resolving(parser)
    parser = _who(
        add_command(
            commands,
            "take-over",
            take_over,
            say(
                "草稿接受现行版后来的改动（作为一步改动）",
                "Take what came into force since over into a draft",
            ),
            f"duty-roster take-over {who} --both standing",
        )
    )
    parser.add_argument(
        "--both",
        choices=[side.value for side in Side],
        help=say(
            "两边都改过的班用哪边：standing 现行版，draft 草稿",
            "whose people to use where both changed a shift",
        ),
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help=say(
            "违反条款也先放进草稿，标出待改",
            "even where it breaks articles; they stay marked",
        ),
    )


def _who(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--unit",
        required=True,
        metavar=say("单位", "UNIT"),
        help=say("单位的名称或编号", "the unit, by name or id"),
    )
    parser.add_argument(
        "--who",
        required=True,
        metavar=say("姓名", "NAME"),
        help=say("谁在办理，记入日志", "who does it, for the journal"),
    )
    parser.add_argument(
        "--term",
        metavar=say("学期编号", "TERM"),
        help=say("默认为今天所在的学期", "default: the one of today"),
    )
    return parser


def _resolving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        dest="since",
        type=date.fromisoformat,
        metavar=say("日期", "DATE"),
        help=say(
            "从这一天起，以前的不动；默认为明天",
            "all before stays as it is; default: tomorrow",
        ),
    )
    parser.add_argument(
        "--best-balance",
        action="store_true",
        help=say(
            "除固定的以外全部重排，求最均衡；默认改动最少",
            "all but the pins anew, as fair as can be; else fewest changes",
        ),
    )
    parser.add_argument(
        "--time-limit",
        type=seconds,
        metavar=say("秒", "SECONDS"),
        help=say("每次求解的时限", "the limit for each attempt"),
    )


def draft(asked: argparse.Namespace) -> int:
    """A draft of the same assignments and pins."""
    with office() as here:
        term = chosen_term(here, asked.term)
        with here.records.writing() as session:
            rows = rosters_in_force(
                session, term_id=term.id, unit_ids=[asked.unit]
            )
            if not rows:
                raise Refused("no-published-roster", unit=asked.unit)

            row = begin(
                session,
                unit_id=rows[0].unit,
                term_id=term.id,
                who=asked.who,
                now=here.now(),
            )
            base, number = row.base, row.number

    tell(
        say(
            f"已由第 {base} 版起草第 {number} 版。",
            f"Draft no. {number} begins as version {base}.",
        )
    )
    return 0


def resolve(asked: argparse.Namespace) -> int:
    """The rest of the unit's draft; 3 where there is no roster."""
    with office() as here:
        term = chosen_term(here, asked.term)
        with here.records.reading() as session:
            row = _draft(session, term.id, asked.unit)
            wanted = Wanted(
                row.id,
                seen_of(row),
                asked.since or likely_since(term, here.today()),
                not asked.best_balance,
            )

        answer = here.resolve_rest(
            wanted, who=asked.who, time_limit=asked.time_limit
        )

    for line in _answered(answer):
        print(line)

    if answer.resolved.found:
        return 0

    return INFEASIBLE if answer.resolved.outcome.conflict else NO_ROSTER


def _draft(session: Session, term_id: str, unit: str) -> RosterRow:
    rows = open_rosters(session, term_id=term_id, unit_ids=[unit])
    if not rows:
        raise Refused("no-open-draft")

    if rows[0].state != State.DRAFT:
        raise Refused("not-editable", state=rows[0].state)

    return rows[0]


def _answered(answer: Answer) -> Iterator[str]:
    found = answer.resolved
    if found.found:
        count = len(answer.delta.gone | answer.delta.come)
        shifts = len({c.shift for c in answer.delta.gone | answer.delta.come})
        yield (
            say(
                f"已重排：{shifts} 班有改动，存为一步，可撤销。",
                f"Solved anew: {shifts} shifts changed, in one step.",
            )
            if count
            else say("其余不必改。", "Nothing else has to change.")
        )
        return

    if not found.outcome.conflict:
        yield say("限时内无结果，草稿没有变。", "No roster in time.")
        return

    yield say(
        "固定的不动，其余排不出来，下列各项不能同时成立：",
        "With what is pinned there is no roster; these cannot all hold:",
    )
    lines = conflict_lines(None, found.problem, found.outcome.conflict)
    yield from reasons(lines, answer.remedies)


def take_over(asked: argparse.Namespace) -> int:
    """What came into force since; 1 where something is to be chosen."""
    with office() as here:
        term = chosen_term(here, asked.term)
        try:
            with here.records.writing() as session:
                row = _draft(session, term.id, asked.unit)
                found = behind(session, row)
                _show(found)
                _rebase(here, session, row, asked, found)
        except NotAllowed as refused:
            for broken in refused.against:
                words = broken_sentence(
                    broken, environment_language(), personal=True
                )
                tell(f"- {words} {broken.line.article}")
            raise

    tell(
        say(
            f"草稿改以第 {found.standing} 版为准。",
            f"The draft is now based on version {found.standing}.",
        )
    )
    return 0


def _rebase(
    here: Office,
    session: Session,
    row: RosterRow,
    asked: argparse.Namespace,
    found: Behind,
) -> None:
    editor = Editor(
        row.id, seen_of(row), asked.who, here.now(), here.books, asked.yes
    )
    choices = {
        one.shift: asked.both
        for one in found.differences
        if one.both and asked.both
    }
    rebase(session, editor, choices)


def _show(found: Behind) -> None:
    for one in found.differences:
        print(_line(one, found))


def _line(one: Difference, found: Behind) -> str:
    base, standing, mine = (
        say("、", ", ").join(found.names.get(p, p) for p in people) or "–"
        for people in (one.base, one.standing, one.draft)
    )
    both = say("（两边都改过）", " (changed on both sides)")
    return say(
        f"{full_date(one.on)} 原 {base}，现行 {standing}，草稿 {mine}",
        f"{one.on} was {base}, in force {standing}, in the draft {mine}",
    ) + (both if one.both else "")
