"""Reads rule documents and overrides, all mistakes at once, with lines."""

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any

from roster.people import Period
from roster.rules.desk import Desk, Place
from roster.rules.rulebook import (
    FORMS,
    Article,
    Force,
    Override,
    Param,
    RuleBook,
    Value,
)

# Looks at a whole document before its mistakes are told.
Check = Callable[[Desk, RuleBook], None]

MOST_ARTICLES = 99

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
PARAM_KEYS = {"name", "label", "value", "one_of", "least", "most", "form"}
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
    return {
        book: read_rulebook(shipped_text(book), f"{book}.toml")
        for book in ("bureau", "schools")
    }


def shipped_text(book: str) -> str:
    """The text of a document shipped with the product."""
    folder = files("roster.rules") / "documents"
    return (folder / f"{book}.toml").read_text("utf-8")


def read_rulebook(text: str, name: str, *checks: Check) -> RuleBook:
    """A rule document; raises `Unusable` with every mistake and line."""
    desk = Desk(text, name, "article", "params")
    document = desk.document
    desk.keys(document, BOOK_KEYS, BOOK_KEYS, ())
    id_, title, version, status = (
        desk.text(document, key, ())
        for key in ("id", "title", "version", "status")
    )
    articles = [
        _article(desk, table, index)
        for index, table in enumerate(desk.tables())
    ]
    _check_order(desk, articles)
    _check_names(desk, articles)
    book = RuleBook(
        id_,
        title,
        version,
        status,
        tuple(article for article in articles if article),
        sha256(text.encode()).hexdigest(),
    )
    for check in checks:
        check(desk, book)

    desk.finish()
    return book


def _article(desk: Desk, table: Any, index: int) -> Article | None:
    place = (index,)
    needed = {"number", "chapter", "text", "force"}
    if not desk.keys(table, ARTICLE_KEYS, needed, place):
        return None

    number = table.get("number", index + 1)
    if type(number) is not int or number < 1:
        desk.wrong("not-a-number", place, "number", value=number)
        number = index + 1
    elif number > MOST_ARTICLES:
        bounds = {"least": 1, "most": MOST_ARTICLES}
        desk.wrong("not-a-number-in-range", place, "number", **bounds)

    workflow = table.get("workflow", False)
    if type(workflow) is not bool:
        desk.wrong("not-yes-or-no", place, "workflow", value=workflow)

    force = _force(desk, table, place)
    return Article(
        number,
        desk.text(table, "chapter", place),
        desk.text(table, "text", place),
        force,
        table.get("tier"),
        bool(workflow),
        tuple(_params(desk, table.get("params", []), index)),
    )


def _force(desk: Desk, table: Mapping[str, Any], place: Place) -> Force:
    force = table.get("force", Force.INFORMATION)
    allowed = [f.value for f in Force]
    if force not in allowed:
        desk.wrong("not-allowed", place, "force", value=force, allowed=allowed)
        return Force.INFORMATION

    tier = table.get("tier")
    ranked = type(tier) is int and 1 <= tier <= 9
    if not (ranked if force == Force.GOAL else tier is None):
        desk.wrong("tier-and-force", place, "tier", value=tier)

    return Force(force)


def _params(desk: Desk, tables: Any, index: int) -> Iterator[Param]:
    if not isinstance(tables, list):
        desk.wrong("not-a-table", (index,), "params")
        return

    for number, table in enumerate(tables):
        place = (index, number)
        if desk.keys(table, PARAM_KEYS, {"name", "label", "value"}, place):
            yield _param(desk, table, place)


def _param(desk: Desk, table: Mapping[str, Any], place: Place) -> Param:
    bounds = {key: table.get(key) for key in ("least", "most")}
    for key, value in bounds.items():
        if value is not None and type(value) is not int:
            desk.wrong("not-a-number", place, key, value=value)
            bounds[key] = None

    form = table.get("form", "")
    if form not in ("", *FORMS):
        desk.wrong(
            "not-allowed", place, "form", value=form, allowed=list(FORMS)
        )
        form = ""

    param = Param(
        desk.text(table, "name", place),
        desk.text(table, "label", place),
        _frozen(table.get("value", "")),
        _choices(desk, table, place),
        bounds["least"],
        bounds["most"],
        form,
    )
    fits = isinstance(param.value, bool | int | str | tuple)
    if code := param.problem_with(param.value) if fits else "param-type":
        facts = facts_of(param, param.value)
        desk.wrong(code, place, "value", **facts, name=param.name)

    return param


