"""
The file a backup is: a zip with a manifest and a part a table or file.

``manifest.json`` tells which program made it and when, the shape of the
tables, the journal's last seal, and of each part its size, its SHA-256
and, for tables, rows and columns. A table's part has a JSON list a line,
a value a column; it is the same for every kind of database.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from roster.errors import Mistake, Unusable

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, FILES = "tables", "files"
CHUNK = 1 << 20
# What a damaged archive makes the library raise: where its list of parts
# is read, and where a part is.
UNLISTED = (BadZipFile, EOFError, RuntimeError, ValueError, struct.error)
BROKEN = (*UNLISTED, OSError, zlib.error, LZMAError)


@dataclass(frozen=True, slots=True)
class Part:
    """
    One table or file of the archive.

    ``rows`` and ``columns`` (name, kind) are a table's alone.
    """

    name: str
    bytes: int
    sha256: str
    rows: int = 0
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What an archive holds.

    ``entries`` counts the journal, ``seal`` is its last entry's (empty
    without any); ``made_at`` is a moment with its offset.
    """

    made_at: str
    program: str
    revision: str
    database: str
    entries: int
    seal: str
    tables: tuple[Part, ...]
    files: tuple[Part, ...]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables)

    def inside(self) -> dict[str, Part]:
        """Every part by its name in the zip."""
        return {
            **{table_path(part.name): part for part in self.tables},
            **{f"{FILES}/{part.name}": part for part in self.files},
        }


def table_path(name: str) -> str:
    """Where a table's rows are in the zip."""
    return f"{TABLES}/{name}.jsonl"


def write_part(
    book: ZipFile, path: str, chunks: Iterable[bytes]
) -> tuple[int, int, str]:
    """Writes a part; gives its chunks, bytes and SHA-256."""
    count, size, digest = 0, 0, sha256()
    entry = ZipInfo(path)
    entry.compress_type = ZIP_DEFLATED
    with book.open(entry, "w", force_zip64=True) as part:
        for chunk in chunks:
            part.write(chunk)
            digest.update(chunk)
            count, size = count + 1, size + len(chunk)

    return count, size, digest.hexdigest()


def write_manifest(book: ZipFile, manifest: Manifest) -> None:
    """Writes the manifest, the last of all."""
    words = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    write_part(book, MANIFEST, [words.encode()])


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """An archive; whatever is none is said so."""
    try:
        book = ZipFile(path)
    except FileNotFoundError:
        raise Unusable(Mistake("no-such-file", (str(path),))) from None
    except UNLISTED:
        raise Unusable(Mistake("not-a-backup", (str(path),))) from None

    with book:
        yield book


def checked(path: Path) -> Manifest:
    """The manifest of an archive of which every part is as it was."""
    with opened(path) as book:
        manifest = _read(book, path)
        parts = manifest.inside()
        found = {entry.filename for entry in book.infolist()} - {MANIFEST}
        wrong = [
            *(("part-missing", name) for name in parts.keys() - found),
            *(("part-unknown", name) for name in found - parts.keys()),
            *(
                ("part-altered", name)
                for name in parts.keys() & found
                if not _whole(book, name, parts[name])
            ),
        ]

    if wrong:
        raise Unusable(
            *(Mistake(code, (str(path), name)) for code, name in sorted(wrong))
        )

    return manifest


def _read(book: ZipFile, path: Path) -> Manifest:
    try:
        words = json.loads(book.read(MANIFEST))
        if words["format"] != FORMAT:
            facts = {"value": words["format"]}
            raise Unusable(Mistake("backup-format", (str(path),), facts))

        kept = {"tables": _parts(words), "files": _parts(words, FILES)}
        manifest = Manifest(**{**words, **kept})
    except (KeyError, TypeError, *BROKEN):
        raise Unusable(Mistake("not-a-backup", (str(path),))) from None

    unsafe = [part.name for part in manifest.files if not _safe(part.name)]
    if unsafe:
        raise Unusable(
            *(Mistake("part-unsafe", (str(path), name)) for name in unsafe)
        )

    return manifest


def _parts(words: Any, kind: str = TABLES) -> tuple[Part, ...]:
    return tuple(
        Part(**{**part, "columns": tuple(map(tuple, part["columns"]))})
        for part in words[kind]
    )


def _safe(name: str) -> bool:
    """Whether a file's name stays inside its folder on every system."""
    parts = PurePosixPath(name).parts
    plain = not any(letter in name for letter in "\\:\0")
    return bool(parts) and plain and not {"..", "/", "//"} & set(parts)


def _whole(book: ZipFile, name: str, part: Part) -> bool:
    size, rows, digest = 0, 0, sha256()
    try:
        with book.open(name) as stream:
            while chunk := stream.read(CHUNK):
                size, rows = size + len(chunk), rows + chunk.count(b"\n")
                digest.update(chunk)
                if size > part.bytes:
                    return False
    except BROKEN:
        return False

    counted = not part.columns or rows == part.rows
    return counted and size == part.bytes and digest.hexdigest() == part.sha256
