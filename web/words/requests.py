"""How far the work is and what came of it, as sentences."""

from collections.abc import Iterable
from math import ceil

from roster.problem import TierResult
from web.language import CHINESE
from web.words import sentence
from web.words.office import TIERS

SOON = (
    "按已完成的速度，还要不到 1 分钟",
    "at this pace less than a minute left",
)
LEFT = (
    "按已完成的速度，约还要 {minutes} 分钟",
    "at this pace about {minutes} minutes left",
)
PROVEN = (
    "{goal}：已证明没有更好的排法（{cost}）",
    "{goal}: proven that no roster does better ({cost})",
)
OPEN = (
    "{goal}：{cost}，已证明不可能低于 {bound}，其间未证到底",
    "{goal}: {cost}, proven not to go below {bound}; between is open",
)
ALL_PROVEN = (
    "{count} 层目标都已证明最好",
    "all {count} goals proven best",
)
NOT_ALL = (
    "{count} 层目标中 {open} 层未证到底",
    "{open} of {count} goals not proven",
)


def left_sentence(seconds: float, language: str = CHINESE) -> str:
    """How long it still takes, no finer than is known."""
    which = 0 if language == CHINESE else 1
    if seconds < 60:
        return SOON[which]

    return LEFT[which].format(minutes=ceil(seconds / 60))


def tier_sentence(tier: TierResult, language: str = CHINESE) -> str:
    """What a goal came to, and what is proven of it."""
    which = 0 if language == CHINESE else 1
    goal = TIERS.get(tier.tier, (str(tier.tier),) * 2)[which]
    words = OPEN if tier.bound < tier.cost else PROVEN
    return words[which].format(goal=goal, cost=tier.cost, bound=tier.bound)


def goals_sentence(
    tiers: Iterable[TierResult], language: str = CHINESE
) -> str:
    """How many of the goals are proven, in a few words."""
    which = 0 if language == CHINESE else 1
    every = list(tiers)
    unproven = sum(tier.bound < tier.cost for tier in every)
    words = NOT_ALL if unproven else ALL_PROVEN
    return words[which].format(count=len(every), open=unproven)


def error_sentence(code: str, language: str = CHINESE) -> str:
    """Why a request ended before it was done."""
    return sentence(code, {}, language)
