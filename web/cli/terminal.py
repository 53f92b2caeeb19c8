"""How commands talk: results to standard output, the rest beside it."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any

from roster.documents.problems import MOST_SEED
from roster.errors import Mistake, Unusable
from web.config import Config
from web.language import CHINESE, environment_language
from web.texts import any_text
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


def add_group(commands: Any, name: str, about: str, example: str) -> Any:
    """A family's name; gives what its own commands are added to."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=about,
        epilog=say("例：", "Example: ") + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser.add_subparsers(required=True, metavar=say("操作", "ACTION"))


def add_consent(parser: argparse.ArgumentParser) -> None:
    """The options of whatever asks before it writes."""
    parser.add_argument(
        "--yes",
        action="store_true",
        help=say("不再询问", "do not ask"),
    )
    parser.add_argument(
        "--who",
        default="duty-roster",
        metavar=say("姓名", "NAME"),
        help=say("记入日志的操作人", "who does it, for the journal"),
    )


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


def read_any_text(path: Path) -> str:
    """Text as editors save it here."""
    return any_text(read_bytes(path), str(path))


def write_text(path: Path, text: str) -> None:
    """Writes a file whole; says which cannot be written."""
    with writing(path):
        path.write_text(text, "utf-8")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Says which file or folder cannot be written."""
    try:
        yield
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


def positive(words: str) -> int:
    """A number of things as an option gives it: 1 or more."""
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError("≥ 1")

    return number


def seconds(words: str) -> float:
    """A time limit in seconds as an option gives it; more than none."""
    number = float(words)
    if not 0 < number < inf:  # NaN is no limit either
        raise argparse.ArgumentTypeError("> 0")

    return number


def seed(words: str) -> int:
    """A seed of chance as an option gives it."""
    number = int(words)
    if not 0 <= number <= MOST_SEED:
        raise argparse.ArgumentTypeError(f"0 … {MOST_SEED}")

    return number


def agreed(question: str, *, yes: bool) -> bool:
    """Whether to go on; nobody at the terminal means no."""
    if yes:
        return True

    if not sys.stdin.isatty():
        tell(say("未写入：请加 --yes 确认。", "Nothing done: add --yes."))
        return False

    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "是")
