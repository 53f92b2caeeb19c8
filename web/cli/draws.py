"""`draw`: commit to a series, show it, enter its values, verify a term."""

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from roster.draw import verify as verifier
from roster.errors import Refused
from roster.services import drawing
from roster.services.drawing import views
from roster.services.drawing.public import counts, published
from roster.services.drawing.revealing import file_of
from roster.services.drawing.views import SeriesView
from web.cli.terminal import (
    add_command,
    add_consent,
    add_group,
    agreed,
    office,
    read_bytes,
    say,
    writing,
)
from web.language import environment_language
from web.words.draws import STATES, fault_words


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    group = add_group(
        commands,
        "draw",
        say("随机抽查：承诺、公布、核对", "The random draw of checks"),
        "duty-roster draw show",
    )
    parser = add_command(
        group,
        "show",
        show,
        say("抽查方案、承诺、已结束的抽取", "Series, commitments, past draws"),
        "duty-roster draw show 1",
    )
    parser.add_argument("series", nargs="?", type=int)
    _deed(
        group,
        "commit",
        commit,
        say("承诺一个方案（不能再改）", "Commit to a series, for good"),
    )
    parser = _deed(
        group,
        "value",
        value,
        say("录入刚公布的公共值", "Enter the value that has come out"),
        "duty-roster draw value 1 357",
    )
    parser.add_argument("value")
    parser = _deed(
        group,
        "reveal",
        reveal,
        say("公布密钥，写出学期文件", "Publish the key and the term's file"),
        "duty-roster draw reveal 1 --out TERM.json",
    )
    parser.add_argument("--out", type=Path, default=Path("TERM.json"))
    parser = add_command(
        group,
        "verify",
        verify,
        say("重新计算一个学期的每次抽取", "Recompute every draw of a term"),
        "duty-roster draw verify TERM.json",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "stamped",
        nargs="*",
        metavar="HASH",
        help=say(
            "盖章的密钥摘要、名单摘要", "the stamped key hash and frame hash"
        ),
    )


def _deed(
    group: Any, name: str, work: Any, about: str, example: str = ""
) -> argparse.ArgumentParser:
    usual = f"duty-roster draw {name} 1"
    parser: argparse.ArgumentParser = add_command(
        group, name, work, about, example or usual
    )
    parser.add_argument("series", type=int)
    add_consent(parser)
    return parser


def show(asked: argparse.Namespace) -> None:
    """What may be known; nothing that is not dispatched and over."""
    with office() as here, here.records.reading() as session:
        for series in views.every_series(session):
            if asked.series in (None, series.id):
                _show(session, series, whole=asked.series is not None)


def _show(session: Session, series: SeriesView, *, whole: bool) -> None:
    which = 0 if environment_language() == "zh" else 1
    print(f"{series.id}  {series.name}  {STATES[series.state][which]}")
    if not series.frames:
        return

    print(say("  密钥摘要 ", "  key hash   ") + series.key_hash)
    print(say("  名单摘要 ", "  frame hash ") + series.frames[0].hash)
    draws = published(session, series.id)
    found = counts(session, series.id, draws)
    print(
        say(
            f"  已结束 {found.draws} 次，作废 {found.cancelled} 次，"
            f"公共值缺失 {found.no_value} 次，抽到 {found.places} 处，"
            f"有记录 {found.made} 处",
            f"  {found.draws} draws over, {found.cancelled} cancelled, "
            f"{found.no_value} without value; {found.places} places, "
            f"{found.made} recorded",
        )
    )
    for draw in reversed(draws) if whole else ():
        units = "、".join(place.unit_name for place in draw.places)
        print(f"  {draw.number:>4}  {draw.day}  {draw.value or '–'}  {units}")


def commit(asked: argparse.Namespace) -> int:
    """Draws the key; both hashes are printed to be stamped."""
    question = say("承诺以后不能再改，承诺吗？", "Commit for good?")
    if not agreed(question, yes=asked.yes):
        return 1

    with office() as here:
        with here.records.writing() as session:
            drawing.commit(
                session,
                asked.series,
                tools=here.drawing_tools(),
                vault=here.vault,
                who=asked.who,
            )
        with here.records.reading() as session:
            series = views.one_series(session, asked.series)
            if series is not None:
                _show(session, series, whole=False)
    return 0


def value(asked: argparse.Namespace) -> None:
    """Enters the public value of the next day."""
    with office() as here, here.records.writing() as session:
        day = drawing.enter_value(
            session,
            asked.series,
            asked.value,
            tools=here.drawing_tools(),
            who=asked.who,
        )
    print(say(f"已录入 {day} 的公共值", f"Entered the value of {day}"))


def reveal(asked: argparse.Namespace) -> int:
    """Publishes the key once all is drawn; writes the term's file."""
    with office() as here:
        with here.records.reading() as session:
            known = file_of(session, asked.series) is not None
        question = say("公布密钥吗？", "Publish the key?")
        if not known and not agreed(question, yes=asked.yes):
            return 1

        if not known:
            with here.records.writing() as session:
                drawing.reveal(
                    session,
                    asked.series,
                    tools=here.drawing_tools(),
                    vault=here.vault,
                    who=asked.who,
                )
        with here.records.reading() as session:
            content = file_of(session, asked.series)

    if content is None:
        raise Refused("no-such-series")

    with writing(asked.out):
        asked.out.write_bytes(content)
    print(say(f"学期文件：{asked.out}", f"The term's file: {asked.out}"))
    return 0


def verify(asked: argparse.Namespace) -> int:
    """0 when every draw is what is computed again."""
    content = read_bytes(asked.file)
    faults = verifier.verify(content, *asked.stamped[:2])
    words = fault_words(environment_language())
    for where, what in faults:
        print(f"✗ {where}: {words[what]}")
    if faults:
        return 1

    for line in verifier.told_of(content):
        print(line)
    print(say("✓ 全部相符", "✓ Everything agrees"))
    return 0
