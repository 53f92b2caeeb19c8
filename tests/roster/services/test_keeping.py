"""Backups are whole, and come back whole or not at all."""

import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copy
from time import sleep
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from roster.errors import Refused, Unusable
from roster.people import UnitKind
from roster.records import (
    FeedRow,
    JournalRow,
    SettingRow,
    UnitRow,
    open_records,
)
from roster.records.journal import broken
from roster.records.portable import tables
from roster.records.upgrading import check, downgrade, upgrade
from roster.services import keeping, settings
from roster.services.keeping import restoring
from roster.services.keeping.files import BACKUP
from tests.conftest import NOW
from tests.roster.records.test_records import fill, publish

PROGRAM = "0.1.0"


def back_up(records, out: Path, folder: Path | None = None):
    """A backup of records whose data folder is elsewhere."""
    folder = folder or out.parent / "none"
    return keeping.backup(
        records, folder=folder, out=out, program=PROGRAM, now=NOW
    )


@contextmanager
def opened(path: Path):
    """SQLite's records of a new data folder, without any table."""
    path.mkdir(exist_ok=True)
    found = open_records(f"sqlite:///{path / 'duty.db'}")
    yield found
    found.close()


@pytest.fixture
def elsewhere(tmp_path):
    """An empty installation."""
    with opened(tmp_path / "elsewhere") as found:
        yield found


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> Path:
    """A backup of a published shift, a journal and two files."""
    path = tmp_path_factory.mktemp("kept")
    folder = path / "data"
    (folder / "uploads").mkdir(parents=True)
    (folder / "secret.key").write_bytes(b"key")
    (folder / "uploads" / "门口.jpg").write_bytes(b"photo" * 1000)
    with opened(path / "first") as records:
        upgrade(records)
        with records.writing() as session:
            publish(fill(session))
            session.add(feed("first"))
            settings.put(session, "a", "1", who="李", now=NOW)
        back_up(records, path / "kept.zip", folder)
    return path / "kept.zip"


@pytest.fixture
def archive(made_once, tmp_path) -> Path:
    """That backup, beside an empty installation, to be damaged."""
    return copy(made_once, tmp_path / made_once.name)


def restore(records, archive: Path):
    """Into the data folder of the empty installation."""
    return keeping.restore(
        records, path=archive, folder=archive.parent / "elsewhere"
    )


def rows(records) -> int:
    """All rows of all tables."""
    with records.engine.connect() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(t)).scalar()
            for t in tables(connection)
        )


def test_every_column_of_today_has_a_portable_form(records):
    with records.engine.connect() as connection:
        assert len(tables(connection)) > 20


def test_what_comes_back_is_what_was_kept(records, elsewhere, tmp_path):
    with records.writing() as session:
        publish(fill(session))
        settings.put(session, "a", "é\n\u2028'\"", who="李", now=NOW)
    kept = back_up(records, tmp_path / "kept.zip")

    restored = restore(elsewhere, tmp_path / "kept.zip")
    again = back_up(elsewhere, tmp_path / "again.zip")

    assert restored.manifest == kept
    assert restored.broken == ()
    assert {p.name: p for p in again.tables} == {
        p.name: p for p in kept.tables
    }
    check(elsewhere)


def test_a_backup_of_sqlite_comes_back_on_postgresql(
    records, archive, tmp_path
):
    keeping.restore(records, path=archive, folder=tmp_path / "elsewhere")

    again = back_up(records, tmp_path / "again.zip")

    assert again.tables == keeping.checked(archive).tables
    check(records)
    with records.writing() as session:
        # Numbers go on where they were, and the guards stand again.
        session.add(feed("second"))
        session.flush()
        assert session.scalars(select(FeedRow.id)).all() == [1, 2]
    with pytest.raises(DBAPIError, match="_no_"), records.writing() as session:
        session.execute(text("DELETE FROM assignment"))


def feed(name: str) -> FeedRow:
    return FeedRow(
        kind="person",
        subject=name,
        alarms=[],
        stale=False,
        etag="",
        changed_at=NOW,
    )


