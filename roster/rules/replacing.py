"""
A bureau's own document in place of a shipped one.

The product reads every parameter of the shipped document: its own words
and numbers a bureau may choose, but neither a type nor a value that nobody
would understand. What units have set differently must stay possible.
"""

from collections.abc import Iterator, Mapping, Sequence

from roster.rules.desk import Desk, Place
from roster.rules.reader import facts_of, read_rulebook
from roster.rules.rulebook import Override, Param, RuleBook, Value


def read_replacement(
    text: str,
    name: str,
    shipped: Mapping[str, RuleBook],
    overrides: Sequence[Override] = (),
    units: Mapping[str, str] | None = None,
) -> RuleBook:
    """
    A document in place of the shipped one of its id.

    Parameters
    ----------
    overrides
        What is set differently now, under any document.
    units
        The units' names by id.

    Raises
    ------
    Unusable
        With every mistake and its line.
    """
    names = units or {}

    def check(desk: Desk, book: RuleBook) -> None:
        if book.id not in shipped:
            if book.id:
                facts = {"value": book.id, "allowed": sorted(shipped)}
                desk.wrong("unknown-book", (), "id", **facts)
            return

        replacement = _Replacement(desk, book, shipped[book.id])
        for param in shipped[book.id].params.values():
            replacement.keeps(param)
        for override in overrides:
            if override.book == book.id:
                replacement.allows(override, names)

    return read_rulebook(text, name, check)


class _Replacement:
    """A document held against the shipped one; notes what it lacks."""

    def __init__(self, desk: Desk, book: RuleBook, shipped: RuleBook) -> None:
        self.desk = desk
        self.book = book
        self.shipped = shipped
        self.places = dict(_places(desk))
        # What is wrong with a parameter alone is told already.
        told = {int(mistake.where[1]) for mistake in desk.mistakes}
        self.sound = {
            name: book.params[name]
            for name, place in self.places.items()
            if name in book.params and told.isdisjoint(desk.lines_of(place))
        }

    def keeps(self, param: Param) -> None:
        """A parameter of the shipped document, and no wider than there."""
        article = self.shipped.article_of[param.name].name
        facts = {
            "name": param.name,
            "label": param.label,
            "article": article,
        }
        if param.name not in self.places:
            self.desk.wrong("param-missing", (), "id", **facts)

        own = self.sound.get(param.name)
        if own is None:
            return

        place = self.places[param.name]
        if type(own.value) is not type(param.value):
            example = written(param.value)
            self.desk.wrong(
                "param-retyped", place, "value", **facts, example=example
            )
            return

        if own.form != param.form:
            form = {"form": param.form or "–"}
            self.desk.wrong("param-reformed", place, "form", **facts, **form)

        if _wider(own, param):
            allowed = facts_of(param, param.value)["allowed"]
            self.desk.wrong(
                "param-wider", place, "name", **facts, allowed=allowed
            )

    def allows(self, override: Override, names: Mapping[str, str]) -> None:
        """What a unit has set differently, and its value."""
        facts = {
            "unit": names.get(override.unit, override.unit or "*"),
            "document": override.document,
            "name": override.param,
        }
        if override.param not in self.places:
            self.desk.wrong("override-lost", (), "id", **facts)
            return

        param = self.sound.get(override.param)
        if param is not None and param.problem_with(override.value):
            facts |= facts_of(param, override.value)
            facts["value"] = written(override.value)
            place = self.places[override.param]
            self.desk.wrong("override-unusable", place, "name", **facts)


def _wider(own: Param, shipped: Param) -> bool:
    """Whether it allows a value that the shipped document does not."""
    chosen = set(own.one_of)
    if shipped.one_of and not (chosen and chosen <= set(shipped.one_of)):
        return True

    below = shipped.least is not None and (
        own.least is None or own.least < shipped.least
    )
    above = shipped.most is not None and (
        own.most is None or own.most > shipped.most
    )
    return below or above


def _places(desk: Desk) -> Iterator[tuple[str, Place]]:
    """Where each parameter stands, also one that cannot be used."""
    for index, table in enumerate(desk.tables()):
        params = table.get("params") if isinstance(table, Mapping) else None
        for number, inner in enumerate(
            params if isinstance(params, list) else ()
        ):
            name = inner.get("name") if isinstance(inner, Mapping) else None
            if isinstance(name, str):
                yield name, (index, number)


def written(value: Value) -> str:
    """A value as the document writes it."""
    if isinstance(value, bool):
        return str(value).lower()

    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"

    return f'"{value}"' if isinstance(value, str) else str(value)
