"""Codes and facts as sentences, Chinese first."""

from roster.errors import Mistake, Refused, Unusable
from web.language import CHINESE
from web.words.conflicts import post_word, some
from web.words.editing import SENTENCES as EDITING
from web.words.sentences import (
    accounts,
    answering,
    channels,
    checks,
    comp,
    documents,
    draws,
    duty,
    files,
    generating,
    keeping,
    notices,
    preparing,
    reviewing,
    roster_files,
    rules,
    swaps,
    workbooks,
)

# Each code has one sentence; each subject's stand in a table of its own.
TABLES = (
    EDITING,
    accounts.SENTENCES,
    answering.SENTENCES,
    channels.SENTENCES,
    checks.SENTENCES,
    comp.SENTENCES,
    documents.SENTENCES,
    draws.SENTENCES,
    duty.SENTENCES,
    files.SENTENCES,
    generating.SENTENCES,
    keeping.SENTENCES,
    notices.SENTENCES,
    preparing.SENTENCES,
    reviewing.SENTENCES,
    roster_files.SENTENCES,
    rules.SENTENCES,
    swaps.SENTENCES,
    workbooks.SENTENCES,
)
EVERY = {code: said for table in TABLES for code, said in table.items()}


def mistake_sentence(mistake: Mistake, language: str = CHINESE) -> str:
    """Where, what is wrong, and what is allowed."""
    what = sentence(mistake.code, mistake.facts, language)
    place = " ".join(mistake.where)
    return f"{place}: {what}" if place else what


def refusal_sentence(refused: Refused, language: str = CHINESE) -> str:
    """Why something is not allowed now."""
    return sentence(refused.code, refused.facts, language)


def all_sentences(error: Unusable, language: str = CHINESE) -> list[str]:
    """Every mistake of something unusable, a sentence each."""
    return [mistake_sentence(mistake, language) for mistake in error.mistakes]


def sentence(code: str, facts: object, language: str = CHINESE) -> str:
    """
    A code's sentence with its facts in it.

    What was read and what is allowed are added where the sentence does
    not place them itself.
    """
    known = dict(facts) if isinstance(facts, dict) else {}
    if "shifts" in known:
        known["shifts"] = _shifts(known["shifts"], language)

    template = EVERY[code][0 if language == CHINESE else 1]
    told = template.format_map(_Facts(known)).rstrip()
    return told + _tail(known, template, language)


def _shifts(shifts: object, language: str) -> str:
    """Shifts by their ids, ``2026-10-01/lead``, the first of many."""
    which = 0 if language == CHINESE else 1
    named = []
    for shift in shifts if isinstance(shifts, list | tuple) else ():
        day, _, post = str(shift).rpartition(":")[2].partition("/")
        named.append(f"{day} {post_word(post.partition('/')[0], which)}")

    return some(named, which, "班")


class _Facts(dict[str, object]):
    """Facts for a template; a missing one shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "" if key == "sentence" else "–"


def _tail(facts: dict[str, object], template: str, language: str) -> str:
    chinese = language == CHINESE
    parts = []
    if "value" in facts and "{value}" not in template:
        read = "读到" if chinese else "read"
        parts.append(f"{read} “{facts['value']}”")

    allowed = facts.get("allowed")
    if allowed is not None and "{allowed}" not in template:
        word = "允许：" if chinese else "allowed: "
        parts.append(word + _listed(allowed))

    return (
        (
            "（" + "；".join(parts) + "）"
            if chinese
            else " (" + "; ".join(parts) + ")"
        )
        if parts
        else ""
    )


def _listed(allowed: object) -> str:
    if not isinstance(allowed, list | tuple | set):
        return str(allowed)

    words = [str(word) for word in allowed if word is not None]
    return "、".join(words)
