"""The review at the terminal, step by step, by two people."""

from datetime import datetime

import pytest
import time_machine

from tests.builders import SHANGHAI
from tests.offices import SHORT
from tests.web.cli.conftest import DONE, REFUSED, UNUSABLE

SCHOOL = "柳湾小学"
OF_SCHOOL = "--term", SHORT.id, "--unit", SCHOOL
AUTHOR, APPROVER = ("--who", "周校长"), ("--who", "李刚")


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(
        datetime(2026, 9, 20, 9, tzinfo=SHANGHAI), tick=True
    ):
        yield


@pytest.fixture
def drafted(published):
    """A second version of the school's roster as a draft."""
    assert published("generate", *OF_SCHOOL, "--seed", 7).code == DONE
    return published


def test_two_people_bring_a_draft_into_force_and_take_it_back(drafted):
    steps = [
        ("submit", *OF_SCHOOL, *AUTHOR, "--remark", "请审"),
        ("approve", *OF_SCHOOL, *APPROVER),
        ("publish", *OF_SCHOOL, "--author", "周校长", "--approver", "李刚"),
    ]
    told = [drafted(*step) for step in steps]
    assert [answer.code for answer in told] == [DONE] * 3
    assert "已批准 1 份值班表" in told[1]
    versions = drafted("compare", *OF_SCHOOL)
    assert versions.code == DONE

    answer = drafted("withdraw", *OF_SCHOOL, *APPROVER, "--remark", "排错了人")
    assert "已撤销 1 份值班表" in answer
    assert answer.code == DONE


def test_what_is_returned_can_be_submitted_again(drafted):
    assert drafted("submit", *OF_SCHOOL, *AUTHOR).code == DONE

    back = drafted("return", *OF_SCHOOL, *APPROVER, "--remark", "初三换人")

    assert (back.code, "已退回" in back) == (DONE, True)
    assert drafted("submit", *OF_SCHOOL, *AUTHOR).code == DONE


def test_the_author_does_not_approve(drafted):
    drafted("submit", *OF_SCHOOL, *AUTHOR)
    before = drafted.stored()

    answer = drafted("approve", *OF_SCHOOL, *AUTHOR)

    assert answer.code == REFUSED
    assert "须另一人批准" in answer
    assert drafted.stored() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("approve", *OF_SCHOOL, *APPROVER), REFUSED),
        (("return", *OF_SCHOOL, *APPROVER), UNUSABLE),
        (("return", *OF_SCHOOL, *APPROVER, "--remark", " "), REFUSED),
        (("withdraw", *OF_SCHOOL, *APPROVER), UNUSABLE),
        (("submit", *OF_SCHOOL[:2], *AUTHOR), UNUSABLE),
        (("submit", "--unit", "没有", *AUTHOR), REFUSED),
        (("submit", *OF_SCHOOL[:3], "柳湾县教科局", *AUTHOR), REFUSED),
    ],
)
def test_what_does_not_fit_changes_nothing(drafted, words, code):
    before = drafted.stored()

    assert drafted(*words).code == code
    assert drafted.stored() == before


def test_what_is_under_review_is_not_generated_anew(drafted):
    drafted("submit", *OF_SCHOOL, *AUTHOR)

    answer = drafted("generate", *OF_SCHOOL)

    assert answer.code == REFUSED
    assert "正在审核" in answer


def test_the_terminal_tells_who_is_late(published):
    answer = published("deadlines", "--term", SHORT.id)

    assert answer.code == DONE
    assert f"{SCHOOL}  按时 " in answer.out
    with time_machine.travel(datetime(2026, 10, 3, tzinfo=SHANGHAI)):
        published("withdraw", *OF_SCHOOL, *APPROVER, "--remark", "排错了人")
        answer = published("deadlines", "--term", SHORT.id)

    assert answer.code == REFUSED
    assert "2026年10月 逾期 8 天" in answer.out


def test_it_says_so_in_english(drafted, english):
    answer = drafted("submit", *OF_SCHOOL, *AUTHOR)

    assert "Submitted: 1." in answer
