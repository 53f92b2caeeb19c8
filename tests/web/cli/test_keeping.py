"""`backup` and `restore` at the terminal."""

from contextlib import contextmanager
from os import urandom
from pathlib import Path

import pytest
from sqlalchemy import text

from roster.records import open_records
from roster.services.settings import put
from tests.conftest import NOW
from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE


@pytest.fixture
def place(tmp_path) -> Path:
    """A folder for backups, on another disk as it were."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def the_only(place: Path) -> Path:
    (found,) = place.iterdir()
    return found


def move_to(terminal, monkeypatch, folder: Path) -> None:
    """The same terminal with another data folder."""
    monkeypatch.setenv("DUTY_ROSTER_DATA", str(folder))
    terminal.folder = folder


def rows(terminal) -> list[str]:
    """Every row; how tables were brought to their shape is no matter."""
    return sorted(s for s in terminal.stored() if s.startswith("INSERT"))


def test_a_county_moves_to_another_machine(
    published, place, tmp_path, monkeypatch
):
    before, status = rows(published), published("status").out
    made = published("backup", "--out", place)
    move_to(published, monkeypatch, tmp_path / "new")

    put_back = published("restore", the_only(place))

    assert (made.code, put_back.code) == (DONE, DONE)
    assert str(the_only(place)) in made
    assert "哈希和条数都相符" in put_back
    assert "链完整" in put_back
    assert rows(published) == before
    assert published("status").out == status
    assert published("journal", "verify").code == DONE


def test_what_is_printed_tells_numbers_only(published, place):
    (published.folder / "secret.key").write_bytes(b"s" * 32)

    answer = published("backup", "--out", place)

    assert "staff" in answer.out
    assert "secret.key" in answer.out
    assert "sssss" not in answer.out
    assert "甲0" not in answer.out


def test_backups_of_a_folder_are_pruned(published, place):
    (place / "duty-roster-20200101-020000.zip").touch()
    (place / "duty-roster-20200102-020000.zip").touch()

    answer = published("backup", "--out", place, "--keep", "2")

    names = sorted(path.name for path in place.iterdir())
    assert len(names) == 2
    assert names[0] == "duty-roster-20200102-020000.zip"
    assert "删除旧备份" in answer
    assert "20200101" in answer


def test_a_named_backup_replaces_the_one_before(published, place):
    path = place / "latest.zip"

    for _ in range(2):
        assert published("backup", "--out", path).code == DONE

    assert the_only(place) == path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "{place}/a.zip", "--keep", "3"], "--keep 要配合文件夹"),
        (["--out", "{data}"], "不能放在数据文件夹"),
        (["--out", "{data}/a.zip"], "不能放在数据文件夹"),
    ],
)
def test_what_would_go_wrong_later_is_refused(published, place, words, said):
    asked = [w.format(place=place, data=published.folder) for w in words]

    answer = published("backup", *asked)

    assert answer.code == REFUSED
    assert said in answer
    assert not list(place.iterdir())


def test_nothing_is_no_backup(bare, place):
    answer = bare("backup", "--out", place)

    assert answer.code == REFUSED
    assert "还没有数据" in answer
    assert not list(place.iterdir())
    assert not bare.folder.exists()


def test_a_used_installation_is_never_restored_to(published, place):
    published("backup", "--out", place)
    before = rows(published)

    answer = published("restore", the_only(place))

    assert answer.code == REFUSED
    assert "只能恢复到空的安装" in answer
    assert rows(published) == before


@pytest.mark.parametrize("name", ["none.zip", "table.xlsx"])
def test_a_file_that_is_no_backup_is_named(bare, tmp_path, name):
    (tmp_path / "table.xlsx").write_bytes(b"PK nothing")

    answer = bare("restore", tmp_path / name)

    assert answer.code == UNUSABLE
    assert name in answer
    assert not (bare.folder / "duty.db").exists()


@contextmanager
def little_space(most: int):
    """No file may grow beyond so many bytes, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("full", ["while copying", "while packing"])
def test_on_a_full_disk_no_half_backup_stays(published, place, full):
    size = (published.folder / "duty.db").stat().st_size
    photo = published.folder / "photo.jpg"
    photo.write_bytes(urandom(3 * size))
    older = place / "latest.zip"
    older.write_bytes(b"older")

    with little_space(size // 2 if full == "while copying" else 2 * size):
        answer = published("backup", "--out", older)

    assert answer.code == UNUSABLE
    assert "写不进" in answer
    assert older.read_bytes() == b"older"
    assert the_only(place) == older
    assert published("backup", "--out", older).code == DONE


def test_on_a_full_disk_nothing_is_half_restored(
    published, place, tmp_path, monkeypatch
):
    before = rows(published)
    published("backup", "--out", place)
    move_to(published, monkeypatch, tmp_path / "new")

    with little_space(200_000):
        answer = published("restore", the_only(place))

    assert answer.code == UNUSABLE
    assert "写不进" in answer
    assert published("restore", the_only(place)).code == DONE
    assert rows(published) == before


def test_english_terminals_read_english(published, english, place):
    answer = published("backup", "--out", place)

    assert "Backup:" in answer
    assert "last seal" in answer


def test_the_journal_is_verified_against_a_backup(published, place):
    published("backup", "--out", place)
    kept = the_only(place)

    whole = published("journal", "verify", "--against", kept)
    rewrite_journal(published.folder)
    rewritten = published("journal", "verify", "--against", kept)

    assert whole.code == DONE
    assert "与备份一致" in whole
    assert published("journal", "verify").code == DONE
    assert rewritten.code == REFUSED
    assert "备份之后日志被改写过" in rewritten


def rewrite_journal(folder: Path) -> None:
    """Somebody who knows how seals are made begins the journal anew."""
    records = open_records(f"sqlite:///{folder / 'duty.db'}")
    with records.writing() as session:
        session.execute(text("DROP TRIGGER journal_no_delete"))
        session.execute(text("DELETE FROM journal"))
        session.execute(text("DELETE FROM setting"))
        for value in range(99):
            put(session, "x", str(value), who="李", now=NOW)
    records.close()
