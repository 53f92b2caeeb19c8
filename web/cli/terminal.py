"""How commands talk: results to standard output, the rest beside it."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from roster.errors import Mistake, Unusable
from web.config import Config
from web.language import CHINESE, environment_language
from web.wiring import Office


def say(chinese: str, english: str) -> str:
    """The wording for the terminal's language."""
    return chinese if environment_language() == CHINESE else english


def tell(line: str) -> None:
    """A line for whoever sits at the terminal."""
    print(line, file=sys.stderr)


def add_command(
    commands: Any,
    name: str,
    command: Callable[[argparse.Namespace], int | None],
    about: str,
    example: str,
) -> argparse.ArgumentParser:
    """A command with its one-line help and an example."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=about,
        epilog=say("例：", "Example: ") + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    return parser


@contextmanager
def office() -> Iterator[Office]:
    """The office of the surroundings, closed again whatever happens."""
    found = Office(Config.from_environment())
    try:
        yield found
    finally:
        found.close()


def read_bytes(path: Path) -> bytes:
    """A file's bytes; says which file cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Unusable(Mistake("no-such-file", (str(path),))) from None
    except OSError as error:
        detail = {"detail": error.strerror or str(error)}
        raise Unusable(Mistake("cannot-read", (str(path),), detail)) from None


def read_text(path: Path) -> str:
    """A UTF-8 file's text; says where it is none."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where, facts = (str(path),), {"position": error.start}
        raise Unusable(Mistake("not-utf8", where, facts)) from None


def write_text(path: Path, text: str) -> None:
    """Writes a file whole; says which cannot be written."""
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        detail = {"detail": error.strerror or str(error)}
        raise Unusable(Mistake("cannot-write", (str(path),), detail)) from None


def make_folder(path: Path) -> None:
    """Makes a folder where there is none; says which cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = {"detail": error.strerror or str(error)}
        raise Unusable(Mistake("cannot-write", (str(path),), detail)) from None


def agreed(question: str, *, yes: bool) -> bool:
    """Whether to go on; nobody at the terminal means no."""
    if yes:
        return True

    if not sys.stdin.isatty():
        tell(say("未写入：请加 --yes 确认。", "Nothing done: add --yes."))
        return False

    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "是")
