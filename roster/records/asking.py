"""
Questions that are asked so often that asking costs more than the answer.

Calendars poll. SQLAlchemy puts such a statement together, once for each
kind of database; it is then asked of the driver itself, and its values go
through the columns' types as they do everywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, PoolProxiedConnection, Select

Reader = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as one driver takes it."""

    words: str
    params: Mapping[str, Any]
    order: Sequence[str] | None  # where parameters go by place
    readers: Sequence[Reader]

    def given(self, values: Mapping[str, Any]) -> Any:
        params = {**self.params, **values}
        if self.order is None:
            return params

        return tuple(params[name] for name in self.order)

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            reader(value) if reader else value
            for reader, value in zip(self.readers, row, strict=True)
        )


class Question:
    """A statement whose bound parameters are given when it is asked."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._prepared: dict[str, _Prepared] = {}

    def prepared(self, dialect: Dialect) -> _Prepared:
        """For one kind of database; put together at the first time."""
        found = self._prepared.get(dialect.name)
        if found is None:
            found = self._prepared[dialect.name] = self._prepare(dialect)
        return found

    def _prepare(self, dialect: Dialect) -> _Prepared:
        compiled: Any = self._statement.compile(
            dialect=dialect, compile_kwargs={"render_postcompile": True}
        )
        types = [
            column.type.dialect_impl(dialect)
            for column in self._statement.selected_columns
        ]
        readers = [kind.result_processor(dialect, None) for kind in types]
        return _Prepared(
            str(compiled), compiled.params, compiled.positiontup, readers
        )


class Look:
    """
    A connection on which questions are asked.

    No transaction is opened by hand: on SQLite each answer is of a moment
    of its own.
    """

    def __init__(
        self, connection: PoolProxiedConnection, dialect: Dialect
    ) -> None:
        self._connection, self._dialect = connection, dialect

    def first(
        self, question: Question, **values: Any
    ) -> tuple[Any, ...] | None:
        """The first row of an answer, if there is one."""
        asked = question.prepared(self._dialect)
        cursor = self._connection.cursor()
        try:
            cursor.execute(asked.words, asked.given(values))
            row = cursor.fetchone()
        finally:
            cursor.close()

        return asked.read(row) if row else None
