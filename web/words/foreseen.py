"""What a repair does to swaps, in words."""

from roster.problem import Shift
from roster.services.swapping.foreseen import Foreseen
from web.language import CHINESE
from web.words.conflicts import post_word
from web.words.dates import full_date
from web.words.office import Pair

COVER: Pair = (
    "{staff}的{duty}由{partner}代",
    "{staff}, {duty}, covered by {partner}",
)
SWAP: Pair = (
    "{staff}的{duty}同{partner}的{back}对换",
    "{staff}, {duty}, swaps with {partner}, {back}",
)
FATES: dict[str, Pair] = {
    "ends": (
        "还没有办完，发布后自动结束，两人都会收到消息",
        "still open; ends when this is published, and both are told",
    ),
    "moves": (
        "还没有办完，发布后时间随班次改动，继续有效，两人都会收到消息",
        "still open; goes along to the new hours, and both are told",
    ),
    "barred": (
        "还没有办完，发布后不会结束，但违反必须遵守的条款，不能再同意或批准",
        "still open and stays so, but breaks what must be kept: it can be "
        "neither agreed nor approved any more",
    ),
    "undone": (
        "已经办成，这次调整把它撤下，发布后结束，两人都会收到消息",
        "was made and is undone; ends when this is published, and both are "
        "told",
    ),
}


def foreseen_sentence(one: Foreseen, language: str = CHINESE) -> str:
    """Whose swap it is, and what becomes of it when that is published."""
    which = 0 if language == CHINESE else 1
    what = (SWAP if one.back else COVER)[which].format(
        staff=one.staff,
        partner=one.partner,
        duty=_duty(one.duty, language),
        back=_duty(one.back, language) if one.back else "",
    )
    articles = ("、", ", ")[which].join(one.articles)
    if articles:
        articles = (f"（{articles}）", f" ({articles})")[which]

    return what + ("：", ": ")[which] + FATES[one.fate][which] + articles


def _duty(shift: Shift, language: str) -> str:
    chinese = language == CHINESE
    word = post_word(shift.post, 0 if chinese else 1)
    date = full_date(shift.date, language)
    return f"{date}{word}" if chinese else f"{word} of {date}"
