"""The files of a data folder that belong into a backup."""

import os
from collections.abc import Iterator
from pathlib import Path
from re import compile as pattern

from roster.records import Records

# Names of backups, and of the folders they are made in.
BACKUP = pattern(r"duty-roster-\d{8}-\d{6}\.zip")
SCRATCH = ".duty-roster-"


def kept_files(folder: Path, records: Records) -> Iterator[str]:
    """Paths inside the folder, but the database and what is being made."""
    own = database_files(records)
    for found in sorted(folder.rglob("*")):
        path = found.relative_to(folder)
        if (
            found.is_file()
            and not found.is_symlink()
            and found.resolve() not in own
            and not BACKUP.fullmatch(path.name)
            and not path.parts[0].startswith(SCRATCH)
        ):
            yield path.as_posix()


def database(records: Records) -> Path | None:
    """SQLite's file; None for another database."""
    if records.engine.dialect.name != "sqlite":
        return None

    return Path(records.engine.url.database or "").resolve()


def database_files(records: Records) -> set[Path]:
    """SQLite's file with those beside it; none of another database."""
    path = database(records)
    if path is None:
        return set()

    return {
        path.with_name(path.name + end)
        for end in ("", "-wal", "-shm", "-journal")
    }


def sync(path: Path) -> None:
    """Waits until a folder's or file's content is on the disk."""
    if path.is_dir() and os.name == "nt":
        return

    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
