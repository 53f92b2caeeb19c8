"""`generate`, `publish`, `export`: a term's rosters."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from roster.days import Term
from roster.errors import Refused
from roster.papers.roster_text import write_rosters_csv, write_rosters_html
from roster.papers.roster_xlsx import write_rosters_xlsx
from roster.services import exporting, preparing, publishing, viewing
from roster.services.views import Generation, UnitDone
from web.cli.progress import units_bar
from web.cli.reasons import reasons
from web.cli.terminal import (
    add_command,
    make_folder,
    office,
    positive,
    say,
    seconds,
    seed,
    tell,
    write_text,
    writing,
)
from web.wiring import Office

WRITERS = {
    "xlsx": write_rosters_xlsx,
    "csv": write_rosters_csv,
    "html": write_rosters_html,
}
FORMATS = ("xlsx", "csv", "json", "html")


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    parser = add_command(
        commands,
        "generate",
        generate,
        say("生成一个学期的值班表（草稿）", "Draft a term's rosters"),
        "duty-roster generate --term 2026-autumn --jobs 2",
    )
    _which(parser)
    parser.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        help=say(
            "同时求解的单位数，默认同处理器数",
            "units solved side by side (default: the cores)",
        ),
    )
    parser.add_argument(
        "--seed",
        type=seed,
        default=0,
        metavar="N",
        help=say("随机种子", "the seed of chance"),
    )
    parser.add_argument(
        "--time-limit",
        type=seconds,
        metavar=say("秒", "SECONDS"),
        help=say("每个单位的时限", "the limit for each unit"),
    )
    parser.add_argument(
        "--author",
        default="duty-roster",
        metavar=say("编排人", "A"),
        help=say("编排人，记入日志", "who drafts, for the journal"),
    )

    parser = add_command(
        commands,
        "publish",
        publish,
        say("发布草稿（须两人）", "Publish drafts (two people)"),
        "duty-roster publish --term 2026-autumn --author 王芳 --approver 李刚",
    )
    _which(parser)
    parser.add_argument(
        "--author",
        required=True,
        metavar=say("编排人", "A"),
        help=say("填报人", "who made the rosters"),
    )
    parser.add_argument(
        "--approver",
        required=True,
        metavar=say("批准人", "B"),
        help=say("审核人，须是另一人", "who approves; another person"),
    )

    parser = add_command(
        commands,
        "export",
        export,
        say("导出值班表", "Export rosters"),
        "duty-roster export --term 2026-autumn --out 值班表.xlsx",
    )
    _which(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="xlsx",
        help=say(
            "xlsx、csv、html：值班表；json：每个单位的问题和结果",
            "xlsx, csv, html: rosters; json: each unit's problem and outcome",
        ),
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=say("路径", "PATH"),
        help=say("写到哪个文件（json：文件夹）", "a file (json: a folder)"),
    )


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--term",
        metavar=say("学期编号", "TERM"),
        help=say("默认为今天所在的学期", "default: the one of today"),
    )
    parser.add_argument(
        "--unit",
        action="append",
        metavar=say("单位", "UNIT"),
        help=say(
            "只处理这个单位（名称或编号，可重复）；默认全部",
            "this unit only, by name or id; may be repeated; default: all",
        ),
    )


def chosen_term(here: Office, name: str | None) -> Term:
    """The term named, else the one today lies in."""
    with here.records.reading() as session:
        if name is not None:
            return preparing.term(session, name)

        found = viewing.current_term(session, here.today())
        if found is None:
            raise Refused("no-terms")

        return found


def generate(asked: argparse.Namespace) -> int:
    """Drafts with a progress bar; 1 when some unit has no roster."""
    with office() as here:
        term = chosen_term(here, asked.term)
        found = generated(
            here,
            term,
            asked.author,
            unit_ids=asked.unit,
            jobs=asked.jobs,
            seed=asked.seed,
            time_limit=asked.time_limit,
        )
        tell(_told(found))
        for unit in found.failed:
            for line in _why_not(here, term, unit):
                tell(line)

        return 1 if found.failed else 0


def _why_not(here: Office, term: Term, unit: UnitDone) -> Iterator[str]:
    """Why a unit has no roster, and what would be enough."""
    with here.records.reading() as session:
        found = viewing.failure(session, unit_id=unit.unit_id, term_id=term.id)
    if found is not None:
        yield unit.unit_name
        yield from reasons(found.conflict, found.remedies)


def generated(here: Office, term: Term, who: str, **more: Any) -> Generation:
    """Drafts of a term, with the bar on the terminal."""
    with units_bar(term.name) as bar:
        found: Generation = here.generate(
            term_id=term.id, who=who, progress=bar, **more
        )

    for unit in found.units:
        if line := _noteworthy(unit):
            tell(line)

    return found


def _told(found: Generation) -> str:
    proven = sum(unit.status == "optimal" for unit in found.units)
    units, failed = len(found.units), len(found.failed)
    return say(
        f"{units} 个单位：{proven} 个最优已证明，{failed} 个无解。",
        f"{units} units: {proven} proven optimal, {failed} without a roster.",
    )


def _noteworthy(unit: UnitDone) -> str:
    """A line for a unit that is not simply optimal."""
    if unit.status == "optimal" and unit.step == "plain":
        return ""

    return f"{unit.unit_name}: {unit.status} ({unit.step})"


def publish(asked: argparse.Namespace) -> int:
    """Publishes every draft asked for, all or none."""
    with office() as here:
        term = chosen_term(here, asked.term)
        versions = published(
            here, term, asked.author, asked.approver, asked.unit
        )
        touched = sum(version.touched for version in versions)
        tell(
            say(
                f"已发布 {len(versions)} 份值班表，涉及 {touched} 人次。",
                f"Published {len(versions)} rosters; {touched} people's "
                "duties changed.",
            )
        )
        return 0


def published(
    here: Office,
    term: Term,
    author: str,
    approver: str,
    unit_ids: list[str] | None = None,
    **more: Any,
) -> tuple[Any, ...]:
    """Publishes the drafts of a term; refused when there is none."""
    books = here.books
    with here.records.writing() as session:
        versions = publishing.publish_term(
            session,
            term_id=term.id,
            unit_ids=unit_ids,
            author=author,
            approver=approver,
            calendar=here.calendar,
            books=books,
            now=more.get("now") or here.now(),
        )
    if not versions:
        raise Refused("no-drafts")

    return versions


def export(asked: argparse.Namespace) -> int:
    """Writes the rosters in force (else drafts) in the form asked for."""
    with office() as here:
        term = chosen_term(here, asked.term)
        if asked.format == "json":
            return _export_pairs(here, term, asked)

        with here.records.reading() as session:
            sheets = exporting.roster_sheets(
                session,
                term_id=term.id,
                unit_ids=asked.unit,
                calendar=here.calendar,
                books=here.books,
            )
        if not sheets:
            raise Refused("no-rosters", value=term.id)

        with writing(asked.out):
            WRITERS[asked.format](sheets, asked.out)

        tell(say(f"已写入 {asked.out}", f"Wrote {asked.out}"))
        return 0


def _export_pairs(here: Office, term: Term, asked: argparse.Namespace) -> int:
    """A folder with problem and outcome of each unit."""
    with here.records.reading() as session:
        pairs = exporting.pairs(session, term_id=term.id, unit_ids=asked.unit)
    if not pairs:
        raise Refused("no-rosters", value=term.id)

    make_folder(asked.out)
    for name, (problem, outcome) in pairs.items():
        write_text(asked.out / f"{name}.json", problem)
        write_text(asked.out / f"{name}.outcome.json", outcome)

    tell(say(f"已写入 {asked.out}/", f"Wrote {asked.out}/"))
    return 0
