"""Puts what was typed back into the form of a page."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Pair = tuple[str, str]
Attributes = dict[str, str | None]

BUTTONS = ("submit", "button", "image", "reset")
UNFILLED = ("password", "file", *BUTTONS)
TICKED = ("checkbox", "radio")


@dataclass(slots=True)
class Control:
    """A field as it stands in the page, from one character to another."""

    tag: str
    given: Attributes
    first: int
    end: int
    closes: int = 0
    options: list["Control"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What its value is sent under."""
        return self.given.get("name") or ""

    @property
    def kind(self) -> str:
        """The type of an input, else the tag."""
        return self.given.get("type") or "text" if self.tag == "input" else ""

    @property
    def value(self) -> str:
        """What the page says."""
        return self.given.get("value") or ""


@dataclass(slots=True)
class Form:
    """
    A form of a page; without an address it goes to the page's own.

    Parameters
    ----------
    folded
        What has to be unfolded so that it is seen.
    """

    given: Attributes
    first: int
    end: int
    folded: list[Control]
    controls: list[Control] = field(default_factory=list)

    def likeness(self, fields: Sequence[Pair]) -> tuple[int, int]:
        """How well it fits: fixed values that were sent, then names."""
        fixed = [
            (one.name, one.value)
            for one in self.controls
            if one.tag == "button" or one.kind in ("hidden", "submit")
        ]
        names = {one.name for one in self.controls}
        return (
            sum(pair in fields for pair in fixed),
            sum(name in names for name, _ in fields),
        )


class _Reader(HTMLParser):
    """Finds the forms of a page with their fields' places."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._folds: list[Control] = []
        self._starts = [0]
        for line in page.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.feed(page)
        self.close()

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        """Remembers forms, and fields within one."""
        first = self._place()
        end = first + len(self.get_starttag_text() or "")
        if tag == "form":
            self._open = Form(dict(attrs), first, end, [*self._folds])
            self.forms.append(self._open)
        elif tag == "details":
            self._folds.append(Control(tag, dict(attrs), first, end))
        elif self._open and tag in ("input", "select", "textarea", "button"):
            self._open.controls.append(Control(tag, dict(attrs), first, end))
        elif self._open and self._open.controls and tag == "option":
            option = Control(tag, dict(attrs), first, end)
            self._open.controls[-1].options.append(option)

    def handle_endtag(self, tag: str) -> None:
        """Remembers where a text ends, and where a form does."""
        if tag == "textarea" and self._open:
            self._open.controls[-1].closes = self._place()
        if tag == "form":
            self._open = None
        if tag == "details" and self._folds:
            self._folds.pop()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


def refill(
    page: str, address: str, action: str, fields: Sequence[Pair]
) -> tuple[str, list[Pair]]:
    """
    A page with a form filled in again.

    Parameters
    ----------
    page, address
        The page, and where it is; forms without an address of their own
        get this one, for the page may be shown elsewhere.
    action
        Where the form was sent to.
    fields
        What was sent, in order.

    Returns
    -------
    The page, and what found no place in it.
    """
    forms = [
        form
        for form in _Reader(page).forms
        if (form.given.get("method") or "").lower() == "post"
    ]
    edits = [
        (form.first, form.end, _tag("form", {**form.given, "action": address}))
        for form in forms
        if not form.given.get("action")
    ]
    fitting = [
        f for f in forms if (f.given.get("action") or address) == action
    ]
    if not fitting:
        return _with(page, edits), list(fields)

    form = max(fitting, key=lambda one: one.likeness(fields))
    more, left = _filled(form, fields)
    for fold in form.folded:
        edit, _ = _marked(fold, "open", chosen=True)
        more.append(edit)
    return _with(page, edits + more), left


def _filled(
    form: Form, fields: Sequence[Pair]
) -> tuple[list[tuple[int, int, str]], list[Pair]]:
    """The changes to a form's fields, and what was sent for none."""
    sent: dict[str, list[str]] = defaultdict(list)
    for name, value in fields:
        sent[name].append(value)

    edits, placed = [], Counter[Pair]()
    for control in form.controls:
        if control.name in ("", "csrf_token"):
            continue

        if control.tag == "button" or control.kind in UNFILLED:
            placed[control.name, control.value] += 1
            continue

        values = sent[control.name]
        for edit, value in _changes(control, values):
            edits.append(edit)
            if value is not None:
                placed[control.name, value] += 1

    return edits, list((Counter(fields) - placed).elements())


def _changes(
    control: Control, values: list[str]
) -> Iterable[tuple[tuple[int, int, str], str | None]]:
    """What changes in the page, with the value that found its place."""
    if control.tag == "select":
        for option in control.options:
            chosen = option.value in values
            yield _marked(option, "selected", chosen=chosen)
    elif control.kind in TICKED:
        ticked = (control.value or "on") in values
        yield _marked(control, "checked", chosen=ticked)
    elif values:
        value = values.pop(0)
        if control.tag == "textarea":
            words = "\n" + escape(value.replace("\r\n", "\n"))
            yield (control.end, control.closes, words), value
        else:
            given = {**control.given, "value": value}
            yield (control.first, control.end, _tag("input", given)), value


def _marked(
    control: Control, mark: str, *, chosen: bool
) -> tuple[tuple[int, int, str], str | None]:
    given = {k: v for k, v in control.given.items() if k != mark}
    if chosen:
        given[mark] = None
    tag = _tag(control.tag, given)
    told = control.value or "on" if control.tag == "input" else control.value
    return (control.first, control.end, tag), told if chosen else None


def _tag(name: str, given: Attributes) -> str:
    words = (
        key if value is None else f'{key}="{escape(value)}"'
        for key, value in given.items()
    )
    return f"<{' '.join((name, *words))}>"


def _with(page: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The page with pieces replaced, from the end to the beginning."""
    for first, end, words in sorted(edits, reverse=True):
        page = page[:first] + words + page[end:]

    return page
