"""The bureau's own rule documents in the records, version by version."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from roster.errors import Unusable
from roster.people import Period
from roster.records import (
    JournalRow,
    RosterRow,
    RuleDocumentRow,
    ShiftRow,
    SolutionRow,
)
from roster.records.journal import broken
from roster.records.upgrading import downgrade, upgrade
from roster.rules.reader import read_rulebook, shipped_text
from roster.rules.rulebook import Override
from roster.services.rule_documents import (
    book_in_force,
    books_in_force,
    made_otherwise,
    newest_versions,
    read_document,
    store_document,
    stored_documents,
    text_in_force,
)
from roster.services.ruling import add_overrides
from tests.conftest import NOW
from tests.offices import BOOKS, BUREAU, SCHOOL, SHORT
from tests.roster.rules.test_reader import damaged
from web.words import all_sentences

SCHOOLS = shipped_text("schools")
ONE = 'label = "每日带班人数", value = 1'
TWO = 'label = "每日带班人数", value = 2'
OWN = damaged(SCHOOLS, (ONE, TWO))
OWN_BOOK = read_rulebook(OWN, "own.toml")


def store(records, text: str = OWN, who: str = "王办公室", now=NOW) -> int:
    with records.writing() as session:
        return store_document(session, text, "own.toml", who=who, now=now)


def test_the_shipped_documents_are_in_force_until_the_bureau_has_its_own(
    records,
):
    with records.reading() as session:
        assert books_in_force(session) == BOOKS
        assert stored_documents(session) == {}
        assert text_in_force(session, "schools") == SCHOOLS


def test_a_stored_document_is_in_force_in_place_of_the_shipped_one(records):
    assert store(records) == 1

    with records.reading() as session:
        found = books_in_force(session)
        stored = stored_documents(session)
        assert text_in_force(session, "schools") == OWN

    assert found == {**BOOKS, "schools": OWN_BOOK}
    assert list(stored) == ["schools"]
    assert stored["schools"].stored_at == NOW


def test_the_newest_of_several_versions_holds_and_none_is_lost(records):
    store(records)
    later = NOW + timedelta(days=1)

    assert store(records, SCHOOLS, now=later) == 2

    with records.reading() as session:
        assert newest_versions(session) == {"schools": 2}
        assert stored_documents(session)["schools"].stored_at == later
        assert books_in_force(session) == BOOKS
        kept = session.scalars(
            select(RuleDocumentRow.text).order_by(RuleDocumentRow.version)
        )
        assert list(kept) == [OWN, SCHOOLS]


def test_the_documents_have_versions_of_their_own(records):
    store(records)

    assert store(records, shipped_text("bureau")) == 1


def test_the_journal_says_who_stored_which_text(records):
    store(records, who="李局长")

    with records.reading() as session:
        assert broken(session) == []
        (entry,) = session.execute(
            select(
                JournalRow.who,
                JournalRow.verb,
                JournalRow.noun,
                JournalRow.thing,
                JournalRow.facts,
            )
        )

    facts = {"version": 1, "digest": OWN_BOOK.digest}
    assert entry == ("李局长", "import", "rule", "schools", facts)


def test_what_fails_while_storing_leaves_nothing(records):
    class Interrupted(Exception):
        pass

    def interrupted() -> None:
        with records.writing() as session:
            store_document(session, OWN, "own.toml", who="王", now=NOW)
            raise Interrupted

    with pytest.raises(Interrupted):
        interrupted()

    with records.reading() as session:
        assert books_in_force(session) == BOOKS
        assert session.scalars(select(JournalRow)).all() == []


def test_an_unusable_document_is_not_stored(records):
    with pytest.raises(Unusable):
        store(records, damaged(OWN, ('"pool_leaders"', '"pool_leader"')))

    with records.reading() as session:
        assert newest_versions(session) == {}
        assert session.scalars(select(JournalRow)).all() == []


@pytest.mark.parametrize(
    ("unit", "named"), [(SCHOOL.id, SCHOOL.name), ("", "*")]
)
def test_a_document_that_forbids_what_is_set_differently_is_refused(
    office, unit, named
):
    text = damaged(OWN, (f"{TWO}, least = 1", f"{TWO}, least = 2"))
    with office.records.writing() as session:
        add_overrides(
            session,
            [
                Override(
                    *("schools", unit, "leaders_per_day", 1),
                    *(Period(SHORT.first), "人少", "柳教发〔2026〕9号"),
                )
            ],
            who="王办公室",
            now=NOW,
        )

    with pytest.raises(Unusable) as refused, office.records.reading() as seen:
        read_document(seen, text, "own.toml")
    with pytest.raises(Unusable):
        store(office.records, text)

    (said,) = all_sentences(refused.value)
    assert f"“{named}”已按“柳教发〔2026〕9号”" in said
    assert "“每日带班人数”（leaders_per_day）调为 1" in said
    with office.records.reading() as session:
        assert newest_versions(session) == {}


def test_a_text_that_a_newer_product_cannot_use_says_so_and_can_be_mended(
    records,
):
    lacking = damaged(OWN, ('"pool_leaders"', '"pool_leader"'))
    with records.writing() as session:
        session.add(
            RuleDocumentRow(
                book="schools", version=1, text=lacking, stored_at=NOW
            )
        )

    with pytest.raises(Unusable) as refused, records.reading() as session:
        books_in_force(session)

    assert [m.code for m in refused.value.mistakes] == ["param-missing"]
    with records.reading() as session:
        assert "pool_leader" in book_in_force(session, "schools").params
    assert store(records) == 2
    with records.reading() as session:
        assert books_in_force(session)["schools"] == OWN_BOOK


def leaders(office) -> list[tuple[str, str, set[int]]]:
    """Each of the school's versions: its state, text, and leaders a day."""
    with office.records.reading() as session:
        rows = session.execute(
            select(RosterRow.id, RosterRow.state, SolutionRow.book)
            .join(SolutionRow, SolutionRow.id == RosterRow.solution)
            .where(RosterRow.unit == SCHOOL.id)
            .order_by(RosterRow.number)
        ).all()
        return [
            (state, book, set(session.scalars(_leading(roster))))
            for roster, state, book in rows
        ]


