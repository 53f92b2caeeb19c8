"""What was decided about a draft, and which rules one breaks, in words."""

from roster.review import Verb
from roster.services.conflicts import tells_of_one
from roster.services.readiness import Broken
from web.language import CHINESE
from web.words.answers import AGAINST
from web.words.conflicts import (
    MEMBERS,
    conflict_sentence,
    dates_word,
)
from web.words.office import Pair
from web.words.sheets import WHY

DECISIONS: dict[Verb, Pair] = {
    Verb.SUBMIT: ("送审", "submitted"),
    Verb.TAKE_BACK: ("撤回送审", "taken back"),
    Verb.APPROVE: ("批准", "approved"),
    Verb.RETURN: ("退回", "returned"),
    Verb.PUBLISH: ("发布", "published"),
    Verb.WITHDRAW: ("撤销", "withdrawn"),
}

RULES: dict[str, Pair] = {
    **AGAINST,
    "coverage": ("人数不对", "the wrong number of people"),
    "pin": ("固定的人员被换下", "somebody pinned was taken off"),
    "available": ("这天不在", "is away on that day"),
    **WHY,
}


def broken_sentence(
    broken: Broken, language: str = CHINESE, *, personal: bool = False
) -> str:
    """Which rule, on which days, by whom; personal things by right only."""
    which = 0 if language == CHINESE else 1
    line = broken.line
    hidden = tells_of_one(line) and not personal
    if hidden:
        rule = MEMBERS["private-clause"][which]
    elif line.code == "clause" or line.code in MEMBERS:
        rule = conflict_sentence(line, language, personal=personal)
    else:
        rule = RULES.get(line.code, (line.code, line.code))[which]

    told = [] if hidden else list(broken.names)
    dates = dates_word([str(when) for when in broken.dates], which)
    comma = ("、", ", ")[which]
    parts = [part for part in (dates, comma.join(told), rule) if part]
    return ("　" if which == 0 else " · ").join(parts)
