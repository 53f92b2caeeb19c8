"""What is hashed, and how: the same bytes on every machine."""

import hmac
import json
from hashlib import sha256
from typing import Any

KEY_BYTES = 32


def canonical(thing: Any) -> bytes:
    """JSON with sorted keys, no blanks, in UTF-8."""
    text = json.dumps(
        thing, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def digest(thing: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return sha256(canonical(thing)).hexdigest()


def key_hash(key: bytes) -> str:
    """What is published of a key at the start of the term."""
    return sha256(key).hexdigest()


def visit_ticket(key: bytes, unit: str) -> bytes:
    """Where a unit stands when the visit days are dealt."""
    return sha256(key + b"visit" + unit.encode()).digest()


def seed_of(key: bytes, number: int, frame_hash: str, value: str) -> bytes:
    """The seed of one draw."""
    message = f"{number}\n{frame_hash}\n{value}"
    return hmac.new(key, message.encode(), sha256).digest()


def unit_ticket(seed: bytes, unit: str) -> bytes:
    """The smaller it is, the sooner a unit is drawn."""
    return sha256(seed + unit.encode()).digest()


def lot(seed: bytes, *words: str) -> bytes:
    """What else is drawn: the way, the hour, the inspectors."""
    return sha256(seed + "\0".join(words).encode()).digest()


def number_below(ticket: bytes, bound: int) -> int:
    """A ticket as a number from 0 to ``bound`` − 1."""
    return int.from_bytes(ticket, "big") % bound