def _choices(
    desk: Desk, table: Mapping[str, Any], place: Place
) -> tuple[str, ...]:
    choices = table.get("one_of", [])
    if isinstance(choices, list) and all(isinstance(c, str) for c in choices):
        return tuple(choices)

    desk.wrong("not-a-list", place, "one_of", value=choices)
    return ()


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def facts_of(param: Param, value: Any) -> dict[str, Any]:
    """What a sentence on a parameter's value needs."""
    bounds = [param.least, param.most]
    return {
        "label": param.label,
        "value": str(value),
        "allowed": list(param.one_of) or FORMS.get(param.form) or bounds,
    }


def _check_order(desk: Desk, articles: list[Article | None]) -> None:
    for index, article in enumerate(articles):
        if article and article.number != index + 1:
            desk.wrong(
                "article-order",
                (index,),
                "number",
                value=article.number,
                due=index + 1,
            )


def _check_names(desk: Desk, articles: list[Article | None]) -> None:
    seen: set[str] = set()
    for index, article in enumerate(articles):
        for number, param in enumerate(article.params if article else ()):
            if param.name and param.name in seen:
                place = (index, number)
                desk.wrong("param-twice", place, "name", value=param.name)
            seen.add(param.name)


def read_overrides(
    text: str,
    name: str,
    books: Mapping[str, RuleBook],
    units: Collection[str],
) -> tuple[Override, ...]:
    """Overrides of parameters; raises `Unusable` with every mistake."""
    desk = Desk(text, name, "override")
    desk.keys(desk.document, {"override"}, (), ())
    found = [
        _override(desk, table, (index,), books, units)
        for index, table in enumerate(desk.tables())
    ]
    desk.finish()
    return tuple(override for override in found if override)


def _override(
    desk: Desk,
    table: Any,
    place: Place,
    books: Mapping[str, RuleBook],
    units: Collection[str],
) -> Override | None:
    needed = OVERRIDE_KEYS - {"unit", "until"}
    if not desk.keys(table, OVERRIDE_KEYS, needed, place):
        return None

    book = desk.text(table, "book", place)
    if "book" in table and book and book not in books:
        allowed = sorted(books)
        desk.wrong("unknown-book", place, "book", value=book, allowed=allowed)

    everywhere = table.get("unit", "") == ""
    unit = "" if everywhere else desk.text(table, "unit", place)
    if unit and unit not in units:
        desk.wrong("unknown-unit", place, "unit", value=unit)

    return Override(
        book,
        unit,
        desk.text(table, "param", place),
        _value(desk, table, place, books.get(book)),
        _period(desk, table, place),
        desk.text(table, "reason", place),
        desk.text(table, "document", place),
    )


def _value(
    desk: Desk, table: Mapping[str, Any], place: Place, book: RuleBook | None
) -> Value:
    value: Value = _frozen(table.get("value", ""))
    name = table.get("param")
    if book is None or not isinstance(name, str) or not name.strip():
        return value

    param = book.params.get(name)
    if param is None:
        allowed = sorted(book.params)
        desk.wrong(
            "unknown-param", place, "param", value=name, allowed=allowed
        )
    elif "value" in table and (code := param.problem_with(value)):
        desk.wrong(code, place, "value", **facts_of(param, value))

    return value


def _period(desk: Desk, table: Mapping[str, Any], place: Place) -> Period:
    first = desk.day(table, "from", place)
    last = desk.day(table, "until", place)
    if first and last and last < first:
        desk.wrong("range-reversed", place, "until", value=str(last))
        return Period(first)

    return Period(first, last)
