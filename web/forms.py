"""A form's fields, made of the columns of the workbook's sheets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from roster.papers.columns import Column
from roster.papers.columns import Kind as Cell
from roster.people import StaffMember, Unit
from roster.services.preparation.kinds import Kind
from roster.services.preparation.listing import Line
from web.language import CHINESE
from web.words import sheets as words

# The fields of each form, in order; an id is given once, when it is new.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "staff": (
        "name",
        "id",
        "gender",
        "standing",
        "position",
        "phone",
        "share",
        "hometown_away",
        "first",
        "last",
    ),
    "leave": ("id", "first", "last", "kind"),
    "limit": ("id", "kind", "first", "last"),
    "relation": ("id", "other_id", "kind"),
    "wish": ("id", "dates", "until", "want", "weight"),
    "presence": ("first", "last", "note"),
    "past": ("id", "date", "post", "kind"),
    "inspector": ("unit", "name", "id", "first", "last", "recused"),
    "unit": ("name", "id", "kind", "parent", "boarding", "public", "phone"),
    "term": ("name", "id", "first", "last", "vacations"),
}

# What a list shows of each; the first is what leads to the form.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "staff": ("name", "standing", "position", "share", "first", "last"),
    "leave": ("name", "first", "last", "kind"),
    "limit": ("name", "kind", "first", "last"),
    "relation": ("name", "other_name", "kind"),
    "wish": ("name", "dates", "want", "weight"),
    "presence": ("first", "last", "note"),
    "past": ("name", "date", "post", "kind"),
    "inspector": ("name", "unit", "first", "last", "recused"),
    "unit": ("name", "kind", "parent", "boarding"),
    "term": ("name", "id", "first", "last", "vacations"),
}

ONCE = {
    "staff": ("id",),
    "unit": ("id",),
    "term": ("id",),
    "wish": ("until",),
    "inspector": ("unit", "name", "id"),
}

CONTROLS = {
    Cell.DATE: "date",
    Cell.FIRST: "date",
    Cell.DATES: "date",
    Cell.NUMBER: "number",
    Cell.PHONE: "tel",
    Cell.SPANS: "lines",
    Cell.UNITS: "lines",
    Cell.CHOICE: "select",
    Cell.YES_NO: "select",
    Cell.UNIT: "select",
    Cell.IDS: "select",
}


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field of a form.

    Parameters
    ----------
    control
        ``text``, ``date``, ``number``, ``tel``, ``lines`` or ``select``.
    options
        What a select offers, or a text suggests: value and words.
    current
        What the record says now, where that is not what is filled in.
    """

    key: str
    label: str
    control: str
    value: str
    help: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 0
    longest: int = 0
    current: str = ""


@dataclass(frozen=True)
class Offers:
    """Who and what may be chosen in a form."""

    people: Sequence[StaffMember] = ()
    units: Sequence[Unit] = ()
    others: Mapping[str, str] = field(default_factory=dict)


def fields_of(
    kind: Kind,
    filled: Mapping[str, str],
    offers: Offers,
    language: str,
    *,
    new: bool,
    now_is: Line | None = None,
) -> list[Field]:
    """The fields of a form as they are filled in."""
    keys = [
        key
        for key in FIELDS[kind.name]
        if new or key not in ONCE.get(kind.name, ())
    ]
    return [
        _field(kind, key, filled, offers, language, now_is) for key in keys
    ]


def _field(
    kind: Kind,
    key: str,
    filled: Mapping[str, str],
    offers: Offers,
    language: str,
    now_is: Line | None,
) -> Field:
    column = kind.sheet.column("dates" if key == "until" else key)
    person = _chooses_person(kind, column)
    value = filled.get(key, "")
    offered = person or column.kind is not Cell.IDS
    options = (
        tuple(_options(column, offers, language, value)) if offered else ()
    )
    current = now_is.fields.get(key, "") if now_is else value
    spoken = dict(options).get(current, current)
    which = 0 if language == CHINESE else 1
    return Field(
        key,
        label_of(kind, key, language),
        CONTROLS.get(column.kind, "text") if offered else "text",
        value,
        words.HELP.get((kind.name, key), ("", ""))[which],
        (column.required and key != "until") or person,
        options,
        column.low,
        column.high,
        column.longest,
        (spoken or "–") if current != value else "",
    )


def _chooses_person(kind: Kind, column: Column) -> bool:
    """Of a unit's people one is chosen; the county's are named."""
    return column.kind is Cell.IDS and not kind.of_anybody


def label_of(kind: Kind, key: str, language: str) -> str:
    """What a column is called; a person is chosen by name."""
    if key == "until":
        return words.UNTIL[0 if language == CHINESE else 1]

    by_name = {"id": "name", "other_id": "other_name"}
    if not kind.named and not kind.of_anybody:
        key = by_name.get(key, key)
    return words.header(kind.sheet.column(key).header, language)


def _options(
    column: Column, offers: Offers, language: str, value: str
) -> Iterable[tuple[str, str]]:
    if column.kind is Cell.IDS:
        for member in offers.people:
            position = f" {member.position}" if member.position else ""
            yield member.id, f"{member.name}{position}"
        if value in offers.others:
            yield value, offers.others[value]
    elif column.kind is Cell.UNIT:
        yield from ((unit.name, unit.name) for unit in offers.units)
    elif column.kind is Cell.YES_NO:
        yield from ((w, words.choice(w, language)) for w in ("是", "否"))
    else:
        yield from ((w, words.choice(w, language)) for w in column.words)
