"""Makes the tables, or brings older ones to today's shape."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

import roster.migrations
from roster.records.engine import Records


def upgrade(records: Records, target: str = "head") -> None:
    """Brings the records to today's shape, keeping what is in them."""
    with reshaping(records) as connection:
        bring(connection, target)


def downgrade(records: Records, target: str) -> None:
    """Goes back to an older shape."""
    with reshaping(records) as connection:
        take_back(connection, target)


def check(records: Records) -> None:
    """Raises when tables and rows' classes have come apart."""
    with reshaping(records) as connection:
        _run(connection, command.check)


def bring(connection: Connection, target: str = "head") -> None:
    """Upgrades inside a transaction of `reshaping`."""
    _run(connection, lambda config: command.upgrade(config, target))


def take_back(connection: Connection, target: str = "base") -> None:
    """Downgrades inside a transaction of `reshaping`."""
    _run(connection, lambda config: command.downgrade(config, target))


def revision(connection: Connection) -> str | None:
    """The shape that the tables have; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(target: str) -> bool:
    """Whether this program has heard of a shape."""
    try:
        steps = ScriptDirectory.from_config(configuration())
        return steps.get_revision(target) is not None
    except CommandError:
        return False


def configuration() -> Config:
    """Alembic's settings; the steps travel inside the package."""
    config = Config()
    folder = Path(roster.migrations.__file__).parent
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def reshaping(records: Records) -> Iterator[Connection]:
    """A writing transaction in which tables may be rebuilt."""
    engine = records.engine.execution_options(write=True)
    with engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        if lite:
            # Rebuilding a parent table would delete or refuse its children.
            _pragma(connection, "foreign_keys=OFF")

        try:
            with connection.begin():
                yield connection
        finally:
            if lite:
                _pragma(connection, "foreign_keys=ON")


def _run(connection: Connection, step: Callable[[Config], None]) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    step(config)


def _pragma(connection: Connection, words: str) -> None:
    """A pragma, outside of any transaction."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {words}")
    cursor.close()
