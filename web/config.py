"""What the surroundings say: where the records are, whom to serve."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from roster.errors import Refused
from roster.messages.robots import ROBOTS

DATABASE = "duty.db"


@dataclass(frozen=True, slots=True)
class Config:
    """
    The settings of one installation, from the environment.

    Parameters
    ----------
    folder
        The data folder (``DUTY_ROSTER_DATA``, by default ``duty-data``).
    url
        The records (``DATABASE_URL``), by default SQLite in the folder.
    host, port
        Where to serve (``HOST``, ``PORT``).
    robots
        Addresses of message services in place of the official ones, by
        kind (``DUTY_ROSTER_WECOM``, ``…_DINGTALK``, ``…_FEISHU``).
    mail
        The Apprise URL of the mail account (``DUTY_ROSTER_MAIL``).
    site
        How people reach the site (``DUTY_ROSTER_SITE``); what is sent ends
        with it.
    messages
        Whether the clock runs: reminders and all that leaves the house
        (``DUTY_ROSTER_MESSAGES=off`` for a copy that is only looked at).
    draw_key
        A passphrase under which the keys of draws are kept
        (``DUTY_ROSTER_DRAW_KEY``, by default the data folder's own key).
    proxies
        How many proxies in front are believed (``PROXIES``, by default 0).
    https
        Whether visitors come by HTTPS (``HTTPS=on``); cookies then travel
        by nothing else.
    moved
        Host names that feeds were once read at (``DUTY_ROSTER_MOVED``, with
        blanks between); who asks there is led to ``site``.
    plain
        Words in the names of programs that cannot unpack a feed
        (``DUTY_ROSTER_PLAIN``, with commas between).
    """

    folder: Path
    url: str
    host: str = "127.0.0.1"
    port: int = 8000
    robots: Mapping[str, str] = field(default_factory=dict)
    mail: str = field(default="", repr=False)
    proxies: int = 0
    https: bool = False
    messages: bool = True
    site: str = ""
    draw_key: str = field(default="", repr=False)
    moved: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ
    ) -> "Config":
        """Reads the settings; whatever is missing has a default."""
        folder = Path(environment.get("DUTY_ROSTER_DATA") or "duty-data")
        url = environment.get("DATABASE_URL") or default_url(folder)
        port = environment.get("PORT") or "8000"
        return cls(
            folder,
            url,
            environment.get("HOST") or "127.0.0.1",
            int(port) if port.isdigit() else 8000,
            _robots(environment),
            environment.get("DUTY_ROSTER_MAIL") or "",
            _number(environment.get("PROXIES") or ""),
            (environment.get("HTTPS") or "").lower() in ("on", "1", "yes"),
            environment.get("DUTY_ROSTER_MESSAGES", "").lower() != "off",
            _address(environment, "DUTY_ROSTER_SITE"),
            environment.get("DUTY_ROSTER_DRAW_KEY") or "",
            tuple((environment.get("DUTY_ROSTER_MOVED") or "").split()),
            _words(environment.get("DUTY_ROSTER_PLAIN") or ""),
        )


def _robots(environment: Mapping[str, str]) -> dict[str, str]:
    """Other addresses for robots; what is none stops the start."""
    found = {
        kind: _address(environment, f"DUTY_ROSTER_{kind.upper()}")
        for kind in ROBOTS
    }
    return {kind: base for kind, base in found.items() if base}


def _address(environment: Mapping[str, str], name: str) -> str:
    base = (environment.get(name) or "").rstrip("/")
    whole = urlsplit(base)
    web = whole.scheme in ("http", "https") and whole.netloc
    if base and not web:
        raise Refused("not-a-base-address", name=name, value=base)

    return base


def _words(text: str) -> tuple[str, ...]:
    """Words with commas between."""
    return tuple(word for part in text.split(",") if (word := part.strip()))


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else 0


def default_url(folder: Path) -> str:
    """SQLite in the data folder."""
    return f"sqlite:///{(folder / DATABASE).resolve().as_posix()}"
