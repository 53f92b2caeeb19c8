"""
Rows in a form that every database gives and takes alike.

Tables are read as they are found, not as today's classes describe them,
so that records of an older shape can be kept and put back, too.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    cast,
    collate,
    insert,
    inspect,
    select,
)
from sqlalchemy.types import NullType, TypeEngine

from roster.records.engine import Records, discreet_engine, sqlite_module

VERSION = "alembic_version"
BATCH = 100  # rows; the largest hold whole documents

KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "bool"),
    (Integer, "int"),
    (Float, "float"),
    (JSON, "json"),
    (DateTime, "moment"),
    (Date, "date"),
    (Time, "time"),
    (LargeBinary, "bytes"),
    (String, "text"),
)

SAID: dict[str, Callable[[Any], Any]] = {
    "moment": lambda value: _with_zone(value).astimezone(UTC).isoformat(),
    "date": date.isoformat,
    "time": time.isoformat,
    "bytes": lambda value: b64encode(value).decode(),
}

READ: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "bytes": b64decode,
}


@contextmanager
def snapshot(records: Records, scratch: Path) -> Iterator[Connection]:
    """Everything as it stood at one moment, whoever writes meanwhile."""
    engine = records.engine
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            yield connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        return

    # Reading in place would hold writers up where there is no WAL.
    copied = scratch / "copy.db"
    _copy(records, copied)
    apart = discreet_engine(f"sqlite:///{copied}", module=sqlite_module())
    try:
        with apart.connect() as connection:
            yield connection
    finally:
        apart.dispose()


def _copy(records: Records, path: Path) -> None:
    module = sqlite_module()
    target = module.connect(path)
    try:
        with records.engine.connect() as connection:
            source: Any = connection.connection.driver_connection
            source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    except module.Error as error:
        raise OSError(str(error)) from error
    finally:
        target.close()


def tables(connection: Connection) -> tuple[Table, ...]:
    """Every table there is, by name, with the kinds of its columns."""
    found = inspect(connection)
    names = sorted(set(found.get_table_names()) - {VERSION})
    return tuple(
        Table(
            name,
            MetaData(),
            *(
                _column(c["name"], c["type"], name)
                for c in found.get_columns(name)
            ),
            info={"key": found.get_pk_constraint(name)["constrained_columns"]},
        )
        for name in names
    )


def _column(name: str, kind: TypeEngine[Any], table: str) -> Column[Any]:
    word = next((w for known, w in KINDS if isinstance(kind, known)), None)
    if word is None:
        raise TypeError(f"{table}.{name}: no portable form of {kind!r}")

    # JSON travels as the text it was written as.
    bare = NullType() if word == "json" else kind
    return Column(name, bare, info={"kind": word})


def columns(table: Table) -> list[tuple[str, str]]:
    """The names of a table's columns with their kinds."""
    return [(c.name, c.info["kind"]) for c in table.columns]


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """A line of JSON a row, in the order of the primary key."""
    asked = [
        cast(c, Text) if c.info["kind"] == "json" else c for c in table.columns
    ]
    order = [
        _in_order(table.columns[name], connection.dialect.name)
        for name in table.info["key"]
    ]
    say = [SAID.get(kind, _as_it_is) for _, kind in columns(table)]
    stream = connection.execution_options(yield_per=BATCH)
    for row in stream.execute(select(*asked).order_by(*order)):
        values = [
            None if value is None else make(value)
            for make, value in zip(say, row, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _as_it_is(value: Any) -> Any:
    return value


def _in_order(column: Column[Any], dialect: str) -> Any:
    """Databases sort words differently unless they are told not to."""
    if column.info["kind"] != "text":
        return column

    return collate(column, "BINARY" if dialect == "sqlite" else "C")


def _with_zone(moment: datetime) -> datetime:
    """SQLite forgets the zone; all moments are stored as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def fill(connection: Connection, table: Table, found: Iterable[bytes]) -> int:
    """Puts lines back as rows; gives their number."""
    names = [column.name for column in table.columns]
    read = [_reader(column) for column in table.columns]
    count = 0
    left = iter(found)
    while some := list(islice(left, BATCH)):
        rows = [
            {
                name: None if value is None else make(value)
                for name, make, value in zip(
                    names, read, json.loads(line), strict=True
                )
            }
            for line in some
        ]
        connection.execute(insert(table), rows)
        count += len(rows)

    return count


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    kind = column.info["kind"]
    if kind == "moment":
        zoned = bool(getattr(column.type, "timezone", False))
        return datetime.fromisoformat if zoned else _without_zone

    return READ.get(kind, _as_it_is)


def _without_zone(words: str) -> datetime:
    return datetime.fromisoformat(words).astimezone(UTC).replace(tzinfo=None)
