"""
Reads rule documents and overrides, all mistakes at once with their lines.

The standard library's TOML reader keeps no positions, so the lines are
found by a scan for the tables' headers and for the keys below them.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any

from roster.errors import Mistake, Unusable
from roster.people import Period
from roster.rules.rulebook import (
    Article,
    Force,
    Override,
    Param,
    RuleBook,
    Value,
)

BOOK_KEYS = {"id", "title", "version", "status", "article"}
ARTICLE_KEYS = {
    "number",
    "chapter",
    "text",
    "force",
    "tier",
    "workflow",
    "params",
    "basis",
}
PARAM_KEYS = {"name", "label", "value", "one_of", "least", "most"}
OVERRIDE_KEYS = {
    "book",
    "unit",
    "param",
    "value",
    "from",
    "until",
    "reason",
    "document",
}


def own_books() -> dict[str, RuleBook]:
    """The two documents shipped with the product, by id."""
    folder = files("roster.rules") / "documents"
    names = ("bureau.toml", "schools.toml")
    books = [read_rulebook((folder / n).read_text("utf-8"), n) for n in names]
    return {book.id: book for book in books}


def read_rulebook(text: str, name: str) -> RuleBook:
    """A rule document; raises `Unusable` with every mistake and line."""
    desk = Desk(text, name, "article")
    document = desk.document
    desk.keys(document, BOOK_KEYS, BOOK_KEYS, None)
    articles = [
        _article(desk, table, index)
        for index, table in enumerate(desk.tables())
    ]
    _check_order(desk, articles)
    _check_names(desk, articles)
    desk.finish()
    return RuleBook(
        document["id"],
        document["title"],
        str(document["version"]),
        document["status"],
        tuple(article for article in articles if article),
        sha256(text.encode()).hexdigest(),
    )


class Desk:
    """A document being read: its tables, its lines, its mistakes."""

    def __init__(self, text: str, name: str, table: str) -> None:
        self.name = name
        self.table = table
        self.lines = text.splitlines()
        self.mistakes: list[Mistake] = []
        self.document = self._parse(text)
        header = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
        self.headers = [
            number
            for number, line in enumerate(self.lines, 1)
            if header.match(line)
        ]

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else len(self.lines)
            where = (self.name, str(line))
            raise Unusable(
                Mistake("toml-syntax", where, {"detail": str(error)})
            ) from None

    def tables(self) -> list[Any]:
        """The document's tables of its kind."""
        tables = self.document.get(self.table, [])
        if isinstance(tables, list):
            return tables

        self.wrong("not-a-table", None, self.table)
        return []

    def line(self, index: int | None, key: str = "") -> int:
        """The line of a key in the n-th table (or of the table itself)."""
        first = 0 if index is None else self.headers[index]
        after = 0 if index is None else index + 1
        end = (
            self.headers[after] - 1
            if after < len(self.headers)
            else len(self.lines)
        )
        word = re.compile(rf'(?:^|[{{,\s"]){re.escape(key)}(?:"|\s*=)')
        for number in range(max(first, 1), end + 1):
            if key and word.search(self.lines[number - 1]):
                return number

        return max(first, 1)

    def wrong(
        self, code: str, index: int | None, key: str, **facts: Any
    ) -> None:
        """Notes a mistake at a key of the n-th table."""
        where = (self.name, str(self.line(index, key)))
        self.mistakes.append(Mistake(code, where, {"key": key, **facts}))

    def keys(
        self,
        table: Any,
        known: Collection[str],
        needed: Collection[str],
        index: int | None,
    ) -> bool:
        """Whether a table has all it needs and nothing unknown."""
        if not isinstance(table, Mapping):
            self.wrong("not-a-table", index, self.table)
            return False

        unknown = sorted(set(table) - set(known))
        missing = sorted(set(needed) - set(table))
        for key in unknown:
            self.wrong("unknown-key", index, key, allowed=sorted(known))
        for key in missing:
            self.wrong("missing-key", index, key)

        return not missing

    def text(self, table: Mapping[str, Any], key: str, index: int) -> str:
        """A text that is not empty."""
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong("not-a-text", index, key, value=value)
            return ""

        return value

    def day(
        self, table: Mapping[str, Any], key: str, index: int
    ) -> date | None:
        """A date, or None where there is none."""
        value = table.get(key)
        if value is not None and type(value) is not date:
            self.wrong("not-a-date", index, key, value=str(value))
            return None

        return value

    def finish(self) -> None:
        """Raises when anything was wrong."""
        if self.mistakes:
            ordered = sorted(self.mistakes, key=lambda m: int(m.where[1]))
            raise Unusable(*ordered)


