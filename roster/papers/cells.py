"""What one cell says, by the kind of its column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl.cell.cell import ERROR_CODES

from roster.days import Term
from roster.papers.columns import Column, Kind
from roster.papers.dates import NotADate, plain, read_date, read_range
from roster.papers.workbook import UNCOUNTED

WEEKDAYS = {word: n for n, word in enumerate("一二三四五六日")} | {"天": 6}
YES = {"是", "有", "√", "✓", "y", "yes", "true", "1"}
NO = {"否", "无", "×", "x", "n", "no", "false", "0"}
LISTED = re.compile(r"[、,，;；\n]+")
AREA = re.compile(r"(?!1[3-9])[1-9][0-9]{8,10}")
PHONE = re.compile(r"[0-9]{3,4}-?[0-9]{7,8}(-[0-9]{1,6})?|1[0-9]{10}")


# Full-width brackets belong to a name; digits of an id do not stay wide.
KEPT = {Kind.TEXT, Kind.NAME, Kind.UNIT}


class Wrong(ValueError):
    """A cell that cannot be used, with its code and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True)
class Reader:
    """Reads cells; dates without a year look for it in ``terms``."""

    terms: Sequence[Term] = field(default=())

    def read(self, column: Column, value: Any) -> Any:
        """What a filled cell means; raises `Wrong`."""
        if value == UNCOUNTED:
            raise Wrong("formula-not-counted")

        if value in ERROR_CODES:
            raise Wrong("cell-error")

        if type(value) is bool:
            value = "是" if value else "否"

        return READERS[column.kind](self, column, value)


def _text(_: Reader, column: Column, value: Any) -> str:
    if isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, str) and column.kind in KEPT:
        text = value.strip()
    else:
        text = plain(value)
    if len(text) > column.longest:
        raise Wrong("cell-too-long", most=column.longest)

    return text


def _name(reader: Reader, column: Column, value: Any) -> str:
    return re.sub(r"\s+", "", _text(reader, column, value))


def _names(reader: Reader, column: Column, value: Any) -> tuple[str, ...]:
    """Several people; 王  强 with a space inside is one."""
    parts = LISTED.split(plain(value))
    if len(parts) == 1:
        spaced = parts[0].split()
        parts = spaced if all(len(p) > 1 for p in spaced) else parts
    return tuple(re.sub(r"\s+", "", part) for part in parts if part.strip())


def _ids(_: Reader, column: Column, value: Any) -> tuple[str, ...]:
    parts = LISTED.split(plain(value))
    return tuple(part.strip() for part in parts if part.strip())


def _date(reader: Reader, _: Column, value: Any) -> date:
    try:
        return read_date(value, reader.terms)
    except NotADate as error:
        raise Wrong(error.code) from None


def _range(reader: Reader, _: Column, value: Any) -> tuple[date, date]:
    try:
        first, last = read_range(value, reader.terms)
    except NotADate as error:
        raise Wrong(error.code) from None

    if last < first:
        raise Wrong("range-reversed")

    return first, last


def _spans(
    reader: Reader, column: Column, value: Any
) -> tuple[tuple[date, date], ...]:
    if not isinstance(value, str):
        return (_range(reader, column, value),)

    parts = [part for part in LISTED.split(value) if part.strip()]
    return tuple(_range(reader, column, part) for part in parts)


def _weekday(_: Reader, __: Column, value: Any) -> int:
    word = re.sub(r"^(周|星期|礼拜)", "", plain(value))
    if word not in WEEKDAYS:
        raise Wrong("cell-choice", allowed=list("一二三四五六日"))

    return WEEKDAYS[word]


def _yes_no(_: Reader, __: Column, value: Any) -> bool:
    word = plain(value).casefold()
    if word not in YES | NO:
        raise Wrong("cell-choice", allowed=["是", "否"])

    return word in YES


def _choice(_: Reader, column: Column, value: Any) -> Any:
    word = re.sub(r"\s+", "", plain(value))
    if word not in column.choices:
        raise Wrong("cell-choice", allowed=list(column.words))

    return column.choices[word]


def _number(_: Reader, column: Column, value: Any) -> int:
    word = plain(value).rstrip("%")
    if not re.fullmatch(r"\d{1,9}", word):
        raise Wrong("cell-number", low=column.low, high=column.high)

    if not column.low <= int(word) <= column.high:
        raise Wrong("cell-number", low=column.low, high=column.high)

    return int(word)


def _phone(_: Reader, __: Column, value: Any) -> str:
    word = re.sub(r"[\s()（）]", "", plain(value))
    if not isinstance(value, str) and AREA.fullmatch(word):
        word = f"0{word}"  # numbers lose the zero of their area code
    if not PHONE.fullmatch(word):
        raise Wrong("cell-phone")

    return word


READERS: dict[Kind, Callable[[Reader, Column, Any], Any]] = {
    Kind.NUMBERING: _text,
    Kind.TEXT: _text,
    Kind.ID: _text,
    Kind.IDS: _ids,
    Kind.NAME: _name,
    Kind.NAMES: _names,
    Kind.UNIT: _text,
    Kind.UNITS: _ids,
    Kind.DATE: _date,
    Kind.FIRST: _range,
    Kind.DATES: _range,
    Kind.SPANS: _spans,
    Kind.WEEKDAY: _weekday,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.PHONE: _phone,
}
