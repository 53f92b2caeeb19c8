"""The benchmarks in a reduced size: that they run, never how fast."""

from datetime import UTC, datetime

import pytest

from tests.benchmarks import bench
from tests.benchmarks.__main__ import main
from tests.benchmarks.county import TERM, county
from tests.benchmarks.measure import measure
from tests.benchmarks.peers import clerk, weighted_sum
from tests.benchmarks.test_oncall import TINY

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SEED = 7


@pytest.fixture(scope="module")
def six():
    problems = bench.make_county(SEED, 6, TERM, jobs=2)
    return problems, bench.run_county(problems, "term", SEED, jobs=2)


def test_six_units_are_proven_and_pass_the_audit(six):
    _, found = six

    assert [unit.failure for unit in found.units] == [""] * 6
    assert [unit.open_tiers for unit in found.units] == [()] * 6
    assert all(unit.proven for unit in found.units)


def test_units_made_side_by_side_are_the_same_units(six):
    problems, _ = six

    assert problems[:2] == list(county(SEED, 2))


def test_time_is_told_apart(six):
    _, found = six

    for unit in found.units:
        assert unit.questions > 0
        assert 0 < unit.cpsat + unit.flow < unit.seconds


def test_no_peer_finds_a_cheaper_roster_than_the_proven_one(six):
    problems, _ = six
    small = min(problems, key=lambda problem: len(problem.staff))
    ours = measure(small)
    costs = tuple(tier.cost for tier in ours.outcome.tiers)

    for peer in (clerk(small), weighted_sum(small, limit=5)):
        assert peer.broken or not peer.costs or peer.costs >= costs


def test_the_command_prints_a_page_and_writes_it(tmp_path, capsys):
    folder, out = tmp_path / "oncall", tmp_path / "results.md"
    folder.mkdir()
    (folder / "tiny.dzn").write_text(TINY)
    words = f"--units 2 --peer-seconds 1 --oncall {folder} --out {out}"

    assert main(words.split(), NOW) == 0

    page = out.read_text("utf-8")
    assert capsys.readouterr().out.strip() == page.strip()
    assert "2026-11-24 10:00 UTC" in page
    assert "| every tier proven" in page
    assert "| tiny " in page


def test_a_missing_folder_is_said_and_passed_over(tmp_path, capsys):
    words = f"--units 1 --peer-seconds 1 --oncall {tmp_path / 'no'}"

    assert main(words.split(), NOW) == 0

    assert "no folder of instances" in capsys.readouterr().out
