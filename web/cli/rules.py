"""`rules show`, `import`, `override`: the two documents."""

import argparse
from pathlib import Path
from typing import Any

from roster.rules.changes import changes
from roster.rules.reader import read_overrides
from roster.services import rule_documents, ruling, viewing
from web.cli import overrides
from web.cli.rule_changes import told
from web.cli.terminal import (
    add_command,
    add_consent,
    add_group,
    agreed,
    office,
    read_any_text,
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
    shown = add_command(
        actions,
        "show",
        show,
        say("显示制度条款和参数", "Show the articles and parameters"),
        "duty-roster rules show schools",
    )
    shown.add_argument("book", choices=["bureau", "schools"])
    shown.add_argument(
        "--toml",
        action="store_true",
        help=say("原文，改好后可再导入", "the text, to edit and import"),
    )

    brought = add_command(
        actions,
        "import",
        import_document,
        say(
            "导入局里印发的制度，代替现行的一份",
            "Import a document the bureau issued, in place of the present one",
        ),
        "duty-roster rules import schools.toml",
    )
    brought.add_argument("path", type=Path, metavar="FILE")
    add_consent(brought)

    set_parser = add_command(
        actions,
        "override",
        override,
        say("按单位和日期调整参数", "Set parameters differently"),
        "duty-roster rules override overrides.toml",
    )
    set_parser.add_argument("path", type=Path, metavar="FILE")
    add_consent(set_parser)
    overrides.add_to(actions)


def show(asked: argparse.Namespace) -> None:
    """Every article with its parameters, or the text as it stands."""
    with office() as here:
        if asked.toml:
            with here.records.reading() as session:
                text = rule_documents.text_in_force(session, asked.book)
            print(text, end="")
            return

        book = here.books[asked.book]

    print(f"{book.title}（{book.status}）")
    for article in book.articles:
        print(f"{article.name} {article.text}")
        for param in article.params:
            print(f"    {param.label}（{param.name}）= {param.value}")


def import_document(asked: argparse.Namespace) -> int:
    """Shows what a document says differently, then stores it."""
    text = read_any_text(asked.path).replace("\r\n", "\n")
    with office() as here:
        with here.records.reading() as session:
            book = rule_documents.read_document(session, text, asked.path.name)
            before = rule_documents.book_in_force(session, book.id)
            made = rule_documents.made_otherwise(session, book)
        if book.digest == before.digest:
            tell(say("没有变化。", "Nothing changes."))
            return 0

        for line in told(before, book, changes(before, book)):
            tell(line)
        _tell_made(made)
        if not agreed(say("存入？", "Store it?"), yes=asked.yes):
            return 1

        with here.records.writing() as session:
            version = rule_documents.store_document(
                session, text, asked.path.name, who=asked.who, now=here.now()
            )
        tell(say(f"已存入（第 {version} 次）。", f"Stored (no. {version})."))
        return 0


def _tell_made(made: dict[str, int]) -> None:
    """How many rosters the new text does not touch."""
    drafts, published = made["draft"], made["published"]
    tell(
        say(
            f"按先前的条文编成的草稿 {drafts} 份、已发布的值班表 "
            f"{published} 份，均不改动；重新生成的才按新条文。",
            f"Made under an earlier text: drafts {drafts}, published rosters "
            f"{published}. They stay as they are; generate anew to follow "
            "the new one.",
        )
    )


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
