"""The rules in the documents' own words, and what is set differently."""

import pytest

from roster.rules.reader import shipped_text
from roster.services.rule_documents import store_document
from tests.offices import BOOKS, SCHOOL
from tests.web.county import NOW, OVERRIDE, open_office


@pytest.mark.parametrize("name", ["bureau", "schools"])
def test_every_article_and_every_parameter_has_the_documents_words(
    shown, name
):
    text = shown.reads(f"/rules/{name}")
    book = BOOKS[name]

    assert book.title in text
    for article in book.articles:
        assert article.name in text
        assert article.text in text
    for param in book.params.values():
        assert param.label in text


def test_what_is_set_differently_has_its_reason_and_document(shown):
    text = shown.reads("/rules/schools")
    label = BOOKS["schools"].params[OVERRIDE.param].label

    table = text[text.index('id="overrides"') :]
    for words in (
        SCHOOL.name,
        "第十二条",
        label,
        "<b>12</b>",
        "2026-09-01",
        OVERRIDE.reason,
        OVERRIDE.document,
    ):
        assert words in table


def test_a_units_own_value_stands_at_its_article(shown):
    own = shown.reads(f"/rules/schools?unit={SCHOOL.id}")
    common = shown.reads("/rules/schools")

    assert f"原为 10；{OVERRIDE.reason}（{OVERRIDE.document}）" in own
    assert "原为 10" not in common


@pytest.mark.parametrize("name", ["bureau", "schools"])
def test_a_shipped_document_says_that_it_is_a_proposal(shown, name):
    text = shown.reads(f"/rules/{name}")

    assert "版本 0.1，拟稿 · 随产品提供，待局里以正式文件替换" in text


def test_the_bureaus_own_document_is_shown_as_soon_as_it_is_stored(
    visitor, here
):
    before = visitor.reads("/rules/schools")
    text = (
        shipped_text("schools")
        .replace('"0.1"', '"1.0"')
        .replace('"拟稿"', '"正式"')
        .replace("看好校门", "守好校门")
    )

    # As the command does, in a process of its own; UTC has the day before.
    morning = NOW.replace(hour=7)
    beside = open_office(here.config.folder)
    with beside.records.writing() as session:
        store_document(session, text, "own.toml", who="王", now=morning)
    beside.close()

    after = visitor.reads("/rules/schools")
    assert "版本 1.0，正式 · 2026-10-06 存入（第 1 次）" in after
    assert "守好校门" in after
    assert "看好校门" in before
    assert "Version 1.0, 正式 · stored on 2026-10-06 (no. 1)" in visitor.reads(
        "/rules/schools?lang=en"
    )
    assert "版本 0.1，拟稿" in visitor.reads("/rules/bureau?lang=zh")


def test_the_documents_are_read_again_only_when_one_was_stored(here):
    read = here.books

    assert here.books is read
