"""A draft begun, solved anew and brought up to date at the terminal."""

from tests.offices import SCHOOL, SHORT

WHO = ("--unit", SCHOOL.name, "--who", "王芳", "--term", SHORT.id)


def test_a_draft_is_begun_and_its_rest_solved(published):
    answer = published("draft", *WHO)
    assert (answer.code, answer.told) == (0, "已由第 1 版起草第 2 版。\n")

    again = published("draft", *WHO)
    assert again.code == 1
    assert "已经有第 2 版草稿" in again.told

    answer = published("resolve", *WHO, "--from", "2026-10-10")
    assert (answer.code, answer.out) == (0, "其余不必改。\n")
    answer = published(
        "resolve", *WHO, "--from", "2026-10-10", "--best-balance"
    )
    assert answer.code == 0

    none = published("take-over", *WHO)
    assert none.code == 1
    assert "没有要接受的改动" in none.told


def test_what_makes_no_sense_is_refused_and_stores_nothing(published):
    before = published.stored()

    assert "没有" in published("resolve", *WHO).told
    assert published("take-over", *WHO).code == 1
    unknown = ("--unit", "没有", "--who", "王芳", "--term", SHORT.id)
    assert published("draft", *unknown).code == 1

    assert published.stored() == before


def test_it_speaks_english(published, english):
    assert published("draft", *WHO).told == (
        "Draft no. 2 begins as version 1.\n"
    )
    answer = published("resolve", *WHO, "--from", "2026-10-10")
    assert answer.out == "Nothing else has to change.\n"