def test_a_tree_of_units_comes_back_whatever_the_order(
    records, elsewhere, tmp_path
):
    def unit(key: str, parent: str | None) -> UnitRow:
        return UnitRow(
            id=key,
            name=key,
            kind=UnitKind.SCHOOL,
            parent=parent,
            boarding=False,
            public=True,
            phone="",
        )

    with records.writing() as session:
        for row in (unit("z", None), unit("m", "z"), unit("a", "m")):
            session.add(row)
            session.flush()
    back_up(records, tmp_path / "kept.zip")

    restore(elsewhere, tmp_path / "kept.zip")
    back_up(elsewhere, tmp_path / "again.zip")
    with records.engine.begin() as connection:
        connection.execute(text("DELETE FROM unit WHERE id = 'a'"))
        connection.execute(text("DELETE FROM unit WHERE id = 'm'"))
        connection.execute(text("DELETE FROM unit"))
    keeping.restore(
        records, path=tmp_path / "again.zip", folder=tmp_path / "third"
    )

    with records.reading() as session:
        assert session.get_one(UnitRow, "a").parent == "m"


def test_files_come_back_for_their_owner_alone(elsewhere, archive, tmp_path):
    restore(elsewhere, archive)

    folder = tmp_path / "elsewhere"
    photo = folder / "uploads" / "门口.jpg"
    assert photo.read_bytes() == b"photo" * 1000
    assert (folder / "secret.key").read_bytes() == b"key"
    for path in (archive, photo, folder / "secret.key"):
        assert path.stat().st_mode & 0o077 == 0
    assert not list(folder.glob(".*"))
    assert not list(tmp_path.glob(".*"))


def test_a_used_installation_is_left_alone(elsewhere, archive):
    restore(elsewhere, archive)
    before = rows(elsewhere)

    with pytest.raises(Refused, match="restore-not-empty"):
        restore(elsewhere, archive)

    assert rows(elsewhere) == before


def test_a_strange_file_is_not_written_over(elsewhere, archive, tmp_path):
    there = tmp_path / "elsewhere" / "uploads" / "门口.jpg"
    there.parent.mkdir()
    there.write_bytes(b"another")

    with pytest.raises(Refused, match="restore-file-there"):
        restore(elsewhere, archive)

    assert there.read_bytes() == b"another"
    assert rows(elsewhere) == 0


def test_an_installation_that_was_only_started_is_empty(
    elsewhere, archive, tmp_path
):
    upgrade(elsewhere)
    (tmp_path / "elsewhere" / "secret.key").write_bytes(b"new")

    restore(elsewhere, archive)

    key = tmp_path / "elsewhere" / "secret.key"
    assert key.read_bytes() == b"key"


def test_records_of_an_older_shape_come_back_in_todays(
    records, elsewhere, tmp_path
):
    downgrade(records, "0002")
    with records.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO setting (key, value) VALUES ('old', '1')")
        )
    kept = back_up(records, tmp_path / "kept.zip")

    restored = restore(elsewhere, tmp_path / "kept.zip")

    assert kept.revision == "0002"
    assert restored.revision > "0002"
    check(elsewhere)
    with elsewhere.reading() as session:
        assert session.get_one(SettingRow, "old").value == "1"


def test_a_backup_of_a_newer_program_is_refused(elsewhere, archive):
    alter(archive, "manifest.json", b'"revision": "', b'"revision": "9')

    with pytest.raises(Refused, match="backup-newer"):
        restore(elsewhere, archive)


def alter(archive: Path, name: str, old: bytes, new: bytes) -> None:
    """Exchanges bytes of one part, or leaves the part out."""
    with ZipFile(archive) as book:
        parts = {entry: book.read(entry) for entry in book.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    with ZipFile(archive, "w", ZIP_DEFLATED) as book:
        for entry, content in parts.items():
            if content or entry != name:
                book.writestr(entry, content)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tables/staff.jsonl", "王强".encode(), "王弱".encode()),
        ("tables/setting.jsonl", b"\n", b""),
        ("tables/setting.jsonl", b"\n", b'\n["b", "2"]\n'),
        ("files/secret.key", b"key", b"kez"),
        ("files/secret.key", b"key", b""),
    ],
)
def test_an_altered_part_is_named_and_nothing_is_written(
    elsewhere, archive, name, old, new
):
    alter(archive, name, old, new)

    with pytest.raises(Unusable) as error:
        restore(elsewhere, archive)

    assert [m.where[1] for m in error.value.mistakes] == [name]
    assert rows(elsewhere) == 0


def structure(archive: Path) -> set[int]:
    """
    The bytes a zip says of itself: the ends of the file, and its heads.

    Of 60 parts alike the first and the last say all.
    """
    with ZipFile(archive) as book:
        listed, size = book.start_dir, archive.stat().st_size
        heads = [entry.header_offset for entry in book.infolist()]

    return {
        *(
            place
            for head in (0, heads[-1])
            for place in range(head, head + 70)
        ),
        *range(listed, listed + 80),
        *range(size - 120, size),
    }


