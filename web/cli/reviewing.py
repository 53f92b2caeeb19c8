"""`submit`, `approve`, `return`, `withdraw`, `deadlines`: the review."""

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.records import RosterRow
from roster.services import publishing, reviewing
from roster.services.punctuality import Kept, Punctuality, punctuality
from web.cli.rosters import chosen_term
from web.cli.terminal import add_command, office, say, tell
from web.language import environment_language
from web.wiring import Office
from web.words.deadlines import span_word, standing_word

Deed = Callable[[Session, RosterRow, dict[str, Any]], object]


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    who = "--who 王芳"
    unit = "--unit 柳湾小学"
    parser = _command(
        commands,
        "submit",
        submit,
        say("把草稿送审", "Submit drafts for approval"),
        f"duty-roster submit {unit} {who}",
    )
    _remark(parser, say("给审核人的话", "words to those who approve"))
    _command(
        commands,
        "approve",
        approve,
        say("批准送审的草稿", "Approve what was submitted"),
        f"duty-roster approve {unit} --who 李刚",
    )
    parser = _command(
        commands,
        "return",
        send_back,
        say("退回送审的草稿", "Return what was submitted"),
        f"duty-roster return {unit} --who 李刚 --remark 初三换人",
    )
    _remark(parser, say("要改什么", "what is to change"), required=True)
    parser = _command(
        commands,
        "withdraw",
        withdraw,
        say("撤销已发布的一版", "Withdraw a published version"),
        f"duty-roster withdraw {unit} --who 李刚 --remark 排错了人",
    )
    _remark(parser, say("原因", "why"), required=True)
    parser = add_command(
        commands,
        "deadlines",
        deadlines,
        say("谁按时、谁迟报", "Who is in time and who is late"),
        "duty-roster deadlines --term 2026-autumn",
    )
    _term(parser)


def _command(
    commands: Any,
    name: str,
    work: Callable[[argparse.Namespace], int],
    words: str,
    example: str,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = add_command(
        commands, name, work, words, example
    )
    _term(parser)
    parser.add_argument(
        "--unit",
        action="append",
        required=True,
        metavar=say("单位", "UNIT"),
        help=say("单位的名称或编号，可重复", "by name or id; may be repeated"),
    )
    parser.add_argument(
        "--who",
        required=True,
        metavar=say("姓名", "NAME"),
        help=say("谁在办理，记入日志", "who does it, for the journal"),
    )
    return parser


def _term(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--term",
        metavar=say("学期编号", "TERM"),
        help=say("默认为今天所在的学期", "default: the one of today"),
    )


def _remark(
    parser: argparse.ArgumentParser, words: str, *, required: bool = False
) -> None:
    parser.add_argument(
        "--remark",
        required=required,
        default="",
        metavar=say("文字", "WORDS"),
        help=words,
    )


def submit(asked: argparse.Namespace) -> int:
    """Hands drafts to those who approve."""
    with office() as here:
        calendar, books = here.calendar, here.books
        return _each(
            here,
            asked,
            lambda session, row, more: reviewing.submit(
                session,
                revision=row.revision,
                calendar=calendar,
                books=books,
                remark=asked.remark,
                **more,
            ),
            say("已送审", "Submitted"),
        )


def approve(asked: argparse.Namespace) -> int:
    """By somebody who did not make them."""
    with office() as here:
        return _each(
            here,
            asked,
            lambda session, row, more: reviewing.approve(
                session, revision=row.revision, **more
            ),
            say("已批准", "Approved"),
        )


def send_back(asked: argparse.Namespace) -> int:
    """Drafts again, with a remark."""
    with office() as here:
        return _each(
            here,
            asked,
            lambda session, row, more: reviewing.send_back(
                session, revision=row.revision, remark=asked.remark, **more
            ),
            say("已退回", "Returned"),
        )


def _each(
    here: Office, asked: argparse.Namespace, deed: Deed, words: str
) -> int:
    """Does it to each unit's draft, to all of them or to none."""
    term = chosen_term(here, asked.term)
    more = {"who": asked.who, "now": here.now()}
    with here.records.writing() as session:
        rows = publishing.open_rosters(
            session, term_id=term.id, unit_ids=asked.unit
        )
        if not rows:
            raise Refused("no-open-draft")

        for row in rows:
            deed(session, row, {"roster_id": row.id, **more})

    _tell(words, len(rows))
    return 0


def _tell(words: str, number: int) -> None:
    tell(say(f"{words} {number} 份值班表。", f"{words}: {number}."))


def withdraw(asked: argparse.Namespace) -> int:
    """Takes the versions in force back; those before are in force again."""
    with office() as here:
        term = chosen_term(here, asked.term)
        now = here.now()
        with here.records.writing() as session:
            rows = publishing.rosters_in_force(
                session, term_id=term.id, unit_ids=asked.unit
            )
            if not rows:
                raise Refused("cannot-withdraw")

            for row in rows:
                publishing.withdraw(
                    session,
                    roster_id=row.id,
                    reason=asked.remark,
                    who=asked.who,
                    now=now,
                )

        _tell(say("已撤销", "Withdrew"), len(rows))
        return 0


def deadlines(asked: argparse.Namespace) -> int:
    """A line for each unit; 1 when something is overdue."""
    with office() as here:
        term = chosen_term(here, asked.term)
        with here.records.reading() as session:
            lines = punctuality(
                session,
                term_id=term.id,
                calendar=here.calendar,
                books=here.books,
                now=here.now(),
            )
        for words in _told(lines):
            print(words)

        return 1 if any(line.count("overdue") for line in lines) else 0


def _late(one: Kept, language: str) -> str:
    about = one.deadline
    word = span_word(about.span, about.first, about.name, language)
    return f"{word} {standing_word(one.standing, one.days, language)}"


def _told(lines: Iterable[Punctuality]) -> Iterable[str]:
    language = environment_language()
    for line in lines:
        late = [_late(one, language) for one in line.kept if one.days]
        ready = line.count("ready")
        words = say(f"按时 {ready}", f"{ready} in time")
        yield "  ".join([line.unit_name, words, *late])
