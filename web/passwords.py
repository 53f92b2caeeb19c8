"""Passwords: made, compared, judged; only argon2 hashes are kept."""

import secrets
from collections.abc import Iterator
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 8, 200

# What is not mistaken for another letter on a printed slip.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
FIRST_LENGTH = 10

# A hash takes 64 MiB; more at once would starve a small machine.
AT_ONCE = BoundedSemaphore(2)

HASHER = PasswordHasher()

# First passwords are random (49 bits) and used once, so that a weaker hash
# holds; a bureau makes sixteen hundred of them at a time.
FIRST_HASHER = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)


def hash_of(password: str) -> str:
    """What is kept of a password somebody chose."""
    with AT_ONCE:
        return HASHER.hash(password)


def matches(kept: str, password: str) -> bool:
    """
    Whether a password is the one kept.

    Nobody's password takes as long to be wrong as somebody's, so that
    the time does not tell which accounts exist.
    """
    with AT_ONCE:
        try:
            return HASHER.verify(kept or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False


def is_weak(kept: str) -> bool:
    """Whether a hash is weaker than those made today."""
    return HASHER.check_needs_rehash(kept)


def first_password() -> tuple[str, str]:
    """A password for a printed slip, and its hash."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(FIRST_LENGTH))
    return letters, FIRST_HASHER.hash(letters)


def first_passwords(count: int) -> Iterator[tuple[str, str]]:
    """So many of them, all made before any transaction begins."""
    return iter([first_password() for _ in range(count)])


def fault(password: str, login: str, name: str) -> str:
    """What is wrong with a password somebody chooses; empty if nothing."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return "password-short"
    if len(password) > LONGEST:
        return "password-long"
    if password.isdigit() or len(set(plain)) < SHORTEST // 2:
        return "password-simple"
    if login.casefold() in plain or (name and name.casefold() in plain):
        return "password-own-name"

    return ""


@cache
def _nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe(16))
