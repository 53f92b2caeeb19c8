"""Names in a cell: several of them, spaced out, with a post before them."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from roster.papers.dates import plain
from roster.papers.directory import key_of
from roster.papers.roster_in.statements import Named
from roster.papers.roster_in.words import SAME, Heading, is_open, split_label

STRONG = re.compile(r"[、,;\n\r]+")
WEAK = re.compile(r"[\s/:]+")
BRACKET = re.compile(r"(.+?)\s*\(([^()]*)\)")
NUMBER = re.compile(r"[\d\-+ ]{5,}")
LONGEST = 4  # parts that a name written with spaces may have


@dataclass(frozen=True)
class Known:
    """Who may be meant: the names, and by number whose it is."""

    names: Container[str]
    ids: Mapping[str, str]


class Same:
    """同上: whoever stands above."""


Piece = Named | Heading | Same


def pieces(value: object, known: Known) -> list[Piece]:
    """What a cell names, in order; posts among it are for what follows."""
    found: list[Piece] = []
    # Brackets may hold a comma that parts nobody.
    text = re.sub(
        r"\(([^()]*)\)",
        lambda some: f"({STRONG.sub(' ', some[1])})",
        plain(value),
    )
    for part in STRONG.split(text):
        for piece in _part(part.strip(), known):
            _add(found, piece, known)

    return found


def _add(found: list[Piece], piece: Piece, known: Known) -> None:
    """A number after a name tells whose it is; by itself it names them."""
    last = found[-1] if found else None
    if isinstance(piece, Named) and piece.name in known.ids:
        id_, name = piece.name, known.ids[piece.name]
        if isinstance(last, Named) and key_of(last.name) == key_of(name):
            found.pop()
        piece = Named(name, id_)

    found.append(piece)


def _part(part: str, known: Known) -> Iterator[Piece]:
    if not part or is_open(part) or NUMBER.fullmatch(part):
        return

    if part in SAME:
        yield Same()
        return

    if (name := _known(part, known)) is not None:
        yield name
        return

    label, rest = split_label(part)
    if label is not None:
        yield label
        yield from _part(rest.strip(), known)
        return

    words = [word for word in WEAK.split(part) if word]
    if len(words) > 1:
        yield from _words(words, known)
    else:
        yield _unknown(part)


def _known(words: str, known: Known) -> Named | None:
    """A name as a whole, perhaps with something in brackets."""
    if key_of(words) in known.names or words in known.ids:
        return Named(words if words in known.ids else key_of(words))

    found = BRACKET.fullmatch(words)
    if found and key_of(found[1]) in known.names:
        return Named(key_of(found[1]), found[2].strip())

    return None


def _words(words: list[str], known: Known) -> Iterator[Piece]:
    """Parted by spaces only: each a name, or together one."""
    while words:
        count = _joined(words, known)
        yield from _part("".join(words[:count]), known)
        words = words[count:]


def _joined(words: list[str], known: Known) -> int:
    """How many of the first words make one name."""
    if _known(words[0], known) is not None:
        return 1

    for count in range(2, min(LONGEST, len(words)) + 1):
        if _known("".join(words[:count]), known) is not None:
            return count

    # 张 三, whom nobody knows, is still one person.
    alone = len(words[0]) == 1 and len(words) > 1 and len(words[1]) == 1
    return 2 if alone else 1


def _unknown(words: str) -> Named:
    found = BRACKET.fullmatch(words)
    return Named(found[1].strip(), found[2].strip()) if found else Named(words)
