"""`journal verify`: whether the log of changes still holds."""

import argparse
from typing import Any

from roster.records.journal import broken
from web.cli.terminal import add_command, office, say


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    parser = add_command(
        commands,
        "journal",
        verify,
        say("核对操作日志的哈希链", "Verify the journal's hash chain"),
        "duty-roster journal verify",
    )
    parser.add_argument("action", choices=["verify"])


def verify(_: argparse.Namespace) -> int:
    """0 when every entry is as it was written."""
    with office() as here, here.records.reading() as session:
        wrong = broken(session)

    if wrong:
        entries = ", ".join(map(str, wrong))
        print(say(f"被改动的条目：{entries}", f"Altered entries: {entries}"))
        return 1

    print(say("日志完整。", "The journal is whole."))
    return 0
