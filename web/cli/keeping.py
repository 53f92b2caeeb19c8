"""`backup` and `restore`: everything in one file, and back again."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.records import Records, open_records
from roster.services import keeping
from roster.services.keeping import Manifest
from web.cli.terminal import add_command, positive, say, tell, writing
from web.config import Config


def add_to(commands: Any) -> None:
    """Adds the family's commands."""
    parser = add_command(
        commands,
        "backup",
        backup,
        say(
            "备份全部记录和文件（可在运行中进行）",
            "Back up all records and files, also while serving",
        ),
        "duty-roster backup --out /mnt/backups --keep 14",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(),
        metavar=say("路径", "PATH"),
        help=say(
            "文件，或放备份的文件夹（默认当前文件夹）",
            "a file, or a folder for backups (default: the current one)",
        ),
    )
    parser.add_argument(
        "--keep",
        type=positive,
        metavar="N",
        help=say(
            "文件夹里只留最新的 N 份",
            "remove all but the newest N backups of the folder",
        ),
    )

    parser = add_command(
        commands,
        "restore",
        restore,
        say(
            "把备份恢复到空的安装",
            "Restore a backup to an empty installation",
        ),
        "DUTY_ROSTER_DATA=new duty-roster restore "
        "duty-roster-20261128-020000.zip",
    )
    parser.add_argument("file", type=Path, metavar=say("文件", "FILE"))


def backup(asked: argparse.Namespace) -> None:
    """One file with everything; old ones go where --keep says so."""
    now = datetime.now(SHANGHAI)
    folder = asked.out.is_dir()
    if asked.keep and not folder:
        raise Refused("backup-keep")

    name = f"duty-roster-{now:%Y%m%d-%H%M%S}.zip"
    path = asked.out / name if folder else asked.out
    with _installation() as (config, records), writing(path):
        manifest = keeping.backup(
            records,
            folder=config.folder,
            out=path,
            program=version("duty-roster"),
            now=now,
        )
        print(say(f"备份：{path}", f"Backup: {path}"))
        _tell(manifest)
        for old in keeping.prune(asked.out, asked.keep) if asked.keep else ():
            print(say(f"删除旧备份：{old}", f"Removed: {old}"))


def restore(asked: argparse.Namespace) -> None:
    """Everything put back, and looked at."""
    with _installation() as (config, records), writing(config.folder):
        config.folder.mkdir(parents=True, exist_ok=True)
        found = keeping.restore(records, path=asked.file, folder=config.folder)

    _tell(found.manifest)
    _tell_restored(found)


@contextmanager
def _installation() -> Iterator[tuple[Config, Records]]:
    """The records as they are: `office` would upgrade them first."""
    config = Config.from_environment()
    records = open_records(config.url)
    try:
        yield config, records
    finally:
        records.close()


def _tell(manifest: Manifest) -> None:
    """What the archive holds; numbers only, nothing of the content."""
    for part in manifest.tables:
        if part.rows:
            print(f"  {part.name:<20} {part.rows:>9,}  {part.sha256[:12]}")
    for part in manifest.files:
        size = f"{part.bytes:,} B"
        print(f"  {part.name:<20} {size:>9}  {part.sha256[:12]}")

    print(
        say(
            f"{manifest.made_at}，程序 {manifest.program}，"
            f"结构 {manifest.revision}，共 {manifest.rows:,} 条记录、"
            f"{len(manifest.files)} 个文件",
            f"{manifest.made_at}, program {manifest.program}, shape "
            f"{manifest.revision}: {manifest.rows:,} rows, "
            f"{len(manifest.files)} files",
        )
    )
    print(
        say(
            f"操作日志 {manifest.entries} 条，末条封印 {manifest.seal}",
            f"The journal: {manifest.entries} entries, "
            f"last seal {manifest.seal}",
        )
    )


def _tell_restored(found: keeping.Restored) -> None:
    print(
        say(
            "已恢复：哈希和条数都相符，"
            f"结构 {found.manifest.revision} → {found.revision}",
            "Restored: all hashes and counts agree, shape "
            f"{found.manifest.revision} → {found.revision}",
        )
    )
    if found.broken:
        entries = ", ".join(map(str, found.broken))
        tell(
            say(
                f"注意：备份之前日志已被改动，条目：{entries}",
                "Beware: the journal had been altered before the backup, "
                f"entries: {entries}",
            )
        )
    else:
        print(say("操作日志的哈希链完整。", "The journal's chain holds."))
