"""Both languages are complete, and the compiled catalogue is the written."""

from io import BytesIO, StringIO
from pathlib import Path
from re import search, sub

from babel import Locale
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import get_babel

import web
from roster.checks.results import Result
from roster.days import DayKind
from roster.people import Standing, UnitKind
from roster.posts import POSTS
from web.words import EVERY, TABLES
from web.words import office as words

HOME = Path(web.__file__).parent
CATALOGUE = HOME / "translations" / "en" / "LC_MESSAGES"


def written():
    with (CATALOGUE / "messages.po").open("rb") as file:
        return read_po(file)


def test_every_sentence_of_a_page_is_in_the_catalogue_and_none_besides():
    config = (HOME / "babel.cfg").read_text("utf-8")
    method_map, options_map = parse_mapping_cfg(StringIO(config))

    said = {
        found[2] for found in extract_from_dir(HOME, method_map, options_map)
    }

    assert said == {message.id for message in written() if message.id}


def test_every_sentence_has_its_english():
    catalogue = written()

    for message in catalogue:
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert not list(message.check(catalogue)), message.id
            # Sheets of the workbook keep their Chinese names.
            english = sub("“[^”]+”", "", message.string)
            assert not search("[\u4e00-\u9fff]", english), message.string


def test_the_compiled_catalogue_is_the_written_one():
    compiled = BytesIO()
    write_mo(compiled, written())

    assert (CATALOGUE / "messages.mo").read_bytes() == compiled.getvalue()


def test_the_site_finds_its_catalogue(shown):
    with shown.client.application.app_context():
        found = get_babel().instance.list_translations()

    assert Locale("en") in found
    assert "There is no such page." in shown.reads("/nothing?lang=en", 404)
    shown.reads("/?lang=zh")


def test_every_word_of_the_office_has_both_languages():
    assert set(words.DAY_KINDS) == set(DayKind)
    assert set(words.UNIT_KINDS) == set(UnitKind)
    assert set(words.STANDINGS) == set(Standing)
    assert set(words.POSTS) == set(words.SHORT_POSTS) == set(POSTS)
    assert set(words.RESULTS_ENGLISH) == set(Result.__members__)


def test_no_code_has_two_sentences():
    assert len(EVERY) == sum(map(len, TABLES))
