"""What is published: the records of draws in a chain, the term's file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from roster.draw.drawing import Place
from roster.draw.frame import STAMP, Frame
from roster.draw.hashing import canonical, digest, key_hash

FORMAT = "duty-roster-draw/1"
FIRST = "0" * 64  # before the first record
DRAWN, CANCELLED = "drawn", "cancelled"


@dataclass(frozen=True, slots=True)
class Made:
    """
    A draw as it was made.

    ``recused`` are those who recused themselves after it, by unit.
    """

    number: int
    day: date
    frame: int
    value: str
    drawn_at: datetime  # on the office's clock, without zone
    places: Sequence[Place]
    recused: Mapping[str, Sequence[str]] = field(default_factory=dict)
    state: str = DRAWN
    reason: str = ""


def record_of(made: Made, before: str) -> dict[str, Any]:
    """
    The record of a draw, sealed with the one before it.

    Places stand by their hour, so that nobody reads from the order whose
    visit day it was.
    """
    record = {
        "number": made.number,
        "day": str(made.day),
        "frame": made.frame,
        "value": made.value,
        "drawn_at": made.drawn_at.strftime(STAMP),
        "state": made.state,
        "reason": made.reason,
        "places": sorted(
            (
                _place(one, made.recused.get(one.unit, ()))
                for one in made.places
            ),
            key=lambda place: (place["minute"], place["unit"]),
        ),
        "before": before,
    }
    return {**record, "hash": digest(record)}


def _place(place: Place, recused: Sequence[str]) -> dict[str, Any]:
    able = place.inspectors(recused)
    return {
        "unit": place.unit,
        "way": place.way.value,
        "minute": place.minute,
        "inspectors": list(able),
        "missing": place.need - len(able),
        "recused": sorted(recused),
    }


def term_file(
    key: bytes, frames: Sequence[Frame], records: Sequence[Mapping[str, Any]]
) -> bytes:
    """The file of a term that is over; `verify.py` reads it."""
    document = {
        "format": FORMAT,
        "key": key.hex(),
        "key_hash": key_hash(key),
        "frames": [{"hash": f.hash, "frame": f.document} for f in frames],
        "draws": list(records),
    }
    return canonical(document) + b"\n"
