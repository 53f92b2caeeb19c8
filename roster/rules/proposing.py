"""A parameter set differently, as a form says it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from roster.errors import Mistake, Unusable
from roster.people import Period
from roster.rules.reader import facts_of
from roster.rules.rulebook import Override, Param, RuleBook, Value

LONGEST = {"reason": 200, "document": 80}
MOST_DIGITS = 9
SEVERAL = re.compile(r"[、,，]")


def read_proposal(
    book: RuleBook,
    fields: Mapping[str, str],
    values: Sequence[str],
    units: Collection[str],
) -> Override:
    """
    One override; raises `Unusable` with every mistake.

    Parameters
    ----------
    fields
        ``unit``, ``param``, ``from``, ``until``, ``reason``, ``document``.
    values
        What was written or ticked for the value.
    units
        The ids of the units under the document.
    """
    mistakes: list[Mistake] = []
    unit = fields.get("unit", "")
    if unit and unit not in units:
        mistakes.append(Mistake("unknown-unit", ("unit",), {"value": unit}))

    param = book.params.get(fields.get("param", ""))
    value: Value = ""
    if param is None:
        mistakes.append(Mistake("param-needed", ("param",)))
    else:
        value = value_of(param, values)
        if code := param.problem_with(value):
            told = facts_of(param, "、".join(values))
            mistakes.append(Mistake(code, ("value",), told))

    period = read_period(fields, mistakes)
    words = dict(_papers(fields, mistakes))
    if mistakes:
        raise Unusable(*mistakes)

    assert param is not None
    return Override(
        book.id,
        unit,
        param.name,
        value,
        period,
        words["reason"],
        words["document"],
    )


def value_of(param: Param, words: Sequence[str]) -> Value:
    """Words as a value of the parameter's type; itself where they are none."""
    word = words[0].strip() if words else ""
    if isinstance(param.value, bool):
        return {"是": True, "否": False}.get(word, word)

    if isinstance(param.value, tuple):
        parts = (part.strip() for w in words for part in SEVERAL.split(w))
        return tuple(part for part in parts if part)

    if isinstance(param.value, int):
        digits = word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS
        return int(word) if digits else word

    return word


def read_period(
    fields: Mapping[str, str],
    mistakes: list[Mistake],
    *,
    ending: bool = False,
) -> Period:
    """From when until when; the end may be open unless one is due."""
    first = _day(fields, "from", mistakes, needed=True)
    last = _day(fields, "until", mistakes, needed=ending)
    if first and last and last < first:
        facts = {"value": str(last)}
        mistakes.append(Mistake("range-reversed", ("until",), facts))
        return Period(first)

    return Period(first, last)


def _day(
    fields: Mapping[str, str],
    key: str,
    mistakes: list[Mistake],
    *,
    needed: bool,
) -> date | None:
    word = fields.get(key, "").strip()
    if not word:
        if needed:
            mistakes.append(Mistake("empty-cell", (key,)))
        return None

    try:
        return date.fromisoformat(word)
    except ValueError:
        mistakes.append(Mistake("not-a-date", (key,), {"value": word}))
        return None


def _papers(
    fields: Mapping[str, str], mistakes: list[Mistake]
) -> Iterator[tuple[str, str]]:
    """Why, and by which paper; neither may be missing."""
    for key, longest in LONGEST.items():
        word = fields.get(key, "").strip()
        if not word:
            mistakes.append(Mistake("empty-cell", (key,)))
        elif len(word) > longest:
            facts = {"most": longest}
            mistakes.append(Mistake("cell-too-long", (key,), facts))
        yield key, word


def read_surge(
    book: RuleBook,
    fields: Mapping[str, str],
    chosen: Sequence[str],
    units: Collection[str],
) -> tuple[Override, ...]:
    """
    A surge of the schools' article 21: more people for units and dates.

    ``chosen`` are the units it is for, all of them when none is chosen.

    Raises
    ------
    Unusable
        With every mistake; a surge ends, and adds somebody.
    """
    mistakes = [
        Mistake("unknown-unit", ("unit",), {"value": unit})
        for unit in chosen
        if unit not in units
    ]
    period = read_period(fields, mistakes, ending=True)
    words = dict(_papers(fields, mistakes))
    more: dict[str, Value] = {}
    for name in SURGE:
        param, word = book.params[name], fields.get(name, "").strip()
        value = value_of(param, [word or "0"])
        if code := param.problem_with(value):
            told = facts_of(param, word)
            mistakes.append(Mistake(code, (name,), told))
        elif value:
            more[name] = value
    if not more and not mistakes:
        mistakes.append(Mistake("surge-of-nobody"))
    if mistakes:
        raise Unusable(*mistakes)

    return tuple(
        Override(
            book.id,
            unit,
            name,
            value,
            period,
            words["reason"],
            words["document"],
        )
        for unit in (chosen or [""])
        for name, value in more.items()
    )


SURGE = ("surge_leaders", "surge_staff")
