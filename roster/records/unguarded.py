"""
Puts rows back as they were, past the guards that keep them so.

Triggers refuse a published roster's shifts, and foreign keys ask for an
order that a tree does not have. Both are back before the transaction
ends, and the keys are asked for all rows together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, inspect, text


class Unconnected(Exception):
    """Rows that refer to rows which are not there."""


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """
    Without triggers; foreign keys are asked at the end.

    On SQLite the keys must have been switched off before the transaction,
    as `roster.records.upgrading.reshaping` does.
    """
    lite = connection.dialect.name == "sqlite"
    with (_lite if lite else _postgresql)(connection):
        yield


@contextmanager
def _lite(connection: Connection) -> Iterator[None]:
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = connection.execute(text(asked)).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')

    yield

    for _, made in triggers:
        connection.exec_driver_sql(made)
    if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise Unconnected(f"{lost[0][0]} → {lost[0][2]}")


@contextmanager
def _postgresql(connection: Connection) -> Iterator[None]:
    found = inspect(connection)
    names = found.get_table_names()
    keys = [(n, k["name"]) for n in names for k in found.get_foreign_keys(n)]
    for name in names:
        _alter(connection, name, "DISABLE TRIGGER USER")
    for name, key in keys:
        _alter(connection, name, f'ALTER CONSTRAINT "{key}" DEFERRABLE')
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")

    yield

    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for name, key in keys:
        _alter(connection, name, f'ALTER CONSTRAINT "{key}" NOT DEFERRABLE')
    for name in names:
        _alter(connection, name, "ENABLE TRIGGER USER")
        _number_on(connection, name, found.get_pk_constraint(name))


def _alter(connection: Connection, name: str, change: str) -> None:
    connection.exec_driver_sql(f'ALTER TABLE "{name}" {change}')


def _number_on(connection: Connection, name: str, key: Any) -> None:
    """New rows are numbered from the highest number on."""
    for column in key["constrained_columns"]:
        asked = text("SELECT pg_get_serial_sequence(:name, :column)")
        sequence = connection.execute(
            asked, {"name": f'"{name}"', "column": column}
        ).scalar()
        if sequence:
            connection.exec_driver_sql(
                f"SELECT setval('{sequence}', max(\"{column}\"))"
                f' FROM "{name}" HAVING count(*) > 0'
            )
