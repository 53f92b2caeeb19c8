"""The command line: `duty-roster`, one module a family of commands."""

import argparse
import sys
from collections.abc import Sequence

from roster.errors import Refused, Unusable
from web.cli import (
    admins,
    answering,
    calendars,
    comparing,
    county,
    drafting,
    draws,
    keeping,
    records,
    repairing,
    reviewing,
    roster_files,
    rosters,
    rules,
    site,
    solving,
)
from web.cli.terminal import say, tell
from web.language import environment_language
from web.words import all_sentences, refusal_sentence

FAMILIES = (
    admins,
    county,
    calendars,
    rules,
    rosters,
    roster_files,
    reviewing,
    repairing,
    drafting,
    answering,
    comparing,
    solving,
    site,
    records,
    keeping,
    draws,
)

REFUSED, UNUSABLE, BROKEN_OFF = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit code."""
    parser = make_parser()
    asked = parser.parse_args(arguments)
    if not hasattr(asked, "command"):
        parser.print_help(sys.stderr)
        return UNUSABLE

    language = environment_language()
    try:
        return int(asked.command(asked) or 0)
    except Unusable as error:
        for line in all_sentences(error, language):
            tell(line)
        return UNUSABLE
    except Refused as error:
        tell(refusal_sentence(error, language))
        return REFUSED
    except KeyboardInterrupt:
        tell(
            say("已中断；做完的已保存。", "Broken off; what was done is kept.")
        )
        return BROKEN_OFF


def make_parser() -> argparse.ArgumentParser:
    """Every command with its help and an example."""
    parser = argparse.ArgumentParser(
        prog="duty-roster",
        description=say(
            "周末和法定节假日值班：排班、发布、日历、抽查、汇总。",
            "Weekend and holiday duty: rosters, publication, feeds, checks.",
        ),
    )
    commands = parser.add_subparsers(metavar=say("命令", "COMMAND"))
    for family in FAMILIES:
        family.add_to(commands)

    return parser
