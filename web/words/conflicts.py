"""A conflict's members as sentences in the articles' terms."""

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
    "away": (
        "{name} {first} 至 {last} 不在",
        "{name} is away from {first} to {last}",
    ),
    "pin": (
        "{name} 固定在 {date} 的{post}",
        "{name} is pinned to the {post} of {date}",
    ),
}


def conflict_sentence(line: ConflictLine, language: str = CHINESE) -> str:
    """What a member of a conflict demands."""
    which = 0 if language == CHINESE else 1
    comma = "、" if which == 0 else ", "
    facts = dict(line.facts)
    posts = [
        _post(post, which)
        for post in (facts.get("posts") or [facts.get("post")])
        if post
    ]
    facts["post"] = comma.join(dict.fromkeys(posts))
    facts["names"] = comma.join(facts.get("names") or [])
    tags = [TAGS.get(tag, (tag, tag))[which] for tag in facts.get("tags", ())]
    facts["tags"] = comma.join(tags)
    known = CLAUSES if line.code == "clause" else MEMBERS
    key = facts["kind"] if line.code == "clause" else line.code
    if key == "bar" and facts.get("dates"):
        key = "before-leave"

    facts["dates"] = comma.join(facts.get("dates") or [])
    return known[key][which].format_map(facts)


def _post(post: str, which: int) -> str:
    """A post's word; joint problems name the unit before it."""
    unit, _, name = post.rpartition("/")
    word = POSTS.get(name, (name, name))[which]
    return f"{unit} {word}" if unit else word
