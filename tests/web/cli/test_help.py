"""Every command tells what it does, with an example."""

import argparse
import shlex
from collections.abc import Iterator

import pytest

from web.cli import make_parser

Parsers = Iterator[tuple[str, argparse.ArgumentParser]]


def parsers(parser: argparse.ArgumentParser, name: str = "") -> Parsers:
    """Every command and family of commands below a parser."""
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action.choices, dict):
            for word, below in action.choices.items():
                yield f"{name} {word}".strip(), below
                yield from parsers(below, f"{name} {word}".strip())


COMMANDS = [name for name, _ in parsers(make_parser())]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("language", "word"), [("zh_CN.UTF-8", "例："), ("en_US", "Example: ")]
)
def test_help_ends_with_an_example_that_the_command_understands(
    terminal, monkeypatch, name, language, word
):
    monkeypatch.setenv("LANG", language)

    answer = terminal(*name.split(), "--help")

    assert answer.code == 0
    example = answer.out.rpartition(word)[2]
    words = shlex.split(example)
    words = words[words.index("duty-roster") :]
    assert " ".join(words[1:]).startswith(name)
    assert make_parser().parse_args(words[1:]).command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told_in_the_language_of_the_terminal(
    terminal, english, name
):
    told = terminal(*name.split(), "--help").out.partition("Example")[0]

    assert told.isascii()


def test_no_command_shows_them_all_and_is_no_success(terminal):
    answer = terminal()

    assert answer.code == 2
    for name in COMMANDS:
        assert name.split()[0] in answer.told


@pytest.mark.parametrize("name", ["calendar", "rules", "名册", "generat"])
def test_half_a_command_is_no_command(terminal, name):
    assert terminal(name).code == 2


def test_nothing_is_made_by_asking_for_help(bare):
    bare("import", "--help")

    assert not bare.folder.exists()
