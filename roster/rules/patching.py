"""A clause with some of its fields replaced, as its ``relax`` list says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from roster.rules.clauses import Clause, Wished


def patched(clause: Clause, fields: Mapping[str, Any]) -> Clause:
    """
    The clause with new values for fields of its kind.

    Parameters
    ----------
    fields
        As they stand in a document: numbers, words, lists, objects.
    """
    values = {name: _value(name, value) for name, value in fields.items()}
    return replace(clause, **values)


def _value(name: str, value: Any) -> Any:
    if name in ("pairs", "groups"):
        return tuple(tuple(names) for names in value)

    if name == "wishes":
        return tuple(_wished(wish) for wish in value)

    return value


def _wished(wish: Mapping[str, Any]) -> Wished:
    on = wish.get("date")
    return Wished(
        wish["staff"],
        wish["want"],
        date.fromisoformat(on) if on else None,
        wish.get("shift", ""),
        wish.get("weight", 1),
    )
