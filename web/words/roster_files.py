"""What was made of a unit's own roster."""

from web.language import CHINESE
from web.words.office import Pair

LAYOUTS: dict[str, Pair] = {
    "list": ("列表", "list"),
    "grid": ("月历", "month grid"),
}

PASSED: dict[str, Pair] = {
    "no-duty": (
        "按制度这一天不值班",
        "no duty on that day by the articles",
    ),
    "no-shift": (
        "按制度这一天没有这个岗位或班次",
        "no such post or turn on that day by the articles",
    ),
}


def passed_word(code: str, language: str = CHINESE) -> str:
    """Why people named have no place in the roster."""
    return PASSED[code][0 if language == CHINESE else 1]


def layout_word(code: str, language: str = CHINESE) -> str:
    """How a table is laid out."""
    return LAYOUTS[code][0 if language == CHINESE else 1]
