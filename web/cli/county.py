"""`template`, `import`, `status`: the name list and where things stand."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from roster.papers.template import write_template
from roster.papers.workbook_in import read_workbook
from roster.review import OPEN
from roster.services import importing
from roster.services.board import county_board
from roster.services.importing import Changes
from roster.services.viewing import terms
from web.cli.terminal import (
    add_command,
    add_consent,
    agreed,
    office,
    read_bytes,
    say,
    tell,
    writing,
)
from web.language import environment_language
from web.words import sentence

SHOWN = 5  # of what a sheet changes, removes or leaves out


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    parser = add_command(
        commands,
        "template",
        template,
        say("写一份空白名册", "Write an empty workbook"),
        "duty-roster template 名册模板.xlsx",
    )
    parser.add_argument("path", type=Path, metavar="FILE")

    parser = add_command(
        commands,
        "import",
        import_workbook,
        say(
            "导入名册：先列出变化，再整体写入", "Import a workbook, as a whole"
        ),
        "duty-roster import 名册.xlsx",
    )
    parser.add_argument("path", type=Path, metavar="FILE")
    add_consent(parser)

    add_command(
        commands,
        "status",
        status,
        say("各学期的进展", "Where each term stands"),
        "duty-roster status",
    )


def template(asked: argparse.Namespace) -> None:
    """Writes the empty workbook."""
    with writing(asked.path):
        write_template(asked.path)
    tell(say(f"已写入 {asked.path}", f"Wrote {asked.path}"))


def import_workbook(asked: argparse.Namespace) -> int:
    """Shows what would change, asks, and writes it whole or not at all."""
    content = read_bytes(asked.path)
    with office() as here:
        with here.records.reading() as session:
            county = read_workbook(content, asked.path.name)
            changes = importing.preview(session, county)

        show(changes)
        if changes.empty:
            tell(say("没有变化。", "Nothing changes."))
            return 0

        if not agreed(say("写入？", "Write it?"), yes=asked.yes):
            return 1

        with here.records.writing() as session:
            importing.apply(session, county, who=asked.who, now=here.now())

        tell(say("已导入。", "Imported."))
        return 0


def show(changes: Changes) -> None:
    """A line a sheet: added, changed, removed, left out of the workbook."""
    for sheet, some in changes.sheets.items():
        kinds = some.added, some.changed, some.removed, some.left_out
        if not any(kinds):
            continue

        tell(
            say(
                "{}：新增 {}，变更 {}，删去 {}，名册中没有（保留）{}",
                "{}: {} added, {} changed, {} removed, "
                "{} not in the workbook (kept)",
            ).format(sheet, *map(len, kinds))
        )
        for word, words in (
            (say("变更", "changed"), some.changed),
            (say("删去", "removed"), some.removed),
            (say("保留", "kept"), some.left_out),
        ):
            if words:
                tell(f"  {word}{say('：', ': ')}{_some(words)}")


def _some(words: Sequence[str]) -> str:
    """The first of them, and how many there are."""
    told = say("、", ", ").join(words[:SHOWN])
    if len(words) <= SHOWN:
        return told

    return say("{}……共 {}", "{} … {} in all").format(told, len(words))


def status(_: argparse.Namespace) -> None:
    """A line a term: units published, drafted, without a roster."""
    with office() as here, here.records.reading() as session:
        found = terms(session)
        if not found:
            tell(sentence("no-terms", {}, environment_language()))

        for term in found:
            lines = county_board(session, term_id=term.id)
            states = [line.state for line in lines]
            proven = sum(line.status == "optimal" for line in lines)
            print(
                say(
                    "{} {}（{} 至 {}）：已发布 {}，草稿 {}，未生成 {}；"
                    "最优已证明 {}",
                    "{} {} ({} to {}): {} published, {} drafts, {} without; "
                    "{} proven optimal",
                ).format(
                    term.id,
                    term.name,
                    term.first,
                    term.last,
                    states.count("published"),
                    sum(state in OPEN for state in states),
                    states.count(""),
                    proven,
                )
            )
