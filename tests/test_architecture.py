"""The house: who may import whom, and what is shipped."""

import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
ROOMS = ("roster", "solver", "calendars", "web")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def tracked() -> list[Path]:
    """The files of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name]


def test_every_contract_of_imports_is_kept(monkeypatch):
    monkeypatch.chdir(ROOT)
    # It would silence every logger there is, for all tests after it.
    monkeypatch.setattr("importlinter.cli._configure_logging", lambda _: None)

    assert lint_imports() == 0


@pytest.mark.parametrize("room", ROOMS)
def test_no_other_distribution_claims_our_names(room):
    assert set(packages_distributions()[room]) == {"duty-roster"}


def test_nothing_lies_beside_the_agreed_folders():
    folders = {path.parts[0] for path in tracked() if len(path.parts) > 1}

    assert folders <= {*ROOMS, "tests", ".ci"}


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in tracked() if path.suffix == ".py"}

    bare = [f for f in folders if not (ROOT / f / "__init__.py").exists()]

    assert bare == []


def test_everything_needed_is_pinned():
    pinned = {
        line.partition("==")[0]
        for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    project = PYPROJECT["project"]
    needed = [
        *project["dependencies"],
        *project["optional-dependencies"]["test"],
    ]

    names = {n.split(">")[0].split("[")[0].strip().lower() for n in needed}

    assert names <= pinned
