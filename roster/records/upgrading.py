"""Makes the tables, or brings older ones to today's shape."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import roster.migrations
from roster.records.engine import Records


def upgrade(records: Records, target: str = "head") -> None:
    """Brings the records to today's shape, keeping what is in them."""
    _run(records, lambda config: command.upgrade(config, target))


def downgrade(records: Records, target: str) -> None:
    """Goes back to an older shape."""
    _run(records, lambda config: command.downgrade(config, target))


def check(records: Records) -> None:
    """Raises when tables and rows' classes have come apart."""
    _run(records, command.check)


def configuration() -> Config:
    """Alembic's settings; the steps travel inside the package."""
    config = Config()
    folder = Path(roster.migrations.__file__).parent
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    return config


def _run(records: Records, step: Callable[[Config], None]) -> None:
    config = configuration()
    engine = records.engine.execution_options(write=True)

    with engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        if lite:
            # Rebuilding a parent table would delete or refuse its children.
            _pragma(connection, "foreign_keys=OFF")

        with connection.begin():
            config.attributes["connection"] = connection
            step(config)

        if lite:
            _pragma(connection, "foreign_keys=ON")


def _pragma(connection: Connection, words: str) -> None:
    """A pragma, outside of any transaction."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {words}")
    cursor.close()
