"""Makes a backup, while the office goes on working."""

import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from zipfile import ZipFile

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from roster.errors import Refused
from roster.records import Records
from roster.records.portable import columns, lines, snapshot, tables
from roster.records.upgrading import revision
from roster.services.keeping.archive import (
    CHUNK,
    FILES,
    Manifest,
    Part,
    checked,
    table_path,
    write_manifest,
    write_part,
)
from roster.services.keeping.files import (
    BACKUP,
    SCRATCH,
    database,
    kept_files,
    sync,
)

ABANDONED = 24 * 3600  # seconds after which a scratch folder is nobody's


def backup(
    records: Records, *, folder: Path, out: Path, program: str, now: datetime
) -> Manifest:
    """
    Everything at one moment in one file, whole or not at all.

    Parameters
    ----------
    folder
        The data folder, whose other files are kept too.
    out
        The file; readable by its owner alone. An older one of the same
        name is replaced once the new one is on the disk and was read back.

    Raises
    ------
    OSError
        When the disk is full or cannot be written.
    """
    place = out.resolve().parent
    if place.is_relative_to(folder.resolve()):
        raise Refused("backup-inside", value=str(folder))

    # Opening SQLite where there is nothing would make an empty file.
    path = database(records)
    if path and not path.exists():
        raise Refused("nothing-to-keep")

    _sweep(place, now)
    scratch = Path(mkdtemp(prefix=SCRATCH, dir=place))
    try:
        part = scratch / "backup.zip"
        _write(records, folder, part, program, now)
        manifest = checked(part)
        part.replace(out)
    except DBAPIError as error:
        raise OSError(str(error.orig)) from error
    finally:
        rmtree(scratch, ignore_errors=True)

    sync(place)
    return manifest


def _sweep(place: Path, now: datetime) -> None:
    """Takes away what a backup that was killed has left."""
    for left in place.glob(f"{SCRATCH}*"):
        if now.timestamp() - left.stat().st_mtime > ABANDONED:
            rmtree(left, ignore_errors=True)


def _write(
    records: Records, folder: Path, path: Path, program: str, now: datetime
) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        with (
            snapshot(records, path.parent) as connection,
            ZipFile(file, "w") as book,
        ):
            shape = revision(connection)
            if shape is None:
                raise Refused("nothing-to-keep")

            entries, seal = _journal(connection)
            manifest = Manifest(
                made_at=now.isoformat(timespec="seconds"),
                program=program,
                revision=shape,
                database=records.engine.dialect.name,
                entries=entries,
                seal=seal,
                tables=tuple(_tables(book, connection)),
                files=tuple(_files(book, folder, records)),
            )
            write_manifest(book, manifest)
        file.flush()
        os.fsync(file.fileno())


def _journal(connection: Connection) -> tuple[int, str]:
    """How many entries the journal has, and its last seal."""
    newest = text("SELECT seal FROM journal ORDER BY id DESC LIMIT 1")
    count = connection.execute(text("SELECT count(*) FROM journal")).scalar()
    return count or 0, connection.execute(newest).scalar() or ""


def _tables(book: ZipFile, connection: Connection) -> Iterator[Part]:
    for table in tables(connection):
        rows, size, digest = write_part(
            book, table_path(table.name), lines(connection, table)
        )
        shape = tuple(columns(table))
        yield Part(table.name, size, digest, rows, shape)


def _files(book: ZipFile, folder: Path, records: Records) -> Iterator[Part]:
    for name in kept_files(folder, records):
        try:
            file = (folder / name).open("rb")
        except FileNotFoundError:  # gone since it was listed
            continue

        with file:
            chunks = iter(partial(file.read, CHUNK), b"")
            _, size, digest = write_part(book, f"{FILES}/{name}", chunks)
        yield Part(name, size, digest)


def prune(place: Path, keep: int) -> tuple[Path, ...]:
    """Removes all but the newest backups of a folder; gives the removed."""
    found = sorted(p for p in place.iterdir() if BACKUP.fullmatch(p.name))
    old = tuple(found[:-keep])
    for path in old:
        path.unlink()

    return old
