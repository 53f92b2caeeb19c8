"""Somebody at the terminal, and a county for them to work on."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from shutil import copy, copytree

import pytest

from roster.county import County
from roster.days import Term
from roster.papers.workbook_out import write_county
from tests.offices import BUREAU, SCHOOL, SHORT, bureau_staff, school_staff
from web.cli import main

DONE, REFUSED, UNUSABLE = 0, 1, 2

# With 春节, in a year whose notice is not known.
FEBRUARY = Term("2027-02", "2027年2月", date(2027, 1, 25), date(2027, 2, 28))
COUNTY = County(
    units=(BUREAU, SCHOOL),
    staff=(*bureau_staff(24), *school_staff(12)),
    terms=(SHORT, FEBRUARY),
)
TWO = ("--author", "王芳", "--approver", "李刚")


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    told: str  # beside standard output

    def __contains__(self, words: str) -> bool:
        return words in self.out + self.told


class Terminal:
    """Runs commands in a data folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *words: object) -> Answer:
        self._capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as error:  # argparse
            code = error.code
        out, told = self._capsys.readouterr()
        return Answer(code, out, told)

    def stored(self) -> list[str]:
        """Everything in the records, to see that nothing changed."""
        with closing(sqlite3.connect(self.folder / "duty.db")) as records:
            return list(records.iterdump())


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch, tmp_path):
    """A Chinese terminal where nobody can be asked."""
    for name in ("LC_ALL", "LC_MESSAGES", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("DUTY_ROSTER_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", StringIO())


@pytest.fixture
def english(monkeypatch) -> None:
    """The same terminal in English."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def bare(tmp_path, capsys) -> Terminal:
    """Nothing was ever done here: there is no data folder yet."""
    return Terminal(tmp_path / "data", capsys)


@pytest.fixture
def terminal(shape, bare) -> Terminal:
    """A data folder with empty records."""
    bare.folder.mkdir()
    copy(shape, bare.folder)
    return bare


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The small county with two terms published, made by the commands."""
    folder = tmp_path_factory.mktemp("built")
    workbook = folder / "名册.xlsx"
    write_county(COUNTY, workbook)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUTY_ROSTER_DATA", str(folder / "data"))
        patch.delenv("DATABASE_URL", raising=False)
        assert main(["import", str(workbook), "--yes"]) == DONE
        for term in COUNTY.terms:
            assert main(["generate", "--term", term.id, "--jobs", "2"]) == DONE
            assert main(["publish", "--term", term.id, *TWO]) == DONE

    return folder / "data"


@pytest.fixture
def published(built, bare) -> Terminal:
    """A copy of the small county, its rosters published."""
    copytree(built, bare.folder)
    return bare
