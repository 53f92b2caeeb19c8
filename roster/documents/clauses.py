"""Reads a problem's clauses, each kind with its own fields."""

from collections.abc import Callable, Mapping
from typing import Any

from roster.documents.fields import LARGEST, Form
from roster.rules.clauses import CLAUSE_KINDS, Clause, Selection, Wished

COMMON = {
    "id",
    "article",
    "kind",
    "tier",
    "weight",
    "allow",
    "relax",
    "posts",
    "shift_tags",
    "shifts",
    "staff_tags",
    "staff",
    "from",
    "to",
}

# Each kind's own fields; those after the bar may be missing.
OWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rest": (("hours",), ()),
    "gap": (("days",), ()),
    "limit": (("max",), ("window_days", "ledger")),
    "at_least": (("min",), ("ledger",)),
    "apart": (("pairs",), ()),
    "different": (("pairs",), ()),
    "same": (("groups",), ()),
    "bar": ((), ()),
    "reserve": ((), ()),
    "mix": (("min",), ("per",)),
    "wish": (("wishes",), ()),
    "balance": (("ledger",), ("measure",)),
    "spacing": (("cap",), ()),
    "keep": ((), ()),
}

# In these the people are whom the shifts are for, not selectors.
NAMING = ("reserve", "mix")

NUMBERS = {
    "hours": 0,
    "days": 1,
    "max": 0,
    "window_days": 1,
    "min": 0,
    "cap": 1,
}
CHOICES = {"per": ("shift", "date"), "measure": ("squares", "spread")}


def read_clause(form: Form, value: Any, path: str) -> Clause | None:
    """A clause, or None when it cannot be read as any kind."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if isinstance(value, dict) and "kind" in value and kind not in OWN:
        allowed = sorted(OWN)
        form.wrong(
            f"{path}.kind", "unknown-kind", value=str(kind), allowed=allowed
        )
        return None

    needed, optional = OWN.get(str(kind), ((), ()))
    known = COMMON | {*needed, *optional}
    if not form.object(value, path, known, ("id", "kind", "tier", *needed)):
        return None

    kind = str(kind)
    own = _own(form, kind, value, path)
    patches = _relax(form, kind, value, path)
    return CLAUSE_KINDS[kind](
        id=form.name(value["id"], f"{path}.id"),
        tier=form.number(value, "tier", path),
        article=form.text(value, "article", path),
        weight=form.number(value, "weight", path, default=1, least=1),
        allow=form.number(value, "allow", path),
        select=_selection(form, kind, value, path),
        relax=patches,
        **own,
    )


def _selection(
    form: Form, kind: str, value: Mapping[str, Any], path: str
) -> Selection:
    period = form.period(value, path)
    people = kind not in NAMING
    return Selection(
        posts=form.names(value, "posts", path),
        shift_tags=form.names(value, "shift_tags", path),
        shifts=form.names(value, "shifts", path),
        staff_tags=form.names(value, "staff_tags", path) if people else (),
        staff=form.names(value, "staff", path) if people else (),
        first=period.first,
        last=period.last,
    )


def _own(
    form: Form, kind: str, value: Mapping[str, Any], path: str
) -> dict[str, Any]:
    """The kind's own fields, by their names in the clause."""
    needed, optional = OWN[kind]
    own = {
        name: _field(form, name, value, path)
        for name in (*needed, *optional)
        if name in value
    }
    if kind in NAMING:
        own["for_tags"] = form.names(value, "staff_tags", path)
        own["for_staff"] = form.names(value, "staff", path)
        if not own["for_tags"] and not own["for_staff"]:
            form.wrong(path, "names-nobody")

    return own


def _field(form: Form, name: str, value: Mapping[str, Any], path: str) -> Any:
    if name in NUMBERS:
        least = NUMBERS[name]
        return form.number(value, name, path, default=least, least=least)

    if name in CHOICES:
        word = form.text(value, name, path)
        if word not in CHOICES[name]:
            where, allowed = f"{path}.{name}", list(CHOICES[name])
            form.wrong(where, "not-allowed", value=word, allowed=allowed)
        return word

    if name == "ledger":
        return form.name(value["ledger"], f"{path}.ledger")

    return form.items(value[name], f"{path}.{name}", _LISTS[name](form))


def _relax(
    form: Form, kind: str, value: Mapping[str, Any], path: str
) -> tuple[Mapping[str, Any], ...]:
    """Patches of the kind's own fields; the patched clause must hold."""

    def patch(entry: Any, where: str) -> Mapping[str, Any] | None:
        own = {*OWN[kind][0], *OWN[kind][1]}
        if not form.object(entry, where, own, ()):
            return None

        for name in own & entry.keys():
            _field(form, name, entry, where)
        return dict(entry)

    return form.items(value.get("relax", []), f"{path}.relax", patch)


def _pair(form: Form) -> Callable[[Any, str], tuple[str, str] | None]:
    def read(value: Any, path: str) -> tuple[str, str] | None:
        names = form.items(value, path, form.name)
        if len(names) != 2 or names[0] == names[1]:
            form.wrong(path, "not-a-pair")
            return None

        return names[0], names[1]

    return read


def _group(form: Form) -> Callable[[Any, str], tuple[str, ...] | None]:
    def read(value: Any, path: str) -> tuple[str, ...] | None:
        return form.items(value, path, form.name)

    return read


def _wished(form: Form) -> Callable[[Any, str], Wished | None]:
    keys = {"staff", "date", "shift", "want", "weight"}

    def read(value: Any, path: str) -> Wished | None:
        if not form.object(value, path, keys, ("staff", "want")):
            return None

        if ("date" in value) == ("shift" in value):
            form.wrong(path, "date-or-shift")
            return None

        on = (
            form.day(value["date"], f"{path}.date")
            if "date" in value
            else None
        )
        shift = form.text(value, "shift", path)
        if on is None and not shift:
            return None

        return Wished(
            form.name(value["staff"], f"{path}.staff"),
            form.yes_or_no(value, "want", path),
            on,
            shift,
            form.number(value, "weight", path, default=1, most=LARGEST),
        )

    return read


_LISTS: dict[str, Callable[[Form], Callable[[Any, str], Any]]] = {
    "pairs": _pair,
    "groups": _group,
    "wishes": _wished,
}