def _leading(roster: int):
    return select(ShiftRow.needs).where(
        ShiftRow.roster == roster, ShiftRow.post == "lead"
    )


def test_a_document_counts_for_what_is_generated_afterwards(office):
    office.generate(SCHOOL.id)
    office.publish()
    shipped = BOOKS["schools"].digest
    store(office.records)
    assert leaders(office) == [("published", shipped, {1})]

    with office.records.reading() as session:
        books = books_in_force(session)
    office.generate(SCHOOL.id, books=books)

    assert leaders(office) == [
        ("published", shipped, {1}),
        ("draft", OWN_BOOK.digest, {2}),
    ]


def test_rosters_made_under_another_text_of_the_document_are_counted(office):
    def counted(book) -> dict[str, int]:
        with office.records.reading() as session:
            return made_otherwise(session, book)

    assert counted(OWN_BOOK) == {"draft": 0, "published": 0}

    office.generate()  # the bureau's is under the other document
    assert counted(OWN_BOOK) == {"draft": 1, "published": 0}
    assert counted(BOOKS["schools"]) == {"draft": 0, "published": 0}

    office.publish()
    office.generate(SCHOOL.id)
    office.publish()  # takes the place of the first
    office.generate(SCHOOL.id, BUREAU.id)
    assert counted(OWN_BOOK) == {"draft": 1, "published": 1}


def test_going_back_before_own_documents_leaves_the_shipped_ones(records):
    store(records)

    downgrade(records, "0002")
    upgrade(records)

    with records.reading() as session:
        assert books_in_force(session) == BOOKS
