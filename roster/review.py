"""
How a draft becomes a version in force, and how one is taken back.

    draft → submitted → approved → published → withdrawn

A submitted draft may be taken back by those who made it; whoever approves
may return it, before and after approving.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OPEN = frozenset((State.DRAFT, State.SUBMITTED, State.APPROVED))
IN_REVIEW = frozenset((State.SUBMITTED, State.APPROVED))


class Verb(StrEnum):
    """What people do with a version."""

    SUBMIT = "submit"
    TAKE_BACK = "take back"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Move:
    """From which states a verb may be done, and where it leads."""

    start: frozenset[State]
    end: State


MOVES: Mapping[Verb, Move] = {
    Verb.SUBMIT: Move(frozenset((State.DRAFT,)), State.SUBMITTED),
    Verb.TAKE_BACK: Move(frozenset((State.SUBMITTED,)), State.DRAFT),
    Verb.APPROVE: Move(frozenset((State.SUBMITTED,)), State.APPROVED),
    Verb.RETURN: Move(IN_REVIEW, State.DRAFT),
    Verb.PUBLISH: Move(frozenset((State.APPROVED,)), State.PUBLISHED),
    Verb.WITHDRAW: Move(frozenset((State.PUBLISHED,)), State.WITHDRAWN),
}


def may(verb: Verb, state: str) -> bool:
    """Whether a verb fits a version's state."""
    return state in MOVES[verb].start


def same_person(one: str, other: str) -> bool:
    """Whether two signatures are one person's: blanks, width, case aside."""
    return _letters(one) == _letters(other)


def somebody(name: str) -> bool:
    """Whether a signature names anybody."""
    return bool(_letters(name))


def is_one_of(name: str, others: Collection[str]) -> bool:
    """Whether a signature is one of several people's."""
    return any(same_person(name, other) for other in others)


def _letters(name: str) -> str:
    plain = normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
