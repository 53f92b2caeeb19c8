"""What would make a roster possible, as sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

from roster.services.views import ConflictLine
from web.language import CHINESE
from web.words.conflicts import TAGS, clause_sentence, dates_word, post_word

EASED: dict[str, tuple[str, str]] = {
    "days": ("改为 {value} 天", "eased to {value} days"),
    "hours": ("改为 {value} 小时", "eased to {value} hours"),
    "max": ("改为最多 {value}", "eased to at most {value}"),
    "min": ("改为至少 {value}", "eased to at least {value}"),
    "window_days": ("按 {value} 天计", "counted over {value} days"),
}
OTHERWISE = "{name} 改为 {value}", "{name} changed to {value}"
RECRUIT = (
    "再有 {count} 名可任{post}的人员{tags}，{dates}到岗",
    "{count} more who may serve as {post}{tags}, on {dates}",
)
OF_KIND = "（{tags}）", " ({tags})"
UNPIN = (
    "取消固定：{cells}；其余固定照旧，就能排出来{proven}",
    "unpin {cells}; with all other pins there is a roster then{proven}",
)
UNPIN_PROVEN = "（已证明最少）", " (proven fewest)"
BOTH = "；并且", "; and "
EVER = "任何一天", "any day"
KINDS: dict[str, tuple[str, str]] = {
    "负责人": ("主要负责人", "heads"),
    "女": ("女职工", "women"),
}


def remedy_sentence(line: ConflictLine, language: str = CHINESE) -> str:
    """One way out; of its several parts all are needed."""
    if line.code == "patches":
        return patches_sentence(line.facts["patches"], language)

    which = 0 if language == CHINESE else 1
    if line.code == "unpin":
        return _unpin(line.facts, which)

    return BOTH[which].join(
        _recruit(facts, which) for facts in line.facts["people"]
    )


def _unpin(facts: Mapping[str, Any], which: int) -> str:
    comma = ("、", ", ")[which]
    cells = [
        f"{pin['date']} {post_word(pin['post'], which)} {pin['name']}"
        for pin in facts["pins"]
    ]
    return UNPIN[which].format(
        cells=comma.join(cells),
        proven=UNPIN_PROVEN[which] if facts["proven"] else "",
    )


def patches_sentence(
    patches: Iterable[Mapping[str, Any]], language: str = CHINESE
) -> str:
    """Which clauses are eased, and how far; all of them together."""
    which = 0 if language == CHINESE else 1
    return BOTH[which].join(_patch(facts, which) for facts in patches)


def _patch(facts: Mapping[str, Any], which: int) -> str:
    said = [
        EASED.get(name, OTHERWISE)[which].format(name=name, value=value)
        for name, value in facts["to"].items()
    ]
    arrow = ("，", ", ")[which]
    return f"{clause_sentence(facts, which)} → {arrow.join(said)}"


def _recruit(facts: Mapping[str, Any], which: int) -> str:
    comma = ("、", ", ")[which]
    tags = [
        (KINDS.get(tag) or TAGS.get(tag) or (tag, tag))[which]
        for tag in facts["tags"]
    ]
    return RECRUIT[which].format(
        count=facts["count"],
        post=comma.join(post_word(post, which) for post in facts["posts"]),
        tags=OF_KIND[which].format(tags=comma.join(tags)) if tags else "",
        dates=dates_word(facts["dates"], which) or EVER[which],
    )
