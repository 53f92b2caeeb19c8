"""The verifier that stands alone agrees with the product on whole terms."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from roster.draw import verify as module
from roster.draw.hashing import canonical, digest
from roster.draw.published import FIRST
from roster.draw.verify import SAID, verify
from tests.roster.draw.terms import drawn_term

SEEDS = range(20)
OWN = Path(module.__file__)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_term_drawn_by_the_product_holds(seed):
    assert verify(drawn_term(seed).file) == []


def test_the_seeded_terms_have_all_that_may_happen():
    offices = [drawn_term(seed) for seed in SEEDS]
    made = [one for office in offices for one in office.made]

    assert any(len(office.frames) > 3 for office in offices)
    assert any(one.state == "cancelled" and one.places for one in made)
    assert any(not one.value for one in made)
    assert any(one.recused for one in made)


def test_it_stands_alone():
    tree = ast.parse(OWN.read_text("utf-8"))
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import)]
    froms = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    names = {one.name for found in imports for one in found.names}
    names |= {str(found.module).partition(".")[0] for found in froms}

    assert names <= sys.stdlib_module_names


def test_it_runs_by_itself_against_the_stamped_hashes(tmp_path):
    office = drawn_term(1)
    path = tmp_path / "TERM.json"
    path.write_bytes(office.file)
    document = json.loads(office.file)
    stamped = document["key_hash"], office.frames[0].hash

    fine = run(tmp_path, path, *stamped)
    other = run(tmp_path, path, stamped[0], "0" * 64)

    assert (fine.returncode, fine.stderr) == (0, "")
    assert "全部相符" in fine.stdout
    assert stamped[0] in fine.stdout
    assert other.returncode == 1
    assert "frame 1：与盖章的摘要不符" in other.stdout


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-I", OWN, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def flipped(content: bytes, luck: Random) -> bytes:
    """The same with one bit the other way round."""
    changed = bytearray(content)
    changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("seed", range(2))
def test_every_bit_turned_is_named(seed):
    luck, content = Random(seed), drawn_term(seed).file

    for _ in range(30):
        assert verify(flipped(content, luck))


@pytest.mark.campaign
def test_two_hundred_bits_turned_are_all_named():
    luck = Random(200)
    named = 0
    for seed in SEEDS:
        content = drawn_term(seed).file
        named += sum(bool(verify(flipped(content, luck))) for _ in range(10))

    print(f"\n200 bits turned, {named} named")
    assert named == 200


def resealed(document, which: int, **changes) -> bytes:
    """One record changed, and the whole chain sealed anew after it."""
    document["draws"][which - 1].update(changes)
    before = FIRST
    for record in document["draws"]:
        record["before"] = before
        bare = {k: v for k, v in record.items() if k != "hash"}
        record["hash"] = before = digest(bare)

    return canonical(document) + b"\n"


def whole(seed: int = 3):
    document = json.loads(drawn_term(seed).file)
    live = [d["number"] for d in document["draws"] if d["state"] == "drawn"]
    return document, live[2]


def test_a_changed_result_is_named_however_well_it_is_sealed():
    document, number = whole()
    places = document["draws"][number - 1]["places"]
    places[0]["inspectors"] = ["a5", "a4"]

    found = verify(resealed(document, number))

    assert found == [(f"draw {number}", "places")]


def test_another_order_of_the_places_is_named():
    document, number = whole()
    document["draws"][number - 1]["places"].reverse()

    found = verify(resealed(document, number))

    assert found == [(f"draw {number}", "places")]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"value": "000"}, "places"),
        ({"state": "lost"}, "state"),
        ({"frame": 99}, "frame"),
        ({"day": "2026-09-07"}, "day"),
        ({"day": "soon"}, "fields"),
        ({"drawn_at": "2026-08-01T00:00:00"}, "early"),
        ({"places": None}, "fields"),
        ({"places": [{"unit": "U001"}]}, "fields"),
        ({"number": 77}, "number"),
    ],
)
def test_what_was_written_differently_is_named(change, what):
    document, number = whole()

    assert (f"draw {number}", what) in verify(
        resealed(document, number, **change)
    )


def test_a_day_drawn_twice_is_named():
    document, number = whole()
    day = document["draws"][number - 1]["day"]

    found = verify(resealed(document, number + 1, day=day, state="drawn"))

    assert (f"draw {number + 1}", "twice") in found


def test_a_draw_left_out_is_named():
    document, number = whole()
    gone = document["draws"].pop(number - 1)
    for n, record in enumerate(document["draws"], 1):
        record["number"] = n

    found = verify(resealed(document, 1))

    assert found
    assert gone["day"] not in {one["day"] for one in document["draws"]}


def test_the_last_draw_left_out_is_named():
    document, _ = whole()
    gone = document["draws"].pop()

    found = verify(resealed(document, 1))

    assert found == [(f"day {gone['day']}", "missing")]


def test_another_key_is_named_even_with_its_own_hash_against_the_stamp():
    document = json.loads(drawn_term(4).file)
    stamped = document["key_hash"]
    document["key"] = "11" * 32

    assert ("key", "key") in verify(canonical(document) + b"\n")
    assert ("key", "stamped") in verify(canonical(document) + b"\n", "0" * 64)
    assert stamped


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]\n",
        b"\xff",
        b"{}\n",
        b'{"draws":[null],"format":1,"frames":[null],"key":1,"key_hash":2}\n',
        b'{"draws":{},"format":"","frames":[],"key":"","key_hash":""}\n',
        b'{"draws":[],"format":"","frames":{},"key":"","key_hash":""}\n',
        b'{"draws":[],"format":"","frames":[{"frame":3,"hash":""}],'
        b'"key":"zz","key_hash":""}\n',
    ],
)
def test_what_is_no_term_is_named_and_nothing_breaks(content):
    found = verify(content)

    assert found
    assert {what for _, what in found} <= set(SAID)
