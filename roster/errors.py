"""
Errors that carry facts; the faces choose the words.

A mistake is named by a short ``code`` which ``web/words/sentences`` turns
into a sentence of the visitor's language, filling in ``facts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class RosterError(Exception):
    """Whatever this product refuses, with facts instead of prose."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """
    One thing wrong in something handed to us.

    Parameters
    ----------
    code
        What is wrong, e.g. ``"not-a-date"``; a key of the tables
        in ``web/words/sentences``.
    where
        The place, outermost first: ``("名册.xlsx", "人员", "C7")`` or
        ``("problem.json", "$.staff[3].share")``.
    facts
        What the sentence needs: the value read, the values allowed.
    """

    code: str
    where: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = ", ".join(f"{k}={v!r}" for k, v in self.facts.items())
        return f"{': '.join(self.where)}: {self.code} ({facts})"


class Unusable(RosterError):
    """
    Input that cannot be used as it stands, with all its mistakes.

    Whoever raises it has read everything and changed nothing.
    """

    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(map(str, mistakes)))


class Refused(RosterError):
    """
    Something well-formed that the rules of the office do not allow now.

    ``code`` and ``facts`` as in `Mistake`: publishing one's own roster,
    a stale version number, a version that is already published.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code} {facts}")
