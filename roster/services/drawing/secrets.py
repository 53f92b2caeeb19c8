"""The key of a series and the labels of its people, kept encrypted."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from roster.draw.hashing import KEY_BYTES
from roster.records import SeriesRow

LABEL = 8  # hexadecimal digits


class Vault(Protocol):
    """Encrypts under the installation's key."""

    def seal(self, secret: bytes) -> str:
        """The secret, encrypted."""
        ...

    def open(self, sealed: str) -> bytes:
        """The secret again; raises `Refused` under another key."""
        ...


@dataclass(frozen=True, slots=True)
class Secret:
    """
    The key that is revealed in the end, and the salt that never is.

    Without the salt nobody can tell whom a label in a published frame
    stands for.
    """

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def new(cls, random: Callable[[int], bytes]) -> "Secret":
        """Freshly drawn."""
        return cls(random(KEY_BYTES), random(KEY_BYTES))

    @classmethod
    def of(cls, row: SeriesRow, vault: Vault) -> "Secret":
        """A committed series' secret."""
        both = vault.open(row.secret)
        return cls(both[:KEY_BYTES], both[KEY_BYTES:])

    def sealed(self, vault: Vault) -> str:
        """As it is kept."""
        return vault.seal(self.key + self.salt)

    def label(self, staff: str) -> str:
        """What a person is called in frames and records."""
        return hmac.new(self.salt, staff.encode(), sha256).hexdigest()[:LABEL]

    def people(self, staff: Iterable[str]) -> dict[str, str]:
        """Ids by label."""
        return {self.label(one): one for one in staff}
