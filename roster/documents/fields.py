"""Reads JSON field by field and notes every mistake with its path."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from roster.errors import Mistake, Unusable
from roster.people import Period

T = TypeVar("T")

LARGEST = 1_000_000
LARGEST_DOCUMENT = 64 * 1024 * 1024  # bytes; a county's term is far less

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Twice(ValueError):
    """A key that stands twice in one object."""


class Form:
    """A document being read; ``mistakes`` grow while it is."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []

    def wrong(self, path: str, code: str, **facts: Any) -> None:
        """Notes a mistake at a JSON path."""
        self.mistakes.append(Mistake(code, (self.file, path), facts))

    def finish(self) -> None:
        """Raises when anything was wrong."""
        if self.mistakes:
            raise Unusable(*self.mistakes)

    def parse(self, text: str | bytes) -> Any:
        """The JSON value of a document; raises at once on bad JSON."""
        size = len(text)
        if size > LARGEST_DOCUMENT:
            self.wrong("$", "too-large", size=size, allowed=LARGEST_DOCUMENT)
            self.finish()

        try:
            words = text.decode("utf-8") if isinstance(text, bytes) else text
            return json.loads(
                words, object_pairs_hook=_object, parse_constant=_no_number
            )
        except UnicodeDecodeError as error:
            self.wrong("$", "not-utf8", position=error.start)
        except json.JSONDecodeError as error:
            where = f"{error.lineno}:{error.colno}"
            self.wrong(where, "not-json", detail=error.msg)
        except _Twice as error:
            self.wrong("$", "key-twice", key=str(error))
        except RecursionError:
            self.wrong("$", "too-deep")
        except ValueError as error:
            self.wrong("$", "not-json", detail=str(error))

        raise Unusable(*self.mistakes)

    def object(
        self,
        value: Any,
        path: str,
        known: Collection[str],
        needed: Collection[str],
    ) -> bool:
        """Whether a value is an object with all it needs."""
        if not isinstance(value, dict):
            self.wrong(path, "not-an-object", value=_shown(value))
            return False

        for key in value:
            if key not in known:
                self.wrong(
                    f"{path}.{key}", "unknown-field", allowed=sorted(known)
                )
        missing = [key for key in needed if key not in value]
        for key in missing:
            self.wrong(f"{path}.{key}", "missing-field", field=key)

        return not missing

    def text(
        self, table: Mapping[str, Any], key: str, path: str, default: str = ""
    ) -> str:
        """A text."""
        value = table.get(key, default)
        if isinstance(value, str):
            return value

        self.wrong(f"{path}.{key}", "not-a-text", value=_shown(value))
        return ""

    def name(self, value: Any, path: str) -> str:
        """A text that is not empty: an id or a name."""
        if isinstance(value, str) and value:
            return value

        self.wrong(path, "not-a-name", value=_shown(value))
        return ""

    def number(
        self,
        table: Mapping[str, Any],
        key: str,
        path: str,
        *,
        default: int = 0,
        least: int = 0,
        most: int = LARGEST,
    ) -> int:
        """An integer in its range; true, 1.0 and NaN are none."""
        value = table.get(key, default)
        if type(value) is not int or not least <= value <= most:
            self.wrong(
                f"{path}.{key}",
                "not-a-number-in-range",
                value=_shown(value),
                least=least,
                most=most,
            )
            return default

        return value

    def yes_or_no(self, table: Mapping[str, Any], key: str, path: str) -> bool:
        """true or false; false where there is none."""
        value = table.get(key, False)
        if type(value) is not bool:
            self.wrong(f"{path}.{key}", "not-true-or-false")

        return value is True

    def day(self, value: Any, path: str) -> date | None:
        """An ISO date; None (and a mistake) when it is none."""
        if isinstance(value, str) and ISO_DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass

        self.wrong(path, "not-a-date", value=_shown(value))
        return None

    def moment(self, value: Any, path: str) -> datetime | None:
        """An ISO moment with an offset."""
        try:
            found = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            found = None

        if found is None or found.tzinfo is None:
            self.wrong(path, "not-a-moment", value=_shown(value))
            return None

        return found

    def span(
        self, start: Any, end: Any, path: str
    ) -> tuple[datetime, datetime] | None:
        """Start and end, the end after the start."""
        first = self.moment(start, f"{path}.start")
        last = self.moment(end, f"{path}.end")
        if first is None or last is None:
            return None

        if last <= first:
            self.wrong(f"{path}.end", "end-not-after-start")
            return None

        return first, last

    def period(self, table: Mapping[str, Any], path: str) -> Period:
        """``from`` and ``to``, either of which may be missing."""
        ends = [
            self.day(table[key], f"{path}.{key}") if key in table else None
            for key in ("from", "to")
        ]
        return self.ordered(ends[0], ends[1], path)

    def ordered(
        self, first: date | None, last: date | None, path: str
    ) -> Period:
        """A period that does not end before it begins."""
        if first and last and last < first:
            self.wrong(path, "range-reversed")
            return Period(first)

        return Period(first, last)

    def items(
        self, value: Any, path: str, read: Callable[[Any, str], T | None]
    ) -> tuple[T, ...]:
        """A list, each member read; those that cannot be are left out."""
        if not isinstance(value, list):
            self.wrong(path, "not-a-list", value=_shown(value))
            return ()

        found = (read(v, f"{path}[{i}]") for i, v in enumerate(value))
        return tuple(v for v in found if v is not None)

    def names(
        self, table: Mapping[str, Any], key: str, path: str
    ) -> tuple[str, ...]:
        """A list of names, empty where there is none."""
        return self.items(table.get(key, []), f"{path}.{key}", self.name)

    def unique(self, found: Collection[Any], path: str) -> None:
        """Notes ids that are borne twice."""
        seen: set[str] = set()
        for place, value in enumerate(found):
            if value.id and value.id in seen:
                where = f"{path}[{place}].id"
                self.wrong(where, "id-twice", id=value.id)
            seen.add(value.id)

    def known(
        self, ids: Collection[str], found: Collection[str], path: str
    ) -> None:
        """Notes ids that nobody bears."""
        for unknown in _missing(ids, found):
            self.wrong(path, "unknown-id", id=unknown)


def _missing(ids: Collection[str], found: Collection[str]) -> Iterator[str]:
    return (one for one in dict.fromkeys(found) if one and one not in ids)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))

    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _shown(value: Any) -> str:
    """A value short enough for a message."""
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 60 else words[:57] + "..."
