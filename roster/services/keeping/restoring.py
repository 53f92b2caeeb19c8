"""Puts a backup back into an empty installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj, rmtree
from tempfile import mkdtemp
from zipfile import ZipFile

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from roster.errors import Mistake, Refused, Unusable
from roster.records import Records
from roster.records.journal import broken
from roster.records.portable import columns, fill, tables
from roster.records.unguarded import Unconnected, unguarded
from roster.records.upgrading import (
    bring,
    knows,
    reshaping,
    revision,
    take_back,
)
from roster.services.keeping.archive import (
    FILES,
    Manifest,
    Part,
    checked,
    opened,
    table_path,
)
from roster.services.keeping.files import SCRATCH, database_files, sync

KEY = "secret.key"


@dataclass(frozen=True, slots=True)
class Restored:
    """
    What was put back.

    ``revision`` is the tables' shape now, ``broken`` the journal's entries
    at which its chain does not hold; they did not when it was backed up.
    """

    manifest: Manifest
    revision: str
    broken: tuple[int, ...]


def restore(records: Records, *, path: Path, folder: Path) -> Restored:
    """
    A backup put back, whole or not at all, and looked at afterwards.

    Every part is checked before anything is written; an older shape is
    brought to today's.
    """
    manifest = checked(path)
    if not knows(manifest.revision):
        raise Refused("backup-newer", value=manifest.program)

    _refuse_files(manifest, folder, records)
    moved: list[Path] = []
    try:
        with reshaping(records) as connection, opened(path) as book:
            _refuse_used(connection)
            with _files(book, manifest, folder) as files:
                _rows(connection, book, manifest, path)
                restored = _today(connection, manifest)
                for beside, target in files:
                    _settle(beside, target)
                    moved.append(target)
    except BaseException as error:
        for target in moved:
            target.unlink(missing_ok=True)
        if isinstance(error, OperationalError):  # the disk is full
            raise OSError(str(error.orig)) from error
        raise

    return restored


def _today(connection: Connection, manifest: Manifest) -> Restored:
    """Brings the tables to today's shape and looks at the journal."""
    bring(connection)
    with Session(connection) as session:
        wrong = tuple(broken(session))

    return Restored(manifest, revision(connection) or "", wrong)


def _refuse_used(connection: Connection) -> None:
    """Nothing that anybody entered is ever written over."""
    for table in tables(connection):
        asked = select(func.count()).select_from(table)
        if rows := connection.execute(asked).scalar():
            raise Refused("restore-not-empty", value=table.name, count=rows)


def _refuse_files(manifest: Manifest, folder: Path, records: Records) -> None:
    """No file is written over but the key made at the first start."""
    own = database_files(records)
    for part in manifest.files:
        target = folder / part.name
        if target.resolve() in own:
            raise Unusable(Mistake("part-unsafe", (part.name,)))

        if part.name != KEY and target.exists() and not _same(target, part):
            raise Refused("restore-file-there", value=str(target))


def _same(path: Path, part: Part) -> bool:
    """Whether a restore that was killed has put the file there."""
    if not path.is_file():
        return False

    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == part.sha256


def _rows(
    connection: Connection, book: ZipFile, manifest: Manifest, path: Path
) -> None:
    """The tables in the shape they had, and every row of them."""
    take_back(connection)
    bring(connection, manifest.revision)
    parts = {part.name: part for part in manifest.tables}
    found = {table.name: table for table in tables(connection)}
    shapes = {name: tuple(columns(table)) for name, table in found.items()}
    if shapes != {name: part.columns for name, part in parts.items()}:
        raise Unusable(Mistake("backup-shape", (str(path),)))

    try:
        with unguarded(connection):
            for table in found.values():
                connection.execute(delete(table))
            for name, table in found.items():
                with book.open(table_path(name)) as lines:
                    fill(connection, table, lines)
    except (Unconnected, IntegrityError, DataError) as error:
        detail = {"detail": getattr(error, "orig", error)}
        raise Unusable(
            Mistake("backup-unconnected", (str(path),), detail)
        ) from error

    for name, table in found.items():
        asked = select(func.count()).select_from(table)
        if connection.execute(asked).scalar() != parts[name].rows:
            raise Unusable(Mistake("part-altered", (str(path), name)))


@contextmanager
def _files(
    book: ZipFile, manifest: Manifest, folder: Path
) -> Iterator[list[tuple[Path, Path]]]:
    """Each file, whole and beside its place, with that place."""
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(mkdtemp(prefix=SCRATCH, dir=folder))
    try:
        pairs = []
        for number, part in enumerate(manifest.files):
            path = scratch / str(number)
            path.touch(mode=0o600)
            with (
                book.open(f"{FILES}/{part.name}") as source,
                path.open("wb") as target,
            ):
                copyfileobj(source, target)
            sync(path)
            pairs.append((path, folder / part.name))
        yield pairs
    finally:
        rmtree(scratch, ignore_errors=True)


def _settle(beside: Path, target: Path) -> None:
    """Moves a file to its place, the last step before the commit."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(target)
    sync(target.parent)
