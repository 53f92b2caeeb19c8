"""
Files that were sent and wait for somebody's word, an hour at most.

They lie in the data folder under a name nobody can guess, and are told
apart by what they are for, so that none is confirmed for another unit.
"""

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

HOUR = 3600.0
MOST = 5  # files that wait for the same purpose
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it was sent, and what it was sent for."""

    name: str
    content: bytes


class Uploads:
    """The files of one installation that wait."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "uploads"

    def keep(self, purpose: str, name: str, content: bytes) -> str:
        """Keeps a file; gives the token it is asked for with."""
        self._sweep()
        self._make_room(purpose)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        token = token_urlsafe(24)
        told = json.dumps({"purpose": purpose, "name": name[:80]})
        self._path(token, "bin").write_bytes(content)
        self._path(token, "json").write_text(told, "utf-8")
        return token

    def get(self, purpose: str, token: str) -> Uploaded | None:
        """A file that still waits for this purpose."""
        self._sweep()
        if not TOKEN.fullmatch(token):
            return None

        try:
            told = json.loads(self._path(token, "json").read_text("utf-8"))
            content = self._path(token, "bin").read_bytes()
        except FileNotFoundError:
            return None

        if told["purpose"] != purpose:
            return None

        return Uploaded(told["name"], content)

    def drop(self, token: str) -> None:
        """Forgets a file."""
        for end in ("bin", "json"):
            self._path(token, end).unlink(missing_ok=True)

    def _path(self, token: str, end: str) -> Path:
        return self._folder / f"{token}.{end}"

    def _make_room(self, purpose: str) -> None:
        """Forgets all but the newest few that wait for the same."""
        waiting = sorted(
            self._folder.glob("*.json"),
            key=lambda path: path.stat().st_mtime,
            reverse=True,
        )
        same = [
            path.stem
            for path in waiting
            if json.loads(path.read_text("utf-8"))["purpose"] == purpose
        ]
        for token in same[MOST - 1 :]:
            self.drop(token)

    def _sweep(self) -> None:
        """Forgets what has waited for an hour."""
        if not self._folder.is_dir():
            return

        for path in self._folder.iterdir():
            try:
                old = time.time() - path.stat().st_mtime > HOUR
            except FileNotFoundError:
                continue
            if old:
                path.unlink(missing_ok=True)
