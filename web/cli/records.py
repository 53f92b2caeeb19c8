"""`journal verify`: whether the log of changes still holds."""

import argparse
from pathlib import Path
from typing import Any

from roster.records.journal import Chain, chain, sealed
from roster.services import keeping
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
    parser.add_argument(
        "--against",
        type=Path,
        metavar=say("备份", "BACKUP"),
        help=say(
            "再与一份备份里的封印对照",
            "compare with the seal in a backup, too",
        ),
    )


def verify(asked: argparse.Namespace) -> int:
    """0 when every entry is as it was written."""
    kept = keeping.checked(asked.against) if asked.against else None
    with office() as here, here.records.reading() as session:
        found = chain(session)
        same = kept is None or sealed(session, kept.entries, kept.seal)

    if found.wrong:
        entries = ", ".join(map(str, found.wrong))
        print(say(f"被改动的条目：{entries}", f"Altered entries: {entries}"))
    if kept and not same:
        print(
            say(
                f"备份之后日志被改写过：第 {kept.entries} 条的封印与备份不同",
                "The journal was rewritten after the backup: entry "
                f"{kept.entries} has another seal",
            )
        )
    if found.wrong or not same:
        return 1

    _tell_whole(found, against=kept is not None)
    return 0


def _tell_whole(found: Chain, *, against: bool) -> None:
    print(
        say(
            f"日志完整：{found.last} 条，末条封印 {found.seal}",
            f"The journal is whole: {found.last} entries, "
            f"last seal {found.seal}",
        )
    )
    if against:
        print(say("与备份一致。", "It agrees with the backup."))
