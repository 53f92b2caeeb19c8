"""Reads an outcome as strictly as a problem."""

from typing import Any

from roster.documents.fields import Form
from roster.documents.problems import (
    MOST_SEED,
    read_assignment,
    read_pin,
    read_range,
)
from roster.errors import Unusable
from roster.problem import (
    ConflictMember,
    Outcome,
    Patch,
    Status,
    TierResult,
)

FORMAT = "duty-roster/outcome/1"
OUTCOME = {
    "format",
    "problem",
    "status",
    "assignments",
    "tiers",
    "conflict",
    "relaxations",
    "seed",
    "seconds",
    "solver",
}
MEMBER = {"clause", "pin", "shift", "staff", "unavailable", "article"}
MOST_COST = 2**62  # a tier's cost may be far larger than any one number


def read_outcome(text: str | bytes, name: str = "outcome.json") -> Outcome:
    """An outcome; raises `Unusable` with every mistake and its path."""
    form = Form(name)
    document = form.parse(text)
    if not form.object(
        document, "$", OUTCOME, ("format", "problem", "status")
    ):
        raise Unusable(*form.mistakes)

    if document["format"] != FORMAT:
        value = str(document["format"])
        form.wrong("$.format", "not-allowed", value=value, allowed=[FORMAT])

    status = document["status"]
    words = [word.value for word in Status]
    if status not in words:
        form.wrong("$.status", "not-allowed", value=str(status), allowed=words)

    seconds = document.get("seconds", 0.0)
    if type(seconds) not in (int, float) or seconds < 0:
        form.wrong("$.seconds", "not-seconds")

    def rows(key: str, read: Any) -> tuple[Any, ...]:
        return form.items(
            document.get(key, []), f"$.{key}", lambda v, p: read(form, v, p)
        )

    outcome: dict[str, Any] = {
        "problem": form.name(document["problem"], "$.problem"),
        "assignments": rows("assignments", read_assignment),
        "tiers": rows("tiers", _tier),
        "conflict": rows("conflict", _member),
        "relaxations": rows("relaxations", _relaxation),
        "seed": form.number(document, "seed", "$", most=MOST_SEED),
        "solver": form.text(document, "solver", "$"),
    }
    form.finish()
    return Outcome(status=Status(status), seconds=float(seconds), **outcome)


def _tier(form: Form, value: Any, path: str) -> TierResult | None:
    keys = ("tier", "cost", "bound")
    if not form.object(value, path, set(keys), keys):
        return None

    return TierResult(
        form.number(value, "tier", path, default=1, least=1),
        form.number(value, "cost", path, most=MOST_COST),
        form.number(value, "bound", path, most=MOST_COST),
    )


def _member(form: Form, value: Any, path: str) -> ConflictMember | None:
    if not form.object(value, path, MEMBER, ()):
        return None

    forms = [{"clause"}, {"pin"}, {"shift"}, {"staff", "unavailable"}]
    if value.keys() - {"article"} not in forms:
        form.wrong(path, "not-a-conflict-member")
        return None

    has_pin, has_range = "pin" in value, "unavailable" in value
    return ConflictMember(
        clause=form.text(value, "clause", path),
        pin=read_pin(form, value["pin"], f"{path}.pin") if has_pin else None,
        shift=form.text(value, "shift", path),
        staff=form.text(value, "staff", path),
        away=read_range(form, value["unavailable"], f"{path}.unavailable")
        if has_range
        else None,
        article=form.text(value, "article", path),
    )


def _relaxation(form: Form, value: Any, path: str) -> tuple[Patch, ...] | None:
    if not form.object(value, path, {"patches"}, ("patches",)):
        return None

    def patch(entry: Any, where: str) -> Patch | None:
        keys = ("clause", "fields")
        if not form.object(entry, where, set(keys), keys):
            return None

        fields = entry["fields"]
        if not isinstance(fields, dict):
            form.wrong(f"{where}.fields", "not-an-object", value=str(fields))
            return None

        return Patch(form.name(entry["clause"], f"{where}.clause"), fields)

    return form.items(value["patches"], f"{path}.patches", patch)
