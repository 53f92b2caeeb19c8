"""`roster import`: a unit's own Excel roster becomes a draft."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from roster.days import Term
from roster.errors import Refused
from roster.review import State
from roster.services.roster_files.bringing import Consent, bring
from roster.services.roster_files.ground import Ground, ground_of
from roster.services.roster_files.looking import Look, look
from web.cli.rosters import chosen_term
from web.cli.terminal import (
    add_command,
    add_consent,
    add_group,
    agreed,
    office,
    read_bytes,
    say,
    tell,
)
from web.language import environment_language
from web.wiring import Office
from web.words.repairs import Changes, names_of
from web.words.review import broken_sentence
from web.words.roster_files import layout_word, passed_word

EXAMPLE = "duty-roster roster import 值班表.xlsx --unit 柳湾小学"


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    about = say("单位自己的值班表", "A unit's own roster")
    group = add_group(commands, "roster", about, EXAMPLE)
    parser = add_command(
        group,
        "import",
        import_roster,
        say(
            "导入单位自己排的值班表：先看怎样读的、违反什么，再存为草稿",
            "Import a unit's own roster as a draft, looked at first",
        ),
        EXAMPLE,
    )
    parser.add_argument("path", type=Path, metavar="FILE")
    parser.add_argument(
        "--unit",
        required=True,
        metavar=say("单位", "UNIT"),
        help=say("名称或编号", "its name or id"),
    )
    parser.add_argument(
        "--term",
        metavar=say("学期编号", "TERM"),
        help=say("默认为今天所在的学期", "default: the one of today"),
    )
    parser.add_argument(
        "--sheet",
        default="",
        metavar=say("工作表", "SHEET"),
        help=say("只读这张工作表", "read this sheet only"),
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help=say("已有草稿时替换它", "replace the draft where there is one"),
    )
    add_consent(parser)


def import_roster(asked: argparse.Namespace) -> int:
    """Shows how the file is read, asks, and stores it whole or not at all."""
    content = read_bytes(asked.path)
    with office() as here:
        term = chosen_term(here, asked.term)
        with here.records.reading() as session:
            ground = _ground(here, session, asked, term)
            found = look(
                session,
                ground,
                content,
                asked.path.name,
                sheet=asked.sheet,
                today=here.today(),
            )

        for line in _told(found):
            tell(line)
        _check(found, replace=asked.replace)
        if not agreed(say("存为草稿？", "Keep it as a draft?"), yes=asked.yes):
            return 1

        consent = Consent(ground.state, asked.who, here.now(), asked.replace)
        with here.records.writing() as session:
            ground = _ground(here, session, asked, term)
            row = bring(
                session,
                here.records,
                ground,
                found,
                asked.path.name,
                consent,
            )
            number = row.number

        tell(
            say(
                f"已存为草稿：第 {number} 版。",
                f"Kept as a draft: version {number}.",
            )
        )
        return 0


def _ground(
    here: Office, session: Session, asked: argparse.Namespace, term: Term
) -> Ground:
    return ground_of(
        session,
        unit_id=asked.unit,
        term_id=term.id,
        calendar=here.calendar,
        books=here.books,
    )


def _check(found: Look, *, replace: bool) -> None:
    """Refuses before anybody is asked."""
    draft, unit = found.ground.draft, found.ground.case.unit
    if draft is None:
        return

    if draft.state != State.DRAFT:
        raise Refused("in-review", unit=unit.name, state=draft.state)

    if not replace:
        raise Refused("draft-is-there-say-so", number=draft.number)


def _told(found: Look) -> Iterator[str]:
    """What was recognised, left out, left open, broken, and changed."""
    language = environment_language()
    colon = say("：", ": ")
    for block in found.own.blocks:
        months = ", ".join(f"{month:%Y-%m}" for month in block.months)
        layout = layout_word(block.layout, language)
        yield f"{block.sheet}{colon}{layout} {months}"
    for sheet in found.own.unread:
        yield say(f"没有读：{sheet}", f"Not read: {sheet}")
    for passed in found.own.passed:
        names = say("、", ", ").join(n.name for n in passed.said.names)
        place = f"{passed.said.place.sheet} {passed.said.place.cell}"
        why = passed_word(passed.code, language)
        yield say("不导入", "Left out") + (
            f"{colon}{place} {passed.said.date} {names} — {why}"
        )
    yield say(
        f"{len(found.lines)} 班，空缺 {len(found.open)} 班，"
        f"违反必守条款 {len(found.broken)} 处。",
        f"{len(found.lines)} shifts, {len(found.open)} open; mandatory "
        f"articles broken in {len(found.broken)} places.",
    )
    for broken in found.broken:
        words = broken_sentence(broken, language, personal=True)
        yield f"  {words} {broken.line.article}".rstrip()
    yield from _changed(found, language)


def _changed(found: Look, language: str) -> Iterator[str]:
    """What it says otherwise than the roster that is there."""
    compared = found.compared
    if compared is None:
        return

    number = compared.before.number
    yield say(
        f"同第 {number} 版相比，改动 {compared.found.changes} 处。",
        f"{compared.found.changes} changes against version {number}.",
    )
    names = names_of(compared.before.problem, compared.read_by)
    changes = Changes(compared.found, names, {}, language)
    yield from (f"  {line}" for line in changes.by_day())
