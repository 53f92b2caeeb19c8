"""What single units of the demonstration county do differently."""

from collections.abc import Mapping
from importlib.resources import files

from roster.demo.units import BUREAU, schools
from roster.rules.reader import read_overrides
from roster.rules.rulebook import Override, RuleBook

NAME = "overrides.toml"


def overrides_text() -> str:
    """The file as it stands."""
    return (files("roster.demo") / NAME).read_text("utf-8")


def demonstration_overrides(
    books: Mapping[str, RuleBook],
) -> tuple[Override, ...]:
    """The overrides, read against the county's own units."""
    units = {BUREAU.id, *(unit.id for unit, _ in schools())}
    return read_overrides(overrides_text(), NAME, books, units)