@pytest.mark.parametrize("bits", [0xFF, 0x01, 0x80])
def test_any_flipped_byte_is_noticed(elsewhere, archive, bits):
    whole, same = archive.read_bytes(), keeping.checked(archive)
    spread = range(0, len(whole), len(whole) // 40)
    for place in {*spread, *structure(archive)}:
        damaged = bytearray(whole)
        damaged[place] ^= bits
        archive.write_bytes(damaged)

        # What zip files say of themselves is no content of ours.
        with suppress(Unusable):
            assert keeping.checked(archive) == same

    assert rows(elsewhere) == 0


def test_a_flipped_byte_in_a_name_is_noticed(elsewhere, archive):
    whole, name = archive.read_bytes(), "门口".encode()
    for place in (whole.index(name), whole.rindex(name)):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        archive.write_bytes(damaged)

        with pytest.raises(Unusable, match="not-a-backup|part-altered"):
            restore(elsewhere, archive)


@pytest.mark.parametrize(
    "words", [b"", b"nothing", b"PK\x05\x06" + b"\0" * 18]
)
def test_what_is_no_backup_is_said_so(elsewhere, tmp_path, words):
    path = tmp_path / "kept.zip"
    path.write_bytes(words)

    with pytest.raises(Unusable, match="not-a-backup"):
        restore(elsewhere, path)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil"])
def test_no_file_leaves_the_data_folder(elsewhere, archive, name):
    alter(archive, "manifest.json", b'"secret.key"', f'"{name}"'.encode())

    with pytest.raises(Unusable, match="part-unsafe"):
        restore(elsewhere, archive)


def test_a_restore_that_fails_in_the_middle_leaves_nothing(
    elsewhere, archive, tmp_path, monkeypatch
):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "broken", interrupted)
        with pytest.raises(KeyboardInterrupt):
            restore(elsewhere, archive)
    assert rows(elsewhere) == 0
    assert not (tmp_path / "elsewhere" / "uploads").exists()

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            restore(elsewhere, archive)
    assert rows(elsewhere) == 0

    assert restore(elsewhere, archive).broken == ()


def test_a_tampered_journal_is_kept_and_told(elsewhere, lite, tmp_path):
    with lite.writing() as session:
        for value in "123":
            settings.put(session, "a", value, who="李", now=NOW)
        session.execute(text("DROP TRIGGER journal_no_update"))
        session.execute(text("UPDATE journal SET who = '王' WHERE id = 2"))
    back_up(lite, tmp_path / "kept.zip")

    assert restore(elsewhere, tmp_path / "kept.zip").broken == (2,)


def test_a_backup_beside_two_writers_is_one_moment(records, tmp_path):
    names = ["甲", "乙"]
    url = records.engine.url.render_as_string(hide_password=False)
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.roster.services.writer", url, name],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    try:
        assert all(writer.stdout.readline() for writer in writers)
        for number in range(3):
            back_up(records, tmp_path / f"{number}.zip")
            _wait_for_another_entry(records)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()

    seen = [_looked_at(tmp_path / f"{n}.zip", names) for n in range(3)]
    assert seen == sorted(set(seen))


def _wait_for_another_entry(records) -> None:
    """Both write, though one may have to wait long for the other."""
    before = _entries(records)
    while _entries(records) == before:
        sleep(0.01)


def _entries(records) -> int:
    with records.reading() as session:
        return session.scalar(select(func.count()).select_from(JournalRow))


def _looked_at(archive: Path, names: list[str]) -> int:
    """The entries of a backup in which every transaction is whole."""
    folder = archive.with_suffix("")
    with opened(folder) as found:
        keeping.restore(found, path=archive, folder=folder)
        with found.reading() as session:
            assert broken(session) == []
            total = 0
            for name in names:
                row = session.get_one(SettingRow, name)
                own = select(func.count()).where(JournalRow.thing == name)
                assert int(row.value) == session.scalar(own)
                total += int(row.value)

    return total


def test_only_backups_are_pruned_and_the_newest_stay(tmp_path):
    names = [f"duty-roster-2026112{day}-020000.zip" for day in range(5)]
    others = ["duty-roster-old.zip", "notes.txt"]
    for name in [*names, *others]:
        (tmp_path / name).touch()
        assert bool(BACKUP.fullmatch(name)) == (name in names)

    removed = keeping.prune(tmp_path, 2)

    assert [path.name for path in removed] == names[:3]
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names[3:], *others}
