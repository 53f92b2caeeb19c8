"""The second factor: codes of an app, and recovery codes on paper."""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, InvalidToken

from roster.services.logins import hashed
from web.passwords import LETTERS

ISSUER = "值班 duty-roster"
STEP = 30  # seconds a code holds
RECOVERY_CODES, RECOVERY_LENGTH = 8, 10


class Codes:
    """Keeps the secrets of second factors encrypted by the site's key."""

    def __init__(self, key: bytes) -> None:
        derived = sha256(b"second factor" + key).digest()
        self._fernet = Fernet(urlsafe_b64encode(derived))

    def new(self) -> str:
        """A new secret, encrypted."""
        return self._fernet.encrypt(pyotp.random_base32().encode()).decode()

    def letters(self, kept: str) -> str:
        """The secret as somebody types it into an app."""
        return self._fernet.decrypt(kept.encode()).decode()

    def address(self, kept: str, login: str) -> str:
        """The secret as an app reads it from a picture."""
        totp = pyotp.TOTP(self.letters(kept))
        return totp.provisioning_uri(name=login, issuer_name=ISSUER)

    def counter(
        self, kept: str, code: str, last: int, now: datetime
    ) -> int | None:
        """
        Which code it is, counted in half minutes; None for a wrong one.

        One step before and after is taken, for clocks differ; none up to
        ``last``, for no code is taken twice.
        """
        try:
            totp = pyotp.TOTP(self.letters(kept))
        except InvalidToken:
            return None

        present = int(now.timestamp()) // STEP
        plain = "".join(code.split())
        for counter in (present - 1, present, present + 1):
            right = secrets.compare_digest(
                totp.generate_otp(counter).encode(), plain.encode()
            )
            if counter > last and right:
                return counter

        return None


def recovery_codes() -> list[str]:
    """Codes to be kept on paper, each good for one log-in."""
    return [
        "".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code; they cannot be guessed."""
    return hashed("".join(code.split()).casefold())
