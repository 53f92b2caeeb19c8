"""A conflict's members as sentences in the articles' terms."""

from collections.abc import Mapping, Sequence
from typing import Any

from roster.services.conflicts import PERSONAL_KINDS, is_personal
from roster.services.views import ConflictLine
from web.language import CHINESE
from web.words.office import POSTS

CLAUSES: dict[str, tuple[str, str]] = {
    "rest": (
        "两班之间至少休息 {hours} 小时",
        "at least {hours} hours of rest between two duties",
    ),
    "gap": (
        "{post}两次值班至少相隔 {days} 天",
        "{post} duties at least {days} days apart",
    ),
    "limit": ("每人最多 {max} 次", "at most {max} a person"),
    "at_least": ("每人至少 {min} 次", "at least {min} a person"),
    "apart": (
        "{names}不排在同一天",
        "{names} never on one date",
    ),
    "different": ("指定的两班不由一人担任", "two shifts, two people"),
    "same": ("指定的几班由同一人担任", "one person for these shifts"),
    "bar": ("{tags}：不得排这类班次", "{tags}: barred from these shifts"),
    "before-leave": (
        "{names}次日起休假，{dates} 的夜班不排",
        "{names} begins leave: no night on {dates}",
    ),
    "reserve": (
        "{tags}：只能由规定的人担任",
        "{tags}: reserved to those named by the article",
    ),
    "mix": ("每班须有规定的人员", "each shift needs such people"),
    "wish": ("意愿", "wishes"),
    "balance": ("均衡", "balance"),
    "spacing": ("间隔", "spacing"),
    "keep": ("保持原表", "keeping the roster"),
}

TAGS: dict[str, tuple[str, str]] = {
    "night": ("夜班", "nights"),
    "holiday": ("节假日", "holidays"),
    "weekend": ("双休日", "weekends"),
    "principal-day": ("除夕、初一", "New Year's Eve and Day"),
    "long-holiday": ("长假", "long holidays"),
    "女": ("女职工", "women"),
    "无夜班": ("不排夜班的人员", "people without night duty"),
    "不排节假日": ("不排节假日的人员", "people without holiday duty"),
}

MEMBERS: dict[str, tuple[str, str]] = {
    "shift": (
        "{date} 的{post}须有 {needs} 人",
        "the {post} of {date} needs {needs}",
    ),
    "shifts": (
        "{dates} 的{post}每天须有 {needs} 人",
        "the {post} of {dates} needs {needs} each day",
    ),
    "away": (
        "{name} {first} 至 {last} 不在",
        "{name} is away from {first} to {last}",
    ),
    "aways": (
        "{names} {first} 至 {last} 间不在",
        "{names} are away between {first} and {last}",
    ),
    "pin": (
        "{name} 固定在 {date} 的{post}",
        "{name} is pinned to the {post} of {date}",
    ),
    "pins": (
        "{names} 固定在 {dates} 的班次",
        "{names} are pinned to shifts of {dates}",
    ),
    # What everybody but the unit's editor reads.
    "private": ("{names}：个人限制", "{names}: a personal restriction"),
    "private-clause": ("个人限制", "a personal restriction"),
}

NAMED = 3  # of a long list; the others are counted


def conflict_sentence(
    line: ConflictLine, language: str = CHINESE, *, personal: bool = False
) -> str:
    """
    What a member of a conflict demands.

    Parameters
    ----------
    personal
        Whether the reader may know of leave, health and relations.
    """
    which = 0 if language == CHINESE else 1
    facts = _told(line.facts, which)
    if not personal and is_personal(line):
        # Of a relation not even the names.
        named = facts["names"] and facts.get("kind") not in PERSONAL_KINDS
        key = "private" if named else "private-clause"
        return MEMBERS[key][which].format_map(facts)

    if line.code == "clause":
        return clause_sentence(line.facts, which)

    return MEMBERS[line.code][which].format_map(facts)


def clause_sentence(facts: Mapping[str, Any], which: int) -> str:
    """What a clause demands; ``which`` is 0 for Chinese, 1 for English."""
    key = facts["kind"]
    if key == "bar" and facts.get("dates"):
        key = "before-leave"

    return CLAUSES[key][which].format_map(_told(facts, which))


def _told(facts: Mapping[str, Any], which: int) -> dict[str, Any]:
    """Facts with their lists put into words."""
    comma = ("、", ", ")[which]
    posts = [
        post_word(post, which)
        for post in (facts.get("posts") or [facts.get("post")])
        if post
    ]
    tags = [TAGS.get(tag, (tag, tag))[which] for tag in facts.get("tags", ())]
    names = facts.get("names") or [facts.get("name", "")]
    return {
        **facts,
        "post": comma.join(dict.fromkeys(posts)),
        "names": some(names, which, "人"),
        "tags": comma.join(tags),
        "dates": dates_word(facts.get("dates") or [], which),
    }


def dates_word(dates: Sequence[str], which: int) -> str:
    """Some dates, the first of many."""
    return some(dates, which, "天")


def some(words: Sequence[str], which: int, counter: str) -> str:
    """All of a short list; the first of a long one, and how many."""
    comma = "、" if which == 0 else ", "
    if len(words) <= NAMED + 1:
        return comma.join(words)

    told = comma.join(words[:NAMED])
    if which == 0:
        return f"{told}等 {len(words)} {counter}"

    return f"{told} and {len(words) - NAMED} more"


def post_word(post: str, which: int) -> str:
    """A post's word; joint problems name the unit before it."""
    unit, _, name = post.rpartition("/")
    word = POSTS.get(name, (name, name))[which]
    return f"{unit} {word}" if unit else word