def _article(desk: Desk, table: Any, index: int) -> Article | None:
    needed = {"number", "chapter", "text", "force"}
    if not desk.keys(table, ARTICLE_KEYS, needed, index):
        return None

    number = table["number"]
    if type(number) is not int or number < 1:
        desk.wrong("not-a-number", index, "number", value=number)
        return None

    force = table["force"]
    if force not in {f.value for f in Force}:
        allowed = [f.value for f in Force]
        desk.wrong("not-allowed", index, "force", value=force, allowed=allowed)
        return None

    tier = table.get("tier")
    if (force == Force.GOAL) != (type(tier) is int and 1 <= tier <= 9):
        desk.wrong("tier-and-force", index, "tier", value=tier)

    workflow = table.get("workflow", False)
    if type(workflow) is not bool:
        desk.wrong("not-yes-or-no", index, "workflow", value=workflow)

    return Article(
        number,
        desk.text(table, "chapter", index),
        desk.text(table, "text", index),
        Force(force),
        tier,
        bool(workflow),
        tuple(_params(desk, table.get("params", []), index)),
    )


def _params(desk: Desk, tables: Any, index: int) -> Iterator[Param]:
    if not isinstance(tables, list):
        desk.wrong("not-a-table", index, "params")
        return

    for table in tables:
        if not desk.keys(table, PARAM_KEYS, {"name", "label", "value"}, index):
            continue

        param = Param(
            desk.text(table, "name", index),
            desk.text(table, "label", index),
            _frozen(table["value"]),
            tuple(table.get("one_of", ())),
            table.get("least"),
            table.get("most"),
        )
        code = _type_problem(param) or param.problem_with(param.value)
        if code:
            desk.wrong(code, index, param.name, **_allowed(param, param.value))
        yield param


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _type_problem(param: Param) -> str:
    fits = isinstance(param.value, bool | int | str | tuple)
    return "" if fits else "param-type"


def _allowed(param: Param, value: Any) -> dict[str, Any]:
    return {
        "label": param.label,
        "value": str(value),
        "allowed": list(param.one_of) or [param.least, param.most],
    }


def _check_order(desk: Desk, articles: list[Article | None]) -> None:
    for index, article in enumerate(articles):
        if article and article.number != index + 1:
            desk.wrong(
                "article-order",
                index,
                "number",
                value=article.number,
                due=index + 1,
            )


def _check_names(desk: Desk, articles: list[Article | None]) -> None:
    seen: set[str] = set()
    for index, article in enumerate(articles):
        for param in article.params if article else ():
            if param.name in seen:
                desk.wrong("param-twice", index, param.name)
            seen.add(param.name)


def read_overrides(
    text: str,
    name: str,
    books: Mapping[str, RuleBook],
    units: Collection[str],
) -> tuple[Override, ...]:
    """Overrides of parameters; raises `Unusable` with every mistake."""
    desk = Desk(text, name, "override")
    desk.keys(desk.document, {"override"}, (), None)
    found = [
        _override(desk, table, index, books, units)
        for index, table in enumerate(desk.tables())
    ]
    desk.finish()
    return tuple(override for override in found if override)


def _override(
    desk: Desk,
    table: Any,
    index: int,
    books: Mapping[str, RuleBook],
    units: Collection[str],
) -> Override | None:
    needed = OVERRIDE_KEYS - {"unit", "until"}
    if not desk.keys(table, OVERRIDE_KEYS, needed, index):
        return None

    book = books.get(table["book"])
    if book is None:
        desk.wrong("unknown-book", index, "book", value=table["book"])
        return None

    unit = table.get("unit", "")
    if unit and unit not in units:
        desk.wrong("unknown-unit", index, "unit", value=unit)

    return Override(
        book.id,
        unit,
        table["param"],
        _value(desk, table, index, book),
        _period(desk, table, index),
        desk.text(table, "reason", index),
        desk.text(table, "document", index),
    )


def _value(
    desk: Desk, table: Mapping[str, Any], index: int, book: RuleBook
) -> Value:
    value: Value = _frozen(table["value"])
    param = book.params.get(table["param"])
    if param is None:
        known = sorted(book.params)
        desk.wrong(
            "unknown-param",
            index,
            "param",
            value=str(table["param"]),
            allowed=known,
        )
        return value

    if code := param.problem_with(value):
        desk.wrong(code, index, "value", **_allowed(param, value))

    return value


def _period(desk: Desk, table: Mapping[str, Any], index: int) -> Period:
    first = desk.day(table, "from", index)
    last = desk.day(table, "until", index)
    if first and last and last < first:
        desk.wrong("range-reversed", index, "until", value=str(last))
        return Period(first)

    return Period(first, last)
