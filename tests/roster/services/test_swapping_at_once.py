"""Two people answer the same swap in two processes: one of them wins."""

import pytest

from roster.errors import Refused
from roster.records import open_records
from roster.services.swapping import deeds
from tests.roster.services.test_review_at_once import two_processes
from tests.roster.services.test_swapping import (
    ANNA,
    BO,
    BOSS,
    D0,
    Unit,
    settle,
)

ROUNDS, MANY = 4, 200
PEOPLE = {"anna": ANNA, "bo": BO}


def one_tries(url: str, verb: str, swap: int, partner: str) -> str:
    """What becomes of one person's try, in a process of its own."""
    records = open_records(url)
    unit = Unit(records)
    try:
        if verb == "agree":
            unit.does(deeds.agree, swap, PEOPLE[partner])
        elif verb == "approve":
            unit.does(deeds.approve, swap, BOSS)
        else:
            unit.does(deeds.take_back, swap, PEOPLE[partner])
    except Refused as refusal:
        return refusal.code
    finally:
        records.close()

    return verb


def contest(records, rounds: int) -> None:
    """Two agree, or one approves while the other takes back."""
    unit = settle(records)
    url = records.engine.url.render_as_string(hide_password=False)
    with two_processes() as pool:
        for number in range(rounds):
            verbs = (("agree", "agree"), ("approve", "take back"))[number % 2]
            mine = ANNA if unit.holds()[D0] == "anna" else BO
            other = "bo" if mine is ANNA else "anna"
            swap = unit.propose(mine, other)
            if verbs[0] == "approve":
                unit.does(deeds.agree, swap, PEOPLE[other])
            before = unit.number()
            tries = [
                pool.submit(one_tries, url, verb, swap, other)
                for verb in verbs
            ]
            came = [one.result() for one in tries]
            won = [word for word in came if word in verbs]
            assert len(won) == 1, came
            assert set(came) - set(won) == {"swap-no-longer"}, came
            assert unit.number() - before == (won == ["approve"])
            if unit.state(swap) == "agreed":
                unit.does(deeds.take_back, swap, mine)


def test_of_two_at_once_exactly_one_wins(records):
    contest(records, ROUNDS)


@pytest.mark.campaign
def test_of_two_at_once_exactly_one_wins_two_hundred_times(records):
    contest(records, MANY)
