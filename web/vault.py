"""The installation's own key, and what is kept encrypted under another."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from roster.errors import Refused


def site_key(folder: Path) -> bytes:
    """The key that signs forms; made once, readable by the owner only."""
    path = folder / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))

    return path.read_bytes()


class Vault:
    """
    Keeps the keys of draws encrypted.

    Under a passphrase of the settings where there is one, so that neither
    the database nor the data folder alone tells what will be drawn; else
    under the installation's key.
    """

    def __init__(self, key: bytes) -> None:
        derived = sha256(b"draw" + key).digest()
        self._fernet = Fernet(urlsafe_b64encode(derived))

    def seal(self, secret: bytes) -> str:
        """A secret, encrypted."""
        return self._fernet.encrypt(secret).decode()

    def open(self, sealed: str) -> bytes:
        """The secret again; refused where it was sealed under another."""
        try:
            return self._fernet.decrypt(sealed.encode())
        except InvalidToken:
            raise Refused("draw-key-differs") from None
