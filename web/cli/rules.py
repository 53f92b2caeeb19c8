"""`rules show` and `rules override`: the two documents."""

import argparse
from pathlib import Path
from typing import Any

from roster.rules.reader import read_overrides
from roster.services import ruling, viewing
from web.cli.terminal import (
    add_command,
    add_consent,
    add_group,
    agreed,
    office,
    read_text,
    say,
    tell,
)


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    actions = add_group(
        commands,
        "rules",
        say("两份值班制度", "The two rule documents"),
        "duty-roster rules show schools",
    )
    show_parser = add_command(
        actions,
        "show",
        show,
        say("显示制度条款和参数", "Show the articles and parameters"),
        "duty-roster rules show schools",
    )
    show_parser.add_argument("book", choices=["bureau", "schools"])

    set_parser = add_command(
        actions,
        "override",
        override,
        say("按单位和日期调整参数", "Set parameters differently"),
        "duty-roster rules override overrides.toml",
    )
    set_parser.add_argument("path", type=Path, metavar="FILE")
    add_consent(set_parser)


def show(asked: argparse.Namespace) -> None:
    """Every article with its parameters."""
    with office() as here:
        book = here.books[asked.book]

    print(f"{book.title}（{book.status}）")
    for article in book.articles:
        print(f"{article.name} {article.text}")
        for param in article.params:
            print(f"    {param.label}（{param.name}）= {param.value}")


def override(asked: argparse.Namespace) -> int:
    """Adds the file's overrides, all or none."""
    with office() as here:
        with here.records.reading() as session:
            units = [unit.id for unit in viewing.units(session)]
        found = read_overrides(
            read_text(asked.path), asked.path.name, here.books, units
        )
        for one in found:
            where = one.unit or "*"
            tell(f"{where} {one.param} = {one.value}（{one.document}）")
        if not agreed(say("写入？", "Write them?"), yes=asked.yes):
            return 1

        with here.records.writing() as session:
            added = ruling.add_overrides(
                session, found, who=asked.who, now=here.now()
            )
        tell(say(f"新增 {len(added)} 项。", f"{len(added)} added."))
        return 0
