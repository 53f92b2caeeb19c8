"""What the surroundings say: where the records are, whom to serve."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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
    """

    folder: Path
    url: str
    host: str = "127.0.0.1"
    port: int = 8000

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
        )


def default_url(folder: Path) -> str:
    """SQLite in the data folder."""
    return f"sqlite:///{(folder / DATABASE).resolve().as_posix()}"
