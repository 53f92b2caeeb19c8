"""
Opens the records: SQLite in a file by default, PostgreSQL by its URL.

One session reads or writes, never both kinds at once. Writing begins with
the only pen in hand (``BEGIN IMMEDIATE``, or an advisory lock), so that
what was checked still holds when it is written.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
)
from sqlalchemy.orm import Session, sessionmaker

from roster.records.asking import Look

# SQLite before this can lose pages in WAL with two connections.
SAFE_WAL = (3, 51, 3)

PEN = 7_202_611


class Records:
    """
    The records of one installation.

    ``finishing`` is done last in every writing session, inside its
    transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        writing = engine.execution_options(write=True)
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(writing, expire_on_commit=False)
        self.finishing: Callable[[Session], object] = lambda _: None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only looks."""
        with self._reading() as session:
            yield session
            session.rollback()

    @contextmanager
    def looking(self) -> Iterator[Look]:
        """For what is asked very often."""
        with closing(self.engine.raw_connection()) as connection:
            yield Look(connection, self.engine.dialect)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that changes things as a whole or not at all."""
        with self._writing.begin() as session:
            yield session
            self.finishing(session)

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()


def open_records(url: str) -> Records:
    """Records at a database URL; `upgrade` makes or renews the tables."""
    if url.startswith("sqlite"):
        module = sqlite_module()
        engine = discreet_engine(
            url, module=module, connect_args={"timeout": 30}
        )
        event.listen(engine, "connect", _prepare_sqlite(module))
    else:
        engine = discreet_engine(url, pool_pre_ping=True)

    event.listen(engine, "begin", _begin)
    return Records(engine)


def discreet_engine(url: str, **more: Any) -> Engine:
    """An engine whose errors, which are logged, tell no values of rows."""
    engine = create_engine(url, hide_parameters=True, **more)
    event.listen(engine, "handle_error", _hide_details)
    return engine


def _hide_details(context: ExceptionContext) -> None:
    """PostgreSQL repeats the failing row under its message."""
    original: Any = context.original_exception
    told = context.sqlalchemy_exception
    diag = getattr(original, "diag", None)
    if told is None or diag is None or not diag.message_detail:
        return

    whole, message = str(original), diag.message_primary
    original.args = (message,)
    told.args = tuple(str(arg).replace(whole, message) for arg in told.args)


def sqlite_module() -> Any:
    """The newest SQLite there is: the packaged one, else Python's."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3

    return dbapi2


def _prepare_sqlite(module: Any) -> Any:
    safe = module.sqlite_version_info >= SAFE_WAL
    mode = "WAL" if safe else "TRUNCATE"

    def prepare(connection: Any, _record: Any) -> None:
        # SQLAlchemy begins transactions itself, see `_begin`.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA journal_mode={mode}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return prepare


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
    elif write:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({PEN})")
