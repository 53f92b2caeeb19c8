"""The rules in the documents' own words, and what is set differently."""

import pytest

from tests.offices import BOOKS, SCHOOL
from tests.web.county import OVERRIDE


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
