"""The fairness page says what the records say."""

from re import findall, sub

from roster.services.people import fairness
from tests.offices import BUREAU, SCHOOL, SHORT


def lines(shown, unit):
    """By person, the numbers of their row."""
    text = shown.reads(f"/units/{unit.id}/fairness")
    found = {}
    for staff, rest in findall(
        r'<td><a href="/people/([^?]+)\?[^>]*>.*?</a>(.*?)</tr>',
        text.replace("\n", ""),
    ):
        found[staff] = findall(r"\d+|\+", sub("<svg.*?</svg>", "", rest))
    return found


def test_every_number_is_that_of_the_records(shown):
    here = shown.client.application.extensions["office"]
    for unit in (BUREAU, SCHOOL):
        with here.records.reading() as session:
            view = fairness(session, unit_id=unit.id, term_id=SHORT.id)
        told = lines(shown, unit)

        assert set(told) == {person.staff_id for person in view.people}
        for person in view.people:
            expected = []
            for ledger in view.ledgers:
                expected += [
                    str(person.total(ledger)),
                    str(person.carried[ledger]),
                    "+",
                    str(person.term[ledger]),
                ]
            assert told[person.staff_id] == expected


def test_together_everybody_bears_all_shifts(shown):
    roster = shown.reads(f"/units/{SCHOOL.id}?view=list")

    totals = [int(numbers[-1]) for numbers in lines(shown, SCHOOL).values()]

    assert sum(totals) == len(findall(r"<td>\d\d:", roster)) > 0


def test_each_tier_stands_beside_its_bound_with_a_verdict(shown):
    here = shown.client.application.extensions["office"]
    with here.records.reading() as session:
        view = fairness(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    text = sub(r"\s+", "", shown.reads(f"/units/{SCHOOL.id}/fairness"))

    for tier in view.head.tiers:
        cells = f'"number">{tier.cost}</td><tdclass="number">{tier.bound}<'
        assert cells in text
    assert "不能。每一层都已证明" in text
    assert text.count("已证明</span>") == len(view.head.tiers)


def test_least_and_most_stand_above_each_group(shown):
    here = shown.client.application.extensions["office"]
    with here.records.reading() as session:
        view = fairness(session, unit_id=BUREAU.id, term_id=SHORT.id)
    text = shown.reads(f"/units/{BUREAU.id}/fairness")

    for post in {p.posts[0] for p in view.people}:
        least, most = view.spread(post, "total")
        told = f"{least}–{most}" if least < most else f"{least}"
        assert f'<td class="number">{told}</td>' in text
